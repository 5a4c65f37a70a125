"""Pages of a frozen ranking: from the live one, what it shows, where its rows lead, what has come since, its files."""

import csv
import json
import re
from decimal import Decimal as D
from html import unescape
from io import BytesIO, StringIO

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from motcua.agencies.testing import make_system_user, make_user_with
from motcua.dossiers.testing import moment
from motcua.statistics import actions
from motcua.statistics.models import IndexComponent, KeptReport
from motcua.statistics.rules.index766_sheet import SOURCE, cell_text, ranking_rows
from motcua.statistics.tests.ranked import (
    AFTER,
    LATER,
    NOVEMBER,
    OURS,
    PERIOD,
    another_count,
    index,
    kept,
    place,
    sent,
)


@pytest.fixture(autouse=True)
def installed(world):
    actions.install_index(actor=make_system_user(), at=moment())
    world.keeper = make_user_with("reform_officer", world.commune)
    world.above = make_user_with("reform_officer", world.province, subtree=True)
    world.chair = make_user_with("leader", world.province)


@pytest.fixture
def later():
    with time_machine.travel(LATER, tick=False):
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
    shown = page(client, world.above, "index766_ranking", **PERIOD, agency=world.province.pk).content.decode()
    action = unescape(re.search(r'action="([^"]+/xep-hang/chot/[^"]+)"', shown)[1])
    answer = client.post(action)
    report = KeptReport.objects.get(kind="ranking")
    assert answer.url == reverse("statistics:kept", args=[report.pk])
    return report


def test_who_keeps_reports_may_freeze_it_from_its_page_once_the_period_is_over(world, client, later) -> None:
    here = {**PERIOD, "agency": world.province.pk}
    reader = make_user_with("leader", world.province, subtree=True)
    for user, query, offered in (
        (world.above, here, True),
        (reader, here, False),
        (world.above, {**here, "period": "2026-12"}, False),
        (world.above, {**here, "kind": "agency"}, False),  # nobody of them has figures
    ):
        shown = text_of(page(client, user, "index766_ranking", **query))
        assert ("Chốt bảng xếp hạng" in shown) is offered, query
    from_the_page(client, world)


def test_who_may_not_rank_those_below_freezes_nothing_by_an_address_either(world, client, later) -> None:
    query = f"?period=2026-11&basis=calendar&agency={world.province.pk}&kind=commune"
    narrow = make_user_with("reform_officer", world.province)
    for user in (narrow, world.keeper, make_user_with("leader", world.province, subtree=True)):
        assert post(client, user, "index766_ranking_freeze", query=query).status_code == 404
    assert post(client, world.above, "index766_ranking_freeze", query=query + "x").status_code == 404
    wrong = f"?start=2026-12-02&end=2026-12-01&agency={world.province.pk}&kind=commune"
    assert post(client, world.above, "index766_ranking_freeze", query=wrong).status_code == 422
    assert not KeptReport.objects.exists()


def test_its_page_shows_the_table_and_its_signing_as_it_was_frozen(world, client, later) -> None:
    own = sent(world, index(world))
    report = from_the_page(client, world)
    IndexComponent.objects.filter(code="2.1").update(target=D("50"), points=D("1"))
    shown = text_of(page(client, world.chair, "kept", report.pk))
    mine = place(kept(report))
    for word in (
        "Xếp hạng 766, cấp xã, lần chốt 1",
        f"1 UBND xã An Phú Lần chốt 1, mã băm {own.content_hash[:16]}… ; gửi 07-12-2026 {str(mine.value).replace('.', ',')} {mine.band}",
        "Chưa chốt chỉ số; tính trực tiếp",
        "xếp theo chỉ số đã gửi",
        "Cơ quan bằng điểm nhau cùng hạng",
        "Bảng xếp hạng",
        "Ký báo cáo",
    ):
        assert word in shown, word
    assert "Có cơ quan đã gửi" not in shown
    assert "Ký báo cáo" not in text_of(page(client, world.above, "kept", report.pk))
    post(client, world.chair, "kept_sign", report.pk)
    assert "Đã ký" in text_of(page(client, world.above, "kept", report.pk))
    listed = text_of(page(client, world.above, "kept_reports"))
    assert "Xếp hạng 766, cấp xã xếp hạng cơ quan trực thuộc Tỉnh Lam Sơn 01/11/2026" in listed


def test_the_row_of_a_unit_opens_its_own_frozen_index_where_the_reader_may(world, client, later) -> None:
    own = sent(world, index(world))
    report = from_the_page(client, world)
    theirs, address = world.others["neighbour"], reverse("statistics:kept", args=[own.pk])

    def links(user) -> dict[str, str]:
        shown = page(client, user, "kept", report.pk).content.decode()
        return {name: unescape(href) for href, name in re.findall(r'<a class="row-title" href="([^"]+)">([^<]+)</a>', shown)}  # fmt: skip

    found = links(world.above)
    assert found[OURS] == address
    assert client.get(address).status_code == 200
    opened = client.get(found["UBND xã Bình Yên"])
    assert opened.context["board"].agency == theirs.name
    assert opened.context["board"].window == NOVEMBER.window
    inspector = make_user_with("inspector", world.province)  # the province's reports, and what arrived there
    assert links(inspector) == {OURS: address}


def test_a_unit_that_froze_and_did_not_send_opens_what_it_froze_for_who_reads_there(
    world, client, later
) -> None:
    own, report = index(world), from_the_page(client, world)
    address = reverse("statistics:kept", args=[own.pk])
    assert f'href="{address}"' in page(client, world.above, "kept", report.pk).content.decode()
    narrow = make_user_with("inspector", world.province)
    assert address not in page(client, narrow, "kept", report.pk).content.decode()


def test_its_page_says_who_has_sent_or_amended_since(world, client) -> None:
    with time_machine.travel(AFTER, tick=False):
        report = from_the_page(client, world)
    own = index(world, at=LATER)
    shown = text_of(page(client, world.above, "kept", report.pk))
    assert "Đã chốt chỉ số sau khi xếp hạng (lần chốt 1), chưa gửi" in shown
    sent(world, own, at=LATER)
    shown = text_of(page(client, world.above, "kept", report.pk))
    assert "Có cơ quan đã gửi, điều chỉnh chỉ số sau khi xếp hạng" in shown
    assert "Đã gửi chỉ số sau khi xếp hạng (lần chốt 1, gửi 08-12-2026)" in shown
    another_count(world)
    newer = actions.amend(own.pk, reason="Sửa", actor=world.keeper, at=LATER)
    sent(world, newer, at=LATER)
    shown = text_of(page(client, world.above, "kept", report.pk))
    assert "Đã điều chỉnh sau khi xếp hạng (lần chốt 2, gửi 08-12-2026)" in shown
    with time_machine.travel(LATER, tick=False):
        post(client, world.above, "kept_amend", report.pk, reason="Xã gửi lại")
    again = KeptReport.objects.get(kind="ranking", number=2)
    shown = text_of(page(client, world.above, "kept", again.pk))
    assert "Khác với lần chốt trước" in shown
    assert "gửi 08-12-2026, điều chỉnh lần 1" in shown
    assert "Có cơ quan đã gửi" not in shown


def test_the_live_ranking_is_one_step_from_the_frozen_one(world, client, later) -> None:
    report = from_the_page(client, world)
    shown = page(client, world.above, "kept", report.pk).content.decode()
    recount = re.search(r'href="([^"]+)">(?:(?!</a>).)*Xem số liệu hiện nay</a>', shown)
    found = client.get(unescape(recount[1])).context["ranking"]
    assert (found.kind, found.agency, found.window) == ("commune", "Tỉnh Lam Sơn", NOVEMBER.window)
    narrow = make_user_with("inspector", world.province)
    assert "Xem số liệu hiện nay" not in page(client, narrow, "kept", report.pk).content.decode()


def test_its_files_are_of_the_frozen_content_cell_by_cell(world, client, later) -> None:
    own, report = sent(world, index(world)), from_the_page(client, world)
    IndexComponent.objects.filter(code="2.1").update(target=D("50"), points=D("1"))
    found = kept(report)
    book = openpyxl.load_workbook(BytesIO(page(client, world.above, "kept_file", report.pk, "xlsx").content))
    by_name = {row[1].value: row for row in book.active.iter_rows() if row[1].value}
    for row in ranking_rows(found):
        cells = by_name[row.label]
        wanted = [float(cell) if isinstance(cell, D) else cell for cell in row.cells]
        assert cells[0].value == row.mark
        assert [cell.value for cell in cells[2:]] == [None if cell in ("", None) else cell for cell in wanted]
    data = json.loads(page(client, world.above, "kept_file", report.pk, "json").content)
    mine = next(row for row in data["rows"] if row["agency"] == OURS)
    assert (data["kind"], mine["rank"], mine["index"]) == ("commune", 1, str(place(found).value))
    assert mine["source"] == {
        "report": own.pk, "number": 1, "hash": own.content_hash, "sent_on": "2026-12-07",
    }  # fmt: skip
    assert [row["source"] for row in data["rows"] if row["agency"] != OURS] == [None]
    text = page(client, world.above, "kept_file", report.pk, "csv").content.decode("utf-8-sig")
    lines = list(csv.reader(StringIO(text)))
    assert [cell_text(row.cells[-1]) for row in ranking_rows(found)] == [line[-1] for line in lines[1:]]
    assert lines[0][-1].endswith(SOURCE)
    assert page(client, world.above, "kept_file", report.pk, "pdf").content.startswith(b"%PDF")
    assert page(client, world.above, "kept_shares", report.pk, "received").status_code == 404
    now = json.loads(page(client, world.above, "index766_ranking_file", "json", **PERIOD, agency=world.province.pk).content)  # fmt: skip
    assert all("source" not in row for row in now["rows"])
