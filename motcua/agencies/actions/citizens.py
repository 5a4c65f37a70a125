"""What staff do about citizens' accounts: sources of national sign-on; people and organisations compared with their papers."""

from datetime import datetime

from django.db import transaction

from motcua.accounts import actions as accounts
from motcua.accounts.models import IdentityProvider, Organisation, Profile, User
from motcua.agencies.acting import powers, require_everywhere
from motcua.agencies.rules.permissions import Permission


@transaction.atomic
def save_identity_provider(
    source: accounts.Source, *, provider_id: int | None = None, actor: User, at: datetime
) -> IdentityProvider:
    """Add or change a source of national sign-on: for everybody, so by who may set settings everywhere. Raises NotFound."""
    require_everywhere(actor, at, Permission.SETTING_EDIT)
    return accounts.save_identity_provider(source, provider_id=provider_id, actor=actor, at=at)


@transaction.atomic
def confirm_organisation(organisation_id: int, *, actor: User, at: datetime) -> Organisation:
    """Note that the registration paper was seen, by who receives dossiers somewhere. Raises NotFound otherwise."""
    powers(actor, at).require_any(Permission.DOSSIER_RECEIVE)
    return accounts.confirm_organisation(organisation_id, actor=actor, at=at)


@transaction.atomic
def prove_citizen(contact: str, shown: accounts.Shown, *, actor: User, at: datetime) -> Profile:
    """Note that a person showed the document that their account declares, by who receives dossiers somewhere. Raises NotFound
    otherwise.
    """
    powers(actor, at).require_any(Permission.DOSSIER_RECEIVE)
    return accounts.prove_by_papers(contact, shown, actor=actor, at=at)
