"""A foreigner's account: a passport of a country, proven where papers are seen, and never by a national provider."""

from datetime import UTC, date, datetime

import pytest

from motcua.accounts import actions
from motcua.accounts.actions import Details, Terms
from motcua.accounts.models import Assistance, Authorisation, Profile, User
from motcua.accounts.queries import account_of, parties_of, party, proven_holder
from motcua.accounts.rules.codes import Address
from motcua.accounts.rules.national import person
from motcua.accounts.testing import make_citizen
from motcua.audit.models import Event
from motcua.core.errors import RuleViolation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)
PASSPORT, PHONE = "TK0000001", "0900000009"


@pytest.fixture
def jane() -> User:
    """New, with nothing but a phone."""
    return make_citizen("Jane Smith", "", PHONE, assurance="low")


@pytest.fixture
def clerk() -> User:
    return User.objects.create_user("lan", None, full_name="Lan")


def declare(user: User, number: str = PASSPORT, country: str = "JPN") -> Profile:
    details = Details(str(user), identity_number=number, document_country=country)
    return actions.correct_profile(details, actor=user, at=AT)


def prove(user: User, number: str = PASSPORT, country: str = "JPN") -> Profile:
    return actions.prove_identity(
        user, number, "substantial", country=country, by="counter", actor=user, at=AT
    )


def assist(clerk: User, number: str = PASSPORT, country: str = "JPN", **more: object) -> Assistance:
    given = {"full_name": "Jane Smith", "phone": PHONE, "consent": "Đồng ý", "checked_card": True, **more}
    return actions.start_assistance(identity_number=number, document_country=country, actor=clerk, at=AT, **given)  # fmt: skip


def test_a_passport_is_declared_with_its_country_and_proves_nothing_yet(jane: User) -> None:
    profile = declare(jane, "tk 000 0001")
    assert (profile.identity_number, profile.document_country, profile.is_proven) == (PASSPORT, "JPN", False)
    fields = Event.objects.get(chain=f"user/{jane.pk}").data["fields"]
    assert fields == ["identity_number", "document_country"]
    assert declare(jane, "", "JPN").document_country == ""


@pytest.mark.parametrize(("number", "country"), [(PASSPORT, ""), (PASSPORT, "???"), ("12", "JPN")])
def test_a_passport_without_a_country_or_of_no_shape_is_refused(
    jane: User, number: str, country: str
) -> None:
    with pytest.raises(RuleViolation):
        declare(jane, number, country)


def test_a_clerk_who_saw_the_passport_proves_it_and_the_log_says_what_kind(jane: User, clerk: User) -> None:
    row = assist(clerk)
    assert actions.claim_assisted(identity_number="tk 0000001", actor=jane, at=AT) == [row]
    jane.profile.refresh_from_db()
    assert jane.profile.is_proven
    assert (jane.profile.identity_number, jane.profile.document_country) == (PASSPORT, "JPN")
    proven = Event.objects.get(kind="user.identity_proven").data
    assert proven == {"level": "substantial", "by": "counter", "document": "passport"}
    assert PASSPORT not in str([event.data for event in Event.objects.all()])


def test_another_countrys_passport_of_the_same_number_is_somebody_elses(jane: User, clerk: User) -> None:
    prove(make_citizen("Hans", "", "0900000010", assurance="low"), country="DEU")
    assert prove(jane).is_proven
    assert (proven_holder(PASSPORT, "JPN"), proven_holder(PASSPORT)) == (jane, None)
    twin = make_citizen("Ai", "", "0900000011", assurance="low")
    with pytest.raises(RuleViolation, match="tài khoản khác"):
        prove(twin)
    row = assist(clerk, country="DEU")
    assert account_of(row) is None
    with pytest.raises(RuleViolation, match="Không có hồ sơ lập hộ nào khớp"):
        actions.claim_assisted(identity_number=PASSPORT, actor=jane, at=AT)


def test_a_visit_is_the_accounts_that_says_the_same_passport(jane: User, clerk: User) -> None:
    declare(jane)
    assert account_of(assist(clerk)) == jane


def test_what_was_seen_changes_only_with_papers_and_by_papers_it_does(jane: User) -> None:
    prove(jane)
    with pytest.raises(RuleViolation, match="đã được đối chiếu"):
        declare(jane, country="DEU")
    changed = actions.correct_by_papers(jane, "identity_number", "tk0000002", actor=jane, at=AT)
    assert (changed.identity_number, changed.document_country) == ("TK0000002", "JPN")
    with pytest.raises(RuleViolation):
        actions.correct_by_papers(jane, "identity_number", "1", actor=jane, at=AT)


def test_a_proven_passport_lets_one_authorise_and_be_authorised(jane: User) -> None:
    prove(jane)
    na = make_citizen()
    actions.authorise(Address("phone", "+84900000009"), PASSPORT, Terms(DAY, None), actor=na, at=AT)
    actions.authorise(Address("phone", "+84900000001"), "001099000001", Terms(DAY, None), actor=jane, at=AT)
    assert Authorisation.objects.count() == 2
    me, principal = parties_of(jane, DAY)
    assert (me.number, me.country, principal.country) == (PASSPORT, "JPN", "")
    assert party(na, f"user/{jane.pk}", DAY).country == "JPN"


def test_a_national_provider_vouches_for_personal_numbers_alone() -> None:
    said = person({"sub": "1", "identity_number": PASSPORT, "acr": "high"}, {}, {"high": "high"})
    assert (said.identity_number, said.is_proven) == ("", False)


def test_erasing_takes_the_country_too(jane: User) -> None:
    prove(jane)
    actions.erase_citizen(jane, reference="r", actor=jane, at=AT)
    jane.profile.refresh_from_db()
    assert (jane.profile.identity_number, jane.profile.document_country) == ("", "")


def test_nobody_is_helped_without_a_number(clerk: User) -> None:
    with pytest.raises(RuleViolation, match="số hộ chiếu"):
        assist(clerk, " ", "JPN")
