"""Sources of national sign-on."""

from datetime import date

from motcua.accounts.models import IdentityLink, IdentityProvider, User
from motcua.core.errors import NotFound
from motcua.core.validity import in_force


def providers_at(day: date) -> list[IdentityProvider]:
    """Those used on a day."""
    return list(IdentityProvider.objects.filter(in_force(day)))


def all_providers() -> list[IdentityProvider]:
    """Every one, those that have ended too."""
    return list(IdentityProvider.objects.order_by("-valid_from", "code"))


def access_identity_provider(provider_id: int) -> IdentityProvider:
    """One of them. Raises NotFound."""
    if found := IdentityProvider.objects.filter(pk=provider_id).first():
        return found
    raise NotFound()


def linked_user(provider: IdentityProvider, subject: str) -> User | None:
    """The account that was linked to somebody at a provider."""
    rows = IdentityLink.objects.filter(provider=provider, subject=subject).select_related("user")
    found = rows.first()
    return found.user if found else None


def links_of(user: User) -> list[IdentityLink]:
    """Where else a person can sign in from."""
    return list(IdentityLink.objects.filter(user=user).select_related("provider"))
