"""Making one copy, and keeping the folder of copies."""

import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from motcua.core.backup import engines
from motcua.core.errors import RuleViolation
from motcua.core.moments import to_local

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
KEYS, FILES = ("secret_key", "keys", "seals", "demonstration"), ("files",)
STAMP = "%Y-%m-%d-%H%M%S"
UNFINISHED = ".dang-lam"


@dataclass(frozen=True)
class Copy:
    """One finished copy: a folder named by its local date and time."""

    folder: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the copy says of itself: moment, engine, versions, rows of each table. Raises RuleViolation without it."""
        try:
            return dict(json.loads((self.folder / MANIFEST).read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise RuleViolation(
                f"{self.folder} không phải một bản sao lưu: không đọc được {MANIFEST}."
            ) from error

    @property
    def database(self) -> Path:
        return self.folder / engines.NAMES[self.manifest["engine"]]

    def broken(self) -> list[str]:
        """Files that are missing or differ from their sum, and files that no sum speaks of."""
        pairs = (line.partition("  ") for line in self._sums())
        sums = {name: digest for digest, _, name in pairs}
        wrong = [name for name, wanted in sums.items() if _digest(self.folder / name) != wanted]
        stray = {path.name for path in self.folder.iterdir()} - {SUMS, *sums}
        return sorted({*wrong, *stray})

    def _sums(self) -> list[str]:
        try:
            return (self.folder / SUMS).read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise RuleViolation(f"{self.folder} không phải một bản sao lưu: thiếu {SUMS}.") from error


def make(place: Path, *, at: datetime, config: Path | None = None) -> Copy:
    """Copy the installation into a new folder of `place`, readable by its owner only. `at`: aware.

    Half a copy never looks like one: the folder gets its name when it is complete. Raises RuleViolation.
    """
    os.umask(0o077)
    name = to_local(at).strftime(STAMP)
    building = place / f"{name}{UNFINISHED}"
    building.mkdir(parents=True)
    if config and config.exists():
        shutil.copyfile(config, building / "motcua.env")
    _pack(building / "keys.tar", KEYS)
    rows = engines.dump(building / engines.NAMES[connection.vendor])
    _pack(building / "files.tar", FILES)
    _write(building / MANIFEST, json.dumps(_manifest(at, rows), ensure_ascii=False, indent=1))
    lines = [f"{_digest(path)}  {path.name}" for path in sorted(building.iterdir())]
    _write(building / SUMS, "\n".join(lines))
    return Copy(building.rename(place / name))


def _manifest(at: datetime, rows: dict[str, int]) -> dict[str, Any]:
    return {
        "at": at.isoformat(timespec="seconds"), "engine": connection.vendor, "server": engines.server_version(),
        "version": settings.VERSION, "rows": rows,
        "migrations": sorted(".".join(one) for one in MigrationRecorder(connection).applied_migrations()),
    }  # fmt: skip


def _pack(to: Path, names: tuple[str, ...]) -> None:
    with tarfile.open(to, "w") as tar:
        for name in names:
            if (path := Path(settings.HOME) / name).exists():
                tar.add(path, arcname=name)


def _write(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    if not path.exists():
        return ""
    with path.open("rb") as handle:
        return file_digest(handle, "sha256").hexdigest()


def _finished(place: Path) -> Iterator[tuple[datetime, Path]]:
    for path in sorted(place.iterdir()) if place.is_dir() else []:
        try:
            yield datetime.strptime(path.name, STAMP), path
        except ValueError:
            continue


def latest(place: Path) -> Copy:
    """The youngest finished copy of a folder. Raises RuleViolation when there is none."""
    found = [path for _, path in _finished(place)]
    if not found:
        raise RuleViolation(f"Trong {place} chưa có bản sao lưu nào. Chạy `motcua backup {place}` trước.")
    return Copy(found[-1])


def prune(place: Path, *, at: datetime, days: int) -> list[Path]:
    """Delete copies older than so many days; the youngest stays whatever its age. Gives what was deleted."""
    limit = to_local(at).replace(tzinfo=None) - timedelta(days=days)
    old = [path for made, path in list(_finished(place))[:-1] if made < limit]
    for path in old:
        shutil.rmtree(path)
    return old
