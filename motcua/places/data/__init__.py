"""The administrative units that ship with the software; where they are from: README.md."""

import gzip
import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "units.json.gz"


def shipped() -> dict[str, Any]:
    """The data file: {"source", "before", "since", "provinces", "districts", "communes"}; see README.md."""
    with gzip.open(FILE, "rt", encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
    return found
