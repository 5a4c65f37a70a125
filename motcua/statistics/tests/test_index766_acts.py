"""Sets of the index: installed once, begun anew from a day, corrected in place; by whom, with which source, and logged."""

from datetime import date
from decimal import Decimal as D

import pytest

from motcua.agencies.testing import make_system_user, make_user_with
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.testing import World, moment
from motcua.statistics import actions
from motcua.statistics.models import IndexBand, IndexComponent, IndexSet
from motcua.statistics.queries.index766_sets import has_set, scheme_on
from motcua.statistics.rules.index766 import CODE

AT = moment(days=5)


@pytest.fixture
def installed(world: World) -> IndexSet:
    actions.install_index(actor=make_system_user(), at=AT)
    return IndexSet.objects.get()


@pytest.fixture
def keeper(world: World):
    """The reform officer of the province."""
    return make_user_with("reform_officer", world.province)


def events(kind: str) -> list[Event]:
    return list(Event.objects.filter(kind=kind))


def test_it_is_installed_once_with_a_hundred_points(installed: IndexSet) -> None:
    actions.install_index(actor=make_system_user(), at=AT)
    scheme = scheme_on(date(2026, 11, 30))
    assert (IndexSet.objects.count(), scheme.points, len(scheme.groups), len(scheme.bands)) == (1, 100, 6, 5)
    assert scheme.band(D("90")) == "Xuất sắc"
    assert len(events("index_set.installed")) == 1


def test_only_the_system_installs(world: World) -> None:
    with pytest.raises(NotFound):
        actions.install_index(actor=world.admin, at=AT)


def test_a_period_before_the_decision_has_no_set(installed: IndexSet) -> None:
    assert not has_set(date(2022, 6, 22))
    with pytest.raises(RuleViolation, match="Chưa có bộ chỉ số nào dùng cho kỳ kết thúc ngày 22-06-2022"):
        scheme_on(date(2022, 6, 22))


def change(row: IndexComponent, actor, **values):
    given = {
        "name": row.name,
        "points": row.points,
        "target": row.target,
        "certainty": row.certainty,
        "source": "Phụ lục I",
    }
    return actions.change_component(row.pk, **{**given, **values}, actor=actor, at=AT)


def test_a_component_is_corrected_with_its_source_and_the_log_keeps_both_values(
    installed: IndexSet, keeper
) -> None:
    row = IndexComponent.objects.get(code="3.1")
    change(row, keeper, points=D("3.5"), target=None, certainty="sure")
    row.refresh_from_db()
    assert (row.points, row.target, row.certainty, row.source) == (D("3.50"), None, "sure", "Phụ lục I")
    (event,) = events("index_component.changed")
    assert event.chain == f"index-set/{installed.pk}"
    assert event.data["changes"]["points"] == ["2", "3.5"]
    assert event.data["changes"]["target"] == ["80", None]
    change(row, keeper)
    assert len(events("index_component.changed")) == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"points": D(101)}, "points"), ({"points": D(-1)}, "points"), ({"target": D(0)}, "target"),
        ({"target": D(101)}, "target"), ({"certainty": "?"}, "certainty"), ({"source": " "}, "source"), ({"name": ""}, "name"),
    ],
)  # fmt: skip
def test_a_component_keeps_within_bounds_and_needs_a_source(
    installed: IndexSet, keeper, values, field: str
) -> None:
    row = IndexComponent.objects.get(code="3.1")
    with pytest.raises(RuleViolation) as caught:
        change(row, keeper, **values)
    assert caught.value.field == field
    assert events("index_component.changed") == []


def test_a_class_is_corrected(installed: IndexSet, keeper) -> None:
    band = IndexBand.objects.get(name="Khá")
    actions.change_band(band.pk, name="Khá", low=D("65"), source="QĐ mới", actor=keeper, at=AT)
    assert scheme_on(date(2026, 1, 1)).band(D("66")) == "Khá"
    assert events("index_band.changed")[0].data["changes"]["low"] == ["70", "65"]


@pytest.mark.parametrize(
    ("values", "field"),
    [({"low": D(90)}, "low"), ({"low": D(101)}, "low"), ({"name": ""}, "name"), ({"source": ""}, "source")],
)
def test_a_class_has_a_limit_of_its_own(installed: IndexSet, keeper, values, field: str) -> None:
    band = IndexBand.objects.get(name="Khá")
    with pytest.raises(RuleViolation) as caught:
        actions.change_band(
            band.pk, **{"name": "Khá", "low": D(65), "source": "x", **values}, actor=keeper, at=AT
        )
    assert caught.value.field == field


def test_colours_are_corrected(installed: IndexSet, keeper) -> None:
    actions.change_set(
        installed.pk, green_from=D(90), yellow_from=D(70), source="Quy chế", actor=keeper, at=AT
    )
    assert (
        scheme_on(date(2026, 1, 1)).green_from,
        events("index_set.changed")[0].data["changes"]["yellow_from"],
    ) == (90, ["50", "70"])


@pytest.mark.parametrize(("green", "yellow"), [(50, 60), (101, 10), (50, -1)])
def test_yellow_is_not_above_green(installed: IndexSet, keeper, green: int, yellow: int) -> None:
    with pytest.raises(RuleViolation, match="Màu vàng"):
        actions.change_set(
            installed.pk, green_from=D(green), yellow_from=D(yellow), source="x", actor=keeper, at=AT
        )


def begin(
    installed: IndexSet, actor, day: date = date(2027, 1, 1), law: str = "QĐ mới", source: str = "Điều 1"
):
    return actions.begin_set(installed.pk, day, law, source, actor=actor, at=AT)


def test_a_new_set_begins_as_a_copy_and_leaves_what_was_scored_alone(installed: IndexSet, keeper) -> None:
    new = begin(installed, keeper)
    row = IndexComponent.objects.get(code="2.1", group__index_set=new)
    change(row, keeper, points=D(30))
    was, now = (scheme_on(day) for day in (date(2026, 12, 31), date(2027, 1, 31)))
    assert (was.points, now.points, was.law, now.law) == (100, 110, installed.law, "QĐ mới")
    assert [c.code for c in was.components] == [c.code for c in now.components]
    assert was.bands == now.bands
    installed.refresh_from_db()
    assert installed.valid_to == date(2026, 12, 31)
    assert events("index_set.begun")[0].chain == f"index-set/{new.pk}"
    assert events("index_set.ended")[0].data["next"] == new.pk


def test_a_new_set_needs_a_later_day_a_law_a_source_and_one_that_goes_on(installed: IndexSet, keeper) -> None:
    for about, field in (
        ({"day": installed.valid_from}, "valid_from"),
        ({"law": ""}, "law"),
        ({"source": ""}, "source"),
    ):
        with pytest.raises(RuleViolation) as caught:
            begin(installed, keeper, **about)
        assert caught.value.field == field
    begin(installed, keeper)
    with pytest.raises(RuleViolation, match="đã kết thúc"):
        begin(installed, keeper, day=date(2028, 1, 1))


@pytest.mark.parametrize("role", ["agency_administrator", "reform_officer", "leader", "auditor"])
def test_a_set_counts_for_all_so_nobody_below_the_root_changes_it(
    world: World, installed: IndexSet, role: str
) -> None:
    actor = make_user_with(role, world.commune)
    component, band = IndexComponent.objects.first(), IndexBand.objects.first()
    acts = (
        lambda: change(component, actor),
        lambda: actions.change_band(band.pk, name="x", low=D(1), source="x", actor=actor, at=AT),
        lambda: actions.change_set(
            installed.pk, green_from=D(9), yellow_from=D(1), source="x", actor=actor, at=AT
        ),
        lambda: begin(installed, actor),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act()


def test_what_there_is_not_is_not_found(installed: IndexSet, keeper) -> None:
    with pytest.raises(NotFound):
        actions.change_component(
            0, name="x", points=D(1), target=None, certainty="sure", source="x", actor=keeper, at=AT
        )
    with pytest.raises(NotFound):
        actions.change_band(0, name="x", low=D(1), source="x", actor=keeper, at=AT)
    with pytest.raises(NotFound):
        actions.change_set(0, green_from=D(1), yellow_from=D(1), source="x", actor=keeper, at=AT)


def test_the_text_of_the_rows(installed: IndexSet) -> None:
    assert str(installed) == "Quyết định 766/QĐ-TTg ngày 23-6-2022, từ ngày 23-06-2022"
    assert str(IndexComponent.objects.get(code="2.1")) == "2.1 Hồ sơ giải quyết đúng và trước hạn"
    assert (str(installed.groups.get(code="2")), str(IndexBand.objects.get(low=90))) == (
        "Tiến độ giải quyết",
        "Xuất sắc",
    )
    assert installed.code == CODE
