"""A sum of what units sent, frozen: which reports it was made of, who had sent none, what came since; every number opens."""

import json
import re
from datetime import date
from html import unescape
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from motcua.agencies.queries import authority_of
from motcua.agencies.testing import make_agency, make_office, make_user_with
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.dossiers import actions as dossiers
from motcua.dossiers.testing import SINCE, in_review, make_intake, make_world, moment, ready
from motcua.statistics import actions
from motcua.statistics.models import KeptReport
from motcua.statistics.queries.gathering import gather, moved_on
from motcua.statistics.queries.keeping import readable, reporting
from motcua.statistics.rules import keeping_kinds
from motcua.statistics.rules.figures import number
from motcua.statistics.rules.gathering import gathered_form
from motcua.statistics.rules.periods import Basis, parse
from motcua.statistics.rules.reports import form_on
from motcua.statistics.rules.tables import Share
from motcua.statistics.tests.test_keeping import triggers_off

NOVEMBER = parse("2026-11", Basis.CALENDAR).window
AFTER = moment(days=35)  # 7-12-2026
PERIOD = {"period": "2026-11", "basis": "calendar"}
TODAY = date(2026, 12, 9)


@pytest.fixture
def world(db):
    """A province with two communes, one of which has sent, and police that have nothing to send."""
    world = make_world()
    world.keeper = make_user_with("reform_officer", world.commune)
    world.above = make_user_with("reform_officer", world.province)
    world.chief = make_user_with("leader", world.province)
    world.other = make_agency("UBND xã Khác", world.province, code="H40.31")
    world.procedure.offerings.create(agency=world.other, valid_from=SINCE)
    office, clerk = make_office(world.other), make_user_with("receptionist", world.other)
    dossiers.receive(make_intake(world, office_id=office.pk), actor=clerk, at=moment(days=1))
    ready(world)
    in_review(world)
    world.first = sent_by(world.commune)
    return world


def form():
    return form_on("ii-06a", NOVEMBER.end)


def sent_by(unit, at=AFTER):
    keeper = make_user_with("reform_officer", unit)
    return passed_on(actions.freeze(form(), unit, NOVEMBER, **PERIOD, actor=keeper, at=at), at)


def passed_on(report, at=AFTER):
    actions.sign(report.pk, actor=make_user_with("leader", report.agency), at=at)
    return actions.send(report.pk, actor=make_user_with("reform_officer", report.agency), at=at)


def summed(world, agency=None, actor=None) -> KeptReport:
    return actions.freeze_gathered(
        form(), agency or world.province, NOVEMBER, **PERIOD, actor=actor or world.above, at=AFTER
    )


def kept(report):
    report = KeptReport.objects.get(pk=report.pk)
    return keeping_kinds.read(report.kind, report.content)


@pytest.fixture
def wrong(world):
    """What the commune sent was wrong from the beginning: as if a hand had written another number."""
    content = KeptReport.objects.get(pk=world.first.pk).content
    total = {**content["total"], "received_counter": 7, "stopped": 5}
    triggers_off(KeptReport.objects.filter(pk=world.first.pk), content={**content, "total": total})


def amended(world):
    """The commune's report, frozen anew."""
    return actions.amend(world.first.pk, reason="Đếm sót", actor=world.keeper, at=AFTER)


def test_a_frozen_sum_keeps_the_reports_that_it_was_made_of_and_who_had_sent_none(world) -> None:
    report = summed(world)
    table = kept(report)
    live = gather(form(), world.province, NOVEMBER, AFTER, **PERIOD)
    assert (table.lines, table.total, table.remarks, table.form) == (
        live.lines,
        live.total,
        live.remarks,
        live.form,
    )
    assert (report.kind, report.form_code, report.below, report.number) == ("gathered", "ii-06a", True, 1)
    shares = {share.name: share for share in table.shares}
    assert shares[world.commune.name] == Share(
        world.commune.pk, world.commune.name, world.first.pk, 1, world.first.content_hash, "2026-12-07"
    )
    assert shares[world.other.name].report is None
    content = KeptReport.objects.get(pk=report.pk).content
    assert [share["report"] for share in content["shares"]].count(None) == 2  # the other commune, the police


def test_a_sum_of_nothing_is_not_frozen_nor_one_of_a_period_that_runs(world) -> None:
    october = parse("2026-10", Basis.CALENDAR).window
    with pytest.raises(RuleViolation, match="Chưa đơn vị nào gửi"):
        actions.freeze_gathered(form(), world.province, october, actor=world.above, at=AFTER)
    with pytest.raises(RuleViolation, match="mới kết thúc"):
        actions.freeze_gathered(form(), world.province, NOVEMBER, actor=world.above, at=moment(days=27))
    with pytest.raises(NotFound):
        summed(world, actor=world.keeper)
    summed(world)
    with pytest.raises(RuleViolation, match="đã chốt"):
        summed(world)


def test_a_count_and_a_sum_of_the_same_period_are_two_reports(world) -> None:
    whole = make_user_with("reform_officer", world.province, subtree=True)
    counted = actions.freeze(form(), world.province, NOVEMBER, below=True, **PERIOD, actor=whole, at=AFTER)
    report = summed(world)
    assert (counted.number, report.number, counted.kind) == (1, 1, "form")
    assert number("received", kept(counted).total) == 3
    assert number("received", kept(report).total) == 2


def test_an_amendment_of_a_unit_is_told_and_the_frozen_sum_stays(world, wrong) -> None:
    report = summed(world)
    before = kept(report)
    assert moved_on(before, world.province, TODAY) == {}
    again = amended(world)
    assert moved_on(before, world.province, TODAY) == {
        world.commune.pk: "đã điều chỉnh sau khi tổng hợp (lần chốt 2), chưa gửi lại"
    }
    with pytest.raises(RuleViolation, match="không có số nào khác"):  # nothing new has arrived
        actions.amend(report.pk, reason="Xã điều chỉnh", actor=world.above, at=AFTER)
    passed_on(again)
    sent_by(world.other)
    assert moved_on(before, world.province, TODAY) == {
        world.commune.pk: "đã điều chỉnh sau khi tổng hợp (lần chốt 2, gửi 07-12-2026)",
        world.other.pk: "đã gửi báo cáo sau khi tổng hợp (lần chốt 1, gửi 07-12-2026)",
    }
    assert kept(report) == before


def test_the_sum_is_amended_with_a_reason_and_says_which_report_took_which_place(world, wrong) -> None:
    report = summed(world)
    passed_on(amended(world))
    with pytest.raises(RuleViolation, match="lý do"):
        actions.amend(report.pk, reason="", actor=world.above, at=AFTER)
    new = actions.amend(report.pk, reason="Xã điều chỉnh", actor=world.above, at=AFTER)
    assert (new.kind, new.number, new.reason) == ("gathered", 2, "Xã điều chỉnh")
    changes = {(one.row, one.column): (one.before, one.after) for one in keeping_kinds.changes(kept(report), kept(new))}  # fmt: skip
    assert ("7", "2") in changes.values()
    (taken,) = [pair for (_, column), pair in changes.items() if column == "Báo cáo được cộng"]
    assert taken[0].startswith("lần chốt 1, mã băm")
    assert taken[1].startswith("lần chốt 2, mã băm")
    assert moved_on(kept(new), world.province, TODAY) == {}
    assert moved_on(kept(report), world.province, TODAY)


def test_that_a_unit_is_late_for_longer_is_no_reason_to_amend(world) -> None:
    report = summed(world)
    with pytest.raises(RuleViolation, match="không có số nào khác"):
        actions.amend(report.pk, reason="Thử", actor=world.above, at=moment(days=60))


def test_what_the_agency_itself_amended_is_told_too(world) -> None:
    own = actions.freeze(form(), world.province, NOVEMBER, **PERIOD, actor=world.above, at=AFTER)
    report = summed(world)
    assert kept(report).shares[0].report == own.pk
    assert kept(report).shares[0].sent_on == ""
    content = KeptReport.objects.get(pk=own.pk).content
    triggers_off(KeptReport.objects.filter(pk=own.pk), content={**content, "total": {"received_counter": 1}})
    actions.amend(own.pk, reason="Sai", actor=world.above, at=AFTER)
    assert moved_on(kept(report), world.province, TODAY) == {
        world.province.pk: "đã điều chỉnh sau khi tổng hợp (lần chốt 2)"
    }


def test_a_district_sends_its_sum_upward_and_the_province_adds_it_up(world) -> None:
    """A sum sent stands for the unit's report, before a count of its own; the province sees what it was made of, no further."""
    district = make_agency("UBND huyện Lạ", world.province, level="district", code="H40.50")
    village = make_agency("UBND xã Bắc", district)
    world.procedure.offerings.create(agency=village, valid_from=SINCE)
    clerk = make_user_with("receptionist", village)
    office = make_office(village)
    dossiers.receive(make_intake(world, office_id=office.pk), actor=clerk, at=moment(days=1))
    part = sent_by(village)
    middle = make_user_with("reform_officer", district, subtree=True)
    passed_on(actions.freeze(form(), district, NOVEMBER, below=True, **PERIOD, actor=middle, at=AFTER))
    report = passed_on(summed(world, agency=district, actor=middle))
    line = next(one for one in reporting(world.province, "ii-06a", NOVEMBER, TODAY) if one.agency == district)
    assert (line.report, line.is_missing) == (report, False)
    table = gather(form(), world.province, NOVEMBER, AFTER)
    row = next(one for one in table.lines if one.label == district.name)
    assert number("received", row.counts) == 1
    above = authority_of(world.above, legal_date(AFTER))
    assert readable(above, [report.pk, part.pk]) == {report.pk}


def test_a_form_put_together_stays_as_it_is_when_put_together_again() -> None:
    once = gathered_form(form())
    assert gathered_form(once) == once


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


def rows_of(answer) -> list[str]:
    """The rows of the page's table, as text."""
    body = answer.content.decode()
    body = body[body.index("<tbody") : body.index("</tbody>")]
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in body.split("<tr")[1:]]


def links(answer) -> list[tuple[str, str]]:
    """Numbers of the page's table with where they lead."""
    body = answer.content.decode()
    body = body[body.index("<tbody") : body.index("</tbody>")]
    return [(unescape(href), text) for href, text in re.findall(r'<td class="num"[^>]*><a href="([^"]+)">([^<]+)', body)]  # fmt: skip


def test_every_number_of_the_sum_opens_to_the_reports_of_the_units(world, client, later) -> None:
    here = {**PERIOD, "agency": world.province.pk}
    shown = page(client, world.above, "gathered", "ii-06a", **here)
    found = links(shown)
    of_unit = [href for href, _ in found if "/da-chot/" in href]
    of_total = [(href, text) for href, text in found if "/tong-hop/so/" in href]
    assert of_unit
    assert set(of_unit) == {f"{reverse('statistics:kept', args=[world.first.pk])}#tong-cong"}
    assert of_total
    for href, text in of_total:
        answer = client.get(href)
        rows = rows_of(answer)
        assert rows[-1].endswith(text)
        assert sum(row.split("Lần chốt")[0].split()[-1] == text for row in rows if "Lần chốt" in row) == 1
        assert any("chưa gửi" in row for row in rows)
        assert reverse("statistics:kept", args=[world.first.pk]) in answer.content.decode()
    assert page(client, world.above, "gathered_shares", "ii-06a", "khong-co", **here).status_code == 404
    assert page(client, world.above, "gathered_shares", "ii-06a", "uncollected", **here).status_code == 404
    assert page(client, world.keeper, "gathered_shares", "ii-06a", "received", **here).status_code == 404


def test_and_from_the_report_of_a_unit_to_its_dossiers_by_the_same_question(world, client, later) -> None:
    shown = page(client, world.keeper, "kept", world.first.pk)
    found = links(shown)
    assert len(found) > 5
    for href, text in found:
        listed = client.get(href)
        assert listed.status_code == 200, href
        assert listed.content.decode().count("<tr><td><") == int(text), href
    assert 'id="tong-cong"' in shown.content.decode()
    # who only received it may not read the dossiers of the unit: the numbers lead nowhere
    assert links(page(client, world.above, "kept", world.first.pk)) == []


def test_a_sum_is_frozen_signed_and_amended_on_the_pages(world, wrong, client, later) -> None:
    here, query = (
        {**PERIOD, "agency": world.province.pk},
        f"?period=2026-11&basis=calendar&agency={world.province.pk}",
    )
    assert "Chốt báo cáo tổng hợp" in text_of(page(client, world.above, "gathered", "ii-06a", **here))
    assert "Chốt báo cáo tổng hợp" not in text_of(page(client, world.chief, "gathered", "ii-06a", **here))
    october = {**here, "period": "2026-10"}
    assert "Chốt báo cáo tổng hợp" not in text_of(page(client, world.above, "gathered", "ii-06a", **october))
    answer = post(client, world.above, "gathered_freeze", "ii-06a", query=query)
    report = KeptReport.objects.get(kind="gathered")
    assert answer.url == reverse("statistics:kept", args=[report.pk])
    shown = text_of(page(client, world.chief, "kept", report.pk))
    assert "Ký báo cáo" in shown
    assert "Báo cáo được cộng" in shown
    assert f"{world.other.name} Chưa gửi, chưa cộng" in shown
    assert "sau khi tổng hợp" not in shown
    post(client, world.chief, "kept_sign", report.pk)
    passed_on(amended(world))
    told = text_of(page(client, world.above, "kept", report.pk))
    assert f"{world.commune.name} đã điều chỉnh sau khi tổng hợp (lần chốt 2, gửi 07-12-2026)" in told
    assert "Xem số liệu hiện nay" in told
    post(client, world.above, "kept_amend", report.pk, reason="Xã An Phú điều chỉnh")
    new = KeptReport.objects.get(kind="gathered", number=2)
    told = text_of(page(client, world.above, "kept", new.pk))
    assert "Khác với lần chốt trước" in told
    assert "Có đơn vị đã gửi, điều chỉnh" not in told
    listed = text_of(page(client, world.above, "kept_reports"))
    assert "tổng hợp từ báo cáo đã gửi" in listed


def test_every_number_of_a_frozen_sum_opens_to_what_it_was_made_of(world, wrong, client, later) -> None:
    report = summed(world)
    passed_on(amended(world))
    found = links(page(client, world.above, "kept", report.pk))
    shares = [(href, text) for href, text in found if "/so/" in href]
    assert shares
    for href, text in shares:
        answer = client.get(href)
        assert rows_of(answer)[-1].endswith(text)
        assert reverse("statistics:kept", args=[world.first.pk]) in answer.content.decode()
    assert page(client, world.above, "kept_shares", world.first.pk, "received").status_code == 404
    assert page(client, world.keeper, "kept_shares", report.pk, "received").status_code == 404


def test_what_the_agencys_own_report_became_stands_on_the_page_of_the_sum(world, client, later) -> None:
    report = summed(world)
    actions.freeze(form(), world.province, NOVEMBER, **PERIOD, actor=world.above, at=AFTER)
    told = text_of(page(client, world.above, "kept", report.pk))
    assert f"{world.province.name} đã chốt báo cáo của mình sau khi tổng hợp (lần chốt 1)" in told


def test_the_files_of_a_frozen_sum_are_its_cells_and_say_what_it_was_made_of(
    world, wrong, client, later
) -> None:
    report = summed(world)
    passed_on(amended(world))
    table = kept(report)
    book = openpyxl.load_workbook(BytesIO(page(client, world.above, "kept_file", report.pk, "xlsx").content))
    first = 7 + len(table.form.heading)
    for row, line in enumerate(table.all_lines, first):
        values = [cell.value for cell in book.active[row]]
        assert (values[0] or "", values[1]) == (line.mark, line.label)
        assert values[2:] == [cell.value if cell.value is not None else cell.text or None for cell in table.cells(line)]  # fmt: skip
    data = json.loads(page(client, world.above, "kept_file", report.pk, "json").content)
    sources = {one["agency"]: one for one in data["sources"]}
    assert sources[world.commune.name]["hash"] == world.first.content_hash
    assert sources[world.commune.name]["number"] == 1
    assert sources[world.other.name]["report"] is None
    for kind in ("pdf", "csv"):
        assert page(client, world.above, "kept_file", report.pk, kind).status_code == 200


def test_above_the_top_there_is_nobody_to_send_to(world) -> None:
    report = actions.sign(summed(world).pk, actor=world.chief, at=AFTER)
    with pytest.raises(RuleViolation, match="không có cơ quan cấp trên"):
        actions.send(report.pk, actor=world.above, at=AFTER)


def test_what_is_not_there_is_not_amended(world) -> None:
    with pytest.raises(NotFound):
        actions.amend(10**6, reason="x", actor=world.above, at=AFTER)


def test_a_sum_that_does_not_hold_is_not_frozen(world) -> None:
    content = KeptReport.objects.get(pk=world.first.pk).content
    wrong = {**content, "total": {**content["total"], "received_counter": 9}}
    triggers_off(KeptReport.objects.filter(pk=world.first.pk), content=wrong)
    with pytest.raises(RuleViolation, match="không cân đối"):
        summed(world)
    assert not KeptReport.objects.filter(kind="gathered").exists()
