"""A citizen's own pages: details, addresses, organisations, authorisations, the choice for whom to act."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from motcua.accounts import actions
from motcua.accounts.models import Authorisation, Invitation, Organisation, Profile, User
from motcua.accounts.testing import make_citizen
from motcua.core.moments import now, today
from motcua.notifications.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def get(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(f"portal:{name}", args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def post(client: Client, page: str, /, *args: Any, **fields: Any) -> Any:
    return client.post(reverse(f"portal:{page}", args=args), fields)


@pytest.fixture
def na() -> User:
    return make_citizen()


@pytest.fixture
def ba() -> User:
    return make_citizen("Trần Văn Ba", "001099000002", "0900000002")


def test_details_that_papers_proved_are_shown_not_changed(na: User) -> None:
    client = browser(na)
    assert "disabled" in get(client, "account_edit")
    fields = {"full_name": "Kẻ Khác", "identity_number": "001099000009", "language": "en", "address": "Thôn 3", "gender": "female"}  # fmt: skip
    assert post(client, "account_edit", **fields).status_code == 302
    na.refresh_from_db()
    profile = Profile.objects.get(user=na)
    assert (na.full_name, profile.identity_number) == ("Nguyễn Thị Na", "001099000001")
    assert (profile.address, profile.gender, profile.language) == ("Thôn 3", "female", "en")


def test_a_wrong_number_is_told_at_its_field() -> None:
    client = browser(make_citizen(identity="", assurance="low"))
    answer = post(client, "account_edit", full_name="Na", identity_number="12", language="vi")
    assert answer.status_code == 422
    assert "phải có 12" in answer.content.decode()


def test_a_mailbox_is_added_after_a_code(na: User) -> None:
    client = browser(na)
    assert client.get(reverse("portal:account_code"))["Location"] == reverse("portal:account_address")
    assert post(client, "account_address", address="x").status_code == 422
    assert post(client, "account_address", address="na@example.vn").status_code == 302
    code = re.search(r"\b[0-9]{6}\b", Message.objects.get(kind="sign_in_code").body)[0]
    assert "na@example.vn" in get(client, "account_code")
    assert post(client, "account_code", code=f"{(int(code) + 1) % 10**6:06d}").status_code == 422
    assert post(client, "account_code", code=code)["Location"] == reverse("portal:account")
    assert Profile.objects.get(user=na).email == "na@example.vn"


def test_a_company_from_declaration_to_acting_for_it(na: User, ba: User) -> None:
    one, two = browser(na), browser(ba)
    assert (
        post(one, "organisation_new", name="Công ty Mẫu", tax_code="1", kind="enterprise").status_code == 422
    )
    post(one, "organisation_new", name="Công ty Mẫu", tax_code="0100109106", kind="enterprise")
    pk = Organisation.objects.get().pk
    assert "Mời thêm người" in get(one, "organisation", pk)
    assert post(one, "organisation", pk, address="0900000002", role="boss").status_code == 422
    post(one, "organisation", pk, address="0900000002", role="staff")
    told = Message.objects.get(kind="invited")
    assert (told.to, "Cong ty" in told.body or "Công ty" in told.body) == ("+84900000002", True)
    assert "lời mời làm thay" in get(two, "account")
    post(two, "invitation_answer", Invitation.objects.get().pk, answer="yes")
    assert "Công ty Mẫu" in get(two, "organisations")
    assert "Mời thêm người" not in get(two, "organisation", pk)
    assert "Công ty Mẫu" in get(two, "acting")
    assert post(two, "acting", party=f"organisation/{pk}").status_code == 302
    assert re.search(r"Đang làm cho</dt><dd[^>]*>Công ty Mẫu", get(two, "account"))
    post(one, "representation_end", pk, ba.pk)
    assert re.search(r"Đang làm cho</dt><dd[^>]*>Trần Văn Ba", get(two, "account"))
    assert two.get(reverse("portal:organisation", args=[pk])).status_code == 404


def test_invitations_are_refused_and_cancelled(na: User, ba: User) -> None:
    company = actions.declare_organisation(
        name="Công ty", tax_code="0100109106", kind="enterprise", actor=na, at=now()
    )
    client = browser(na)
    post(client, "organisation", company.pk, address="0900000002", role="staff")
    post(browser(ba), "invitation_answer", Invitation.objects.get().pk, answer="no")
    post(client, "organisation", company.pk, address="0900000002", role="staff")
    last = Invitation.objects.latest("pk")
    assert "Hủy lời mời" in get(client, "organisation", company.pk)
    assert post(browser(ba), "invitation_cancel", company.pk, last.pk).status_code == 404
    post(client, "invitation_cancel", company.pk, last.pk)
    assert not Invitation.objects.filter(ended_at=None).exists()
    assert post(client, "representation_end", company.pk, na.pk).status_code == 422


def test_nobody_chooses_a_party_that_is_not_theirs(na: User, ba: User) -> None:
    assert post(browser(ba), "acting", party=f"user/{na.pk}").status_code == 422


def test_an_authorisation_given_used_and_taken_back(na: User, ba: User) -> None:
    one, two = browser(na), browser(ba)
    fields = {"address": "0900000002", "identity_number": "001 099 000 002", "valid_from": f"{today():%d/%m/%Y}", "scope": "1.001193", "document": "Số 12/2026"}  # fmt: skip
    assert post(one, "authorise", **{**fields, "identity_number": "001099000009"}).status_code == 422
    assert post(one, "authorise", **fields).status_code == 302
    row = Authorisation.objects.get()
    assert row.scope == "1.001193"
    assert "Số 12/2026" in get(one, "authorisations")
    assert "Nguyễn Thị Na" in get(two, "authorisations")
    stranger = browser(make_citizen("Lạ", "001099000003", "0900000003"))
    assert post(stranger, "authorisation_revoke", row.pk).status_code == 404
    post(one, "authorisation_revoke", row.pk)
    assert "đã thu hồi" in get(one, "authorisations")
    assert "Chưa ai ủy quyền" in get(two, "authorisations")


def test_what_a_clerk_filed_is_taken_over_and_guessing_numbers_is_braked() -> None:
    clerk = User.objects.create_user("lan", None, full_name="Lan")
    actions.start_assistance(full_name="Na", identity_number="001099000001", phone="0900000001", consent="Đồng ý", actor=clerk, at=now())  # fmt: skip
    me = make_citizen(identity="", assurance="low")
    client = browser(me)
    assert "lập hộ" in get(client, "account")
    for _ in range(20):
        assert post(client, "assisted", identity_number="001099000099").status_code == 422
    assert "quá nhiều lần" in post(client, "assisted", identity_number="001099000001").content.decode()
    cache.clear()
    assert post(client, "assisted", identity_number="001099000001").status_code == 302


def test_other_devices_are_signed_out(na: User) -> None:
    here, there = browser(na), browser(na)
    from allauth.usersessions.models import UserSession

    for client in (here, there):
        key = client.session.session_key
        UserSession.objects.create(user=na, ip="10.0.0.1", user_agent="x", session_key=key)
    assert "mọi thiết bị khác" in get(here, "account")
    post(here, "account_end_sessions")
    assert there.get(reverse("portal:account")).status_code == 302
    assert here.get(reverse("portal:account")).status_code == 200
