"""II.06a of a province over a synthetic lake of 5,000,000 dossiers: the one ibis expression on DuckDB beside DuckDB's own SQL written by
hand over the same files, in the same run; counts must be equal. PYTHONPATH=. python bench/lake.py [dossiers] [--spark]
"""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import django
import duckdb as engine
import numpy as np
import pyarrow as pa

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
django.setup()

from bench.machine import median, spread  # noqa: E402
from motcua.statistics.output.lake import GROUP, Store, schema_of  # noqa: E402
from motcua.statistics.queries.lake import Lake, open_tables, report  # noqa: E402
from motcua.statistics.rules.figures import number  # noqa: E402
from motcua.statistics.rules.lake import DOSSIERS, LISTS, SPELLS, Part, Place  # noqa: E402
from motcua.statistics.rules.periods import parse  # noqa: E402
from motcua.statistics.rules.reports import form_on  # noqa: E402

SEED, ROUNDS, YEARS = 20260101, 7, (2021, 2022, 2023, 2024, 2025)
AS_OF = datetime(2026, 1, 1, tzinfo=UTC)
COMMUNES, FIELDS, PROCEDURES = 124, 40, 400
DAY = 86_400_000_000  # microseconds
WINDOW = parse("2025-Q3").window
FIGURES = (
    "received_online", "received_direct", "carried", "resolved_before", "resolved_on", "resolved_late", "open_in_time", "open_late",
)  # fmt: skip


def build(folder: Path, amount: int) -> None:
    """The lake: a province, its communes, five years of dossiers received on working days, more of them each year."""
    chance, shares = np.random.default_rng(SEED), np.array([0.14, 0.17, 0.2, 0.23, 0.26])
    parts: list[Part] = []
    with Store(folder).locked() as store:
        parts += store.write_lists(_lists())
        first = 1
        for year, share in zip(YEARS, shares, strict=True):
            n = round(amount * share)
            dossiers, spells = _year(chance, year, first, n)
            place = Place("H40", year)
            parts.append(store.write_table(place.path("dossiers"), DOSSIERS, dossiers.to_batches(GROUP)))
            parts.append(store.write_table(place.path("spells"), SPELLS, spells.to_batches(GROUP)))
            first += n
        store.finish(AS_OF, False, parts)


def _lists() -> dict[str, list[tuple[Any, ...]]]:
    since = date(2020, 1, 1)
    agencies = [(1, "H40", "Tỉnh Lam Sơn", "committee", "province", 1, None, "/1/", None, since, None)]
    agencies += [
        (n, f"H40.{n}", f"UBND xã {n}", "committee", "commune", 3, 1, f"/1/{n}/", None, since, None)
        for n in range(2, COMMUNES + 2)
    ]
    procedures = [(n, f"1.{n:06d}", 1, f"Thủ tục {n}", since) for n in range(1, PROCEDURES + 1)]
    fields = [(n, f"Lĩnh vực {n}") for n in range(1, FIELDS + 1)]
    assert set(LISTS) == {"agencies", "fields", "procedures", "settings"}
    return {"agencies": agencies, "fields": fields, "procedures": procedures, "settings": []}


def _year(chance: np.random.Generator, year: int, first: int, n: int) -> tuple[pa.Table, pa.Table]:
    """One year: four fifths at the five busiest fields, a tenth sooner or later moved, two of a hundred late."""
    days = np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="datetime64[D]")
    days = days[np.is_busday(days)]
    received_on = np.sort(chance.choice(days, n))
    received = (
        received_on.astype("datetime64[us]").astype("int64")
        + chance.integers(0, int(DAY * 0.375), n)
        + DAY // 24
    )
    limit = chance.choice([1, 3, 5, 7, 10, 15, 20, 30], n, p=[0.2, 0.2, 0.15, 0.1, 0.15, 0.1, 0.06, 0.04])
    original_on = np.busday_offset(received_on, limit, roll="forward")
    moved = chance.random(n) < 0.06
    due_on = np.where(moved, np.busday_offset(original_on, 5, roll="forward"), original_on)
    before = np.maximum((limit * chance.beta(2, 2, n)).astype("int64"), 0)
    late = chance.random(n) < 0.02
    ended_on = np.where(late, np.busday_offset(due_on, chance.integers(1, 15, n), roll="forward"), np.busday_offset(received_on, before, roll="forward"))  # fmt: skip
    local = ended_on.astype("datetime64[us]").astype("int64") + chance.integers(DAY // 24, int(DAY * 0.4), n)
    ended = np.maximum(local, received + 60_000_000)
    ended_on = ((ended + 7 * DAY // 24) // DAY).astype("datetime64[D]")
    open_ = (chance.random(n) < 0.0005) | (ended >= int(AS_OF.timestamp() * 1e6))
    fate = chance.choice(["resolved", "refused", "stopped", "withdrawn"], n, p=[0.97, 0.01, 0.01, 0.01])
    status = np.where(fate == "resolved", "returned", fate)
    field = np.where(chance.random(n) < 0.8, chance.integers(1, 6, n), chance.integers(1, FIELDS + 1, n))
    agency = chance.integers(2, COMMUNES + 2, n)
    online = chance.random(n) < (0.1 + 0.15 * (year - 2021))
    end_of_day = 10 * DAY // 24 + DAY // 48  # 17:30 in Viet Nam is 10:30 UTC
    ids = np.arange(first, first + n)
    made: dict[str, Any] = {
        "dossier_id": ids, "status": np.where(open_, "in_review", status), "fate": np.where(open_, "open", fate),
        "channel": np.where(online, "online", "counter"), "procedure_id": chance.integers(1, PROCEDURES + 1, n),
        "online_level": np.full(n, "full"), "field_id": field, "agency_id": agency, "receiving_agency_id": agency,
        "agency_path": np.char.add(np.char.add("/1/", agency.astype("U4")), "/"), "away": np.zeros(n, bool),
        "received_at": received, "received_on": received_on, "original_due_on": original_on, "due_on": due_on,
        "original_due_at": original_on.astype("datetime64[us]").astype("int64") + end_of_day,
        "due_at": due_on.astype("datetime64[us]").astype("int64") + end_of_day,
        "ended_at": (ended, open_), "ended_on": (ended_on, open_), "ready_at": (ended, open_),
        "returned_at": (ended + DAY, open_), "late_cause": np.where(late & ~open_, "capacity", ""),
        "apologised_at": (ended, ~late | open_ | (chance.random(n) < 0.5)),
    }  # fmt: skip
    at = received + (chance.random(n) * limit * DAY).astype("int64")
    some = np.flatnonzero(moved & (open_ | (at < ended)))
    spells = {
        "dossier_id": ids[some], "kind": np.full(len(some), "due"), "until": at[some], "moment": made["original_due_at"][some],
        "moment_on": original_on[some],
    }  # fmt: skip
    return _table(DOSSIERS, made, n), _table(SPELLS, spells, len(some))


def _table(columns: Any, made: dict[str, Any], n: int) -> pa.Table:
    """Columns that are not made are empty."""
    arrays = []
    for kind in schema_of(columns):
        found = made.get(kind.name)
        values, empty = found if isinstance(found, tuple) else (found, None)
        arrays.append(
            pa.nulls(n, kind.type) if values is None else pa.array(values, mask=empty).cast(kind.type)
        )
    return pa.Table.from_arrays(arrays, schema=schema_of(columns))


_BY_HAND = """
WITH held AS (SELECT dossier_id, max(moment_on) AS due_on FROM read_parquet('{lake}/spells/*/*/*.parquet')
    WHERE kind = 'due' AND (since IS NULL OR since < $b) AND (until IS NULL OR until >= $b) GROUP BY 1)
SELECT field_id,
    count(*) FILTER (WHERE received_at >= $a AND received_at < $b AND channel = 'online'),
    count(*) FILTER (WHERE received_at >= $a AND received_at < $b AND channel <> 'online'),
    count(*) FILTER (WHERE received_at < $a),
    count(*) FILTER (WHERE ended_at < $b AND status IN ('returned', 'refused') AND ended_on < d.due_on),
    count(*) FILTER (WHERE ended_at < $b AND status IN ('returned', 'refused') AND ended_on = d.due_on),
    count(*) FILTER (WHERE ended_at < $b AND status IN ('returned', 'refused') AND ended_on > d.due_on),
    count(*) FILTER (WHERE (ended_at IS NULL OR ended_at >= $b) AND coalesce(held.due_on, d.due_on) >= $last),
    count(*) FILTER (WHERE (ended_at IS NULL OR ended_at >= $b) AND coalesce(held.due_on, d.due_on) < $last)
FROM read_parquet('{lake}/dossiers/*/*/*.parquet') d LEFT JOIN held USING (dossier_id)
WHERE received_at < $b AND (ended_at IS NULL OR ended_at >= $a) AND d.agency_path LIKE '/1/%' GROUP BY 1
"""


def by_hand(con: Any, folder: Path) -> list[int]:
    """The same figures by one statement written for them, by field."""
    bounds = {
        "a": datetime(2025, 6, 14, 17, tzinfo=UTC),
        "b": datetime(2025, 9, 14, 17, tzinfo=UTC),
        "last": WINDOW.end,
    }
    rows = con.execute(_BY_HAND.format(lake=folder), bounds).fetchall()
    return [sum(column) for column in list(zip(*rows, strict=True))[1:]]


def measure(folder: Path, name: str, rounds: int) -> None:
    """Interleaved rounds of the report and of the statement by hand."""
    lake, form, con = Lake.at(folder), form_on("ii-06a", WINDOW.end), engine.connect()
    agency = lake.agency("H40")
    seconds: dict[str, list[float]] = {"tay": [], "biểu": [], "tay, CPU": [], "biểu, CPU": []}
    with open_tables(name, folder) as tables:
        for _ in range(rounds + 1):
            expected = _timed(seconds, "tay", lambda: by_hand(con, folder))
            table = _timed(seconds, "biểu", lambda: report(lake, tables, form, agency, WINDOW, below=True))
    counted = [number(key, table.total) for key in FIGURES]
    hand, whole, hand_cpu, whole_cpu = (
        median(seconds[key][1:]) for key in ("tay", "biểu", "tay, CPU", "biểu, CPU")
    )
    print(
        f"II.06a từ kho {lake.manifest.rows('dossiers'):,} hồ sơ bằng {name}: {1000 * whole:.0f} ms; một câu DuckDB viết tay {1000 * hand:.0f} ms; tỷ số {whole / hand:.2f}"
    )
    print(
        f"  thời gian bộ xử lý: {1000 * whole_cpu:.0f} và {1000 * hand_cpu:.0f} ms; tỷ số {whole_cpu / hand_cpu:.2f}"
    )
    print(
        f"  thấp nhất / giữa / cao nhất, giây: {spread(seconds['biểu'][1:])}; viết tay {spread(seconds['tay'][1:])}; số khớp: {'có' if counted == expected else f'KHÔNG {counted} {expected}'}"
    )


def _timed(seconds: dict[str, list[float]], key: str, work: Callable[[], Any]) -> Any:
    start, cpu = perf_counter(), process_time()
    found = work()
    seconds[key].append(perf_counter() - start)
    seconds[f"{key}, CPU"].append(process_time() - cpu)
    return found


def main() -> None:
    numbers = [word for word in sys.argv[1:] if word.isdigit()]
    amount = int(numbers[0]) if numbers else 5_000_000
    with tempfile.TemporaryDirectory() as place:
        folder, start = Path(place), perf_counter()
        build(folder, amount)
        size = sum(path.stat().st_size for path in folder.rglob("*.parquet")) / 2**20
        print(f"kho {amount:,} hồ sơ, hạt giống {SEED}: {perf_counter() - start:.0f} giây, {size:.0f} MB")
        measure(folder, "duckdb", ROUNDS)
        if "--spark" in sys.argv:
            measure(folder, "spark", 2)


if __name__ == "__main__":
    main()
