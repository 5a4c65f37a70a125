"""Bringing a copy back into an empty place, and comparing what came back with what was there."""

import tarfile
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from motcua.core.backup import engines
from motcua.core.backup.copies import Copy
from motcua.core.errors import RuleViolation


class Difference(NamedTuple):
    """A table whose rows did not all come back, or more came than were there."""

    table: str
    wanted: int
    found: int

    def __str__(self) -> str:
        return f"bảng {self.table}: bản sao ghi {self.wanted} dòng, khôi phục được {self.found}"


def require_empty() -> None:
    """Raise RuleViolation when the place holds an installation already: nothing is ever written over."""
    home = Path(settings.HOME)
    if any((home / name).is_dir() and any((home / name).iterdir()) for name in ("keys", "seals", "files")):
        raise RuleViolation(
            f"{home} đã có khóa, niêm phong hoặc tệp của một hệ thống. Khôi phục vào nơi trống."
        )
    if connection.introspection.table_names():
        raise RuleViolation("Cơ sở dữ liệu đã có bảng. Khôi phục vào cơ sở dữ liệu trống.")


def load(copy: Copy) -> None:
    """Database, keys, seals and files of a copy into this empty place. Raises RuleViolation: broken copy, other engine."""
    if wrong := copy.broken():
        raise RuleViolation(f"Bản sao không nguyên vẹn, mã băm không khớp: {', '.join(wrong)}.")
    if copy.manifest["engine"] != connection.vendor:
        raise RuleViolation(
            f"Bản sao là của {copy.manifest['engine']}, cơ sở dữ liệu ở đây là {connection.vendor}. Sửa DATABASE_URL."
        )
    require_empty()
    engines.load(copy.database)
    for name in ("keys.tar", "files.tar"):
        with tarfile.open(copy.folder / name) as tar:
            tar.extractall(Path(settings.HOME), filter="data")


def differences(copy: Copy) -> list[Difference]:
    """Tables whose number of rows differs from the copy's account. Before any migration."""
    wanted, found = copy.manifest["rows"], engines.counts()
    return [
        Difference(table, wanted.get(table, 0), found.get(table, 0))
        for table in sorted({*wanted, *found})
        if wanted.get(table) != found.get(table)
    ]
