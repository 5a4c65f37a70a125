"""What costs work has a pace that no person meets: who is faster is told when to go on, and has lost nothing."""

from hashlib import sha256

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from motcua.dossiers.testing import make_procedure, moment
from motcua.filing.models import Application, Upload
from motcua.filing.rules import steps
from motcua.filing.testing import PDF, Online, make_online
from motcua.portal.throttle import BEGINNING, FILES, NEAR_WORDS, SAVING, Turns

pytestmark = pytest.mark.django_db
LATER = 60 * 60  # seconds: longer than every window


@pytest.fixture
def online(settings):
    settings.UPLOAD_UNSCANNED = "accept"
    cache.clear()
    with time_machine.travel(moment(hours=2), tick=False) as clock:
        made = make_online()
        made.clock = clock
        yield made


@pytest.fixture
def citizen(online: Online) -> Client:
    client = Client()
    client.force_login(online.citizen)
    return client


def turns(pace, user=None, address="127.0.0.1") -> Turns:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    request.user = user
    return Turns(request, pace)


def spend(pace, user=None) -> None:
    """Everything but the last turn of the account, or of the address when nobody is signed in."""
    made = turns(pace, user)
    key, most = made._keys[0]
    cache.set(key, most - 1, pace.seconds)


def at(name: str, made: Application, *args: object) -> str:
    return reverse(f"portal:{name}", args=[made.pk, *args])


def test_beginning_too_many_is_put_off_and_the_drafts_stay(citizen: Client, online: Online) -> None:
    spend(BEGINNING, online.citizen)
    start = reverse("portal:file_start", args=["1.000001"])
    assert citizen.post(start).status_code == 302
    answer = citizen.post(start)
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "Từ 11:00 có thể bắt đầu hồ sơ mới; các bản nháp vẫn còn." in answer.content.decode()
    assert Application.objects.count() == 1
    online.clock.shift(LATER)
    assert citizen.post(start).status_code == 302


def test_saving_too_fast_keeps_the_text_on_the_page(citizen: Client, online: Online) -> None:
    made = online.begin()
    page, save = at("file_step", made, steps.PARTY), at("file_autosave", made, steps.PARTY)
    spend(SAVING, online.citizen)
    told = citizen.post(save, {"revision": made.revision, "address": "Thôn Đông"}).json()
    assert told["message"].startswith("Đã lưu")
    held = citizen.post(save, {"revision": told["revision"], "address": "Thôn Đông Hải"})
    assert (held.status_code, held["Retry-After"], held.json()["wait"]) == (429, "300", 300)
    assert "đến 10:05" in held.json()["message"]
    kept = citizen.post(page, {"revision": told["revision"], "address": "Thôn Đông Hải"})
    body = kept.content.decode()
    assert (kept.status_code, kept["Retry-After"]) == (429, "300")
    assert "tạm dừng đến 10:05" in body
    assert "Thôn Đông Hải" in body  # what was typed stands there still
    assert f'name="revision" value="{told["revision"]}"' in body
    assert Application.objects.get().party["address"] == "Thôn Đông"
    online.clock.shift(SAVING.seconds)
    citizen.post(page, {"revision": told["revision"], "address": "Thôn Đông Hải"})
    assert Application.objects.get().party["address"] == "Thôn Đông Hải"


def test_parts_of_files_sent_too_fast_go_on_later_where_they_stopped(citizen: Client, online: Online) -> None:
    made = online.begin()
    slot = f"paper/{online.journey(made).papers[0].requirement.id}"
    asked = {"slot": slot, "name": "to-khai.pdf", "size": len(PDF), "sha256": sha256(PDF).hexdigest()}
    begun = citizen.post(at("file_upload_begin", made), asked).json()
    part = at("file_upload", made, begun["id"])
    cut = len(PDF) // 2

    def send(offset: int, content: bytes):
        head = {"Upload-Offset": str(offset), "Upload-Sha256": sha256(content).hexdigest()}
        return citizen.put(part, content, content_type="application/octet-stream", headers=head)

    spend(FILES, online.citizen)
    assert send(0, PDF[:cut]).json()["offset"] == cut
    held = send(cut, PDF[cut:])
    assert (held.status_code, held["Retry-After"]) == (429, "600")
    assert "tạm dừng đến 10:10" in held.json()["message"]
    assert citizen.post(at("file_upload_begin", made), asked).status_code == 429
    assert citizen.post(at("file_attach", made), {"slot": slot}).status_code == 429
    assert citizen.get(part).json()["offset"] == cut  # asking is free
    online.clock.shift(FILES.seconds)
    assert send(cut, PDF[cut:]).json()["offset"] == len(PDF)
    assert Upload.objects.get().received == len(PDF)


def test_an_address_has_its_pace_too_and_accounts_and_addresses_are_counted_apart(online: Online) -> None:
    made = turns(SAVING, online.citizen)
    for key, most in made._keys:
        cache.set(key, most, SAVING.seconds)
    assert turns(SAVING, online.citizen, "10.0.0.2").barred()
    assert turns(SAVING).barred()  # another account of the same address
    assert not turns(SAVING, address="10.0.0.2").barred()
    assert not turns(FILES, online.citizen).barred()


def test_of_many_turns_one_in_eight_is_counted_for_eight(online: Online) -> None:
    start = moment(hours=2)
    for microsecond in range(16):
        with time_machine.travel(start.replace(microsecond=microsecond), tick=False):
            turns(SAVING, online.citizen).take()
    assert [cache.get(key) for key, _most in turns(SAVING, online.citizen)._keys] == [16, 16]


@pytest.mark.parametrize("name", ["portal:catalogue", "portal:search"])
def test_words_typed_wrong_cost_and_are_put_off_words_typed_right_never(
    client: Client, online: Online, name: str
) -> None:
    for n in range(3):
        make_procedure(f"9.00000{n}", online.world.commune, name=f"Đăng ký khai sinh loại {n}")
    spend(NEAR_WORDS)

    def ask(words: str):
        answer = client.get(reverse(name), {"q": words})
        return answer.status_code, "khai sinh loại" in answer.content.decode().replace("<mark>", "").replace(
            "</mark>", ""
        )

    assert [ask("khai sinh"), ask("khai sinh")] == [(200, True)] * 2
    assert ask("kahi sinh") == (200, True)  # the last turn
    assert ask("kahi sinh") == (429, False)
    held = client.get(reverse(name), {"q": "kahi sinh"})
    assert "Đến 10:05 mới tìm gần đúng được" in held.content.decode()
    assert held["Retry-After"] == "300"
    assert ask("khai sinh") == (200, True)
    assert client.get(reverse(name)).status_code == 200
    online.clock.shift(NEAR_WORDS.seconds)
    assert ask("kahi sinh") == (200, True)
