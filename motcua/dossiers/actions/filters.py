"""Filters of the inbox that a person keeps under names of their own; they concern nobody else and are not logged."""

from motcua.accounts.models import User
from motcua.dossiers.models import SavedFilter


def keep_filter(name: str, query: str, *, actor: User) -> SavedFilter:
    """Keep a filter; the same name again replaces the earlier one."""
    return SavedFilter.objects.update_or_create(user=actor, name=name, defaults={"query": query})[0]


def drop_filter(filter_id: int, *, actor: User) -> None:
    """Drop one of one's own filters; nothing happens to anybody else's."""
    SavedFilter.objects.filter(user=actor, pk=filter_id).delete()
