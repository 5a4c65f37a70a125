"""A clerk files for a citizen who is present; the citizen takes it over with phone and identity number."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.accounts import actions as accounts
from motcua.accounts.models import Assistance, User
from motcua.accounts.testing import make_citizen
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.testing import make_user_with
from motcua.core.errors import NotFound
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import DossierHolder
from motcua.dossiers.queries.held import held_by
from motcua.dossiers.rules.intake import PartyData
from motcua.dossiers.testing import World, make_intake, make_world, moment, receive
from motcua.files.actions import store
from motcua.holdings import actions
from motcua.holdings.models import HeldPaper
from motcua.holdings.queries import papers_of
from motcua.notifications.models import Message

pytestmark = pytest.mark.django_db
NUMBER = "001099000001"


@pytest.fixture
def world() -> World:
    return make_world()


def assist(world: World, actor: User | None = None) -> Assistance:
    return actions.assist(full_name="Nguyễn Thị Na", identity_number=NUMBER, phone="0900000001", checked_card=True, consent="Đồng ý", office="Xã Mẫu", actor=actor or world.clerk, at=moment())  # fmt: skip


def dossier_of(world: World, number: str = NUMBER, **when: Any) -> Any:
    party = PartyData("citizen", "Nguyễn Thị Na", number, phone="0900000001", address="Thôn 1")
    return receive(world, applicant=party, at=moment(**when))


def kept(world: World, key: str, **more: Any) -> HeldPaper:
    """A paper in the store under a number."""
    file = store(
        SimpleUploadedFile("the.pdf", b"%PDF-1.7\n%%EOF", "application/pdf"), actor=world.clerk, at=moment()
    )
    fixed = {"file": file, "issued_on": moment().date(), "kept_at": moment()}
    return HeldPaper.objects.create(kind="paper", holder_number=key, name=key, **fixed, **more)


def test_the_dossiers_of_the_visit_come_along_and_no_others(world: World) -> None:
    mine = dossier_of(world, hours=1)
    dossier_of(world, "001099000002", hours=1)
    dossier_of(world, days=2)
    assist(world)
    me = make_citizen(identity="", assurance="low")
    accounts.claim_assisted(identity_number=NUMBER, actor=me, at=moment(days=3))
    assert list(held_by(me, moment(days=3, hours=1))) == [mine]
    me.profile.refresh_from_db()
    assert me.profile.is_proven


def test_a_dossier_that_an_account_owns_stays_there(world: World) -> None:
    mine = dossier_of(world, hours=1)
    other = make_citizen("Trần Văn Ba", "001099000002", "0900000002")
    DossierHolder.objects.create(dossier=mine, user=other, right="owner", since=moment(hours=1))
    row = assist(world)
    assert actions.hand_over_assisted(row, actor=other, at=moment(days=1)) == 0


def test_the_citizens_phone_is_told_at_once(world: World) -> None:
    row = assist(world)
    message = Message.objects.get(kind="assisted")
    assert (message.to, message.reference) == ("+84900000001", f"assistance/{row.pk}")
    assert "Xã Mẫu" in message.body or "Xa Mau" in message.body


def test_only_who_may_assist_does(world: World) -> None:
    with pytest.raises(NotFound):
        assist(world, world.officer)


def test_a_helper_of_the_hamlet_assists_and_may_do_nothing_else(world: World) -> None:
    helper = make_user_with("community_helper", world.commune, full_name="Trương Thị Giúp Đỡ")
    dossier = dossier_of(world, hours=1)
    assert assist(world, helper).helper == helper
    may = authority_of(helper, moment().date())
    assert {one for one in Permission if may.has(one)} == {Permission.DOSSIER_ASSIST}
    client = Client()
    client.force_login(helper)
    assert client.get(reverse("core:start")).headers["Location"] == reverse("holdings:assist")
    assert client.get(reverse("holdings:assist")).status_code == 200
    for name, args in (("counter:receive", []), ("dossiers:dossier", [dossier.pk]), ("dossiers:inbox", [])):
        assert client.get(reverse(name, args=args)).status_code == 404
    with pytest.raises(NotFound):
        dossiers.receive(make_intake(world), actor=helper, at=moment())


def test_the_page_asks_for_consent_and_shows_people_in_part(world: World) -> None:
    client = Client()
    client.force_login(world.clerk)
    address = reverse("holdings:assist")
    fields = {"full_name": "Nguyễn Thị Na", "identity_number": NUMBER, "phone": "0900000001"}
    assert client.post(address, fields).status_code == 422
    assert client.post(address, {**fields, "agreed": "on", "identity_number": "1"}).status_code == 422
    assert not Assistance.objects.exists()
    page = client.post(address, {**fields, "agreed": "on"}, follow=True).content.decode()
    assert "Đã ghi nhận lời đồng ý" in page
    assert NUMBER not in page
    assert "Tôi đồng ý" in Assistance.objects.get().consent
    client.force_login(world.officer)
    assert client.get(address).status_code == 404


def test_a_helper_of_the_hamlet_proves_nobodys_identity(world: World) -> None:
    """Else a neighbour could name themselves anybody: their own phone, another's number, a card that nobody saw."""
    helper = make_user_with("community_helper", world.commune, full_name="Trương Thị Giúp Đỡ")
    assert not assist(world, helper).checked_card
    client = Client()
    client.force_login(helper)
    page, fields = reverse("holdings:assist"), {"full_name": "Na", "identity_number": NUMBER, "phone": "0900000001", "agreed": "on"}  # fmt: skip
    assert "checked_card" not in client.get(page).content.decode()
    assert client.post(page, {**fields, "checked_card": "on"}).status_code == 302
    assert not Assistance.objects.filter(checked_card=True).exists()
    me = make_citizen(identity="", assurance="low")
    accounts.claim_assisted(identity_number=NUMBER, actor=me, at=moment(days=1))
    me.profile.refresh_from_db()
    assert not me.profile.is_proven


def test_a_foreigner_is_helped_by_their_passport_and_finds_a_result_that_was_signed_before(
    world: World,
) -> None:
    client = Client()
    client.force_login(world.clerk)
    fields = {"full_name": "Jane Smith", "identity_number": "tk 0000001", "phone": "0900000009", "checked_card": "on", "agreed": "on"}  # fmt: skip
    assert client.post(reverse("holdings:assist"), fields).status_code == 422  # of which country?
    assert client.post(reverse("holdings:assist"), {**fields, "document_country": "JPN"}).status_code == 302
    row = Assistance.objects.get()
    assert (row.identity_number, row.document_country, row.checked_card) == ("TK0000001", "JPN", True)
    dossier = dossier_of(world, "TK0000001", hours=1)
    Assistance.objects.update(started_at=moment())
    result = kept(world, "TK0000001", dossier=dossier)
    me = make_citizen("Jane", "", "0900000009", assurance="low")
    accounts.claim_assisted(identity_number="TK0000001", actor=me, at=moment(days=1))
    result.refresh_from_db()
    assert (result.holder, list(held_by(me, moment(days=2)))) == (me, [dossier])


def test_a_proven_passport_opens_only_what_bears_its_country(world: World) -> None:
    me = make_citizen("Jane", "TK0000001", "0900000009", country="JPN")
    for key in ("TK0000001", "DEU TK0000001", "JPN TK0000001"):
        kept(world, key)
    assert [one.name for one in papers_of(me, moment().date())] == ["JPN TK0000001"]
