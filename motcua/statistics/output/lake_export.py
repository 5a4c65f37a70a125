"""An export from end to end: which years, their rows, their files, the manifest."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from motcua.statistics.output.lake import Store
from motcua.statistics.queries.lake_places import (
    all_years,
    changed_everywhere,
    lists,
    one_moment,
    roots,
    years_of,
)
from motcua.statistics.queries.lake_rows import batches, touched_since
from motcua.statistics.rules.lake import Manifest, Part, Place, kept, require_continuation

Tell = Callable[[str], object]


def export(
    folder: Path, *, as_of: datetime, since: datetime | None = None, personal: bool = False, tell: Tell = lambda line: None
) -> Manifest:  # fmt: skip
    """Write the lake as the database stands. With `since` only the years of dossiers that changed from that moment on are written
    anew: all of them when agencies or seats changed. Without a lake there everything is written. The caller has asked for the
    right and logged it. Raises RuleViolation.
    """
    with Store(folder).locked() as store, one_moment():
        before = store.manifest() if since else None
        years, parts = all_years(), list[Part]()
        if before and since:
            require_continuation(before, since, personal)
            years = sorted(_touched(since, years))
            parts += kept(before, years, personal)
        for root in roots():
            for year in years:
                place = Place(root.name, year)
                made = store.write_place(
                    place, batches(root, year, as_of=as_of, personal=personal), personal=personal
                )
                parts += made
                if made:
                    tell(f"{place.province} năm {year}: {made[0].rows} hồ sơ")
        parts += store.write_lists(lists())
        return store.finish(as_of, personal, parts)


def _touched(since: datetime, years: list[int]) -> set[int]:
    if changed_everywhere(since):
        return set(years)
    return {year for ids in touched_since(since) for year in years_of(ids)}
