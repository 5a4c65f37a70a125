"""What changed between two versions, part by part, in the words of the legal sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Sheet = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class PartChange:
    """One part that differs. For lists: the lines that came and the lines that went; for texts one of each."""

    label: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


def compare(before: Sheet, after: Sheet) -> tuple[PartChange, ...]:
    """Every part that differs, in the order of the newer sheet."""
    labels = [*after, *(label for label in before if label not in after)]
    found = (_part(label, before.get(label, ""), after.get(label, "")) for label in labels)
    return tuple(change for change in found if change is not None)


def _part(label: str, before: str | Sequence[str], after: str | Sequence[str]) -> PartChange | None:
    old, new = _lines(before), _lines(after)
    if old == new:
        return None
    gone = tuple(line for line in old if line not in new)
    come = tuple(line for line in new if line not in old)
    # Only the order or a repetition differs: show both whole.
    return PartChange(label, gone, come) if gone or come else PartChange(label, old, new)


def _lines(value: str | Sequence[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(value)
