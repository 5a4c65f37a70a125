"""The pages of a person's store and what anyone sees of a result."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import User
from motcua.accounts.testing import make_citizen
from motcua.core.moments import now
from motcua.dossiers.testing import World, for_signature, make_world, moment
from motcua.files.actions import store
from motcua.holdings.models import HeldPaper, HeldShare

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def paper(world: World) -> HeldPaper:
    from motcua.dossiers import actions as dossiers

    dossier = for_signature(world)
    result = dossiers.sign_result(dossier.pk, number="12/QĐ-UBND", actor=world.boss, at=moment(hours=4))
    type(dossier).objects.filter(pk=dossier.pk).update(ready_at=moment(hours=5))
    file = store(PDF, actor=world.boss, at=now(), name="ket-qua.pdf", made_here=True)
    return HeldPaper.objects.create(kind="result", holder_number="001099000001", name="Giấy khai sinh", number="12/QĐ-UBND", issuer="UBND xã Mẫu", file=file, dossier=dossier, result=result, issued_on=result.signed_on, token=result.token, kept_at=now())  # fmt: skip


def browser(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def get(client: Client, name: str, *args: Any, status: int = 200) -> Any:
    answer = client.get(reverse(f"portal:{name}", args=args))
    assert answer.status_code == status, (name, answer.status_code)
    return answer


def test_the_holder_sees_downloads_and_shares(paper: HeldPaper) -> None:
    me = browser(make_citizen())
    assert "Giấy khai sinh" in get(me, "held").content.decode()
    assert "Còn giá trị" in get(me, "held_paper", paper.key).content.decode()
    assert b"".join(get(me, "held_file", paper.key)) == PDF
    address = reverse("portal:held_paper", args=[paper.key])
    assert me.post(address, {"days": 5}).status_code == 422
    me.post(address, {"days": 7, "note": "ngân hàng"})
    shown = me.get(address).context["link"]
    assert shown.startswith("http://testserver/giay-to-chia-se/")
    assert me.get(address).context["link"] == ""
    anyone = browser(None)
    page = anyone.get(shown)
    assert "Giấy khai sinh" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    for private in ("Nguyễn Thị Na", "001099000001", "ngân hàng"):
        assert private not in page.content.decode()
    assert b"".join(anyone.get(f"{shown}tep/")) == PDF
    assert HeldShare.objects.get().opened == 1
    me.post(reverse("portal:held_share_end", args=[paper.key, HeldShare.objects.get().pk]))
    assert anyone.get(shown).status_code == 404
    assert anyone.get(f"{shown}tep/").status_code == 404


def test_nobody_else_sees_anything(world: World, paper: HeldPaper) -> None:
    other = browser(make_citizen("Lạ", "001099000002", "0900000002"))
    for name in ("held_paper", "held_file"):
        get(other, name, paper.key, status=404)
        get(browser(None), name, paper.key, status=302)
        get(browser(world.boss), name, paper.key, status=302)
    assert "Giấy khai sinh" not in get(other, "held").content.decode()
    share = reverse("portal:held_share_end", args=[paper.key, 1])
    assert other.post(share).status_code == 404


def test_guessing_links_is_braked() -> None:
    client = browser(None)
    for _ in range(20):
        get(client, "held_shared", "x" * 32, status=404)
    get(client, "held_shared", "x" * 32, status=429)
    get(client, "held_shared_file", "x" * 32, status=404)


def test_an_officer_revokes_and_the_qr_page_tells_everybody(world: World, paper: HeldPaper) -> None:
    officer, anyone = browser(world.officer), browser(None)
    verify = reverse("portal:verify_token", args=[paper.token])
    assert "do cơ quan phát hành" in anyone.get(verify).content.decode()
    assert "12/QĐ-UBND" in officer.get(reverse("holdings:results"), {"q": "12/QĐ-UBND"}).content.decode()
    page = officer.get(reverse("holdings:result", args=[paper.pk])).content.decode()
    assert "Thu hồi" in page
    assert "Thay bằng" not in page
    assert officer.post(reverse("holdings:revoke", args=[paper.pk]), {"reason": ""}).status_code == 422
    assert officer.post(reverse("holdings:revoke", args=[paper.pk]), {"reason": "QĐ 5"}).status_code == 302
    told = anyone.get(verify).content.decode()
    assert "đã bị thu hồi" in told
    assert "Nguyễn" not in told.replace("Nguyễn Huệ", "")
    assert "thu hồi" in officer.get(reverse("holdings:result", args=[paper.pk])).content.decode()


def test_an_officer_replaces_a_result_by_a_later_one(world: World, paper: HeldPaper) -> None:
    new = HeldPaper.objects.create(kind="result", holder_number=paper.holder_number, name="Giấy khai sinh", number="13/QĐ-UBND", file=paper.file, issued_on=paper.issued_on, kept_at=now())  # fmt: skip
    officer = browser(world.officer)
    address = reverse("holdings:replace", args=[paper.pk])
    assert "13/QĐ-UBND" in officer.get(address).content.decode()
    assert officer.post(address, {"reason": "Cấp lại"}).status_code == 422
    assert officer.post(address, {"reason": "Cấp lại", "new": new.pk}).status_code == 302
    told = browser(None).get(reverse("portal:verify_token", args=[paper.token])).content.decode()
    assert "đã được thay thế" in told
    assert "13/QĐ-UBND" in told
    me = browser(make_citizen())
    assert "xem bản mới" in get(me, "held_paper", paper.key).content.decode()


def test_who_may_not_correct_results_finds_none(world: World, paper: HeldPaper) -> None:
    for user in (world.policeman, make_citizen()):
        answer = browser(user).get(reverse("holdings:result", args=[paper.pk]))
        assert answer.status_code in (302, 404)
