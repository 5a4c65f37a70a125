"""The heat map of the board: every square opens to as many dossiers as it counts, at the keyboard and in the table too."""

import re
from html import unescape

import pytest
from django.urls import reverse

from motcua.agencies.testing import make_agency, make_office, make_user_with
from motcua.dossiers import actions
from motcua.dossiers.testing import SINCE, make_intake, make_world, moment, receive
from motcua.statistics.queries import Scope
from motcua.statistics.queries import dashboard as board
from motcua.statistics.tests.boards import page
from motcua.statistics.tests.index766 import NOVEMBER

pytestmark = pytest.mark.django_db
ARRIVED = reverse("statistics:arrived")
PERIOD = {"period": "2026-11", "basis": "calendar"}


@pytest.fixture
def world():
    """Two dossiers on a Monday after eight, one on a Friday after four, one on the day after the window, one elsewhere."""
    world = make_world()
    receive(world)
    receive(world, at=moment(hours=0.9))
    receive(world, at=moment(days=4, hours=8))
    receive(world, at=moment(days=29))  # 1-12-2026
    other = make_agency("UBND xã Khác", world.province, code="H40.31")
    world.procedure.offerings.create(agency=other, valid_from=SINCE)
    office, clerk = make_office(other), make_user_with("receptionist", other)
    actions.receive(make_intake(world, office_id=office.pk), actor=clerk, at=moment())
    return world


def test_what_a_square_lists_is_what_it_counts(world):
    for scope in (Scope(world.commune), Scope(world.province, below=True)):
        counts = board.arrivals(scope, NOVEMBER, at=moment(days=35))
        for (day, hour), count in counts.items():
            rows = board.arrived_at(scope, NOVEMBER, day, hour, at=moment(days=35))
            assert rows.count() == count
            assert list(rows) == sorted(rows, key=lambda dossier: dossier.received_at)
    assert board.arrivals(Scope(world.commune), NOVEMBER, at=moment(days=35)) == {(1, 8): 2, (5, 16): 1}
    assert not board.arrived_at(Scope(world.commune), NOVEMBER, 2, 8, at=moment(days=35)).exists()


def squares(html: str) -> list[tuple[str, str]]:
    """Where the squares of the picture lead, and what is read out of them."""
    found = re.findall(r'<a class="heat-link" href="([^"]+)" aria-label="([^"]+)"', html)
    return [(unescape(href), label) for href, label in found]


def test_every_square_of_the_page_opens_to_as_many_dossiers_by_the_same_question(client, world):
    html = page(client, world.boss, reverse("statistics:dashboard"), agency=world.commune.pk, **PERIOD)
    found = squares(html)
    assert [label for _, label in found] == [
        "Thứ hai, từ 8 giờ đến 9 giờ: 2 hồ sơ", "Thứ sáu, từ 16 giờ đến 17 giờ: 1 hồ sơ",
    ]  # fmt: skip
    for href, label in found:
        assert (
            f'<td class="num"><a href="{href.replace("&", "&amp;")}">' in html
        )  # the table leads there as well
        listed = page(client, world.boss, href)
        assert f'<span class="count">{label.split(": ")[1].split()[0]}</span>' in listed
        assert listed.count("<tr><td><") == int(label.split(": ")[1].split()[0])
    assert "thứ hai, từ 8 giờ đến 9 giờ" in page(client, world.boss, found[0][0])
    assert "<svg viewBox" in html
    assert (
        'role="group" aria-labelledby' in html
    )  # links in a picture would be hidden from who hears the page


@pytest.mark.parametrize("query", [{}, {"thu": 0, "gio": 8}, {"thu": 8, "gio": 8}, {"thu": 1, "gio": 24}, {"thu": "x", "gio": 1}])  # fmt: skip
def test_there_is_no_list_of_another_hour(client, world, query):
    page(client, world.boss, ARRIVED, status=404, agency=world.commune.pk, **query)


def test_it_is_for_who_reads_reports_there(client, world):
    wanted = {"thu": 1, "gio": 8, **PERIOD}
    page(client, world.officer, ARRIVED, status=404, **wanted)
    page(client, world.boss, ARRIVED, status=404, agency=world.province.pk, **wanted)
    page(
        client,
        world.boss,
        ARRIVED,
        days=8,
        status=404,
        agency=world.commune.pk,
        start="2026-12-02",
        **wanted,
    )
