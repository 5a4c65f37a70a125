"""A second place for the seals' hashes: a text file beside the database, so that seals cut off its end show.

Copy it to another machine, print it, publish it: the more places know a hash, the harder the past is to
rewrite.
"""

import json
from pathlib import Path

from django.conf import settings

from motcua.audit.models import Seal


def _folder() -> Path:
    return Path(settings.HOME) / "seals"


def _path() -> Path | None:
    """The book of this database, named by its first seal: another database here has another book."""
    first = Seal.objects.filter(number=1).values_list("hash", flat=True).first()
    return _folder() / f"seals-{first[:16]}.jsonl" if first else None


def write(number: int, seal_hash: str) -> None:
    """Add one line."""
    path = _path()
    if path is None:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as book:
        book.write(json.dumps({"number": number, "hash": seal_hash}) + "\n")


def read() -> dict[int, str]:
    """Number -> hash as the book has them; empty when there is no book."""
    path = _path()
    if path is None or not path.exists():
        return {}
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return {line["number"]: line["hash"] for line in lines}
