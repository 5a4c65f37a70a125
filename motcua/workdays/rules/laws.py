"""Which article a line of a derivation rests on, by the date of receipt. The rows are data:
data/laws.json.
"""

import json
from bisect import bisect_right
from datetime import date
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).resolve().parent.parent / "data" / "laws.json"


@lru_cache(maxsize=1)
def _topics() -> dict[str, tuple[list[date], list[str]]]:
    rows = json.loads(_FILE.read_text(encoding="utf-8"))["topics"]
    return {
        topic: ([date.fromisoformat(d) for d, _ in pairs], [t for _, t in pairs])
        for topic, pairs in rows.items()
    }


@lru_cache(maxsize=20_000)
def articles(day: date) -> dict[str, str]:
    """The articles in force on a day by topic, e.g. "day_off" on 5-1-2026 is khoản 5 Điều 148 BLDS 2015."""
    return {topic: texts[bisect_right(starts, day) - 1] for topic, (starts, texts) in _topics().items()}
