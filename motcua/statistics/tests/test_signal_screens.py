"""The page of a signal: each count opens its cases, every case can be reached, nobody else can be asked about."""

import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
import time_machine
from django.urls import reverse

from motcua.agencies.testing import make_user_with
from motcua.dossiers import actions
from motcua.dossiers.models import DossierTask, ResultPaper
from motcua.dossiers.testing import make_world, moment, ready, signed


@pytest.fixture
def world(db):
    return make_world()


def signal_page(client, world, code, *, status=200, **more) -> str:
    query = {"agency": world.commune.pk, "start": "01/11/2026", "end": "30/11/2026"} | more
    with time_machine.travel(moment(days=40), tick=False):
        client.force_login(world.boss)
        answer = client.get(reverse("statistics:signal", args=[code]), query)
    assert answer.status_code == status
    return answer.content.decode()


def codes_on(page: str) -> list[str]:
    return re.findall(r'<td><a class="code" href="[^"]+">([^<]+)</a>', page)


def test_each_count_of_a_signal_opens_its_own_cases_and_every_page_of_them_can_be_reached(
    client, world, monkeypatch
):
    monkeypatch.setattr("motcua.statistics.views.signals.PAGE", 2)
    other = make_user_with("receptionist", world.commune)
    ended = {}
    for hours, person in enumerate((world.clerk, other, world.clerk, other, world.clerk)):
        ended[signed(world)] = person
        actions.mark_ready(list(ended)[-1].pk, actor=person, at=moment(hours=6 + hours / 10))
    ResultPaper.objects.all().delete()
    newest_first = [dossier.code for dossier in reversed(ended)]
    first = signal_page(client, world, "ready_without_result")
    assert codes_on(first) == newest_first[:2]
    seen, text = codes_on(first), first
    while way := re.search(r'rel="next" href="\?([^"]+)"', text):
        text = signal_page(client, world, "ready_without_result", **dict(parse_qsl(unescape(way[1]))))
        seen += codes_on(text)
    assert seen == newest_first
    for person, count in ((world.clerk, "3"), (other, "2")):
        way = re.search(rf'<a href="\?([^"#]*can-bo={person.pk})#ho-so">(\d+)</a>', first)
        assert way[2] == count
        own = signal_page(client, world, "ready_without_result", **dict(parse_qsl(unescape(way[1]))))
        assert codes_on(own) == [d.code for d in reversed(ended) if ended[d] == person][:2]
        assert f'Hồ sơ cần mở <span class="count">{count}</span>' in own
        assert f"Chỉ hồ sơ của: {person.full_name}." in own
    unit = re.search(rf'<a href="\?[^"#]*don-vi={world.commune.pk}#ho-so">(\d+)</a>', first)
    assert unit[1] == "5"


def test_a_signal_is_narrowed_only_to_who_has_a_part_in_it(client, world):
    actions.mark_ready(signed(world).pk, actor=world.clerk, at=moment(hours=6))
    honest = {"don-vi": world.commune.pk, "can-bo": world.clerk.pk}
    signal_page(client, world, "ready_without_result", **honest)
    for wrong in (
        {"don-vi": world.province.pk},
        {"don-vi": "x"},
        {"can-bo": world.admin.pk},
        {"can-bo": 0},
        {"don-vi": 0},
    ):
        signal_page(client, world, "ready_without_result", status=404, **wrong)


def test_cases_where_nobody_is_recorded_have_their_own_list(client, world):
    dossier, other = ready(world), ready(world)
    done = DossierTask.objects.filter(state="done")
    done.update(given_at=moment(days=1), taken_at=moment(days=1))
    done.filter(dossier=dossier).update(taken_by=None)
    own = signal_page(client, world, "same_second", **{"can-bo": 0})
    assert codes_on(own) == [dossier.code]
    assert set(codes_on(signal_page(client, world, "same_second"))) == {dossier.code, other.code}
    assert "Chỉ hồ sơ của: Không ghi người." in own
