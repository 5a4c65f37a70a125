"""Periods of validity: from a date to a date, both inclusive, the end open while it is None."""

from datetime import date

from motcua.core.errors import RuleViolation


def require_order(valid_from: date, valid_to: date | None) -> None:
    """Raise RuleViolation when a period ends before it begins."""
    if valid_to is not None and valid_to < valid_from:
        raise RuleViolation("Ngày kết thúc trước ngày bắt đầu. Kiểm tra lại hai ngày.", field="valid_to")


def overlap(first: tuple[date, date | None], second: tuple[date, date | None]) -> bool:
    """Whether two periods share a day."""
    (from_1, to_1), (from_2, to_2) = first, second
    return (to_2 is None or from_1 <= to_2) and (to_1 is None or from_2 <= to_1)


def within(inner: tuple[date, date | None], outer: tuple[date, date | None]) -> bool:
    """Whether every day of `inner` lies in `outer`."""
    (inner_from, inner_to), (outer_from, outer_to) = inner, outer
    if inner_from < outer_from:
        return False
    return outer_to is None or (inner_to is not None and inner_to <= outer_to)


def require_within(inner: tuple[date, date | None], outer: tuple[date, date | None], *, what: str) -> None:
    """Raise RuleViolation when `inner` reaches outside the time in which `what` exists."""
    if not within(inner, outer):
        start, end = outer
        until = f" đến {end:%d-%m-%Y}" if end else ""
        raise RuleViolation(
            f"Thời gian phải nằm trong thời gian hiệu lực của {what} (từ {start:%d-%m-%Y}{until})."
        )


def earlier(first: date | None, second: date | None) -> date | None:
    """The earlier of two ends; an open end is later than any date."""
    ends = [end for end in (first, second) if end is not None]
    return min(ends) if ends else None
