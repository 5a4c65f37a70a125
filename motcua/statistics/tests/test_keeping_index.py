"""The index of Decision 766 frozen: everything that it shows is kept, and neither the set nor a dossier moves it any more."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from html import unescape
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from motcua.agencies.models import DatedSetting
from motcua.agencies.queries import authority_of
from motcua.agencies.testing import make_system_user, make_user_with
from motcua.audit.models import Event
from motcua.audit.queries import verify
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.dossiers import actions as dossiers
from motcua.dossiers.testing import in_review, moment
from motcua.statistics import actions
from motcua.statistics.models import IndexComponent, KeptReport
from motcua.statistics.output.index766 import Made, write_index
from motcua.statistics.queries import Scope
from motcua.statistics.queries.index766 import board
from motcua.statistics.queries.keeping import access_kept, index_values, kept_reports, reporting
from motcua.statistics.queries.reminders import owed
from motcua.statistics.rules import keeping_kinds
from motcua.statistics.rules.index766 import CODE, State
from motcua.statistics.rules.index766_sheet import BOARD_HEAD, board_rows
from motcua.statistics.rules.keeping_index import dump_index, load_index
from motcua.statistics.rules.periods import Basis, parse

NOVEMBER = parse("2026-11", Basis.CALENDAR)
OCTOBER = parse("2026-10", Basis.CALENDAR)
AFTER = moment(days=35)  # 7-12-2026
PERIOD = {"period": "2026-11", "basis": "calendar"}


@pytest.fixture(autouse=True)
def installed(world):
    actions.install_index(actor=make_system_user(), at=moment())
    world.keeper = make_user_with("reform_officer", world.commune)
    world.above = make_user_with("reform_officer", world.province)


def live(world, *, below=False, agency=None, at=AFTER):
    scope = Scope(agency or world.commune, below=below)
    return board(scope, NOVEMBER.window, at, before=OCTOBER.window)


def frozen(world, at=AFTER, **more) -> KeptReport:
    about = {"agency": world.commune, "actor": world.keeper, **more}
    agency = about.pop("agency")
    return actions.freeze_index(agency, NOVEMBER.window, **PERIOD, at=at, **about)


def sent(world, report, at=AFTER) -> KeptReport:
    actions.sign(report.pk, actor=world.boss, at=at)
    return actions.send(report.pk, actor=world.keeper, at=at)


def kept(report):
    report = KeptReport.objects.get(pk=report.pk)
    return keeping_kinds.read(report.kind, report.content)


def test_a_frozen_index_is_the_board_as_it_stood_to_the_last_word(world) -> None:
    report = frozen(world)
    found = kept(report)
    assert found == live(world)
    assert (report.kind, report.form_code, report.number, report.state) == ("index", CODE, 1, "frozen")
    content = KeptReport.objects.get().content
    assert [len(group["components"]) for group in content["scheme"]["groups"]] == [
        len(group.components) for group in live(world).scheme.groups
    ]
    assert content["total"] == {
        "earned": str(found.sums.earned), "possible": str(found.sums.possible), "points": "100.00",
        "rescaled": str(found.sums.rescaled), "index": str(found.value), "band": found.band,
    }  # fmt: skip
    unknown = [line for line in found.lines if line.state is State.UNKNOWN]
    assert unknown
    assert all(line.reason for line in unknown)
    (event,) = Event.objects.filter(chain=f"report/{report.pk}")
    assert (event.kind, event.data["kind"], event.data["hash"]) == (
        "report.frozen",
        "index",
        report.content_hash,
    )


def test_a_board_without_a_window_before_is_kept_as_well(world) -> None:
    bare = replace(live(world), before=None, before_value=None)
    assert load_index(json.loads(json.dumps(dump_index(bare)))) == bare


def test_for_free_dates_it_is_compared_with_as_many_days_before(world) -> None:
    report = actions.freeze_index(world.commune, parse("2026-11", Basis.CALENDAR).window, actor=world.keeper, at=AFTER)  # fmt: skip
    before = kept(report).before
    assert (before.start, before.end) == (date(2026, 10, 2), date(2026, 10, 31))


def test_a_province_freezes_the_index_of_all_below_it_apart_from_its_own(world) -> None:
    whole = make_user_with("reform_officer", world.province, subtree=True)
    own = frozen(world, agency=world.province, actor=whole)
    all_below = frozen(world, agency=world.province, actor=whole, below=True)
    assert (own.below, all_below.below, all_below.number) == (False, True, 1)
    assert kept(all_below) == live(world, agency=world.province, below=True)
    assert kept(own) != kept(all_below)


def test_neither_a_set_corrected_in_place_nor_a_later_dossier_moves_it(world) -> None:
    report = frozen(world)
    before, files = kept(report), [write_index(Made(kept(report)), kind).content for kind in ("csv", "json")]
    component = IndexComponent.objects.get(code="2.1")
    actions.change_component(
        component.pk, name="Tên khác", points=D("1"), target=D("50"), certainty="sure", source="Sửa", actor=make_user_with("administrator", world.province, subtree=True), at=AFTER,
    )  # fmt: skip
    in_review(world, at=moment(days=2))
    DatedSetting.objects.create(
        agency=world.province, key="index_766_missing", value="zero", valid_from=date(2020, 1, 1)
    )
    assert kept(report) == before
    assert [write_index(Made(kept(report)), kind).content for kind in ("csv", "json")] == files
    assert live(world).value != before.value
    assert verify().is_whole


def test_it_is_amended_with_a_reason_when_a_recount_differs(world) -> None:
    report = frozen(world)
    with pytest.raises(RuleViolation, match="không có số nào khác"):
        actions.amend(report.pk, reason="Thử", actor=world.keeper, at=AFTER)
    IndexComponent.objects.filter(code="2.1").update(target=D("50"))
    with pytest.raises(RuleViolation, match="lý do"):
        actions.amend(report.pk, reason=" ", actor=world.keeper, at=AFTER)
    new = actions.amend(report.pk, reason="Bộ chỉ số ghi sai chỉ tiêu", actor=world.keeper, at=AFTER)
    assert (new.number, new.kind, new.reason) == (2, "index", "Bộ chỉ số ghi sai chỉ tiêu")
    found = {(one.row[:3], one.column): (one.before, one.after) for one in keeping_kinds.changes(kept(report), kept(new))}  # fmt: skip
    assert found["2.1", "Bộ chỉ số, Chỉ tiêu (%)"] == ("100,00", "50,00")
    assert found["2.1", "Kết quả trong kỳ, Điểm đạt"] == ("8,00", "16,00")
    assert ("Chỉ", "Chỉ số") in found
    with pytest.raises(RuleViolation, match="đã được điều chỉnh"):
        actions.amend(report.pk, reason="x", actor=world.keeper, at=AFTER)


def test_it_is_frozen_once_when_its_period_is_over_by_who_keeps_reports(world) -> None:
    with pytest.raises(RuleViolation, match="30-11-2026 mới kết thúc"):
        frozen(world, at=moment(days=28))
    for role in ("leader", "officer"):
        with pytest.raises(NotFound):
            frozen(world, actor=make_user_with(role, world.commune))
    frozen(world)
    with pytest.raises(RuleViolation, match="đã chốt"):
        frozen(world)


def test_no_set_no_index_to_freeze(world) -> None:
    with pytest.raises(RuleViolation, match="Chưa có bộ chỉ số"):
        actions.freeze_index(
            world.commune, parse("2015", Basis.CALENDAR).window, actor=world.keeper, at=AFTER
        )


def test_signed_and_sent_it_arrives_above_and_the_agency_above_sees_who_sent(world) -> None:
    report = sent(world, frozen(world))
    above = authority_of(world.above, legal_date(AFTER))
    assert access_kept(above, report.pk).form_number == "Chỉ số 766"
    assert list(kept_reports(above)) == [report]
    lines = {one.agency: one for one in reporting(world.province, CODE, NOVEMBER.window, date(2026, 12, 9))}
    assert (lines[world.commune].is_missing, lines[world.commune].days_late) == (False, 2)
    assert lines[world.others["neighbour"]].is_missing
    value = kept(report)
    assert index_values([report.pk]) == {report.pk: (str(value.value), value.band)}


def test_units_are_reminded_of_it_when_the_agency_above_demands_it(world) -> None:
    """Its periods are of the calendar: November is due on 5 December, a form's November (to the 14th) was due long ago."""

    def demanded(day: date) -> set[tuple[str, str]]:
        return {(one.form.code, one.period.code) for one in owed(day) if one.unit == world.commune}

    for key, value in (("report_reminders", "month"), ("report_reminder_forms", "766")):
        DatedSetting.objects.create(agency=world.province, key=key, value=value, valid_from=date(2026, 1, 1))
    assert (CODE, "2026-11") not in demanded(date(2026, 12, 2))
    assert {code for code, _ in demanded(date(2026, 12, 3))} == {CODE}
    assert (CODE, "2026-11") in demanded(date(2026, 12, 3))
    sent(world, frozen(world, at=moment(days=30)), at=moment(days=30))
    assert (CODE, "2026-11") not in demanded(date(2026, 12, 3))


# Over HTTP -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def later():
    with time_machine.travel(AFTER, tick=False):
        yield


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"statistics:{name}", args=args), query)


def post(client, user, name, *args, query="", **data):
    client.force_login(user)
    return client.post(reverse(f"statistics:{name}", args=args) + query, data)


def text_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def from_the_page(client, world) -> KeptReport:
    answer = post(
        client, world.keeper, "index766_freeze", query=f"?period=2026-11&basis=calendar&agency={world.commune.pk}"
    )  # fmt: skip
    report = KeptReport.objects.get(kind="index")
    assert answer.url == reverse("statistics:kept", args=[report.pk])
    return report


def test_from_the_board_to_the_agency_above(world, client, later) -> None:
    here = {**PERIOD, "agency": world.commune.pk}
    assert "Chốt chỉ số" in page(client, world.keeper, "index766", **here).content.decode()
    assert "Chốt chỉ số" not in page(client, world.boss, "index766", **here).content.decode()
    running = {**here, "period": "2026-12"}
    assert "Chốt chỉ số" not in page(client, world.keeper, "index766", **running).content.decode()
    report = from_the_page(client, world)
    shown = text_of(page(client, world.boss, "kept", report.pk))
    for word in (
        "Ký báo cáo",
        "40,00* 100 8,00 / 20",
        "Chưa tính được",
        "quy đổi",
        "So với kỳ trước",
        "Đã chốt, chờ ký",
    ):
        assert word in shown, word
    assert post(client, world.keeper, "kept_sign", report.pk).status_code == 404
    post(client, world.boss, "kept_sign", report.pk)
    assert page(client, world.above, "kept", report.pk).status_code == 404
    post(client, world.keeper, "kept_send", report.pk)
    assert "Xem số liệu hiện nay" not in text_of(page(client, world.above, "kept", report.pk))
    told = text_of(page(client, world.above, "index766_reporting", **{**here, "agency": world.province.pk}))
    value = kept(report)
    assert f"{str(value.value).replace('.', ',')}, {value.band}" in told
    assert "2 đơn vị chưa gửi" in told
    assert "Tổng hợp từ báo cáo đã gửi" not in told  # points are not added up
    assert ">Chỉ số 766</a>" in page(client, world.above, "kept_reports").content.decode()


def test_a_page_of_the_index_for_wrong_days_or_agencies_freezes_nothing(world, client, later) -> None:
    wrong = f"?start=2026-12-02&end=2026-12-01&agency={world.commune.pk}"
    assert post(client, world.keeper, "index766_freeze", query=wrong).status_code == 422
    assert page(client, world.above, "index766_reporting", start="2026-12-02").status_code == 422
    assert page(client, world.keeper, "index766_reporting", agency=world.province.pk).status_code == 404
    assert not KeptReport.objects.exists()


def test_every_number_of_a_frozen_index_opens_by_the_same_question(world, client, later) -> None:
    report = from_the_page(client, world)
    shown = page(client, world.keeper, "kept", report.pk).content.decode()
    links = re.findall(r'<a href="([^"]+/thanh-phan/[^"]+)">([0-9.]+)', shown)
    assert len(links) > 8
    for href, number in links:
        answer = client.get(unescape(href))
        assert answer.content.decode().count("<tr><td><") == int(number), href
    recount = re.search(r'href="([^"]+)">(?:(?!</a>).)*Xem số liệu hiện nay</a>', shown)
    assert recount
    now = client.get(unescape(recount[1])).context["board"]
    assert keeping_kinds.changes(kept(report), now) == []


def test_what_an_amendment_changed_stands_on_its_page(world, client, later) -> None:
    report = from_the_page(client, world)
    IndexComponent.objects.filter(code="2.1").update(target=D("50"))
    post(client, world.keeper, "kept_amend", report.pk, reason="Sửa chỉ tiêu")
    new = KeptReport.objects.get(number=2)
    shown = text_of(page(client, world.keeper, "kept", new.pk))
    assert "Khác với lần chốt trước" in shown
    assert "Bộ chỉ số, Chỉ tiêu (%) 100,00 50,00" in shown


def test_its_files_are_of_the_frozen_content_cell_by_cell(world, client, later) -> None:
    report = from_the_page(client, world)
    IndexComponent.objects.filter(code="2.1").update(target=D("50"), points=D("1"))
    found = kept(report)
    book = openpyxl.load_workbook(BytesIO(page(client, world.keeper, "kept_file", report.pk, "xlsx").content))
    first = 7 + len(BOARD_HEAD)
    for number, row in enumerate(board_rows(found), first):
        values = [cell.value for cell in book.active[number]]
        assert (values[0] or "", values[1]) == (row.mark, row.label)
        wanted = [float(cell) if isinstance(cell, D) else cell for cell in row.cells]
        assert values[2:] == [None if cell in ("", None) else cell for cell in wanted]
    data = json.loads(page(client, world.keeper, "kept_file", report.pk, "json").content)
    assert (data["total"]["index"], data["period"]["code"]) == (str(found.value), "2026-11")
    csv = page(client, world.keeper, "kept_file", report.pk, "csv").content.decode("utf-8-sig")
    assert csv.count("\r\n") == 1 + len(board_rows(found))
    assert page(client, world.keeper, "kept_file", report.pk, "pdf").content.startswith(b"%PDF")
    assert page(client, world.keeper, "kept_shares", report.pk, "received").status_code == 404


def test_a_refusal_told_to_a_late_dossier_does_not_reach_back_into_what_was_frozen(world) -> None:
    report = frozen(world)
    late = in_review(world, at=moment(days=36))
    dossiers.refuse(late.pk, reason="Không", legal_basis="Điều 1", actor=world.boss, at=moment(days=37))
    with pytest.raises(RuleViolation, match="không có số nào khác"):
        actions.amend(report.pk, reason="Thử", actor=world.keeper, at=moment(days=40))
