"""Partitions by year on PostgreSQL (docs/decisions/0063-partitions.md).

What hangs on a dossier and what nothing points to (tasks, papers, clock entries) is cut by the dossier's number, at the first
number of every year of reception: a dossier's rows lie together and its page reads one partition. Counts kept ready are cut by
their day. The dossier itself stays whole: its code and register number are unique over all years, and a unique constraint of a
partitioned table must contain the year. So does the log: (chain, seq) is unique for ever.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from motcua.core.errors import RuleViolation

DOSSIER = "dossiers_dossier"
BY_DOSSIER = ("dossiers_dossiertask", "dossiers_dossierpaper", "dossiers_clockentry")
BY_DAY = "statistics_halfcount"
KEYS = {**dict.fromkeys(BY_DOSSIER, "dossier_id"), BY_DAY: "start"}
# Asked about by `check` only, with the key that one would wish for.
WISHED = {DOSSIER: "received_on", "audit_event": "at"}
AHEAD = 2  # years of counts that have their partition before they come


@dataclass(frozen=True)
class Piece:
    """A partition: its name and its bounds as SQL, the upper one excluded."""

    name: str
    low: str
    high: str

    @property
    def bounds(self) -> str:
        """The clause that says so."""
        return f"FOR VALUES FROM ({self.low}) TO ({self.high})"


def _rows(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def require_postgresql() -> None:
    """Raises RuleViolation on another engine."""
    if connection.vendor != "postgresql":
        raise RuleViolation("Chỉ PostgreSQL chia bảng theo năm được; SQLite giữ mỗi bảng trong một tệp.")


def is_partitioned(table: str) -> bool:
    """Whether a table is cut already."""
    return bool(_rows("SELECT 1 FROM pg_partitioned_table WHERE partrelid = %s::regclass", table))


def pieces_of(table: str) -> list[tuple[str, str, int]]:
    """Name, bounds and estimated rows of each partition, in order of name."""
    sql = """SELECT c.relname, pg_get_expr(c.relpartbound, c.oid), GREATEST(c.reltuples, 0)::bigint
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = %s::regclass ORDER BY 1"""
    return [(name, bounds, number) for name, bounds, number in _rows(sql, table)]


def obstacles(table: str, key: str) -> list[str]:
    """What keeps a table from being cut by a column: uniqueness without it, references to the table, an unset column."""
    uniques = """SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %s::regclass AND indisunique AND NOT indisprimary
        AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = indrelid AND a.attname = %s AND a.attnum = ANY(indkey))"""
    pointing = "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND confrelid = %s::regclass ORDER BY 1"
    optional = "SELECT 1 FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s AND NOT attnotnull"
    said = [f"ràng buộc duy nhất không chứa {key}: {text}" for (text,) in _rows(uniques, table, key)]
    tables = sorted({name for (name,) in _rows(pointing, table)})
    said += [f"{len(tables)} bảng tham chiếu tới bằng id: {', '.join(tables)}"] if tables else []
    return said + ([f"{key} có lúc còn trống"] if _rows(optional, table, key) else [])


def check() -> list[str]:
    """For every table, in words: how it is cut, how it would be, or why it cannot be."""
    require_postgresql()
    said = []
    for table, key in (KEYS | WISHED).items():
        if is_partitioned(table):
            said.append(f"{table}: đã chia theo {key}")
            said += [f"  {name} {bounds}, khoảng {number} dòng" for name, bounds, number in pieces_of(table)]
        elif table in WISHED or obstacles(table, key):
            said.append(f"{table}: không chia theo {key}; {'; '.join(obstacles(table, key))}")
        else:
            names = ", ".join(piece.name for piece in _wanted(table))
            said.append(f"{table}: chia được theo {key} thành {names}")
    return said


@transaction.atomic
def apply(day: date) -> list[str]:
    """Cut what is whole, give the running year its partition where it has none. All or nothing; locks the tables meanwhile.

    Raises RuleViolation where something stands in the way. Returns what was done, in words.
    """
    require_postgresql()
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    done = []
    for table, key in KEYS.items():
        if is_partitioned(table):
            done += _advance(table, day)
            continue
        if blocked := obstacles(table, key):
            raise RuleViolation(f"Không chia được {table}: {'; '.join(blocked)}")
        pieces = _wanted(table)
        _cut(table, key, pieces)
        done.append(f"{table}: đã chia theo {key} thành {', '.join(piece.name for piece in pieces)}")
    _run("SET CONSTRAINTS ALL DEFERRED")
    return done


# Where to cut ---------------------------------------------------------------------------------------------------------


def _wanted(table: str) -> list[Piece]:
    return _by_day(table) if table == BY_DAY else _by_dossier(table)


def _by_dossier(table: str) -> list[Piece]:
    """From the first number of each year of reception to that of the next; the last one is open."""
    sql = """SELECT EXTRACT(YEAR FROM COALESCE(received_on, (submitted_at AT TIME ZONE interval '7 hours')::date))::int AS y, MIN(id)
        FROM dossiers_dossier WHERE received_on IS NOT NULL OR submitted_at IS NOT NULL GROUP BY 1 ORDER BY 1"""
    starts: list[tuple[int, int]] = []
    for year, first in _rows(sql):
        if not starts or first > starts[-1][1]:  # years entered out of order lie with those before
            starts.append((year, first))
    lows = ["MINVALUE", *(str(first) for _, first in starts[1:])]
    years = [year for year, _ in starts] or [1]
    highs = [*lows[1:], "MAXVALUE"]
    return [Piece(f"{table}_y{y:04d}", low, high) for y, low, high in zip(years, lows, highs, strict=True)]


def _by_day(table: str) -> list[Piece]:
    [(first, last)] = _rows(f"SELECT MIN(start), MAX(start) FROM {table}")  # noqa: S608
    return _years(table, first.year, last.year + AHEAD) if first else []


def _years(table: str, first: int, last: int) -> list[Piece]:
    return [Piece(f"{table}_y{y}", f"'{y}-01-01'", f"'{y + 1}-01-01'") for y in range(first, last + 1)]


# Cutting --------------------------------------------------------------------------------------------------------------


def _cut(table: str, key: str, pieces: list[Piece]) -> None:
    """Copy the table into a partitioned one with the same columns, constraints, indexes and triggers, under the same name."""
    _run(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
    kept, triggers = _definitions(table), _triggers(table)
    [(last,)] = _rows(f"SELECT COALESCE(MAX(id), 0) FROM {table}")  # noqa: S608
    fresh = f"{table}_new"
    _run(
        f"CREATE TABLE {fresh} (LIKE {table} INCLUDING DEFAULTS INCLUDING IDENTITY) PARTITION BY RANGE ({key})"
    )
    _make(fresh, table, pieces)
    _run(
        f"INSERT INTO {fresh} OVERRIDING SYSTEM VALUE SELECT * FROM {table}",  # noqa: S608
        f"DROP TABLE {table}",
        f"ALTER TABLE {fresh} RENAME TO {table}",
        f"ALTER SEQUENCE {fresh}_id_seq RENAME TO {table}_id_seq",
        f"SELECT setval('{table}_id_seq', {last + 1}, false)",
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_pkey PRIMARY KEY (id, {key})",
        *kept,
        *triggers,
        *_truncation_guards(triggers, table, pieces),
        f"ANALYZE {table}",
    )


def _make(parent: str, table: str, pieces: Iterable[Piece]) -> None:
    _run(*(f"CREATE TABLE {piece.name} PARTITION OF {parent} {piece.bounds}" for piece in pieces))
    if table == BY_DAY:  # of days outside all years
        _run(f"CREATE TABLE {table}_others PARTITION OF {parent} DEFAULT")


def _definitions(table: str) -> list[str]:
    """Statements that make the constraints and indexes anew, but for the primary key."""
    constraints = """SELECT format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE conrelid = %s::regclass AND contype <> 'p' ORDER BY contype, conname"""
    indexes = """SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %s::regclass AND NOT indisprimary
        AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)"""
    return [text for sql in (constraints, indexes) for (text,) in _rows(sql, table)]


def _triggers(table: str) -> list[str]:
    sql = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal ORDER BY tgname"
    return [text for (text,) in _rows(sql, table)]


def _truncation_guards(triggers: list[str], table: str, pieces: list[Piece]) -> list[str]:
    """Partitions inherit the triggers of rows, but not those that forbid emptying a table."""
    guards = [text for text in triggers if " TRUNCATE ON " in text]
    return [text.replace(f".{table} ", f".{piece.name} ") for text in guards for piece in pieces]


# The years that come --------------------------------------------------------------------------------------------------


def _advance(table: str, day: date) -> list[str]:
    """A partition for the running year, from the next number (or the year's first day) on."""
    present = {name for name, *_ in pieces_of(table)}
    if table == BY_DAY:
        made = [piece for piece in _years(table, day.year, day.year + AHEAD) if piece.name not in present]
        _run(*(f"CREATE TABLE {piece.name} PARTITION OF {table} {piece.bounds}" for piece in made))
        return [f"{table}: thêm {piece.name}" for piece in made]
    name = f"{table}_y{day.year}"
    if name in present:
        return []
    _run(f"LOCK TABLE {DOSSIER}, {table} IN SHARE ROW EXCLUSIVE MODE")
    [(following,)] = _rows(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {DOSSIER}")  # noqa: S608
    [(open_, bounds)] = [(n, b) for n, b, _ in pieces_of(table) if b.endswith("TO (MAXVALUE)")]
    closed = bounds.replace("TO (MAXVALUE)", f"TO ({following})")
    fresh = Piece(name, str(following), "MAXVALUE")
    _run(
        f"ALTER TABLE {table} DETACH PARTITION {open_}",
        f"ALTER TABLE {table} ATTACH PARTITION {open_} {closed}",
        f"CREATE TABLE {name} PARTITION OF {table} {fresh.bounds}",
        *_truncation_guards(_triggers(table), table, [fresh]),
    )
    return [f"{table}: thêm {name} từ hồ sơ số {following}"]
