"""Open data: closed months for everybody, no number under five, no person, worked out once a day."""

import csv
import io
import json
from collections import Counter
from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.agencies.testing import make_agency
from motcua.dossiers.testing import in_review, make_procedure, make_world, moment, ready, receive
from motcua.statistics.output.opendata import COLUMNS, as_csv, as_json, definitions
from motcua.statistics.queries import opendata as queries
from motcua.statistics.rules.figures import REGISTRY
from motcua.statistics.rules.figures import Test as T
from motcua.statistics.rules.periods import Basis, parse
from motcua.statistics.rules.suppression import HIDDEN, SMALL

pytestmark = pytest.mark.django_db
NOVEMBER = parse("2026-11", Basis.CALENDAR)
HOME = reverse("statistics:opendata")
MONTH = reverse("statistics:opendata_month", args=["2026-11"])
FILE = reverse("statistics:opendata_file", args=["2026-11", "json"])


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def world():
    return make_world()


def get(client, url: str, *, days: float = 40, status: int = 200):
    with time_machine.travel(moment(days=days), tick=False):
        answer = client.get(url)
    assert answer.status_code == status
    return answer


def test_a_month_is_published_from_the_second_day_of_the_next():
    assert queries.published_months(date(2026, 12, 1))[0].code == "2026-10"
    assert queries.published_months(date(2026, 12, 2))[0].code == "2026-11"
    assert len(queries.published_months(date(2026, 12, 2))) == 24


def test_anybody_reads_the_months_and_their_files_without_signing_in(client, world):
    for _ in range(6):
        ready(world)
    text = get(client, HOME).content.decode()
    assert "tháng 11 năm 2026" in text
    assert world.commune.name in text
    assert "Nghị định 47/2020/NĐ-CP" in text
    data = json.loads(get(client, FILE).content)
    assert data["period"] == {"code": "2026-11", "from": "2026-11-01", "to": "2026-11-30"}
    row = data["rows"][0]
    assert (row["name"], row["tiep_nhan"], row["truoc_han"], row["ty_le_truoc_han"]) == (
        world.commune.name,
        6,
        6,
        100.0,
    )
    assert list(data["marks"]) == ["†"]
    shares = ["ty_le_truc_tuyen", "ty_le_truoc_han", "ty_le_truoc_va_dung_han"]
    assert row["ty_le_tren_it_ho_so"] == shares
    assert "100,00%†" in text_of_november(client)
    lines = csv.DictReader(io.StringIO(get(client, FILE.replace("json", "csv")).content.decode("utf-8-sig")))
    assert next(lines)["ty_le_tren_it_ho_so"] == " ".join(shares)


def text_of_november(client) -> str:
    return get(client, MONTH).content.decode()


def test_what_is_late_and_open_stands_beside_the_share_in_time(client, world):
    for _ in range(6):
        ready(world)
        in_review(world)
    row = json.loads(get(client, FILE).content)["rows"][0]
    assert (row["ty_le_truoc_va_dung_han"], row["dang_qua_han"]) == (100.0, 6)


def test_a_share_of_thirty_dossiers_is_not_marked_and_one_of_fewer_is():
    few, enough = table({1: (14, 15), 2: (15, 15)}).rows
    assert (few.little, enough.little) == ({"online_rate"}, frozenset())


def test_small_numbers_are_in_no_page_and_no_file(client, world):
    for _ in range(3):
        ready(world)
    data = json.loads(get(client, FILE).content)
    row = data["rows"][0]
    assert {row[name] for name in ("tiep_nhan", "da_giai_quyet", "truoc_han", "qua_han")} == {SMALL}
    assert row["ty_le_truoc_han"] is None
    assert list(data["marks"]) == [SMALL]
    detail = reverse("statistics:opendata_agency_file", args=["2026-11", world.commune.pk, "csv"])
    lines = list(csv.DictReader(io.StringIO(get(client, detail).content.decode("utf-8-sig"))))
    assert [line["tiep_nhan"] for line in lines] == [SMALL, SMALL]
    assert "số dưới 5, không công bố" in get(client, MONTH).content.decode()


def table(groups, above=None):
    counts = {
        pk: Counter({T.RECEIVED_ONLINE: online, T.RECEIVED_COUNTER: direct})
        for pk, (online, direct) in groups.items()
    }
    return queries._table(NOVEMBER, "x", counts, {pk: (str(pk), f"Dòng {pk}") for pk in groups}, above)


def test_a_part_that_could_be_subtracted_is_hidden_in_the_agencies_and_then_in_its_procedures():
    agencies = table({1: (3, 60), 2: (20, 30), 3: (300, 300)})
    first, second, third = agencies.rows
    assert (first.received.total, first.received.parts, first.online_rate) == (63, (HIDDEN, HIDDEN), None)
    assert second.received.parts == (HIDDEN, HIDDEN)
    assert (third.received.parts, third.online_rate) == ((300, 300), 50)
    assert agencies.below.received.parts == (323, 390)
    procedures = table({7: (10, 20), 8: (10, 10)}, above=second)
    assert {row.received.parts for row in procedures.rows} == {(HIDDEN, HIDDEN)}
    assert [row.received.total for row in procedures.rows] == [30, 20]


def test_a_month_without_dossiers_says_so(client, world):
    assert "Tháng này không có hồ sơ nào." in get(client, MONTH).content.decode()
    assert json.loads(get(client, FILE).content)["rows"] == []


def test_months_that_are_open_or_long_past_and_unknown_agencies_are_not_there(client, world):
    receive(world)
    for month in ("2026-12", "2027-01", "2019-01", "2026", "x"):
        get(client, reverse("statistics:opendata_month", args=[month]), status=404)
    get(client, reverse("statistics:opendata_agency", args=["2026-11", 999_999]), status=404)
    get(client, reverse("statistics:opendata_file", args=["2026-11", "exe"]), status=404)
    idle = make_agency("UBND xã Khác", world.province, code="H40.13")
    empty = get(client, reverse("statistics:opendata_agency", args=["2026-11", idle.pk])).content.decode()
    assert "Tháng này không có hồ sơ nào." in empty
    get(client, reverse("statistics:opendata_agency", args=["2026-11", world.division.pk]), status=404)
    assert client.post(HOME).status_code == 405


def test_a_day_works_a_month_out_once_and_says_that_it_may_be_kept(client, world):
    receive(world)
    url = reverse("statistics:opendata_agency_file", args=["2026-11", world.commune.pk, "json"])
    first = get(client, url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        second = get(client, url)
    assert [q["sql"] for q in seen if "dossiers_dossier" in q["sql"]] == []
    assert second.content == first.content
    assert "public" in first["Cache-Control"]


def test_no_file_holds_a_name_a_number_or_a_code_of_a_dossier(client, world):
    codes = [receive(world).code for _ in range(7)]
    receive(world, channel="online", procedure=make_procedure("1.000002", world.commune))
    urls = [HOME, MONTH, FILE, reverse("statistics:opendata_agency", args=["2026-11", world.commune.pk])]
    for url in urls:
        text = get(client, url).content.decode()
        for secret in (
            *codes,
            "Nguyễn Thị Thử Nghiệm",
            "038200000001",
            "0912345678",
            world.officer.full_name,
        ):
            assert secret not in text


def test_every_column_is_defined_by_the_registry():
    assert [line["column"] for line in definitions()] == [name for name, _ in COLUMNS]
    assert all(
        line["formula"] == REGISTRY[key].words for line, (_, key) in zip(definitions(), COLUMNS, strict=True)
    )


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless():
    made = queries.PublicTable(NOVEMBER, "x", (), table({1: (5, 5)}).below)
    assert as_csv(made).startswith(b"\xef\xbb\xbf")
    bad = table({1: (5, 5)}).rows[0].__class__(1, "=1+1", "@x", *(getattr(table({1: (5, 5)}).rows[0], n) for n in ("received", "resolved", "waiting", "open_late")))  # fmt: skip
    assert b"'=1+1,'@x" in as_csv(queries.PublicTable(NOVEMBER, "x", (bad,), made.below))
    assert json.loads(as_json(made))["total"]["tiep_nhan"] == 10
