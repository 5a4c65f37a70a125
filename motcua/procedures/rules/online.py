"""Levels of online service by date.

Nghị định 43/2011/NĐ-CP: levels 1 to 4. From 15-8-2022 Nghị định 42/2022/NĐ-CP: một phần and toàn trình. From 1-7-2026
Nghị định 224/2026/NĐ-CP: toàn trình is the rule, một phần must publish its reason.
"""

from datetime import date

from motcua.core.errors import RuleViolation

TWO_KINDS_SINCE = date(2022, 8, 15)
REASON_SINCE = date(2026, 7, 1)
NUMBERED = ("level_1", "level_2", "level_3", "level_4")
NAMED = ("partial", "full")
# [likely] a locality decides per procedure; this is where it starts from.
_SUCCESSOR = {"level_4": "full", "level_3": "partial", "level_2": "none", "level_1": "none"}
SUBMITTABLE = frozenset({"level_3", "level_4", "partial", "full"})


def levels_on(day: date) -> tuple[str, ...]:
    """The levels that the law knew on a day, least first."""
    return ("none", *(NAMED if day >= TWO_KINDS_SINCE else NUMBERED))


def level_on(level: str, day: date) -> str:
    """A level in the words of the law of a day: since 15-8-2022 level 4 is toàn trình and level 3 một phần."""
    return _SUCCESSOR.get(level, level) if day >= TWO_KINDS_SINCE else level


def takes_online(level: str) -> bool:
    """Whether a dossier may be filed online at this level (3, 4, một phần, toàn trình)."""
    return level in SUBMITTABLE


def check_level(level: str, reason: str, day: date) -> None:
    """Raise RuleViolation when the level does not exist on the day, or một phần lacks the reason that the law asks for."""
    _check_known(level, day)
    if level == "partial" and day >= REASON_SINCE and not reason.strip():
        raise RuleViolation(
            "Dịch vụ công trực tuyến một phần phải nêu lý do chưa toàn trình (Nghị định 224/2026/NĐ-CP). Ghi lý do.",
            field="partial_reason",
        )


def check_offered_level(level: str, day: date) -> None:
    """Raise RuleViolation when an agency's own level does not exist on the day; empty is the procedure's."""
    if level:
        _check_known(level, day)


def _check_known(level: str, day: date) -> None:
    if level not in levels_on(day):
        law = (
            "Nghị định 42/2022/NĐ-CP: một phần, toàn trình"
            if day >= TWO_KINDS_SINCE
            else "Nghị định 43/2011/NĐ-CP: mức độ 1 đến 4"
        )
        raise RuleViolation(
            f"Mức độ trực tuyến không có vào ngày {day:%d/%m/%Y}. Chọn theo {law}.", field="online_level"
        )
