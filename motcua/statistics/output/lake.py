"""The lake's files: Parquet, a folder per province and year, and the manifest that says what is there.

Each partition is one file that takes the place of the one before it in a single step, so that who reads sees the old rows or the new
ones, never half. The manifest is written last. The same rows give the same bytes.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from motcua.core.errors import RuleViolation
from motcua.statistics.rules.lake import (
    LISTS,
    MANIFEST,
    PERSONAL,
    TABLES,
    Columns,
    Manifest,
    Part,
    Place,
    load,
)

GROUP = 120_000  # rows of a row group: what DuckDB and Spark like to take at once
WRITING = ".writing"
_TYPES: dict[str, pa.DataType] = {
    "int64": pa.int64(), "int32": pa.int32(), "string": pa.string(), "bool": pa.bool_(), "date": pa.date32(),
    "moment": pa.timestamp("us", tz="UTC"), "decimal": pa.decimal128(10, 2),
}  # fmt: skip
Rows = Iterable[dict[str, list[tuple[Any, ...]]]]


def schema_of(columns: Columns) -> pa.Schema:
    """The Arrow schema of a table; moments are UTC to the microsecond, amounts have two decimals."""
    return pa.schema([pa.field(name, _TYPES[kind]) for name, kind, _ in columns])


def batch_of(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows as columns."""
    columns: list[Any] = list(zip(*rows, strict=True)) or [[] for _ in schema]
    arrays = [pa.array(values, kind.type) for values, kind in zip(columns, schema, strict=True)]
    return pa.record_batch(arrays, schema=schema)


class Writer:
    """One Parquet file, written in groups of rows."""

    def __init__(self, path: Path, columns: Columns) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path, self.schema, self.rows = path, schema_of(columns), 0
        self._file = pq.ParquetWriter(path, self.schema, compression="zstd", write_statistics=True)
        self._waiting: list[pa.RecordBatch] = []
        self._count = 0

    def add(self, rows: list[tuple[Any, ...]]) -> None:
        """Further rows, as tuples in the order of the columns."""
        self.add_batch(batch_of(rows, self.schema))

    def add_batch(self, batch: pa.RecordBatch) -> None:
        """Further rows, already in columns."""
        self._waiting.append(batch)
        self._count += batch.num_rows
        if self._count >= GROUP:
            self._flush()

    def _flush(self) -> None:
        table = pa.Table.from_batches(self._waiting, self.schema)
        self._file.write_table(table, row_group_size=max(GROUP * 2, 1))
        self.rows, self._waiting, self._count = self.rows + self._count, [], 0

    def close(self) -> None:
        """Write what waits, and the footer; a file without rows still has its columns."""
        if self._waiting:
            self._flush()
        self._file.close()


class Store:
    """A lake's folder, open for writing by one export at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def locked(self) -> Iterator["Store"]:
        """Hold the folder. Raises RuleViolation while another export writes here, or when it cannot be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / ".lock").open("w")
        except OSError as error:
            raise RuleViolation(f"Không ghi được vào {self.folder}: {error.strerror}.") from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise RuleViolation(
                    f"Đang có lần xuất khác ghi vào {self.folder}. Đợi xong rồi chạy lại."
                ) from error
            shutil.rmtree(self.folder / WRITING, ignore_errors=True)
            yield self
            shutil.rmtree(self.folder / WRITING, ignore_errors=True)

    def manifest(self) -> Manifest | None:
        """What the last export left; None in a folder without one. Raises RuleViolation for one that cannot be read."""
        path = self.folder / MANIFEST
        return load(path.read_text(encoding="utf-8")) if path.exists() else None

    def write_place(self, place: Place, batches: Rows, *, personal: bool) -> tuple[Part, ...]:
        """Write a partition of every table, and put it in the place of the one before; nothing without dossiers."""
        columns = TABLES | (PERSONAL if personal else {})
        with ExitStack() as stack:
            files = {name: Writer(self._fresh(place.path(name)), kind) for name, kind in columns.items()}
            for file in files.values():
                stack.callback(file.close)
            for batch in batches:
                for name, rows in batch.items():
                    files[name].add(rows)
        if not files["dossiers"].rows:
            return ()
        return tuple(
            self._settle(place.path(name), file.rows, name in PERSONAL) for name, file in files.items()
        )

    def write_lists(self, lists: dict[str, list[tuple[Any, ...]]]) -> tuple[Part, ...]:
        """Write the small tables."""
        schemas = {name: schema_of(LISTS[name]) for name in lists}
        return tuple(
            self.write_table(f"{name}.parquet", LISTS[name], [batch_of(rows, schemas[name])])
            for name, rows in lists.items()
        )

    def write_table(self, path: str, columns: Columns, batches: Iterable[pa.RecordBatch]) -> Part:
        """Write one file from rows already in columns, and put it in the place of the one before."""
        file = Writer(self._fresh(path), columns)
        for batch in batches:
            file.add_batch(batch)
        file.close()
        return self._settle(path, file.rows, False)

    def finish(self, as_of: datetime, personal: bool, parts: Iterable[Part]) -> Manifest:
        """Remove what is no part of the lake any more, and say what is there."""
        made = Manifest(as_of, personal, tuple(sorted(parts)))
        known = {part.path for part in made.parts}
        for path in sorted(self.folder.glob("*/province=*/year=*/*.parquet")):
            if str(path.relative_to(self.folder)) not in known:
                path.unlink()
                _prune(path.parent, self.folder)
        fresh = self._fresh(MANIFEST)
        fresh.write_text(made.dump(), encoding="utf-8")
        os.replace(fresh, self.folder / MANIFEST)
        return made

    def _fresh(self, path: str) -> Path:
        fresh = self.folder / WRITING / path
        fresh.parent.mkdir(parents=True, exist_ok=True)
        return fresh

    def _settle(self, path: str, rows: int, private: bool) -> Part:
        fresh, target = self.folder / WRITING / path, self.folder / path
        if private:
            fresh.chmod(0o600)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = Part(path, rows, fresh.stat().st_size, digest(fresh))
        os.replace(fresh, target)
        return part


def _prune(folder: Path, top: Path) -> None:
    """Remove folders that are left empty."""
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def digest(path: Path) -> str:
    """SHA-256 of a file's content."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def broken(folder: Path, manifest: Manifest, *, whole: bool = False) -> list[str]:
    """The files that are not as the manifest says: missing or of another size, with `whole` of another content too."""
    return [part.path for part in manifest.parts if not _is_whole(folder / part.path, part, whole)]


def _is_whole(path: Path, part: Part, whole: bool) -> bool:
    there = path.is_file() and path.stat().st_size == part.size
    return there and (not whole or digest(path) == part.sha256)
