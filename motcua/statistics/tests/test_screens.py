"""Pages of reports: what is shown, that every number opens, who may, what is wrong said beside its field, few statements."""

import re
from datetime import date
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.agencies.testing import make_user_with
from motcua.dossiers.testing import World, in_review, moment
from motcua.statistics.rules.figures import REGISTRY
from motcua.statistics.rules.reports import CODES, form_on
from motcua.statistics.rules.things import Subject

NOVEMBER = {"period": "2026-11", "basis": "calendar"}


@pytest.fixture(autouse=True)
def later():
    with time_machine.travel(moment(days=40), tick=False):
        yield


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def open_report(world: World, code: str = "ii-06a", **query):
    given = {"agency": world.commune.pk, **NOVEMBER, **query}
    return browser(world.head).get(reverse("statistics:report", args=[code]), given)


def text_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_the_list_names_every_form_with_its_law(world: World) -> None:
    text = text_of(browser(world.head).get(reverse("statistics:reports")))
    for word in ("Biểu số II.06a/VPCP/KSTT", "Biểu số 07a/BTP", "Thông tư 01/2020/TT-VPCP", "chưa đối chiếu"):
        assert word in text


def test_a_report_shows_its_heading_rows_and_notes(world: World) -> None:
    answer = open_report(world)
    text = text_of(answer)
    assert "(3) = (4) + (5) + (6)" in text
    assert "Kỳ báo cáo: tháng 11 năm 2026 (từ ngày 01-11-2026 đến ngày 30-11-2026)" in text
    assert (
        "Tổng số tiếp nhận 6 = đã giải quyết 3 + đang giải quyết 2 + dừng giải quyết 1 + rút hồ sơ 0." in text
    )
    assert 'scope="colgroup" colspan="4"' in answer.content.decode()


def test_without_a_question_the_running_quarter_of_ones_own_agency_is_shown(world: World) -> None:
    text = text_of(browser(world.head).get(reverse("statistics:report", args=["ii-06a"])))
    assert "quý IV năm 2026" in text
    assert f"Phạm vi: {world.commune.name} ·" in text
    assert "Kỳ chưa kết thúc" in text


@pytest.mark.parametrize(
    "code", [code for code in CODES if form_on(code, date(2026, 11, 30)).counts_dossiers]
)
def test_every_number_leads_to_a_list_of_as_many_dossiers(world: World, code: str) -> None:
    client = browser(world.head)
    page = client.get(reverse("statistics:report", args=[code]), {"agency": world.commune.pk, **NOVEMBER})
    links = re.findall(r'<a href="([^"]+/ho-so/[^"]+)">([0-9.]+)</a>', page.content.decode())
    assert len(links) > 3
    for href, number in links:
        answer = client.get(unescape(href))
        assert answer.content.decode().count("<tr><td><") == int(number), href


def test_the_list_behind_a_number_holds_codes_and_no_personal_data(world: World) -> None:
    url = reverse("statistics:dossiers", args=["ii-06a", "received"])
    answer = browser(world.head).get(url, {"agency": world.commune.pk, **NOVEMBER})
    html, text = answer.content.decode(), text_of(answer)
    assert "H40.12-261102-0001" in text
    assert "Nguyễn Thị Thử Nghiệm" not in html
    assert "038200000001" not in html
    assert 'class="code" href="/ho-so/' in html
    assert "Hạn ban đầu" not in text.replace("Hiện hạn ban đầu", "")
    dues = browser(world.head).get(url, {"agency": world.commune.pk, **NOVEMBER, "dues": "1"})
    assert "Hạn hiện nay" in text_of(dues)


def test_who_may_not_see_dossiers_sees_their_codes_without_a_link(world: World) -> None:
    reader = make_user_with("monitor", world.commune)
    answer = browser(reader).get(reverse("statistics:dossiers", args=["ii-06a", "received"]), NOVEMBER)
    assert "H40.12-261102-0001" in text_of(answer)
    assert 'href="/ho-so/' not in answer.content.decode().split("<main")[1]


def test_lists_are_paged_by_keyset(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.statistics.views.reading.PAGE", 4)
    client = browser(world.head)
    url = reverse("statistics:dossiers", args=["ii-06a", "received"])
    first = client.get(url, {"agency": world.commune.pk, **NOVEMBER}).content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    second = client.get(url + unescape(following.group(1))).content.decode()
    assert (first.count("<tr><td><"), second.count("<tr><td><")) == (4, 2)


def test_an_agency_that_is_not_ones_own_does_not_exist(world: World) -> None:
    other = world.others["neighbour"]
    for name, args in (
        ("report", ["ii-06a"]),
        ("download", ["ii-06a", "csv"]),
        ("dossiers", ["ii-06a", "open"]),
    ):
        answer = browser(world.head).get(
            reverse(f"statistics:{name}", args=args), {"agency": other.pk, **NOVEMBER}
        )
        assert answer.status_code == 404


def test_reports_do_not_exist_for_who_may_not_read_any(world: World) -> None:
    for name, args in (("reports", []), ("figures", []), ("report", ["ii-06a"])):
        assert browser(world.clerk).get(reverse(f"statistics:{name}", args=args)).status_code == 404


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"period": "2026-Q9"}, "Kỳ báo cáo phải ghi như"),
        ({"basis": "moon"}, "Chọn cách chốt kỳ."),
        ({"start": "01/11/2026"}, "Nhập cả ngày đầu và ngày cuối."),
        ({"end": "01/11/2026"}, "Nhập cả ngày đầu và ngày cuối."),
        ({"start": "02/11/2026", "end": "01/11/2026"}, "Ngày cuối kỳ phải từ ngày đầu kỳ trở đi."),
        ({"agency": "x"}, "Lỗi"),
    ],
)
def test_a_question_with_a_fault_is_answered_beside_its_field(world: World, query, said: str) -> None:
    answer = open_report(world, **query)
    assert answer.status_code == 422
    assert said in text_of(answer)
    if said != "Lỗi":
        given = {"agency": world.commune.pk, **NOVEMBER, **query}
        file = browser(world.head).get(reverse("statistics:download", args=["ii-06a", "csv"]), given)
        assert file.status_code == 422


@pytest.mark.parametrize("code", ["tt01-2018", "ii-03", "nop-truc-tuyen"])
def test_a_form_without_due_dates_says_so_beside_the_choice_and_gives_no_file(
    world: World, code: str
) -> None:
    asked = {"agency": world.commune.pk, **NOVEMBER, "original": "on"}
    answer = browser(world.head).get(reverse("statistics:report", args=[code]), asked)
    html = answer.content.decode()
    assert (answer.status_code, 'id="id_original"' in html) == (422, True)
    assert "không đếm hồ sơ theo hạn trả nên không có số theo hạn trả ban đầu" in text_of(answer)
    file = browser(world.head).get(reverse("statistics:download", args=[code, "csv"]), asked)
    assert file.status_code == 422
    del asked["original"]
    assert browser(world.head).get(reverse("statistics:report", args=[code]), asked).status_code == 200


def test_a_form_that_did_not_hold_yet_says_since_when(world: World) -> None:
    answer = open_report(world, "07a-btp", period="2025-Q4", basis="law")
    assert answer.status_code == 422
    assert "chỉ dùng cho kỳ kết thúc từ ngày 01-01-2026" in text_of(answer)
    assert open_report(world, "ii-06a", period="2019", basis="law").status_code == 200


@pytest.mark.parametrize("code", ["ii-99", "mau-99"])
def test_a_form_that_there_is_not_is_not_found(world: World, code: str) -> None:
    assert open_report(world, code).status_code == 404


@pytest.mark.parametrize(
    "query", [{"row_field": "x"}, {"row_field": "99999"}, {"row_procedure": "9999"}, {"row_agency": "1"}, {"row_level": "moon"}]
)  # fmt: skip
def test_a_row_that_there_is_not_is_not_found(world: World, query: dict[str, str]) -> None:
    url = reverse("statistics:dossiers", args=["ii-06a", "received"])
    assert browser(world.head).get(url, {**NOVEMBER, **query}).status_code == 404


def test_a_figure_or_a_kind_of_file_that_there_is_not_is_not_found(world: World) -> None:
    for name, args in (("dossiers", ["ii-06a", "nothing"]), ("download", ["ii-06a", "docx"])):
        assert browser(world.head).get(reverse(f"statistics:{name}", args=args), NOVEMBER).status_code == 404


@pytest.mark.parametrize(
    ("kind", "start", "shown"),
    [("xlsx", b"PK", "attachment"), ("pdf", b"%PDF", "inline"), ("csv", b"\xef\xbb\xbf", "attachment"), ("json", b"{", "attachment")],
)  # fmt: skip
def test_the_report_is_handed_out_as_a_file(world: World, kind: str, start: bytes, shown: str) -> None:
    url = reverse("statistics:download", args=["ii-06a", kind])
    answer = browser(world.head).get(url, {"agency": world.commune.pk, **NOVEMBER})
    assert answer.content.startswith(start)
    assert answer["Content-Disposition"] == f'{shown}; filename="ii-06a-h4012-20261101-20261130.{kind}"'


def test_the_dictionary_defines_every_figure(world: World) -> None:
    html = browser(world.head).get(reverse("statistics:figures")).content.decode()
    rows = dict(re.findall(r'<tr id="([^"]+)">(.*?)</tr>', html, re.S))
    assert list(rows) == list(REGISTRY)
    for key, figure in REGISTRY.items():
        cells = [unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", rows[key], re.S)]
        whole = REGISTRY[figure.share_of[1]].label if figure.share_of else figure.whole
        below = f'<span class="row-sub">trên {whole}</span>' if whole else ""
        assert cells == [
            f'<strong>{figure.label}</strong><span class="figure-key">{key}</span>',
            figure.words,
            figure.window or figure.span.value,
            f"{figure.unit}{below}",
            figure.law,
        ], key
        assert all((figure.label, figure.words, figure.unit, figure.law)), key


def test_every_share_has_a_denominator_and_no_two_figures_are_the_same() -> None:
    shares = [figure for figure in REGISTRY.values() if figure.unit == "%"]
    assert shares
    weighted = [
        figure for figure in shares if figure.subject is Subject.SURVEY
    ]  # their denominator is no count of the registry
    counted = [figure for figure in shares if figure not in weighted]
    assert all(figure.share_of and set(figure.share_of) <= set(REGISTRY) for figure in counted)
    assert all(figure.whole for figure in weighted)
    assert {figure.key for figure in REGISTRY.values() if figure.is_share} == {f.key for f in counted}
    told = [(figure.label, figure.words) for figure in REGISTRY.values()]
    assert len(set(told)) == len(told)


def test_a_page_costs_as_many_statements_for_one_row_as_for_many(world: World) -> None:
    client = browser(world.head)
    url, query = reverse("statistics:report", args=["ii-07"]), {"agency": world.commune.pk, **NOVEMBER}
    listed = reverse("statistics:dossiers", args=["ii-06a", "received"])

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address, query).status_code == 200
        return len(caught)

    asked(url)
    before = asked(url), asked(listed)
    for _ in range(4):
        in_review(world)
    assert (asked(url), asked(listed)) == before
    assert max(before) <= 12


def test_who_reads_reports_in_a_province_alone_does_not_read_its_communes(client, world):
    """The subtree is a right of its own: a link with "below" does not widen what somebody may read."""
    alone = make_user_with("reform_officer", world.province)
    client.force_login(alone)
    address = reverse("statistics:report", args=["ii-06a"]) + f"?agency={world.province.pk}"
    assert client.get(address).status_code == 200
    assert client.get(address + "&below=on").status_code == 404
    assert (
        client.get(reverse("statistics:report", args=["ii-06b"]) + f"?agency={world.province.pk}").status_code
        == 404
    )
