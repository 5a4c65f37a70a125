"""One-stop across agencies: which counters worked so, on which dossiers; the page, what its numbers open, its files."""

import csv
import json
import re
from datetime import date
from html import unescape
from io import BytesIO, StringIO

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.agencies.models import OneStopOffice
from motcua.agencies.testing import make_agency, make_office, make_user_with
from motcua.core.errors import NotFound
from motcua.dossiers.models import DossierTask
from motcua.dossiers.testing import for_signature, in_review, moment, receive
from motcua.statistics.queries import Scope
from motcua.statistics.queries.linked import linked, linked_behind
from motcua.statistics.rules.periods import Window

NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30))
DAY = NOVEMBER.end
QUERY = {"start": "01/11/2026", "end": "30/11/2026"}


def of(world, *, agency=None, below=True, window=NOVEMBER, day=DAY):
    return linked(Scope(agency or world.province, below=below), window, day=day)


def done_by(dossier, agency) -> None:
    """The first finished task of a dossier was another agency's."""
    task = DossierTask.objects.filter(dossier=dossier, state="done").first()
    assert task, "the dossier has a finished task"
    DossierTask.objects.filter(pk=task.pk).update(agency=agency)


@pytest.fixture
def told(world):
    """Of the commune's dossiers one with a task of the police, one with a task of its own division."""
    world.across, world.own = for_signature(world), for_signature(world)
    done_by(world.across, world.police)
    done_by(world.own, world.division)
    return world


def test_a_counter_works_across_agencies_when_another_house_did_a_task(told) -> None:
    (level,) = of(told)
    found = of(told)[level]
    assert level == "commune"
    assert [agency.name for agency in found.counters] == ["UBND xã An Phú", "UBND xã Bình Yên"]
    assert found.working == (told.commune,)
    received = found.received[told.commune.pk]
    assert found.counts == {
        "linked_counters": 2, "linked_working": 1, "linked_dossiers": 1, "linked_received": received + 2,
    }  # fmt: skip
    assert (
        received
        == told.across.__class__.objects.filter(office=told.office, received_on__isnull=False).count()
    )


def test_work_of_the_counters_own_divisions_is_not_across_agencies_however_deep(told) -> None:
    team = make_agency("Tổ Hộ tịch", told.division, kind="division")
    done_by(told.own, team)
    assert of(told)["commune"].dossiers.total() == 1
    other = make_agency("Phòng của xã bên", told.others["neighbour"], kind="division")
    done_by(told.own, other)
    assert of(told)["commune"].dossiers.total() == 2


def test_a_task_given_and_not_done_and_a_dossier_of_other_days_do_not_count(told) -> None:
    waiting = in_review(told)
    DossierTask.objects.filter(dossier=waiting, state="waiting").update(agency=told.police)
    assert of(told)["commune"].dossiers.total() == 1
    december = Window(date(2026, 12, 1), date(2026, 12, 31))
    assert of(told, window=december, day=december.end)["commune"].counts == {
        "linked_counters": 2, "linked_working": 0, "linked_dossiers": 0, "linked_received": 0,
    }  # fmt: skip


def test_a_counter_of_a_division_is_its_houses_and_counters_that_ended_are_none(told) -> None:
    centre = make_agency("Trung tâm của xã mới", make_agency("UBND xã Mới", told.province), kind="division")
    make_office(centre)
    assert [a.name for a in of(told)["commune"].counters][-1] == "UBND xã Mới"
    OneStopOffice.objects.filter(agency=told.others["neighbour"]).update(valid_to=date(2026, 11, 29))
    names = [a.name for a in of(told)["commune"].counters]
    assert names == ["UBND xã An Phú", "UBND xã Mới"]
    assert len(of(told, day=date(2026, 11, 29))["commune"].counters) == 3
    told.commune.valid_to = date(2026, 11, 20)
    told.commune.save()
    assert [a.name for a in of(told)["commune"].counters] == ["UBND xã Mới"]


def test_levels_stand_from_above_and_agencies_of_no_local_level_in_none(told) -> None:
    make_office(told.province)
    make_office(make_agency("Thuế cơ sở", told.province, kind="vertical", level="central"))
    assert list(of(told)) == ["province", "commune"]
    assert of(told, agency=told.police, below=False) == {}


def test_statements_do_not_grow_with_the_counters(told) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            of(told)
        return len(caught)

    few = asked()
    for number in range(5):
        make_office(make_agency(f"UBND xã Số {number}", told.province))
    assert asked() == few <= 6


def test_other_figures_and_counters_that_are_not_there_open_nothing(told) -> None:
    about = {"scope": Scope(told.commune), "window": NOVEMBER, "day": DAY}
    for figure, counter in (("linked_rate", None), ("received", None), ("linked_dossiers", told.others["neighbour"].pk)):  # fmt: skip
        with pytest.raises(NotFound):
            linked_behind(figure, counter=counter, **about)


# Over HTTP -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def reader(told, client):
    with time_machine.travel(moment(days=40), tick=False):
        client.force_login(make_user_with("reform_officer", told.province, subtree=True))
        yield client


def get(client, name, *args, **query):
    return client.get(reverse(f"statistics:{name}", args=args), {**QUERY, "below": "on", **query})


def text_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_every_number_of_the_page_opens_to_as_many_as_it_counts(told, reader) -> None:
    make_office(told.province)  # a second level, so that there is a row of all
    answer = get(reader, "linked", agency=told.province.pk)
    cells = re.findall(r'data-figure="(linked_[a-z_]+)"[^>]*><a href="([^"]+)"[^>]*>([0-9.,%–]+)</a>', answer.content.decode())  # fmt: skip
    assert len(cells) == 3 * 6 + 3 * 3
    opened = set()
    for figure, href, number in cells:
        shown = reader.get(unescape(href))
        heading = re.search(
            r'<h1[^>]*>(?:(?!</h1>).)*<span class="count">(\d+)</span>', shown.content.decode(), re.S
        )[1]
        if not figure.endswith("rate"):
            assert heading == number, href
            opened.add((figure, int(number)))
        rows = shown.content.decode().count("<tr><t") - (1 if heading != "0" else 0)
        assert rows == int(heading), href
    assert {("linked_dossiers", 1), ("linked_working", 1), ("linked_counters", 3)} <= opened


def test_a_share_opens_what_is_above_its_line_and_small_ones_are_marked(told, reader) -> None:
    shown = get(reader, "linked", agency=told.province.pk).content.decode()
    assert 'data-figure="linked_rate"' in shown
    cell = re.search(r'data-figure="linked_rate"[^>]*>.*?</td>', shown)[0]
    assert "50,00%" in cell
    assert "small-share" in cell
    listed = text_of(reader.get(unescape(re.search(r'href="([^"]+)"', cell)[1])))
    assert "UBND xã An Phú" in listed
    assert "UBND xã Bình Yên" not in listed
    rate = re.search(r'data-figure="linked_dossier_rate"[^>]*>.*?</td>', shown)[0]
    assert str(told.across) in text_of(reader.get(unescape(re.search(r'href="([^"]+)"', rate)[1])))


def test_the_dossiers_of_one_counter_are_listed_by_code_only(told, reader) -> None:
    shown = get(
        reader, "linked_dossiers", "linked_dossiers", agency=told.province.pk, **{"bo-phan": told.commune.pk}
    )
    assert "Bộ phận Một cửa của UBND xã An Phú" in text_of(shown)
    assert str(told.across) in text_of(shown)
    assert str(told.own) not in text_of(shown)
    assert "Nguyễn Thị Thử Nghiệm" not in shown.content.decode()


def test_addresses_of_what_there_is_not_are_not_found(told, reader) -> None:
    here = {"agency": told.province.pk}
    for name, figure, more in (
        ("linked_dossiers", "linked_rate", {}),
        ("linked_dossiers", "linked_dossiers", {"cap": "central"}),
        ("linked_dossiers", "linked_dossiers", {"bo-phan": "x"}),
        ("linked_dossiers", "linked_dossiers", {"bo-phan": told.police.pk}),
        ("linked_counters", "linked_dossiers", {}),
        ("linked_counters", "linked_rate", {"cap": "x"}),
        ("linked_counters", "linked_rate", {"start": "x"}),
        ("linked_file", "docx", {}),
        ("linked_file", "json", {"start": "x"}),
    ):
        assert get(reader, name, figure, **{**here, **more}).status_code == 404, (name, figure, more)
    assert get(reader, "linked", **{**here, "start": "x"}).status_code == 422


def test_who_reads_no_reports_or_those_of_others_is_not_told(told, client) -> None:
    for user, agency in ((told.clerk, told.commune), (told.head, told.others["neighbour"])):
        client.force_login(user)
        for name, args in (("linked", []), ("linked_counters", ["linked_rate"]), ("linked_dossiers", ["linked_dossiers"]), ("linked_file", ["csv"])):  # fmt: skip
            assert get(client, name, *args, agency=agency.pk).status_code == 404


def test_an_agency_without_a_counter_says_so(told, reader) -> None:
    assert "Không có Bộ phận Một cửa nào" in text_of(get(reader, "linked", agency=told.police.pk))


def test_its_files_hold_the_figures_of_the_page(told, reader) -> None:
    here = {"agency": told.province.pk}
    data = json.loads(get(reader, "linked_file", "json", **here).content)
    (level,) = data["levels"]
    assert (level["level"], level["linked_working"], level["linked_counters"], level["linked_rate"]) == (
        "commune", 1, 2, "50.00",
    )  # fmt: skip
    assert [(c["agency"], c["linked_dossiers"]) for c in level["counters"]] == [
        ("UBND xã An Phú", 1),
        ("UBND xã Bình Yên", 0),
    ]
    assert data["total"] == {key: level[key] for key in data["total"]}
    book = openpyxl.load_workbook(BytesIO(get(reader, "linked_file", "xlsx", **here).content)).active
    rows = {row[1].value: [cell.value for cell in row[2:]] for row in book.iter_rows()}
    assert rows["Cấp xã"][:2] == [2, 1]
    assert rows["UBND xã An Phú"][:5] == [None, None, None, level["counters"][0]["linked_received"], 1]
    assert rows["Tổng cộng"] == rows["Cấp xã"]
    lines = list(csv.reader(StringIO(get(reader, "linked_file", "csv", **here).content.decode("utf-8-sig"))))
    assert [line[1] for line in lines[1:]] == ["Cấp xã", "UBND xã An Phú", "UBND xã Bình Yên", "Tổng cộng"]
    assert lines[1][4] == "50,00"
    assert get(reader, "linked_file", "pdf", **here).content.startswith(b"%PDF")


def test_a_dossier_that_another_agency_resolves_is_received_at_its_counter_all_the_same(told) -> None:
    before = of(told)["commune"].received[told.commune.pk]
    receive(told)
    assert of(told)["commune"].received[told.commune.pk] == before + 1
