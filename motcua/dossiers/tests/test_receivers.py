"""Who takes a result at the counter: compared with who may, and the log says as what, never by which number."""

from datetime import date
from typing import Any

import pytest

from motcua.accounts import actions as accounts
from motcua.accounts.actions import Terms
from motcua.accounts.models import Organisation, Representation, User
from motcua.accounts.queries import agents_of, representatives_of
from motcua.accounts.rules.codes import Address
from motcua.accounts.testing import make_citizen
from motcua.audit.models import Event
from motcua.core.errors import RuleViolation
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.queries.timeline import timeline
from motcua.dossiers.rules.intake import PartyData
from motcua.dossiers.rules.receivers import NAMES, Letter, Receiver, role_of
from motcua.dossiers.testing import World, make_world, moment, ready, receive

pytestmark = pytest.mark.django_db
OWN, BROUGHT, AGENT, STRANGER = "038200000001", "001099000003", "001099000005", "001099000009"
DAY = moment(days=1).date()


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def waiting(world: World) -> Dossier:
    """A result that waits; somebody else handed the dossier in."""
    brought = PartyData("citizen", "Lê Thị Em", BROUGHT, phone="0900000003", address="Thôn 1")
    return ready(world, receive(world, submitter=brought, authorisation="em ruột"))


def give(world: World, dossier: Dossier, number: str = "", **more: Any) -> dict[str, Any]:
    """What the log then says."""
    values = {"receiver_name": "A", "receiver_identity": number, "with_slip": False, **more}
    actions.return_result(dossier.pk, **values, actor=world.head, at=moment(days=1))
    return Event.objects.filter(chain=f"dossier/{dossier.pk}").latest("seq").data


def agent(scope: str = "") -> User:
    """Somebody whom the applicant's account has authorised."""
    principal = make_citizen("Nguyễn Thị Thử Nghiệm", OWN, "0900000004")
    found = make_citizen("Trần Văn Thay", AGENT, "0900000005")
    terms = Terms(DAY, None, scope)
    accounts.authorise(Address("phone", "+84900000005"), AGENT, terms, actor=principal, at=moment(days=1))
    return found


@pytest.mark.parametrize(
    ("number", "role"), [("038 200 000 001", Receiver.APPLICANT), (BROUGHT, Receiver.SUBMITTER)]
)
def test_applicant_and_who_handed_it_in_are_known_by_their_number(
    world: World, waiting: Dossier, number: str, role: Receiver
) -> None:
    said = give(world, waiting, number)
    assert (said["receiver"], said["identity_checked"], said["with_slip"]) == (role, True, False)
    assert not {OWN, BROUGHT} & set(map(str, said.values()))
    assert NAMES[role] in timeline(waiting)[-1].text


def test_a_strangers_number_gets_nothing_and_the_sentence_says_what_to_do(
    world: World, waiting: Dossier
) -> None:
    for slip in (False, True):
        with pytest.raises(RuleViolation, match="Người nhận thay mang văn bản ủy quyền") as refused:
            give(world, waiting, STRANGER, with_slip=slip)
        assert refused.value.field == "receiver_identity"
    with pytest.raises(RuleViolation, match="không đúng dạng"):
        give(world, waiting, "ABC")
    waiting.refresh_from_db()
    assert waiting.returned_at is None


def test_whoever_is_authorised_here_for_this_procedure_may(world: World, waiting: Dossier) -> None:
    agent(scope=world.procedure.code)
    assert give(world, waiting, AGENT)["receiver"] == Receiver.AUTHORISED


def test_authorised_for_another_procedure_or_no_more_is_a_stranger(world: World, waiting: Dossier) -> None:
    found = agent(scope="9.999999")
    with pytest.raises(RuleViolation, match="chưa trả kết quả"):
        give(world, waiting, AGENT)
    User.objects.filter(pk=found.pk).update(is_active=False)
    assert agents_of(OWN, "", DAY, "9.999999") == set()
    User.objects.filter(full_name="Nguyễn Thị Thử Nghiệm").update(is_active=False)
    assert agents_of(OWN, "", DAY, "9.999999") == set()


def test_a_confirmed_organisations_people_may(world: World, waiting: Dossier) -> None:
    Party.objects.filter(pk=waiting.applicant_id).update(
        kind="enterprise", identity_number="", tax_code="0100109106"
    )
    firm = Organisation.objects.create(name="Công ty Mẫu", tax_code="0100109106", created_at=moment())
    person = make_citizen("Trần Văn Thay", AGENT, "0900000005")
    Representation.objects.create(organisation=firm, user=person, valid_from=date(2020, 1, 1))
    assert (representatives_of("0100109106", DAY), representatives_of("", DAY)) == (set(), set())
    Organisation.objects.update(confirmed_at=moment())
    assert give(world, waiting, AGENT)["receiver"] == Receiver.AUTHORISED


def test_a_paper_of_authorisation_is_named_and_stands_in_the_log(world: World, waiting: Dossier) -> None:
    for letter in (Letter("12/UQ"), Letter("", DAY), Letter("12/UQ", date(2030, 1, 1))):
        with pytest.raises(RuleViolation, match="văn bản ủy quyền"):
            give(world, waiting, STRANGER, letter=letter)
    with pytest.raises(RuleViolation, match="nhập số định danh"):
        give(world, waiting, letter=Letter("12/UQ", DAY), with_slip=True)
    said = give(world, waiting, STRANGER, letter=Letter(" 12/UQ ", DAY))
    assert (said["receiver"], said["letter"], said["letter_day"]) == (Receiver.PAPER, "12/UQ", f"{DAY}")
    assert f"Văn bản ủy quyền: 12/UQ. Ngày văn bản: {DAY:%d/%m/%Y}" in timeline(waiting)[-1].text


def test_with_the_slip_alone_nothing_was_compared_and_the_log_does_not_say_so(
    world: World, waiting: Dossier
) -> None:
    said = give(world, waiting, with_slip=True)
    assert (said["receiver"], said["identity_checked"]) == (Receiver.SLIP, False)


def test_by_post_nobody_stands_at_the_counter(world: World, waiting: Dossier) -> None:
    said = give(world, waiting, STRANGER, method="post", postal_number="EB123456785VN")
    assert "receiver" not in said
    assert said["identity_checked"] is False


def test_the_first_role_that_fits_is_the_one() -> None:
    known = {Receiver.APPLICANT: {"1"}, Receiver.SUBMITTER: {"1", "2"}}
    assert [role_of(number, known) for number in "123"] == [Receiver.APPLICANT, Receiver.SUBMITTER, None]
