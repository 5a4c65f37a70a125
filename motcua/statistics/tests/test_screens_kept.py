"""Over HTTP: a report is frozen, signed, sent, amended; who has reported; the register of signals."""

import re
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from motcua.agencies.testing import make_user_with
from motcua.dossiers import actions as dossiers
from motcua.dossiers.testing import in_review, make_world, moment, ready
from motcua.statistics.models import KeptReport
from motcua.statistics.rules.keeping import differences, load

QUERY = "?period=2026-11&basis=calendar&agency={}"


@pytest.fixture
def world(db):
    world = make_world()
    world.keeper = make_user_with("reform_officer", world.commune)
    world.above = make_user_with("reform_officer", world.province)
    ready(world)
    late = in_review(world)
    dossiers.apologise(late.pk, extra_working_days=2, reason="Chậm", actor=world.boss, at=moment(days=9))
    with time_machine.travel(moment(days=35), tick=False):
        yield world


def page(client, user, name, *args, query=""):
    client.force_login(user)
    return client.get(reverse(f"statistics:{name}", args=args) + query)


def post(client, user, name, *args, query="", **data):
    client.force_login(user)
    return client.post(reverse(f"statistics:{name}", args=args) + query, data)


def test_from_the_report_to_the_agency_above_and_an_amendment(client, world):
    query = QUERY.format(world.commune.pk)
    assert "Chốt báo cáo" in page(client, world.keeper, "report", "ii-06a", query=query).content.decode()
    assert "Chốt báo cáo" not in page(client, world.boss, "report", "ii-06a", query=query).content.decode()
    answer = post(client, world.keeper, "freeze", "ii-06a", query=query)
    report = KeptReport.objects.get()
    assert answer.url == reverse("statistics:kept", args=[report.pk])
    shown = page(client, world.boss, "kept", report.pk).content.decode()
    assert "Ký báo cáo" in shown
    assert "Gửi cấp trên</button>" not in shown
    assert post(client, world.keeper, "kept_sign", report.pk).status_code == 404
    assert post(client, world.boss, "kept_sign", report.pk).status_code == 302
    assert "Gửi cấp trên</button>" in page(client, world.keeper, "kept", report.pk).content.decode()
    assert page(client, world.above, "kept", report.pk).status_code == 404
    post(client, world.keeper, "kept_send", report.pk)
    assert page(client, world.above, "kept", report.pk).status_code == 200
    listed = page(
        client, world.above, "reporting", "ii-06a", query=QUERY.format(world.province.pk)
    ).content.decode()
    assert "Đã gửi cấp trên" in listed
    assert "1 đơn vị chưa gửi" in listed
    again = post(client, world.keeper, "kept_amend", report.pk, reason="Xem lại")
    assert (again.status_code, "không có số nào khác" in again.content.decode()) == (422, True)
    assert post(client, world.keeper, "kept_amend", report.pk, reason="").status_code == 422


def recount(client, user, report) -> str:
    """Where the link to today's figures leads; "" without one."""
    html = page(client, user, "kept", report.pk).content.decode()
    found = re.search(r'href="([^"]+)">(?:(?!</a>).)*Xem số liệu hiện nay</a>', html)
    return unescape(found[1]) if found else ""


@pytest.mark.parametrize("more", ["", "&original=on", "&below=on", "&start=01/11/2026&end=15/11/2026"])
def test_beside_a_frozen_report_the_same_question_is_counted_today(client, world, more):
    post(client, world.keeper, "freeze", "ii-06a", query=QUERY.format(world.commune.pk) + more)
    report = KeptReport.objects.get()
    client.force_login(world.keeper)
    answer = client.get(recount(client, world.keeper, report))
    now, then = answer.context["table"], load(report.content)
    same = ("form", "agency_code", "below", "window", "period")
    assert {name: getattr(now, name) for name in same} == {name: getattr(then, name) for name in same}
    assert differences(then, now) == []


def test_who_only_received_a_report_is_not_sent_to_figures_that_they_may_not_read(client, world):
    post(client, world.keeper, "freeze", "ii-06a", query=QUERY.format(world.commune.pk))
    report = KeptReport.objects.get()
    post(client, world.boss, "kept_sign", report.pk)
    post(client, world.keeper, "kept_send", report.pk)
    assert recount(client, world.keeper, report)
    assert recount(client, world.above, report) == ""


def test_a_period_that_still_runs_offers_no_freezing_and_refuses_it(client, world):
    query = f"?period=2026-12&basis=calendar&agency={world.commune.pk}"
    assert "Chốt báo cáo" not in page(client, world.keeper, "report", "ii-06a", query=query).content.decode()
    answer = post(client, world.keeper, "freeze", "ii-06a", query=query)
    assert (answer.status_code, "mới kết thúc" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "csv", "json"])
def test_a_kept_report_is_handed_out_as_it_was_frozen(client, world, kind):
    post(client, world.keeper, "freeze", "ii-06a", query=QUERY.format(world.commune.pk))
    answer = page(client, world.keeper, "kept_file", KeptReport.objects.get().pk, kind)
    assert answer.status_code == 200
    assert len(answer.content) > 100
    assert page(client, world.keeper, "kept_file", KeptReport.objects.get().pk, "exe").status_code == 404


def test_the_list_of_kept_reports(client, world):
    assert "Chưa chốt báo cáo nào" in page(client, world.keeper, "kept_reports").content.decode()
    post(client, world.keeper, "freeze", "ii-06a", query=QUERY.format(world.commune.pk))
    listed = page(client, world.keeper, "kept_reports").content.decode()
    assert "Đã chốt, chờ ký" in listed
    assert ">Biểu số II.06a/VPCP/KSTT</a>" in listed


def test_the_register_of_signals_opens_to_the_dossiers(client, world):
    query = QUERY.format(world.commune.pk)
    shown = page(client, world.keeper, "signals", query=query).content.decode()
    assert "Xin lỗi, hẹn lại muộn" in shown
    assert "không phải kết luận về ai" in shown
    assert "Tiếp nhận muộn sau khi gọi số" in shown
    assert "hoặc được ghi “không theo số”" in shown
    one = page(client, world.keeper, "signal", "apology_too_late", query=query).content.decode()
    assert "<strong>1</strong> trên 1 lần hẹn lại" in one
    assert "Theo người lập phiếu xin lỗi" in one
    assert one.count('data-label="Tỷ lệ">100,00%*</td>') == 2
    assert "Danh sách chỉ có" not in one
    assert page(client, world.keeper, "signal", "khong-co", query=query).status_code == 404
    empty = page(client, world.keeper, "signal", "same_second", query=query).content.decode()
    assert "Không có hồ sơ nào có dấu hiệu này" in empty
    wrong = page(client, world.keeper, "signals", query="?start=2026-12-02&end=2026-12-01")
    assert wrong.status_code == 422


@pytest.mark.parametrize("name", ["kept_reports", "signals"])
def test_they_are_for_report_readers(client, world, name):
    assert page(client, world.officer, name).status_code == 404
