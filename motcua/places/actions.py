"""Loading the administrative units that ship with the software."""

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from motcua.audit.actions import append
from motcua.core.text import fold
from motcua.places.data import shipped
from motcua.places.models import Succession, Unit
from motcua.places.rules.names import THREE_LEVELS_UNTIL, TWO_LEVELS_SINCE, short

BATCH = 2000
Level = Unit.Level


@transaction.atomic
def load_units(*, actor: AbstractBaseUser | None, at: datetime, data: dict[str, Any] | None = None) -> int:
    """Put both sets of units and their successions in; nothing when there are any. Returns how many came.

    Called by commands and by the building of the demonstration, never by a screen.
    """
    if Unit.objects.exists():
        return 0
    data = data or shipped()
    made = _Build()
    for code, name, districts in data["before"]:
        province = made.add(Level.PROVINCE, code, name, None, ended=True)
        for district_code, district_name, communes in districts:
            district = made.add(Level.DISTRICT, district_code, district_name, province, ended=True)
            for commune_code, commune_name in communes:
                made.add(Level.COMMUNE, commune_code, commune_name, district, ended=True)
    for code, name, communes in data["since"]:
        province = made.add(Level.PROVINCE, code, name, None)
        for commune_code, commune_name in communes:
            made.add(Level.COMMUNE, commune_code, commune_name, province)
    made.succeed(data)
    append(
        "setting/places",
        "places.loaded",
        actor=actor,
        at=at,
        data={"units": len(made.units), "source": data["source"]},
    )
    return len(made.units)


class _Build:
    """Collects rows with keys of their own, so that everything goes in with few statements."""

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self.known: dict[tuple[str, str, bool], Unit] = {}

    def add(self, level: str, code: str, name: str, parent: Unit | None, *, ended: bool = False) -> Unit:
        unit = Unit(
            code=code,
            level=level,
            name=name,
            parent=parent,
            valid_from=None if ended else TWO_LEVELS_SINCE,
            valid_to=THREE_LEVELS_UNTIL if ended else None,
            search_text=fold(name),
            short_text=short(name),
        )
        self.units.append(unit)
        self.known[level, code, ended] = unit
        return unit

    def succeed(self, data: dict[str, Any]) -> None:
        """Write the units, a level at a time (a part needs its whole's key), then their successions."""
        for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE):
            rows = [unit for unit in self.units if unit.level == level]
            for row in rows:
                row.parent = row.parent  # its key is known now
            Unit.objects.bulk_create(rows, batch_size=BATCH)
        pairs = [(Level.PROVINCE, Level.PROVINCE, old, new, 1) for old, new in data["provinces"]]
        pairs += [(Level.DISTRICT, Level.COMMUNE, old, new, 1) for old, new in data["districts"]]
        pairs += [
            (Level.COMMUNE, Level.COMMUNE, old, new, main)
            for old, heirs in data["communes"]
            for new, main in heirs
        ]
        Succession.objects.bulk_create(
            [
                Succession(
                    before=self.known[was, old, True], after=self.known[now, new, False], is_main=bool(main)
                )
                for was, now, old, new, main in pairs
            ],
            batch_size=BATCH,
        )
