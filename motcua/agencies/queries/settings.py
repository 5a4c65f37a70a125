"""Dated settings: the value in force on a day, nearest up the tree."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from motcua.agencies.models import Agency, DatedSetting
from motcua.agencies.queries.memo import recall
from motcua.agencies.rules.settings import BY_KEY

_UNSET: Any = object()


def setting(key: str, agency: Agency | None, day: date, default: Any = _UNSET) -> Any:
    """The value in force on a legal date: of the agency, else of the nearest one above it, else the
    national one.

    Without a row: `default` if given, else the default of the registry. Raises KeyError for a key unknown
    to both.
    """
    found = settings_for([key], agency, day)
    if key in found:
        return found[key]
    return BY_KEY[key].default if default is _UNSET else default


def settings_for(keys: Iterable[str], agency: Agency | None, day: date) -> dict[str, Any]:
    """Values of several settings that have a row in force, in one statement; keys without a row are
    absent.
    """
    wanted = tuple(sorted(keys))
    path = agency.path if agency else ""
    return recall(("settings", wanted, path, day), lambda: _read(wanted, agency, day))


def all_settings(agency: Agency | None, day: date) -> dict[str, Any]:
    """Every known setting's value for an agency on a legal date, defaults included."""
    found = settings_for(BY_KEY, agency, day)
    return {key: found.get(key, known.default) for key, known in BY_KEY.items()}


def setting_history(key: str, agency: Agency | None) -> QuerySet[DatedSetting]:
    """All values that an agency itself (None: the nation) has had for a setting, newest first."""
    return DatedSetting.objects.filter(key=key, agency=agency).order_by("-valid_from")


def _read(keys: tuple[str, ...], agency: Agency | None, day: date) -> dict[str, Any]:
    chain = agency.chain_ids if agency else []
    rows = DatedSetting.objects.filter(DatedSetting.in_force(day), key__in=keys)
    rows = rows.filter(Q(agency=None) | Q(agency_id__in=chain)) if chain else rows.filter(agency=None)
    rank = {pk: position for position, pk in enumerate([None, *chain])}
    # Later writes win: the root first, the agency itself last.
    ordered = sorted(rows.values_list("key", "agency_id", "value"), key=lambda row: rank[row[1]])
    return {key: value for key, _, value in ordered}
