"""Dated settings: the value in force on a day, nearest up the tree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from motcua.agencies.models import Agency, DatedSetting
from motcua.agencies.queries.memo import recall
from motcua.agencies.rules.settings import BY_KEY, CERTAINTY_NAMES, Setting, describe
from motcua.core.errors import NotFound

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


def access_setting(pk: int) -> DatedSetting:
    """One dated value. Raises NotFound."""
    found = DatedSetting.objects.select_related("agency").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


@dataclass(frozen=True)
class SettingLine:
    """A known setting as a line of the list: its value in force, and where that comes from."""

    known: Setting
    text: str
    source: str
    origin: str
    certainty: str


def setting_lines(agency: Agency | None, day: date) -> list[SettingLine]:
    """Every known setting with the value that an agency (None: the nation) has on a legal date, in one
    statement.
    """
    rows = _in_force(tuple(BY_KEY), agency, day)
    return [_line(known, rows.get(known.key), agency) for known in BY_KEY.values()]


@dataclass(frozen=True)
class SettingSheet:
    """One setting with everything that its page shows."""

    line: SettingLine
    history: list[tuple[DatedSetting, str, bool]]


def setting_sheet(key: str, agency: Agency | None, day: date) -> SettingSheet:
    """One setting's value in force, and its own past and coming values as (row, text, may be withdrawn)."""
    line = _line(BY_KEY[key], _in_force((key,), agency, day).get(key), agency)
    history = [(row, describe(key, row.value), row.valid_from > day) for row in setting_history(key, agency)]
    return SettingSheet(line, history)


def _line(known: Setting, row: DatedSetting | None, agency: Agency | None) -> SettingLine:
    value = known.default if row is None else row.value
    origin = "mặc định" if row is None else "chung" if row.agency is None else row.agency.name
    certainty = CERTAINTY_NAMES[known.certainty] if row is None else ""
    source = known.source if row is None else row.source
    return SettingLine(known, describe(known.key, value), source, origin, certainty)


def _read(keys: tuple[str, ...], agency: Agency | None, day: date) -> dict[str, Any]:
    return {key: row.value for key, row in _in_force(keys, agency, day).items()}


def _in_force(keys: tuple[str, ...], agency: Agency | None, day: date) -> dict[str, DatedSetting]:
    """The nearest row of each setting that has one."""
    chain = agency.chain_ids if agency else []
    rows = DatedSetting.objects.filter(DatedSetting.in_force(day), key__in=keys).select_related("agency")
    rows = rows.filter(Q(agency=None) | Q(agency_id__in=chain)) if chain else rows.filter(agency=None)
    rank = {pk: position for position, pk in enumerate([None, *chain])}
    # Later writes win: the nation first, the agency itself last.
    return {row.key: row for row in sorted(rows, key=lambda row: rank[row.agency_id])}
