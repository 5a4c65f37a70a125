"""What an office does to a citizen's account on their request: the account's own half; requests are in `privacy`."""

from datetime import UTC, datetime

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from motcua.accounts import actions
from motcua.accounts.actions import data_rights
from motcua.accounts.models import Profile, User
from motcua.accounts.testing import make_citizen
from motcua.core.errors import RuleViolation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
NUMBER = "001099000001"
ACCOUNT = reverse("portal:account")


@pytest.fixture
def clerk() -> User:
    return User.objects.create_user("lan", None, full_name="Lan")


@pytest.fixture
def na() -> User:
    return make_citizen()


@pytest.mark.parametrize("field", ["phone", "assurance", "user_id"])
def test_papers_correct_no_other_column_of_the_account(na: User, clerk: User, field: str) -> None:
    with pytest.raises(RuleViolation, match="không sửa được") as refused:
        actions.correct_by_papers(na, field, "x", actor=clerk, at=AT)
    assert refused.value.field == "field"
    before = na.profile.phone
    na.profile.refresh_from_db()
    assert (na.profile.phone, na.profile.is_proven) == (before, True)


def test_a_number_that_another_proves_meanwhile_is_not_written_twice(
    na: User, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both looked before either wrote: the database keeps the number of who came first."""

    def nobody_yet(number: str, country: str) -> None:
        make_citizen("Trần Văn Ba", number, "0900000002")

    monkeypatch.setattr(data_rights, "proven_holder", nobody_yet)
    with pytest.raises(RuleViolation, match="tài khoản khác"):
        actions.correct_by_papers(na, "identity_number", "001099000002", actor=clerk, at=AT)
    assert Profile.objects.get(user=na).identity_number == NUMBER


def test_an_erased_account_is_signed_out_everywhere_at_once(na: User, clerk: User) -> None:
    browsers = Client(), Client()
    for browser in browsers:
        browser.force_login(na)
        key = browser.session.session_key
        UserSession.objects.create(user=na, session_key=key, ip="10.0.0.1", user_agent="x")
        assert browser.get(ACCOUNT).status_code == 200
    actions.erase_citizen(na, reference="QDL-1", actor=clerk, at=AT)
    assert not UserSession.objects.exists()
    assert [bool(browser.session.get("_auth_user_id")) for browser in browsers] == [False, False]
    assert [browser.get(ACCOUNT).status_code for browser in browsers] == [302, 302]
