"""What an application amounts to for reception."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from motcua.dossiers.rules.intake import Intake, PartyData
from motcua.eforms.rules.checks import day_of
from motcua.filing.rules.papers import PaperLine, handed_in


class Sent(Protocol):
    """The application, as far as it matters here."""

    office_id: Any
    resolving_id: Any
    procedure_id: Any
    form_version_id: Any
    case: Any
    limit_case: Any
    acting: Any
    party: Any
    delivery: Any


@dataclass(frozen=True)
class Owner:
    """Who sends it. `id`: their account; None for who is helped and has none yet."""

    id: int | None
    name: str
    identity_number: str
    phone: str
    email: str
    address: str
    identity_country: str = ""


def intake_of(
    sent: Sent,
    owner: Owner,
    kind: str,
    papers: Sequence[PaperLine],
    answers: Mapping[str, Any],
    *,
    quantities: Mapping[str, int] | None = None,
    exemption: str = "",
) -> Intake:
    """The intake. When somebody files for another, they are its submitter, with what gives them the right. `quantities`,
    `exemption`: what decides the fee, as the person answered it.
    """
    own = sent.acting == "self"
    return Intake(
        office_id=sent.office_id,
        procedure_id=sent.procedure_id,
        channel="online",
        applicant=_applicant(sent.party, kind),
        papers=handed_in(papers),
        resolving_agency_id=sent.resolving_id,
        case=sent.case,
        limit_case=sent.limit_case,
        submitter=None if own else _submitter(owner),
        authorisation="" if own else authorisation(sent.acting, sent.party),
        content=_content(sent.delivery),
        delivery=str(sent.delivery.get("way", "counter")),
        fee_quantities=dict(quantities or {}),
        exemption_reason=exemption,
        form_version_id=sent.form_version_id,
        answers=answers if sent.form_version_id else None,
        holder_id=owner.id,
        holder_right="owner" if own else "representative",
    )


def _applicant(party: Mapping[str, str], kind: str) -> PartyData:
    born = party.get("birth_date", "")
    return PartyData(
        kind=kind,
        name=party.get("name", ""),
        identity_number=party.get("identity_number", ""),
        tax_code=party.get("tax_code", ""),
        birth_date=day_of(born) if born else None,
        gender=party.get("gender", ""),
        phone=party.get("phone", ""),
        email=party.get("email", ""),
        address=party.get("address", ""),
        identity_country=party.get("identity_country", ""),
    )


def _submitter(owner: Owner) -> PartyData:
    return PartyData(
        "citizen",
        owner.name,
        identity_number=owner.identity_number,
        phone=owner.phone,
        email=owner.email,
        address=owner.address,
        identity_country=owner.identity_country,
    )


def authorisation(acting: str, party: Mapping[str, str]) -> str:
    """By what right somebody files for another: as they said, or as is recorded here."""
    if acting == "other":
        return party.get("authorisation", "")[:300]
    if acting.startswith("organisation/"):
        return "Người của tổ chức, đã ghi nhận trên hệ thống"
    return "Ủy quyền đã ghi nhận trên hệ thống"


def _content(delivery: Mapping[str, str]) -> str:
    if delivery.get("way") != "post":
        return ""
    return f"Nhận kết quả qua bưu chính công ích tại: {delivery.get('address', '')}"
