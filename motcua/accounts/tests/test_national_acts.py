"""National sign-on: what a link needs, whoever vouches; the way there and back is in tests/test_national.py."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from motcua.accounts import actions
from motcua.accounts.models import IdentityLink, IdentityProvider, Profile, User
from motcua.accounts.rules.national import Person
from motcua.accounts.testing import make_citizen
from motcua.audit.models import Event
from motcua.core.errors import RuleViolation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
NUMBER = "001099000001"
NA = Person("na", NUMBER, "Nguyễn Thị Na", level="substantial")


@pytest.fixture
def provider() -> IdentityProvider:
    return IdentityProvider.objects.create(
        code="vneid", name="Định danh điện tử", issuer="https://idp.example.vn", client_id="motcua",
        secret_env="MOTCUA_OIDC_VNEID", valid_from=date(2026, 1, 1),
    )  # fmt: skip


@pytest.fixture
def na() -> User:
    return make_citizen()


def test_nobody_links_the_account_of_another_or_of_staff(provider: IdentityProvider, na: User) -> None:
    other = make_citizen("Trần Văn Ba", "001099000002", "0900000002")
    clerk = User.objects.create_user("lan", None, full_name="Lan")
    for user, actor in ((na, other), (other, other), (clerk, clerk)):
        with pytest.raises(RuleViolation, match="Không liên kết được"):
            actions.link_identity(provider, NA, user, actor=actor, at=AT)
    assert not IdentityLink.objects.exists()
    assert actions.link_identity(provider, NA, na, actor=na, at=AT).user == na


def test_an_account_is_linked_to_one_person_of_a_provider(provider: IdentityProvider, na: User) -> None:
    actions.link_identity(provider, NA, na, actor=na, at=AT)
    with pytest.raises(RuleViolation, match="đã được liên kết với một người khác ở nguồn này"):
        actions.link_identity(provider, replace(NA, subject="na-2"), na, actor=na, at=AT)
    assert [one.subject for one in IdentityLink.objects.all()] == ["na"]


def test_a_number_that_nobody_has_proven_or_whose_account_is_closed_links_nobody(
    provider: IdentityProvider, na: User
) -> None:
    declared = Person("na", NUMBER, "Nguyễn Thị Na")
    stranger = Person("ba", "001099000002", "Trần Văn Ba", level="high")
    User.objects.filter(pk=na.pk).update(is_active=False)
    for person in (declared, stranger, NA):
        with pytest.raises(RuleViolation, match="Không có tài khoản nào"):
            actions.link_by_number(provider, person, actor=None, at=AT)
    User.objects.filter(pk=na.pk).update(is_active=True)
    assert actions.link_by_number(provider, NA, actor=None, at=AT) == na


def test_who_has_an_account_makes_no_second_one_from_a_page_left_open(
    provider: IdentityProvider, na: User
) -> None:
    known = Person("khac", "", "Nguyễn Thị Na")
    made = actions.sign_up_national(provider, known, language="vi", ip="", actor=None, at=AT)
    for person in (NA, known):
        with pytest.raises(RuleViolation, match="đã có tài khoản"):
            actions.sign_up_national(provider, person, language="vi", ip="", actor=None, at=AT)
    assert set(User.objects.all()) == {na, made}


def test_a_lower_level_at_a_later_sign_in_takes_nothing_away(provider: IdentityProvider, na: User) -> None:
    lower = Person("na", "001099000009", "Tên Khác")
    actions.refresh_identity(provider, lower, na, actor=na, at=AT)
    profile = Profile.objects.get(user=na)
    assert (profile.identity_number, profile.is_proven, profile.user.full_name) == (
        NUMBER,
        True,
        "Nguyễn Thị Na",
    )
    assert not Event.objects.exists()
    higher = Person("na", NUMBER, "Nguyễn Thị Na", level="high")
    actions.refresh_identity(provider, higher, na, actor=na, at=AT)
    assert Profile.objects.get(user=na).assurance == "high"


def test_the_only_way_in_is_not_given_up_and_anothers_link_is_left_alone(provider: IdentityProvider) -> None:
    user = actions.sign_up_national(provider, NA, language="vi", ip="", actor=None, at=AT)
    link = IdentityLink.objects.get()
    with pytest.raises(RuleViolation, match="Thêm số điện thoại hoặc thư điện tử"):
        actions.unlink_identity(link.pk, actor=user, at=AT)
    other = make_citizen("Trần Văn Ba", "001099000002", "0900000002")
    actions.unlink_identity(link.pk, actor=other, at=AT)
    assert IdentityLink.objects.get() == link
    User.objects.filter(pk=user.pk).update(phone="+84900000001")
    actions.unlink_identity(link.pk, actor=User.objects.get(pk=user.pk), at=AT)
    assert not IdentityLink.objects.exists()
