"""Reports filled in: rows by level, field, unit, procedure; totals, notes, identities; every number open to its dossiers."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.agencies.testing import make_agency, make_user_with
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.testing import (
    SINCE,
    World,
    in_review,
    make_procedure,
    moment,
    receive,
)
from motcua.payments import actions as payments
from motcua.payments.models import Charge
from motcua.procedures.models import Fee, Field, ProcedureVersion
from motcua.statistics.queries import Scope, behind, build
from motcua.statistics.rules.figures import REGISTRY
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import CODES, figure_column, form_on
from motcua.statistics.rules.tables import Kind
from motcua.statistics.rules.things import Subject

NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30), "tháng 11 năm 2026")
DECEMBER = Window(date(2026, 12, 1), date(2026, 12, 31))
LATER = moment(days=90)


def table(world: World, code: str = "ii-06a", *, agency=None, below=False, window=NOVEMBER, at=LATER):
    return build(form_on(code, window.end), Scope(agency or world.commune, below), window, at)


def shown(report) -> list[tuple[str, ...]]:
    return [(line.mark, line.label, *(c.text for c in report.cells(line))) for line in report.all_lines]


def test_II_06a_has_a_section_for_the_level_then_its_fields_then_the_total(world: World) -> None:
    whole = ("6", "1", "5", "0", "3", "2", "0", "1", "2", "0", "2")
    assert shown(table(world)) == [
        ("III", "Thủ tục hành chính thuộc thẩm quyền giải quyết của cấp xã", *whole),
        ("1", "Đất đai", "1", "1", "0", "0", "0", "0", "0", "0", "1", "0", "1"),
        ("2", "Hộ tịch", "5", "0", "5", "0", "3", "2", "0", "1", "1", "0", "1"),
        ("", "Tổng cộng", *whole),
    ]


def test_the_notes_say_what_is_outside_and_no_identity_is_broken(world: World) -> None:
    report = table(world)
    assert report.notes[0] == (
        "Tổng số tiếp nhận 6 = đã giải quyết 3 + đang giải quyết 2 + dừng giải quyết 1 + rút hồ sơ 0."
    )
    assert "chờ tiếp nhận cuối kỳ 1" in report.notes[1]
    assert "có 2 hồ sơ từ chối" in report.notes[1]
    assert (report.broken, report.live) == ((), False)


def test_II_06a_of_a_province_and_all_below_keeps_the_levels_apart(world: World) -> None:
    department = make_agency("Sở Tư pháp", world.province, level="province", kind="department", code="H40.05")
    in_review(world)
    report = table(world, agency=world.province, below=True)
    assert [line.mark for line in report.lines if line.kind is Kind.SECTION] == ["III"]
    actions.transfer_open_work(
        world.commune, department, document="NQ 1", actor=world.admin, at=moment(days=10)
    )
    report = table(world, agency=world.province, below=True)
    assert [line.mark for line in report.lines if line.kind is Kind.SECTION] == ["I", "III"]
    assert report.broken == ()


def test_II_06b_has_a_row_for_every_unit_of_the_window_even_one_without_dossiers(world: World) -> None:
    make_agency("UBND xã Đã Hết", world.province, code="H40.14", valid_to=date(2025, 6, 30))
    report = table(world, "ii-06b", agency=world.province)
    assert [(line.label, report.cells(line)[0].text) for line in report.all_lines] == [
        ("Tỉnh Lam Sơn", "0"),
        ("Công an xã An Phú", "0"),
        ("UBND xã An Phú", "6"),
        ("UBND xã Bình Yên", "2"),
        ("Tổng cộng", "8"),
    ]


def test_II_06c_adds_the_fields_of_all_units_below(world: World) -> None:
    report = table(world, "ii-06c", agency=world.province)
    assert [(line.mark, line.label, report.cells(line)[0].text) for line in report.all_lines] == [
        ("1", "Đất đai", "1"),
        ("2", "Hộ tịch", "7"),
        ("", "Tổng cộng", "8"),
    ]


def test_II_07_lists_the_late_by_field_and_procedure_with_their_causes(world: World) -> None:
    report = table(world, "ii-07")
    assert shown(report) == [
        ("1", "Hộ tịch", "1", "0", "1", "0", "0", ""),
        ("1.1", "Thủ tục thử nghiệm 1.000001", "1", "0", "1", "0", "0", ""),
        ("", "Tổng cộng", "1", "0", "1", "0", "0", ""),
    ]
    assert report.notes[-1].endswith("chưa ghi nguyên nhân: 2 hồ sơ.")


def test_07a_tells_whole_from_partial_and_waiting_in_time_from_late(world: World) -> None:
    report = table(world, "07a-btp")
    total = {c.column.key: c.text for c in report.cells(report.all_lines[-1])}
    wanted = {
        "received": "6", "received_counter": "5", "received_whole": "1", "received_partial": "0", "received_other": "0",
        "resolved_in_time": "2", "resolved_late_plain": "1", "open_late_plain": "2", "stopped": "1",
        "waiting_in_time": "0", "waiting_late": "1", "paid": "0",
    }  # fmt: skip
    assert {key: total[key] for key in wanted} == wanted


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("below", [False, True])
def test_every_cell_opens_to_as_many_dossiers_as_it_says(world: World, code: str, below: bool) -> None:
    agency = world.province if below else world.commune
    for window in (NOVEMBER, DECEMBER):
        report = table(world, code, agency=agency, below=below, window=window)
        scope = Scope(agency, report.below)
        for line in report.all_lines:
            for cell in report.cells(line):
                key = cell.column.key
                if key and REGISTRY[key].subject is Subject.DOSSIER and not REGISTRY[key].is_share:
                    rows = behind(key, scope, window, at=LATER, **line.groups)
                    assert rows.count() == cell.value, (line.label, cell.column)
        assert report.broken == ()


def test_a_share_of_few_is_marked_and_one_of_none_is_a_dash(world: World) -> None:
    form = form_on("ii-06a", NOVEMBER.end).with_columns((figure_column("on_time_rate"),))
    report = build(form, Scope(world.commune), NOVEMBER, LATER)
    rates = {line.label: report.cells(line)[-1] for line in report.all_lines}
    assert (rates["Hộ tịch"].text, rates["Đất đai"].text) == ("66,67*", "–")
    assert "dưới 30 hồ sơ" in report.notes[-1]


def test_a_running_period_says_that_it_is_not_closed(world: World) -> None:
    assert table(world, at=moment(days=5)).live


def pay(world: World, act: str, **facts: str) -> Dossier:
    """A dossier of a procedure with a charge, received and paid on the first day."""
    dossier = receive(world, procedure=world.others["paid"])
    charges = Charge.objects.filter(reference=f"dossier/{dossier.pk}").values_list("pk", flat=True)
    getattr(payments, act)(list(charges), actor=world.others["cashier"], at=moment(hours=1), **facts)
    return dossier


def test_payments_count_dossiers_received_in_the_window_whose_receipt_stood_at_its_close(
    world: World,
) -> None:
    world.others["paid"] = make_procedure("1.000002", world.commune)
    Fee.objects.create(procedure=world.others["paid"], kind="le_phi", name="Lệ phí", amount_dong=8000, legal_basis="NQ 1", valid_from=SINCE)  # fmt: skip
    world.others["cashier"] = make_user_with("cashier", world.commune)
    payments.open_book(world.commune, symbol="AP-26", year=2026, source="TB 1", actor=world.head, at=moment())
    cash, online = pay(world, "collect_cash"), pay(world, "confirm_transfer", bank_reference="FT1")
    receive(world, procedure=world.others["paid"])
    back = pay(world, "collect_cash")
    refunded = Charge.objects.get(reference=f"dossier/{back.pk}")
    payments.refund(
        refunded.pk, method="cash", reason="Rút", document="QĐ 2", actor=world.head, at=moment(hours=2)
    )
    report = table(world, "07a-btp")
    total = {c.column.key: c.value for c in report.cells(report.all_lines[-1])}
    assert (total["paid"], total["paid_online"], total["paid_direct"]) == (2, 1, 1)
    assert list(behind("paid", Scope(world.commune), NOVEMBER, at=LATER)) == [cash, online]
    earlier = table(world, "07a-btp", at=moment(hours=1.5))
    assert {c.column.key: c.value for c in earlier.cells(earlier.all_lines[-1])}["paid_direct"] == 2


def test_statements_do_not_grow_with_the_rows(world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            table(world, "ii-07", agency=world.province, below=True)
        return len(caught)

    before = asked()
    for number in range(5):
        procedure = make_procedure(f"1.0010{number:02d}", world.commune)
        field = Field.objects.create(name=f"Lĩnh vực {number}")
        ProcedureVersion.objects.filter(procedure=procedure).update(field=field)
        dossier = in_review(world, receive(world, procedure=procedure))
        actions.refuse(dossier.pk, reason="Không", legal_basis="Điều 1", late_cause="other", actor=world.boss, at=moment(days=20))  # fmt: skip
    assert asked() == before <= 6
