"""Pages of the index: every number opens, who may, forms of the sets, files that say the same, the command."""

import csv
import json
import re
from datetime import date
from html import unescape
from io import BytesIO, StringIO

import openpyxl
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.agencies.testing import make_agency, make_system_user, make_user_with
from motcua.audit.models import Event
from motcua.dossiers.testing import SINCE, World, make_procedure, moment
from motcua.procedures.models import PostingPlace, PublicationDecision
from motcua.statistics import actions
from motcua.statistics.models import IndexBand, IndexComponent, IndexSet
from motcua.statistics.output.index766 import Made, write_index
from motcua.statistics.queries import Scope
from motcua.statistics.queries.index766 import board
from motcua.statistics.rules.periods import Window

NOVEMBER = {"period": "2026-11", "basis": "calendar"}


@pytest.fixture(autouse=True)
def later(world: World):
    actions.install_index(actor=make_system_user(), at=moment())
    with time_machine.travel(moment(days=40), tick=False):
        yield


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def keeper(world: World) -> Client:
    return browser(make_user_with("reform_officer", world.province, subtree=True))


def get(client: Client, name: str, *args, **query):
    return client.get(reverse(f"statistics:{name}", args=args), query)


def text_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_the_board_shows_points_reasons_and_both_totals(world: World) -> None:
    text = text_of(get(browser(world.head), "index766", agency=world.commune.pk, **NOVEMBER))
    for word in (
        "Hồ sơ giải quyết đúng và trước hạn", "40,00* 100 8,00 / 20", "Chưa tính được", "chưa kết nối Cổng Dịch vụ công quốc gia",
        "quy đổi", "So với kỳ trước", "tạm định, cần kiểm tra", "Việc nâng điểm nhiều nhất", "Chưa đạt", "trên 100 điểm",
    ):  # fmt: skip
        assert word in text, word


def test_without_a_question_the_running_month_of_ones_own_agency_is_shown(world: World) -> None:
    text = text_of(get(browser(world.head), "index766"))
    assert "Tháng 12 năm 2026 (từ ngày 01-12-2026 đến ngày 31-12-2026)" in text
    assert "Kỳ chưa kết thúc" in text


def test_a_board_of_nothing_praises_nobody(world: World) -> None:
    idle = make_agency("UBND xã Chưa Có Việc", world.province, code="H40.77")
    page = browser(make_user_with("reform_officer", idle)).get(reverse("statistics:index766"), NOVEMBER)
    assert "chưa có thành phần nào tính được" in page.content.decode()
    assert "đều đạt điểm tối đa" not in page.content.decode()


def test_every_number_leads_to_a_list_of_as_many(world: World, keeper: Client) -> None:
    PostingPlace.objects.create(
        agency=world.commune, kind="board", name="Bảng tin", valid_from=date(2026, 11, 2)
    )
    PublicationDecision.objects.create(
        number="1/QĐ", issued_on=date(2026, 11, 2), effective_on=date(2026, 11, 9), issuer="Chủ tịch UBND xã An Phú"
    )  # fmt: skip
    page = get(keeper, "index766", agency=world.commune.pk, **NOVEMBER)
    links = re.findall(r'<a href="([^"]+/thanh-phan/[^"]+)">([0-9.]+)', page.content.decode())
    assert len(links) > 12
    for href, number in links:
        answer = keeper.get(unescape(href))
        assert answer.content.decode().count("<tr><td><") == int(number), href


def test_the_list_behind_a_number_holds_no_personal_data(world: World) -> None:
    answer = get(
        browser(world.head), "index766_behind", "2.1", agency=world.commune.pk, part="chua-dat", **NOVEMBER
    )
    html, text = answer.content.decode(), text_of(answer)
    assert "H40.12-261102-0002" in text
    assert "Nguyễn Thị Thử Nghiệm" not in html
    assert "038200000001" not in html


@pytest.mark.parametrize(
    ("code", "part"), [("9.9", "tu-so"), ("2.1", "khac"), ("1.4", "mau-so"), ("4.5a", "tu-so")]
)
def test_what_there_is_not_or_is_not_counted_opens_nothing(world: World, code: str, part: str) -> None:
    assert (
        get(
            browser(world.head), "index766_behind", code, agency=world.commune.pk, part=part, **NOVEMBER
        ).status_code
        == 404
    )


def test_a_long_list_of_procedures_is_cut_and_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.statistics.views.index766.MOST_ITEMS", 1)
    text = text_of(get(browser(world.head), "index766_behind", "1.3", agency=world.commune.pk, **NOVEMBER))
    assert "Chỉ hiện 1 mục đầu" in text


def test_a_period_before_the_decision_is_refused_beside_its_field(world: World) -> None:
    for name in ("index766", "index766_ranking"):
        answer = get(browser(world.head), name, agency=world.commune.pk, period="2021-11", basis="calendar")
        assert answer.status_code == 422
        assert "Chưa có bộ chỉ số nào dùng cho kỳ kết thúc ngày 30-11-2021" in text_of(answer)
    for name in ("index766_file", "index766_ranking_file"):
        answer = get(
            browser(world.head), name, "json", agency=world.commune.pk, period="2021-11", basis="calendar"
        )
        assert answer.status_code == 422
    wrong = {"agency": world.commune.pk, "period": "x"}
    assert get(browser(world.head), "index766", **wrong).status_code == 422
    assert get(browser(world.head), "index766_ranking", **wrong).status_code == 422
    assert get(browser(world.head), "index766_behind", "2.1", **wrong).status_code == 422


@pytest.mark.parametrize("name", ["index766", "index766_ranking"])
def test_others_agencies_do_not_exist(world: World, name: str) -> None:
    neighbour = world.others["neighbour"]
    assert get(browser(world.head), name, agency=neighbour.pk, **NOVEMBER).status_code == 404
    assert get(browser(world.clerk), name, agency=world.commune.pk, **NOVEMBER).status_code == 404


def test_who_reads_only_the_provinces_own_reports_may_not_rank_the_communes(world: World) -> None:
    narrow = browser(make_user_with("inspector", world.province))
    assert get(narrow, "index766_ranking", agency=world.province.pk, **NOVEMBER).status_code == 404
    assert get(narrow, "index766", agency=world.province.pk, **NOVEMBER).status_code == 200


def test_the_ranking_leads_to_each_board_and_tells_kinds_apart(world: World, keeper: Client) -> None:
    answer = get(keeper, "index766_ranking", agency=world.province.pk, **NOVEMBER)
    text = text_of(answer)
    assert "Cấp xã 2" in text
    assert "Sở, ngành, đơn vị 1" in text
    href = re.search(r'<a class="row-title" href="([^"]+)"', answer.content.decode())[1]
    assert "So với kỳ trước" in text_of(keeper.get(unescape(href)))
    alone = get(keeper, "index766_ranking", agency=world.commune.pk, **NOVEMBER)
    assert "Không có cơ quan trực thuộc" in text_of(alone)


def test_the_page_asks_few_statements_whatever_the_province_holds(world: World, keeper: Client) -> None:
    PostingPlace.objects.create(agency=world.commune, kind="board", name="Bảng tin", valid_from=SINCE)

    def asked() -> list[int]:
        found = []
        for name in ("index766", "index766_ranking"):
            with CaptureQueriesContext(connection) as caught:
                assert get(keeper, name, agency=world.province.pk, below="on", **NOVEMBER).status_code == 200
            found.append(len(caught))
        return found

    asked()
    few = asked()
    for number in range(5):
        more = make_agency(f"UBND xã Số {number}", world.province)
        make_procedure(f"2.0000{number:02d}", more)
        PostingPlace.objects.create(agency=more, kind="board", name="Bảng tin", valid_from=SINCE)
    asked()
    assert asked() == few
    assert max(few) <= 65


# The sets ------------------------------------------------------------------------------------------------------------------


def test_readers_see_the_sets_and_only_keepers_change_them(world: World, keeper: Client) -> None:
    pk = IndexSet.objects.get().pk
    reader, clerk = browser(world.head), browser(world.clerk)
    assert "từ 23/06/2022" in text_of(get(reader, "index_sets"))
    assert "Sửa" not in text_of(get(reader, "index_set", pk)).split("Điểm, chỉ tiêu")[0].replace(
        "Sửa đổi", ""
    )
    assert "Lập bộ mới từ bộ này" in text_of(get(keeper, "index_set", pk))
    assert {get(clerk, "index_sets").status_code, get(clerk, "index_set", pk).status_code} == {404}
    assert get(reader, "index_set", 10**9).status_code == 404
    component, band = IndexComponent.objects.first().pk, IndexBand.objects.first().pk
    for name, arg in (
        ("index_component", component),
        ("index_band", band),
        ("index_colours", pk),
        ("index_set_new", pk),
    ):
        assert get(reader, name, arg).status_code == 404
        assert get(keeper, name, arg).status_code == 200
        wrong = keeper.post(reverse(f"statistics:{name}", args=[arg]), {"source": ""})
        assert wrong.status_code == 422


def test_a_component_is_corrected_with_a_comma_and_the_total_is_watched(world: World, keeper: Client) -> None:
    row = IndexComponent.objects.get(code="3.3")
    url = reverse("statistics:index_component", args=[row.pk])
    given = {
        "name": row.name,
        "points": "6,5",
        "target": "",
        "certainty": "sure",
        "source": "Bảng điểm tháng 11",
    }
    answer = keeper.post(url, given, follow=True)
    row.refresh_from_db()
    assert (str(row.points), row.target) == ("6.50", None)
    assert "Tổng điểm các thành phần là 100,5, không phải 100." in text_of(answer)
    assert Event.objects.filter(kind="index_component.changed").count() == 1
    assert keeper.post(url, {**given, "target": "0"}).status_code == 422


def test_classes_colours_and_new_sets_by_their_forms(world: World, keeper: Client) -> None:
    row, band = IndexSet.objects.get(), IndexBand.objects.get(low=70)
    post = lambda page, pk, **data: keeper.post(reverse(f"statistics:{page}", args=[pk]), data)  # noqa: E731
    assert post("index_band", band.pk, name="Khá", low="65", source="x").status_code == 302
    assert post("index_colours", row.pk, green_from="90", yellow_from="60", source="x").status_code == 302
    assert post("index_colours", row.pk, green_from="10", yellow_from="60", source="x").status_code == 422
    made = post("index_set_new", row.pk, valid_from="01-01-2027", law="QĐ 1", source="x")
    assert made.status_code == 302
    assert IndexSet.objects.count() == 2
    assert "đến 31/12/2026" in text_of(get(keeper, "index_sets"))


# Files ---------------------------------------------------------------------------------------------------------------------


def made(world: World, kind: str, name: str = "index766_file", **more) -> bytes:
    client = browser(make_user_with("reform_officer", world.province, subtree=True))
    answer = get(client, name, kind, agency=world.commune.pk, **{**NOVEMBER, **more})
    assert answer.status_code == 200
    assert "qd-766" in answer["Content-Disposition"]
    return answer.content


def test_the_json_has_every_component_with_its_ratio_or_its_reason(world: World) -> None:
    data = json.loads(made(world, "json"))
    lines = {c["code"]: c for g in data["groups"] for c in g["components"]}
    assert (
        lines["2.1"]["numerator"],
        lines["2.1"]["denominator"],
        lines["2.1"]["rate"],
        lines["2.1"]["earned"],
    ) == (2, 5, "40.00", "8.00")
    assert (lines["1.4"]["state"], lines["1.4"]["earned"], bool(lines["1.4"]["reason"])) == (
        "unknown",
        None,
        True,
    )
    assert (data["period"]["code"], data["period"]["basis"], data["period"]["closed"]) == (
        "2026-11",
        "calendar",
        True,
    )
    assert data["total"]["index"] == data["total"]["rescaled"]
    assert (data["index"]["code"], data["missing_components"]) == ("qd-766", "rescale")


def test_the_workbook_has_a_real_heading_and_numbers(world: World) -> None:
    sheet = openpyxl.load_workbook(BytesIO(made(world, "xlsx"))).active
    assert [str(r) for r in sheet.merged_cells.ranges if str(r) in ("C6:D6", "E6:H6")] != []
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=9)}
    assert rows["2.1"][2:9] == [20, 100, 2, 5, "40,00*", 8, "Yếu"]
    assert rows["1.4"][2:9] == [6, 100, None, None, None, None, "Chưa tính được"]
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.print_title_rows, sheet["A9"].value, sheet["A5"].value) == (
        "$6:$8",
        "1",
        "Đơn vị tính: điểm",
    )


def test_the_csv_begins_with_a_mark_and_has_decimal_commas(world: World) -> None:
    raw = made(world, "csv")
    assert raw.startswith(b"\xef\xbb\xbf(1) M")
    rows = {row[0]: row for row in csv.reader(StringIO(raw.decode("utf-8-sig")))}
    assert rows["3.3"][2:9] == ["6,00", "50,00", "1", "1", "100,00*", "6,00", "Đạt tốt"]
    assert rows["(1) Mã"][3] == "(4) Bộ chỉ số, Chỉ tiêu (%)"


def test_no_name_in_the_csv_is_a_formula(world: World) -> None:
    IndexComponent.objects.filter(code="3.3").update(name='=HYPERLINK("http://x")')
    names = [row[1] for row in csv.reader(StringIO(made(world, "csv").decode("utf-8-sig")))]
    assert """'=HYPERLINK("http://x")""" in names
    assert not any(name.startswith("=") for name in names)


def test_the_pdf_is_made(world: World) -> None:
    assert made(world, "pdf").startswith(b"%PDF")


def ranking_file(world: World, kind: str) -> bytes:
    client = browser(make_user_with("reform_officer", world.province, subtree=True))
    return get(client, "index766_ranking_file", kind, agency=world.province.pk, **NOVEMBER).content


def test_the_ranking_is_written_too(world: World) -> None:
    data = json.loads(ranking_file(world, "json"))
    assert [row["rank"] for row in data["rows"]] == [1, 2]
    assert data["rows"][0]["code"] == "H40.12"
    rows = list(csv.reader(StringIO(ranking_file(world, "csv").decode("utf-8-sig"))))
    assert rows[1][:2] == ["1", "UBND xã An Phú"]
    assert len({len(row) for row in rows}) == 1
    assert openpyxl.load_workbook(BytesIO(ranking_file(world, "xlsx"))).active["B9"].value == "UBND xã An Phú"
    assert ranking_file(world, "pdf").startswith(b"%PDF")
    assert (
        get(browser(world.head), "index766_file", "docx", agency=world.commune.pk, **NOVEMBER).status_code
        == 404
    )


def test_free_dates_stand_in_the_name_of_the_file(world: World) -> None:
    found = board(Scope(world.commune), Window(date(2026, 11, 2), date(2026, 11, 9)), moment(days=40))
    assert write_index(Made(found), "json").name == "qd-766-h4012-20261102-20261109.json"


# The command -----------------------------------------------------------------------------------------------------------------


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("report", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_writes_the_index_by_calendar_periods_and_the_ranking(world: World) -> None:
    data = json.loads(run("qd-766", "--agency", "H40.12", "--period", "2026-11"))
    assert (data["period"]["from"], data["period"]["to"], data["scope"]["below"]) == (
        "2026-11-01",
        "2026-11-30",
        False,
    )
    whole = json.loads(
        run("qd-766", "--agency", "H40", "--below", "--from", "2026-11-01", "--to", "2026-11-30")
    )
    assert (whole["period"]["code"], whole["scope"]["below"]) == ("", True)
    ranked = json.loads(run("QD-766-xep-hang", "--agency", "H40", "--period", "2026-Q4"))
    assert [row["rank"] for row in ranked["rows"]] == [1, 2]


def test_the_command_says_what_is_wrong(world: World) -> None:
    with pytest.raises(CommandError, match="Chưa có bộ chỉ số nào"):
        run("qd-766", "--agency", "H40.12", "--period", "2020-11")
    with pytest.raises(CommandError, match="qd-766"):
        run("qd-999", "--agency", "H40.12", "--period", "2026-11")
