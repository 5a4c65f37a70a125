"""Who takes a result: the number that was typed in, held against those who may."""

from typing import Any

from motcua.accounts.queries import agents_of, representatives_of
from motcua.core import identity
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import receivers
from motcua.dossiers.rules.receivers import Letter, Receiver


def identify(
    desk: Desk, dossier: Dossier, text: str, *, with_slip: bool, method: str, letter: Letter
) -> dict[str, Any]:
    """What the log says of the receiver: as what they receive, and by which paper; never their number. At the counter without
    the slip a number is needed; one that is typed is always compared. Raises RuleViolation for a stranger without a paper.
    """
    if method != "counter":
        return {"identity_checked": False}
    number = identity.compact(text)
    if not with_slip or letter.is_given:
        receivers.require_number(number)
    if not number:
        return {"receiver": Receiver.SLIP.value, "identity_checked": False}
    role = receivers.role_of(number, _known(desk, dossier))
    if role is None:
        return _by_letter(desk, number, letter)
    return {"receiver": role.value, "identity_checked": True}


def _by_letter(desk: Desk, number: str, letter: Letter) -> dict[str, Any]:
    """Somebody whom nothing here names: by the paper that they brought."""
    identity.identity_number(number)
    if not letter.is_given:
        raise receivers.stranger()
    receivers.require_letter(letter, desk.day)
    paper = {"letter": letter.number.strip()[:200], "letter_day": f"{letter.day}"}
    return {"receiver": Receiver.PAPER.value, "identity_checked": True, **paper}


def _known(desk: Desk, dossier: Dossier) -> dict[Receiver, set[str]]:
    whose, brought = dossier.applicant, dossier.submitter
    return {
        Receiver.APPLICANT: _own(whose),
        Receiver.SUBMITTER: _own(brought) if brought else set(),
        Receiver.AUTHORISED: _agents(desk, dossier, whose),
    }


def _own(party: Party) -> set[str]:
    return {party.identity_number} - {""}


def _agents(desk: Desk, dossier: Dossier, whose: Party) -> set[str]:
    found = representatives_of(whose.tax_code, desk.day)
    if whose.identity_number:
        code = dossier.procedure.code
        found |= agents_of(whose.identity_number, whose.identity_country, desk.day, code)
    return found
