"""The criteria of Circular 01/2018 over dossiers made by the acts: of an agency, of its officers, and what an officer sees."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from motcua.agencies.queries import authority_of
from motcua.agencies.testing import make_agency, make_user_with
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date
from motcua.dossiers import actions
from motcua.dossiers.testing import in_review, make_world, moment, ready, receive
from motcua.procedures.models import Posting, PostingPlace, ProcedureVersion
from motcua.statistics import actions as actions_of_reports
from motcua.statistics.queries import Scope, build
from motcua.statistics.queries.keeping import access_kept
from motcua.statistics.queries.points import facts_behind, judged, own_line
from motcua.statistics.queries.things import Look
from motcua.statistics.rules.keeping import load
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import form_on

NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30), "tháng 11 năm 2026")
LATER = moment(days=40)


@pytest.fixture
def world(db):
    """One dossier early, one on its day after one supplement, one late, one promised anew and kept on the new day."""
    world = make_world()
    world.keeper = make_user_with("reform_officer", world.commune)
    world.early = ready(world)
    world.on = in_review(world)
    actions.refuse(world.on.pk, reason="Không", legal_basis="Điều 1", actor=world.boss, at=moment(days=7))
    world.late = in_review(world)
    actions.refuse(world.late.pk, reason="Không", legal_basis="Điều 1", late_cause="partner", actor=world.boss, at=moment(days=9))  # fmt: skip
    world.again = in_review(world)
    actions.apologise(
        world.again.pk, extra_working_days=10, reason="Chậm", actor=world.boss, at=moment(days=4)
    )
    actions.refuse(world.again.pk, reason="Không", legal_basis="Điều 1", actor=world.boss, at=moment(days=10))
    return world


def look(world, below=False, agency=None) -> Look:
    return Look(Scope(agency or world.commune, below), NOVEMBER, LATER)


def points(world, index: int) -> dict[int, int | None]:
    return {one.pk: one.point(index) for one in judged(look(world))}


def row(report, label: str):
    line = next(line for line in report.all_lines if line.label == label)
    return {
        cell.column.key or cell.column.text: cell.text
        for cell in report.cells(line)
        if not cell.column.reason
    }


def table(world, code="tt01-2018", **more):
    asked = look(world, **more)
    return build(form_on(code, NOVEMBER.end), asked.scope, NOVEMBER, LATER)


def test_criterion_1_judges_a_dossier_promised_anew_by_the_date_before(world) -> None:
    assert points(world, 1) == {world.early.pk: 2, world.on.pk: 1, world.late.pk: 0, world.again.pk: 0}


def test_criteria_3_and_4_count_supplements_and_other_agencies(world) -> None:
    asked = in_review(world, at=moment(days=1))
    actions.request_supplement(
        asked.pk, reason="Thiếu", items=[{"name": "Giấy"}], actor=world.officer, at=moment(days=2)
    )
    actions.complete_supplement(asked.pk, actor=world.officer, at=moment(days=3))
    actions.refuse(
        asked.pk, reason="Không", legal_basis="Điều 1", actor=world.boss, at=moment(days=3, hours=2)
    )
    assert points(world, 3)[asked.pk] == 1
    assert points(world, 3)[world.early.pk] == 2
    assert set(points(world, 4).values()) == {2}


def test_the_agencys_row_has_values_sum_and_class(world) -> None:
    found = row(table(world), world.commune.name)
    # 1: (2+1+0+0)/4 = 0,75; 3, 4: 2,0; 5: received, not whole: 1; 6: nothing posted: 0; 9: none online: 0.
    assert {key: found[f"tt01_{key}"] for key in (1, 3, 4, 5, 6, 9)} == {1: "0,8", 3: "2,0", 4: "2,0", 5: "1,0", 6: "0,0", 9: "0,0"}  # fmt: skip
    assert found["tt01_dossiers"] == "4"
    assert found["tt01_8"] == "2,0"  # no feedback at all
    parts = [Decimal(found[f"tt01_{i}"].replace(",", ".")) for i in range(1, 10)]
    assert found["tt01_agency"] == str(sum(parts).quantize(Decimal("0.1"), "ROUND_HALF_UP")).replace(".", ",")
    assert found["band"] in ("Khá", "Tốt", "Trung bình")


def test_posted_on_site_and_electronically_gives_two_points(world) -> None:
    version = ProcedureVersion.objects.get(procedure=world.procedure)
    for kind in ("board", "web"):
        place = PostingPlace.objects.create(
            agency=world.commune, kind=kind, name=kind, valid_from=date(2020, 1, 1)
        )
        Posting.objects.create(place=place, version=version, posted_at=moment(days=1), posted_by=world.clerk)
    assert row(table(world), world.commune.name)["tt01_6"] == "2,0"
    Posting.objects.filter(place__kind="web").update(removed_at=moment(days=2))
    assert row(table(world), world.commune.name)["tt01_6"] == "1,0"


@pytest.mark.parametrize(("days", "value"), [(15, "1,0"), (25, "2,0")], ids=["late at the close", "in time"])
def test_online_services_give_points_by_shares(world, days: int, value: str) -> None:
    ProcedureVersion.objects.update(online_level="full")
    for _ in range(4):
        receive(world, channel="online", at=moment(days=days))
    assert row(table(world), world.commune.name)["tt01_9"] == value


def test_officers_are_judged_by_their_own_tasks(world) -> None:
    report = table(world, "tt01-2018-cb")
    officer = row(report, world.officer.full_name)
    assert officer["tt01_dossiers"] != "0"
    assert officer["tt01_officer"] != ""
    assert "nhiệm vụ" in officer["band"]
    section = report.lines[0]
    assert (section.label, section.kind.value) == (world.commune.name, "section")


@pytest.mark.parametrize("code", ["tt01-2018", "tt01-2018-cb"])
def test_every_value_opens_to_its_dossiers_and_their_points_give_it(world, code: str) -> None:
    report, asked = table(world, code), look(world)
    for line in report.lines:
        for index in (1, 2, 3, 4):
            found = facts_behind(f"tt01_{index}", asked, line.groups)
            known = [int(fact.note[0]) for fact in found if fact.note[0].isdecimal()]
            value = (Decimal(sum(known)) / len(known)).quantize(Decimal("0.1"), "ROUND_HALF_UP")
            assert line.counts[f"tt01_{index}"] == value * 10, (line.label, index)
        assert len(facts_behind("tt01_dossiers", asked, line.groups)) == line.counts["tt01_dossiers"]


def test_the_parts_of_a_sum_are_the_criteria(world) -> None:
    of_agency = facts_behind("tt01_agency", look(world), {"agency": world.commune.pk})
    assert [fact.name[:8] for fact in of_agency] == [f"Chỉ số {i}" for i in range(1, 10)]
    assert [fact.note[-4:] for fact in of_agency[6:8]] == ["điểm", "điểm"]
    of_officer = facts_behind(
        "tt01_officer", look(world), {"agency": world.commune.pk, "officer": world.officer.pk}
    )
    assert len(of_officer) == 5
    assert next(fact.note for fact in facts_behind("tt01_9", look(world), {})).startswith("0 trên")
    assert facts_behind("tt01_5", look(world), {})[0].note == "tiếp nhận tại Bộ phận Một cửa"
    assert facts_behind("tt01_6", look(world), {})[0].note == "0 điểm: chưa niêm yết"


def test_ones_own_line_is_of_ones_own_dossiers(world) -> None:
    line, rows = own_line(look(world), world.officer)
    report = row(table(world, "tt01-2018-cb"), world.officer.full_name)
    assert str(line.counts["tt01_dossiers"]) == report["tt01_dossiers"] == str(len(rows))
    assert line.counts["tt01_officer"] == int(report["tt01_officer"].replace(",", ""))
    stranger = make_user_with("officer", make_agency("UBND xã Khác", world.province, code="H40.31"))
    assert own_line(look(world), stranger)[1] == []


# Over HTTP ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def later():
    with time_machine.travel(LATER, tick=False):
        yield


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"statistics:{name}", args=args), query)


QUERY = {"period": "2026-11", "basis": "calendar"}


def test_who_leads_the_unit_sees_its_officers_and_nobody_else_does(world, later, client) -> None:
    here = {**QUERY, "agency": world.commune.pk}
    for person in (world.boss, world.keeper):
        answer = page(client, person, "report", "tt01-2018-cb", **here)
        assert answer.status_code == 200
        assert world.officer.full_name in answer.content.decode()
    reader = make_user_with("auditor", world.commune)  # reads reports, watches over nobody
    assert page(client, reader, "report", "tt01-2018", **here).status_code == 200
    assert page(client, reader, "report", "tt01-2018-cb", **here).status_code == 404
    assert page(client, reader, "download", "tt01-2018-cb", "csv", **here).status_code == 404
    assert page(client, reader, "things", "tt01-2018-cb", "tt01_1", **here).status_code == 404
    stranger = make_user_with("leader", make_agency("UBND xã Khác", world.province, code="H40.31"))
    assert page(client, stranger, "report", "tt01-2018-cb", **here).status_code == 404


def test_a_point_opens_to_its_dossiers(world, later, client) -> None:
    here = {**QUERY, "agency": world.commune.pk, "row_agency": world.commune.pk}
    answer = page(client, world.boss, "things", "tt01-2018", "tt01_1", **here).content.decode()
    assert world.late.code in answer
    assert "0 điểm" in answer
    assert f"/ho-so/{world.late.pk}/" in answer
    assert page(client, world.boss, "things", "tt01-2018", "received", **here).status_code == 404
    assert page(client, world.boss, "things", "tt01-2018", "offered", **here).status_code == 404


def test_an_officer_sees_only_their_own(world, later, client) -> None:
    answer = page(client, world.officer, "own_points", period="2026")
    text = answer.content.decode()
    assert (answer.status_code, world.late.code in text, "Mức hoàn thành" in text) == (200, True, True)
    assert page(client, world.officer, "report", "tt01-2018-cb", **QUERY).status_code == 404
    other = make_user_with("officer", world.commune, full_name="Người Khác")
    assert world.late.code not in page(client, other, "own_points", period="2026").content.decode()
    assert page(client, world.officer, "own_points", period="2026-Q9").status_code == 422


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "csv", "json"])
@pytest.mark.parametrize("code", ["tt01-2018", "tt01-2018-cb"])
def test_the_tables_are_files_too(world, later, client, code: str, kind: str) -> None:
    answer = page(client, world.boss, "download", code, kind, **QUERY, agency=world.commune.pk)
    assert answer.status_code == 200
    if kind in ("csv", "json"):
        assert "Xếp loại" in answer.content.decode() or "Mức hoàn thành" in answer.content.decode()


def test_a_kept_table_of_officers_is_read_by_who_may_read_the_table(world) -> None:
    kept = {}
    for code in ("tt01-2018", "tt01-2018-cb"):
        kept[code] = actions_of_reports.freeze(form_on(code, NOVEMBER.end), world.commune, NOVEMBER, actor=world.keeper, at=LATER)  # fmt: skip
    day = legal_date(LATER)
    reader = make_user_with("auditor", world.commune)
    assert access_kept(authority_of(reader, day), kept["tt01-2018"].pk)
    with pytest.raises(NotFound):
        access_kept(authority_of(reader, day), kept["tt01-2018-cb"].pk)
    assert access_kept(authority_of(world.boss, day), kept["tt01-2018-cb"].pk)
    live, frozen = table(world, "tt01-2018-cb"), load(kept["tt01-2018-cb"].content)
    assert [line.texts for line in frozen.lines] == [line.texts for line in live.lines]
    assert frozen.all_lines[0].counts == live.all_lines[0].counts
