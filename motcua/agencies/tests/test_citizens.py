"""What staff do about citizens' accounts."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from motcua.accounts import actions as accounts
from motcua.accounts.models import IdentityProvider, Organisation, User
from motcua.accounts.testing import make_citizen
from motcua.agencies import actions
from motcua.agencies.testing import make_agency, make_user_with
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import now, today

pytestmark = pytest.mark.django_db
FIELDS = {
    "code": "vneid", "name": "Định danh", "issuer": "https://id.example.vn", "client_id": "motcua",
    "secret_env": "MOTCUA_OIDC_VNEID", "scope": "openid profile", "claims": '{"level": "muc"}', "levels": '{"2": "high"}',
    "valid_from": "01/01/2026",
}  # fmt: skip


def browser(role: str) -> Client:
    client = Client()
    user = make_user_with(role, make_agency("Tỉnh Mẫu"), subtree=True)
    type(user).objects.filter(pk=user.pk).update(has_totp=True)
    client.force_login(user)
    return client


def test_an_administrator_of_everything_adds_and_changes_a_source_of_sign_on() -> None:
    admin = browser("administrator")
    new = reverse("agencies:identity_provider_new")
    assert admin.get(new).status_code == 200
    assert admin.post(new, FIELDS).status_code == 302
    row = IdentityProvider.objects.get()
    assert (row.claims, row.levels) == ({"level": "muc"}, {"2": "high"})
    page = reverse("agencies:identity_provider", args=[row.pk])
    assert "/tai-khoan/oidc/vneid/" in admin.get(page).content.decode()
    admin.post(page, {**FIELDS, "name": "Tên khác", "valid_to": "31/12/2026"})
    row.refresh_from_db()
    assert row.name == "Tên khác"
    assert "Tên khác" in admin.get(reverse("agencies:identity_providers")).content.decode()
    assert admin.post(new, FIELDS).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "http://id.example.vn"},
        {"issuer": "https://127.0.0.1/"},
        {"issuer": "ftp://x"},
        {"claims": '{"email": "email"}'},
        {"claims": "[1]"},
        {"claims": '{"level": 1}'},
        {"levels": '{"2": "super"}'},
        {"scope": "profile"},
        {"secret_env": "MOTCUA_SECRET_KEY"},
    ],
)
def test_what_cannot_be_a_source_is_refused(wrong: dict[str, str]) -> None:
    answer = browser("administrator").post(reverse("agencies:identity_provider_new"), {**FIELDS, **wrong})
    assert answer.status_code == 422
    assert not IdentityProvider.objects.exists()


def test_nobody_else_adds_a_way_in() -> None:
    clerk = make_user_with("receptionist", make_agency("Xã Mẫu"))
    source = accounts.Source(
        "x", "x", "https://id.example.vn", "a", "MOTCUA_OIDC_X", "openid", {}, {}, today()
    )
    with pytest.raises(NotFound):
        actions.save_identity_provider(source, actor=clerk, at=now())


def test_a_clerk_who_saw_the_paper_confirms_a_company() -> None:
    na = make_citizen()
    made = accounts.declare_organisation(
        name="Công ty Mẫu", tax_code="0100109106", kind="enterprise", actor=na, at=now()
    )
    clerk = browser("receptionist")
    page = reverse("agencies:organisations")
    assert "Công ty Mẫu" in clerk.get(page).content.decode()
    assert "Công ty Mẫu" in clerk.get(page, {"q": "0100 109 106"}).content.decode()
    assert "Công ty Mẫu" not in clerk.get(page, {"q": "1"}).content.decode()
    assert clerk.post(reverse("agencies:confirm_organisation", args=[made.pk])).status_code == 302
    assert Organisation.objects.get().confirmed_at
    with pytest.raises(NotFound):
        actions.confirm_organisation(made.pk, actor=na, at=now())
    with pytest.raises(RuleViolation):
        accounts.declare_organisation(
            name="Khác", tax_code="0100109106", kind="enterprise", actor=na, at=now()
        )


SHOWN = {
    "contact": "0900 000 009", "country": "JPN", "number": "tk 0000001", "full_name": "SMITH Jane", "birth_date": "05/01/1990",
    "seen": "on",
}  # fmt: skip


def jane() -> User:
    """A foreigner who declared her passport."""
    return make_citizen("Jane", "TK0000001", "0900000009", assurance="low", country="JPN")


def test_a_clerk_who_saw_the_passport_proves_the_account_and_writes_down_its_name() -> None:
    user, clerk, page = jane(), browser("receptionist"), reverse("agencies:prove_citizen")
    assert "Nhật Bản" in clerk.get(page).content.decode()
    assert clerk.post(page, SHOWN).status_code == 302
    user.refresh_from_db()
    assert (user.full_name, user.profile.assurance, user.profile.birth_date) == ("SMITH Jane", "substantial", date(1990, 1, 5))  # fmt: skip
    event = Event.objects.get(kind="user.identity_proven")
    assert event.actor_id != user.pk
    assert (event.data["by"], event.data["document"]) == ("counter", "passport")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seen": ""}, "đã xem bản chính"),
        ({"contact": "0900000008"}, "Không có tài khoản nào"),
        ({"number": "TK0000002"}, "Không có tài khoản nào"),
        ({"country": "DEU"}, "Không có tài khoản nào"),
        ({"country": "", "number": "001099000001"}, "Không có tài khoản nào"),
        ({"full_name": " "}, ""),
        ({"birth_date": "05/01/2090"}, "không sau hôm nay"),
        ({"contact": "x"}, ""),
    ],
)
def test_what_does_not_fit_proves_nothing_and_tells_nobody_which_it_was(
    change: dict[str, str], said: str
) -> None:
    user = jane()
    answer = browser("receptionist").post(reverse("agencies:prove_citizen"), {**SHOWN, **change})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    user.profile.refresh_from_db()
    assert not user.profile.is_proven


def test_a_helper_of_the_hamlet_and_a_citizen_prove_nobody() -> None:
    user = jane()
    helper = make_user_with("community_helper", make_agency("Xã Mẫu"))
    for actor in (helper, user):
        with pytest.raises(NotFound):
            actions.prove_citizen(
                "0900000009", accounts.Shown("TK0000001", "Jane", "JPN"), actor=actor, at=now()
            )
    with pytest.raises(RuleViolation, match="Nhập họ và tên"):
        accounts.prove_by_papers(
            "0900000009", accounts.Shown("TK0000001", " ", "JPN"), actor=helper, at=now()
        )
