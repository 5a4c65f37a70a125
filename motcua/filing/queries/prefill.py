"""What a draft begins with: what the person told before, shown to be checked, never more than they may see anyway."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from motcua.accounts.models import Assistance, Profile, User
from motcua.core.errors import NotFound
from motcua.core.identity import phone_text
from motcua.dossiers.models import DossierForm
from motcua.dossiers.queries import held_by
from motcua.eforms.rules.schema import Field, Schema
from motcua.eforms.rules.types import FieldType
from motcua.filing.queries.journey import Journey


def party_of(user: User, profile: Profile | None) -> dict[str, str]:
    """The person's own particulars."""
    if profile is None:
        return {"name": user.full_name, "phone": user.phone}
    return {
        "name": user.full_name,
        "identity_number": profile.identity_number,
        "identity_country": profile.document_country,
        "birth_date": f"{profile.birth_date:%d/%m/%Y}" if profile.birth_date else "",
        "gender": profile.gender,
        "phone": phone_text(profile.phone) if profile.phone else "",
        "email": profile.email,
        "address": profile.address,
    }


def party_in(visit: Assistance, account: User | None, profile: Profile | None) -> dict[str, str]:
    """The particulars of who is helped: what the visit says; the rest from their account where it may be used."""
    own = {
        "name": visit.full_name,
        "identity_number": visit.identity_number,
        "identity_country": visit.document_country,
        "phone": phone_text(visit.phone),
    }
    return (party_of(account, profile) if account else {}) | own


def _own(journey: Journey) -> dict[str, str]:
    if journey.visit:
        return party_in(journey.visit, journey.account, journey.profile)
    return party_of(journey.owner, journey.profile)


def party_for(journey: Journey, acting: str) -> dict[str, str]:
    """The particulars of whom one files for: oneself, an organisation, who gave an authorisation; empty for another."""
    if acting == "self":
        return _own(journey)
    found = next((one for one in journey.parties if one.key == acting), None)
    if found is None:
        return {}
    own = journey.profile
    contact = {"phone": phone_text(own.phone), "email": own.email} if own and own.phone else {}
    return contact | settled(journey, acting)


def settled(journey: Journey, acting: str) -> dict[str, str]:
    """The particulars that nobody may type in otherwise: names and numbers that an account proves or an organisation has."""
    found = next((one for one in journey.parties if one.key == acting), None)
    if found is None:
        return {}
    if found.organisation_id:
        return {"name": found.name, "tax_code": found.number}
    # Who is helped was named when the visit began: another person is another visit.
    named = journey.visit is not None
    proven = named or not found.is_self or (journey.profile is not None and journey.profile.is_proven)
    if not (proven and found.number):
        return {}
    return {"name": found.name, "identity_number": found.number, "identity_country": found.country}


def answers_of(schema: Schema, party: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """What of the form the person's particulars answer: fields that say so (`prefill`)."""
    known = {**party, "full_name": party["name"]}
    found: dict[str, dict[str, Any]] = {}
    for section, one in schema:
        if one.prefill and one.is_asked and (value := known.get(one.prefill)) and _fits(one, value):
            found.setdefault(section.key, {})[one.key] = value
    return found


def _fits(field: Field, value: str) -> bool:
    """Whether a text can be the answer: not a whole address, and of a choice one of its options."""
    if field.type is FieldType.CHOICE:
        return any(option.value == value for option in field.options)
    return field.type is not FieldType.ADDRESS


def keys_of(schema: Schema) -> dict[str, Collection[str]]:
    """The keys of the fields of each section."""
    return {section.key: {one.key for one in section.fields} for section in schema.sections}


def earlier(user: User, form_id: int, at: datetime) -> DossierForm | None:
    """The last form of the same kind that the person sent."""
    rows = DossierForm.objects.filter(dossier__in=held_by(user, at), form_version__form_id=form_id)
    return rows.select_related("dossier").order_by("-saved_at", "-revision").first()


def earlier_answers(user: User, dossier_id: int, at: datetime) -> dict[str, Any]:
    """What the person answered in one of their own dossiers. Raises NotFound for another's, or one without a form."""
    rows = DossierForm.objects.filter(dossier__in=held_by(user, at), dossier_id=dossier_id)
    found = rows.order_by("-revision").first()
    if found is None:
        raise NotFound("Không tìm thấy hồ sơ này trong các hồ sơ của bạn.")
    return dict(found.answers)


def completed(answers: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with what is still empty taken from others; signatures and declarations are never taken over."""
    kept: dict[str, Any] = {key: dict(value) for key, value in answers.items()}
    for section, values in more.items():
        own = kept.setdefault(section, {})
        for key, value in values.items():
            if not own.get(key) and value is not True and not (isinstance(value, dict) and "agree" in value):
                own[key] = value
    return kept
