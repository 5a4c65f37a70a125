"""What would follow if the dossier were received now: shown to the clerk and the citizen before anything is saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.accounts.models import User
from motcua.agencies.models import OneStopOffice
from motcua.agencies.queries import Authority
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.identity import IdentityKind, identity_kind, identity_warnings
from motcua.core.moments import to_local, to_utc
from motcua.counter.queries.desk import Option
from motcua.counter.queries.people import earlier_people, open_twins
from motcua.dossiers.actions import Reception, prepare
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.queries.catalogue import fees
from motcua.dossiers.queries.reference import Desk as Reference
from motcua.dossiers.rules.intake import Intake, PartyData
from motcua.procedures.rules.fees import Bill, Per, reasons
from motcua.workdays.rules.calendar import weekday_name
from motcua.workdays.rules.events import History
from motcua.workdays.rules.explain import Derivation, derive

NO_COUNTRY = "Hộ chiếu chưa có nước cấp: ghi thêm để tài khoản mang hộ chiếu này thấy được hồ sơ và kết quả."


@dataclass(frozen=True)
class Person:
    """What is known about one person on the form: earlier statements, contradictions in the numbers."""

    earlier: list[Party] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """`derivation` is None for a procedure without time limit, while none is chosen, or with a `problem`."""

    option: Option | None = None
    derivation: Derivation | None = None
    due_at: datetime | None = None
    limit_text: str = ""
    statutory_text: str = ""
    problem: str = ""
    bill: Bill = field(default_factory=Bill)
    exemptions: tuple[str, ...] = ()
    exemption_reason: str = ""
    counts_copies: bool = False
    counts_pages: bool = False
    duplicates: list[Dossier] = field(default_factory=list)
    applicant: Person = Person()
    submitter: Person = Person()

    @property
    def weekday(self) -> str:
        """The day of the week on which the result is due: "thứ Hai"."""
        return weekday_name(to_local(self.due_at).date()) if self.due_at else ""


@dataclass(frozen=True)
class Asked:
    """The form as far as it is filled in."""

    option: Option | None
    office: OneStopOffice
    channel: str = "counter"
    case: str = ""
    limit_case: str = ""
    quantities: Mapping[str, int] = field(default_factory=dict)
    exemption_reason: str = ""
    applicant: Mapping[str, Any] = field(default_factory=dict)
    submitter: Mapping[str, Any] = field(default_factory=dict)


def preview(asked: Asked, authority: Authority, *, actor: User, at: datetime) -> Preview:
    """Appointment with its derivation, fees, likely duplicates, warnings. Nothing is saved."""
    people: dict[str, Any] = {
        "applicant": _person(authority, asked.applicant),
        "submitter": _person(authority, asked.submitter),
    }
    if asked.option is None:
        return Preview(**people)
    shared = {
        "option": asked.option,
        "duplicates": open_twins(authority, asked.option.offering.procedure_id, asked.applicant),
        **people,
    }
    try:
        reception = prepare(Reference(actor, at), _intake(asked))
        return Preview(**shared, **_appointment(reception, at), **_fees(reception, asked, actor, at))
    except (RuleViolation, NotFound) as error:
        return Preview(**shared, problem=error.message)


def _intake(asked: Asked) -> Intake:
    """Only what reception rests on; the people come later."""
    assert asked.option
    return Intake(
        office_id=asked.office.pk,
        procedure_id=asked.option.offering.procedure_id,
        resolving_agency_id=asked.option.offering.agency_id,
        channel=asked.channel,
        case=asked.case,
        limit_case=asked.limit_case,
        applicant=PartyData("citizen", ""),
        fee_quantities=asked.quantities,
        exemption_reason=asked.exemption_reason,
    )


def _appointment(reception: Reception, at: datetime) -> dict[str, Any]:
    limits, basis = reception.limits, reception.basis
    history = History(limits.effective, to_local(at), (), basis.rule, basis.article, basis.reception_cutoff)
    told = derive(history, Reference(None, at).calendar(reception.resolving))  # type: ignore[arg-type]  # reads only: nobody acts
    shorter = limits.reduced is not None and limits.reduced != limits.statutory
    return {
        "derivation": told,
        "due_at": to_utc(told.due_at) if told.due_at else None,
        "limit_text": limits.effective.describe(),
        "statutory_text": limits.statutory.describe() if shorter else "",
    }


def _fees(reception: Reception, asked: Asked, actor: User, at: datetime) -> dict[str, Any]:
    lines = fees(Reference(actor, at), reception.version.procedure_id, asked.channel, reception.resolving)
    per = {line.per for line in lines}
    return {
        "bill": reception.bill,
        "exemptions": reasons(lines),
        "exemption_reason": asked.exemption_reason,
        "counts_copies": bool(per & {Per.COPY, Per.PAGE}),
        "counts_pages": Per.PAGE in per,
    }


def _person(authority: Authority, known: Mapping[str, Any]) -> Person:
    number = known.get("identity_number") or ""
    earlier = earlier_people(
        authority,
        identity_number=number,
        tax_code=known.get("tax_code") or "",
        phone=known.get("phone") or "",
    )
    return Person(
        [party for party in earlier if not _same(party, known)],
        _warnings(number, known) if number else [],
    )


def _warnings(number: str, known: Mapping[str, Any]) -> list[str]:
    """What contradicts the number; of a passport that nobody says the country of, what follows from it."""
    if known.get("identity_country"):
        return []
    if identity_kind(number) is IdentityKind.PASSPORT:
        return [NO_COUNTRY]
    return identity_warnings(number, known.get("birth_date"), known.get("gender") or "")


def _same(party: Party, known: Mapping[str, Any]) -> bool:
    """Already taken over: nothing to offer."""
    return all(getattr(party, name) == known.get(name, "") for name in ("name", "phone", "address"))
