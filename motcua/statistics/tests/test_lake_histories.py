"""Whatever happens to dossiers: the lake counts what the database counts."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import transaction

from motcua.core.moments import legal_date
from motcua.statistics.output.lake_export import export
from motcua.statistics.queries import Scope, count
from motcua.statistics.queries.lake import Lake, LakeScope, duckdb
from motcua.statistics.queries.lake import count as count_lake
from motcua.statistics.queries.standing import midnight
from motcua.statistics.testing import History, Stage, Step, make_stage, windows_closing
from motcua.statistics.tests.test_lake import HELD, counts

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),
]


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """One stage for all histories of this file, in a transaction that lasts as long as the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_stage()
        transaction.set_rollback(True)


def plan_of(seed: int, length: int) -> list[Step]:
    chance, gaps = Random(seed), (5, 60, 180, 500, 1440, 2880)
    return [
        Step(chance.choice(gaps), chance.randrange(1000), chance.randrange(100_000), chance.randrange(1000))
        for _ in range(length)
    ]


@pytest.mark.parametrize("seed", [2, 5])
def test_whatever_happened_the_lake_counts_as_the_database(stage: Stage, tmp_path: Path, seed: int) -> None:
    """Every month that closed in the history, and the one that still runs."""
    windows: list[Any] = []
    with transaction.atomic():
        history = History(stage, lambda at: windows.extend(windows_closing(at)[:1])).play(plan_of(seed, 260))
        running = next(w for n in range(1, 40) for w in windows_closing(midnight(legal_date(history.now) + timedelta(days=n))))  # fmt: skip
        export(tmp_path, as_of=history.now)
        lake, scope = Lake.at(tmp_path), Scope(stage.province, below=True)
        with duckdb(tmp_path) as tables:
            for window in (*windows, running):
                asked: dict[str, Any] = {
                    "by": ("agency", "field"),
                    "tests": HELD,
                    "by_minute": window is running,
                }
                expected = count(scope, window, at=history.now, **asked)
                found = count_lake(
                    lake, tables, LakeScope(lake.agency("H40"), True, lake=lake), window, **asked
                )
                assert counts(found) == counts(expected), window
                assert expected or not history.lives
        transaction.set_rollback(True)
