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


def article(topic: str, day: date) -> str:
    """The article in force on a day for a topic, e.g. ("day_off", 2026-01-05) is khoản 5 Điều 148 BLDS
    2015.
    """
    starts, texts = _topics()[topic]
    return texts[bisect_right(starts, day) - 1]
