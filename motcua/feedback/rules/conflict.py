"""Who may not handle a feedback: never the officer complained of; nor, by setting, who works under that officer."""

from collections.abc import Iterable

from motcua.core.errors import RuleViolation

# Roles that lead an agency or a division.
LEADING = frozenset({"leader", "chairperson", "division_head", "office_head"})


def barred(
    person: int, officer: int | None, places: Iterable[str], led: Iterable[str], *, bar_subordinates: bool
) -> str:
    """Why a person may not handle, verify, approve or publish; empty when nothing speaks against it.

    `places`: paths of the agencies where the person has posts; `led`: paths of those that the officer leads.
    """
    if officer is None:
        return ""
    if person == officer:
        return "Người bị phản ánh không được xử lý phản ánh về mình. Chọn người khác."
    if bar_subordinates and any(place.startswith(lead) for lead in led for place in places):
        return "Cấp dưới trực tiếp của người bị phản ánh không được xử lý. Chọn người khác hoặc chuyển cơ quan cấp trên."
    return ""


def require_free(said: str, *, field: str | None = None) -> None:
    """Raise RuleViolation with what speaks against a person."""
    if said:
        raise RuleViolation(said, field=field)
