"""When people come to an office: most and fewest, or nothing when too little is known."""

from datetime import datetime

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from motcua.dossiers.testing import make_world, moment, receive
from motcua.portal.queries import busy

HOURS = {8, 9, 10, 14}


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({8: 30, 9: 10, 10: 5, 14: 1}, ("08:00–09:00", "14:00–15:00")),
        ({8: 30, 9: 10, 10: 5, 7: 99}, ("08:00–09:00", "14:00–15:00")),
        ({8: 20, 9: 20, 10: 0, 14: 0}, ("08:00–09:00", "10:00–11:00")),
        ({8: 10, 9: 10, 10: 10, 14: 10}, None),
        ({8: 20, 9: 10, 10: 5, 14: 4}, None),
    ],
)
def test_most_and_fewest_of_the_open_hours(counts, told):
    assert busy.hours_told(counts, HOURS) == told


def test_an_office_open_for_two_hours_says_nothing():
    assert busy.hours_told({8: 90, 9: 1}, {8, 9}) is None


@pytest.mark.django_db
def test_the_page_of_an_office_says_so_from_its_own_counter(client, monkeypatch):
    cache.clear()
    monkeypatch.setattr(busy, "ENOUGH", 2)
    world = make_world()
    for _ in range(2):
        receive(world, at=moment(datetime(2026, 11, 9, 8, 20)))
    address = reverse("portal:office", args=[world.office.pk])
    with time_machine.travel(moment(datetime(2026, 11, 10, 9, 0)), tick=False):
        assert "đông nhất lúc 08:00–09:00" in client.get(address).content.decode()
    cache.clear()
    with time_machine.travel(moment(datetime(2026, 12, 21, 9, 0)), tick=False):
        assert "đông nhất" not in client.get(address).content.decode()
