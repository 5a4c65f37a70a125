"""How long a draft lives, and what of it survives a change of the procedure or of its form."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from motcua.core.errors import RuleViolation

MOST_DRAFTS = 20  # of one person at a time: more are forgotten ones, or a machine's


def expiry(at: datetime, days: int) -> datetime:
    """Until when a draft last touched at `at` is kept."""
    return at + timedelta(days=days)


def require_few(count: int) -> None:
    """Raise RuleViolation when a person has as many drafts as they may have."""
    if count >= MOST_DRAFTS:
        raise RuleViolation(
            f"Bạn đang có {count} bản nháp. Nộp hoặc bỏ bớt bản nháp trong “Hồ sơ đang soạn” rồi bắt đầu hồ sơ mới."
        )


def is_stale(known: int, stored: int) -> bool:
    """Whether somebody writes who has not seen the last change: another device was here in between."""
    return known != stored


def carried(answers: Mapping[str, Any], fields: Mapping[str, Collection[str]]) -> dict[str, Any]:
    """The answers of an older form that a newer one still asks for: those of the same section and key. `fields`: section -> keys."""
    kept: dict[str, Any] = {}
    for section, keys in fields.items():
        given = answers.get(section)
        if isinstance(given, Mapping) and (same := {k: v for k, v in given.items() if k in keys}):
            kept[section] = same
    return kept
