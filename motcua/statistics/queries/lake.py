"""Figures and reports from a lake of files, without a database: the same forms, the same meaning of figures, the engine of one's choice."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import Any

import pyarrow.compute as compute
import pyarrow.parquet as pq

from motcua.agencies.models import Agency, Level
from motcua.agencies.rules.codes import is_valid_code, to_new
from motcua.agencies.rules.settings import BY_KEY
from motcua.core.errors import NotFound, RuleViolation
from motcua.statistics.queries.counting import Cell, Key
from motcua.statistics.queries.lake_facets import COUNTED, figures
from motcua.statistics.queries.reports import fill, names_then, tests_of
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.standing import Bounds
from motcua.statistics.rules.figures import Test
from motcua.statistics.rules.lake import MANIFEST, Manifest, load
from motcua.statistics.rules.meaning import MEANING, Facet, Meaning
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import GROUPS, ReportForm
from motcua.statistics.rules.tables import ReportTable

Tables = tuple[Any, Any]  # dossiers, spells: tables of ibis
_BETWEEN, _NONE = "\x1f", "\x00"  # between classes, and for one that is not there, so that no test takes it


@dataclass(frozen=True)
class Lake:
    """A lake of files, read."""

    folder: Path
    manifest: Manifest

    @classmethod
    def at(cls, folder: Path) -> "Lake":
        """The lake in a folder. Raises RuleViolation when there is none."""
        path = folder / MANIFEST
        if not path.is_file():
            raise RuleViolation(
                f"Thư mục {folder} không phải kho số liệu. Tạo kho: motcua lake export {folder}"
            )
        return cls(folder, load(path.read_text(encoding="utf-8")))

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of a small table."""
        found: list[dict[str, Any]] = pq.read_table(self.folder / f"{name}.parquet").to_pylist()
        return found

    @cached_property
    def agencies(self) -> dict[int, Agency]:
        """Every agency, ended ones too, in the order of the tree."""
        rows = sorted(self.rows("agencies"), key=lambda row: row["path"])
        return {row["id"]: _agency(row) for row in rows}

    def agency(self, code: str) -> Agency:
        """The agency of an identifier in either form, the newest one. Raises NotFound."""
        plain = to_new(code) if is_valid_code(code.strip().upper()) else ""
        found = [agency for agency in self.agencies.values() if plain and agency.code == plain]
        if not found:
            raise NotFound(f"Trong kho không có cơ quan mang mã “{code}”.")
        return max(found, key=lambda agency: agency.valid_from)

    def is_by_minute(self, agency: Agency, on: date) -> bool:
        """Whether the agency judges lateness by the minute on a day: the nearest value up the tree."""
        rank = {pk: place for place, pk in enumerate([None, *agency.chain_ids])}
        rows = [
            row
            for row in self.rows("settings")
            if row["key"] == "standing_granularity" and row["agency_id"] in rank
        ]
        there = [
            row
            for row in rows
            if row["valid_from"] <= on and (row["valid_to"] is None or row["valid_to"] >= on)
        ]
        found = [json.loads(row["value"]) for row in sorted(there, key=lambda row: rank[row["agency_id"]])]
        return bool([BY_KEY["standing_granularity"].default, *found][-1] == "minute")

    # What rows of reports are called

    def fields(self, ids: Iterable[int]) -> dict[int, str]:
        """The names of fields."""
        wanted = set(ids)
        return {row["id"]: row["name"] for row in self.rows("fields") if row["id"] in wanted}

    def procedures(self, ids: set[int], window: Window) -> dict[int, str]:
        """The name that each procedure had at the end of the window, else its first one."""
        rows = [row for row in self.rows("procedures") if row["procedure_id"] in ids]
        rows.sort(key=lambda row: row["number"])
        return names_then(((row["procedure_id"], row["name"], row["valid_from"]) for row in rows), window)


def _agency(row: Mapping[str, Any]) -> Agency:
    level = Level(code=row["level"], rank=row["rank"]) if row["level"] else None
    names = ("code", "name", "kind", "parent_id", "path", "successor_id", "valid_from", "valid_to")
    return Agency(pk=row["id"], level=level, **{name: row[name] for name in names})


@dataclass(frozen=True)
class LakeScope(Scope):
    """A scope whose agencies are read from the lake."""

    lake: Lake | None = None

    @cached_property
    def _chain(self) -> dict[int, Agency]:
        assert self.lake is not None
        return {pk: row for pk, row in self.lake.agencies.items() if row.path.startswith(self.agency.path)}

    @cached_property
    def agencies(self) -> dict[int, Agency]:
        """The resolving agencies counted, ended ones included, by id."""
        return {
            pk: row for pk, row in self._chain.items() if self.below or self._house_id(row) == self.agency.pk
        }


def report(
    lake: Lake, tables: Tables, form: ReportForm, agency: Agency, window: Window, *, below: bool = False, period: str = "", basis: str = ""
) -> ReportTable:  # fmt: skip
    """The report as it stood when the window closed, or at the moment of the export while it ran then."""
    scope = LakeScope(agency, below or form.below, lake=lake)
    by_minute = lake.is_by_minute(agency, window.end)
    cells = count(
        lake, tables, scope, window, by=GROUPS[form.rows], tests=tests_of(form), by_minute=by_minute
    )
    return fill(form, scope, window, lake.manifest.as_of, cells, lake, period=period, basis=basis)


def count(
    lake: Lake, tables: Tables, scope: Scope, window: Window, *, by: Sequence[str] = (), tests: Iterable[str], by_minute: bool = False
) -> dict[Key, Cell]:  # fmt: skip
    """Counts of the tests by the groups, as `queries.counting` counts them in the database. Raises RuleViolation for what the
    lake does not hold.
    """
    meanings = {name: MEANING[Test(name)] for name in tests}
    wanted = list(dict.fromkeys(facet for meaning in meanings.values() for facet in meaning))
    if missing := [name for name, meaning in meanings.items() if not COUNTED.issuperset(meaning)]:
        raise RuleViolation(
            f"Kho chưa có số liệu để tính: {', '.join(missing)}. Lập biểu này từ cơ sở dữ liệu."
        )
    bounds = Bounds.of(window, lake.manifest.as_of)
    agencies = None if lake.agencies.keys() <= scope.agencies.keys() else scope.agencies
    expression = figures(*tables, bounds, agencies=agencies, by=by, wanted=wanted, by_minute=by_minute)
    cells: dict[Key, Cell] = {}
    found = expression.to_pyarrow()
    columns = [_named(scope, name, found[name].to_pylist()) for name in by]
    groups = zip(*columns, strict=True) if by else repeat(())
    met = _met(found, wanted, meanings)
    for key, names, n in zip(groups, met, found["n"].to_pylist(), strict=bool(by)):
        if names:
            counts = (cells.get(key) or cells.setdefault(key, Cell(key))).counts
            for name in names:
                counts[name] += n
    return cells


def _met(found: Any, wanted: Sequence[Facet], meanings: Mapping[str, Meaning]) -> list[list[str]]:
    """The tests that the dossiers of each row meet. Rows are many, combinations of classes few: each is looked at once."""
    columns = [compute.fill_null(found[facet.value].cast("string"), _NONE) for facet in wanted]
    joined = compute.binary_join_element_wise(*columns, _BETWEEN)
    sorted_as = joined.combine_chunks().dictionary_encode()
    known = [combination.split(_BETWEEN) for combination in sorted_as.dictionary.to_pylist()]
    tests = [_tests(dict(zip(wanted, classes, strict=True)), meanings) for classes in known]
    return [tests[place] for place in sorted_as.indices.to_pylist()]


def _named(scope: Scope, name: str, found: list[Any]) -> Iterable[Any]:
    return (scope.houses[value] for value in found) if name == "agency" else found


def _tests(sorted_as: Mapping[Facet, str], meanings: Mapping[str, Meaning]) -> list[str]:
    """The tests that dossiers of these classes meet."""
    return [
        name
        for name, meaning in meanings.items()
        if all(sorted_as[facet] in classes for facet, classes in meaning.items())
    ]


# Engines ----------------------------------------------------------------------------------------------------------------


@contextmanager
def duckdb(folder: Path) -> Iterator[Tables]:
    """The tables of a lake in DuckDB, inside this process."""
    import ibis

    engine = ibis.duckdb.connect()
    try:
        yield tuple(
            engine.read_parquet(str(folder / name / "*" / "*" / "*.parquet"), hive_partitioning=True)
            for name in ("dossiers", "spells")
        )
    finally:
        engine.disconnect()


@contextmanager
def spark(folder: Path) -> Iterator[Tables]:
    """The tables of a lake in Spark: the session that there is (spark-submit), else one of this machine. Raises RuleViolation
    without pyspark.
    """
    import ibis

    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise RuleViolation(
            "Chưa cài pyspark: pip install -r requirements/spark.txt (cần thêm Java 17)."
        ) from error
    running = SparkSession.getActiveSession()
    session = (
        running
        or SparkSession.builder.appName("motcua").config("spark.sql.session.timeZone", "UTC").getOrCreate()
    )
    engine = ibis.pyspark.connect(session)
    try:
        yield tuple(engine.read_parquet(str(folder / name)) for name in ("dossiers", "spells"))
    finally:
        if running is None:
            session.stop()


ENGINES: dict[str, Any] = {"duckdb": duckdb, "spark": spark}


def open_tables(engine: str, folder: Path) -> AbstractContextManager[Tables]:
    """The tables by an engine's name. Raises NotFound."""
    if engine not in ENGINES:
        raise NotFound(f"Không có bộ máy “{engine}”. Chọn một trong: {', '.join(ENGINES)}.")
    found: AbstractContextManager[Tables] = ENGINES[engine](folder)
    return found


NOT_HELD = frozenset(Facet) - COUNTED
