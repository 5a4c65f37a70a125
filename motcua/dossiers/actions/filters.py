"""How a person likes the inbox: filters under names of their own, columns. It concerns nobody else and is not logged."""

from collections.abc import Iterable

from motcua.accounts.actions import prefer
from motcua.accounts.models import User
from motcua.dossiers.models import SavedFilter
from motcua.dossiers.rules.columns import PREFERENCE, in_order


def keep_filter(name: str, query: str, *, actor: User) -> SavedFilter:
    """Keep a filter; the same name again replaces the earlier one."""
    return SavedFilter.objects.update_or_create(user=actor, name=name, defaults={"query": query})[0]


def drop_filter(filter_id: int, *, actor: User) -> None:
    """Drop one of one's own filters; nothing happens to anybody else's."""
    SavedFilter.objects.filter(user=actor, pk=filter_id).delete()


def choose_columns(codes: Iterable[str], *, actor: User) -> tuple[str, ...]:
    """Show these optional columns from now on; unknown ones are left out. Returns those kept."""
    kept = in_order(codes)
    prefer(PREFERENCE, list(kept), actor=actor)
    return kept
