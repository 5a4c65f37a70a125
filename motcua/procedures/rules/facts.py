"""What a file of the national portal can say of a procedure, part by part, and how it joins what is already known.

A source updates only the parts that it knows: the CSV form knows the first limit of each channel and how many papers
there are; the JSON form knows every limit, the papers and the documents, but not the levels or the decision. None
means "this source does not say". Merging is idempotent, so two sources that agree never make versions in turn.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from motcua.core.errors import RuleViolation
from motcua.procedures.rules.limits import as_limit

CHANNELS = ("online", "post", "counter")


@dataclass(frozen=True)
class LimitRow:
    """A time limit and fee. `unit` is a code of workdays' units or "" (not settled); `unit_text` the words of an unknown one.

    `case` and `description` are known only to this software and follow the row as long as its figures stay.
    """

    amount: Decimal | None = None
    unit: str = ""
    unit_text: str = ""
    fee_dong: int | None = None
    case: str = ""
    description: str = ""

    @property
    def figures(self) -> tuple[Any, ...]:
        """What a file says of the row."""
        return (self.amount, self.unit, self.unit_text, self.fee_dong)


Channels = dict[str, tuple[LimitRow, ...]]


def by_channel(rows: Sequence[tuple[str, LimitRow]]) -> Channels:
    """Limits of a draft, in the order given, by channel: first the one that names no case, then those for cases.

    A limit whose unit is settled loses the words of the unknown unit. Raises RuleViolation when a channel has no limit
    that names no case, or two for the same case: reception could not tell which holds; and for a fraction of a calendar
    day or a month.
    """
    for _, row in rows:
        as_limit(row.amount, row.unit)
    found: dict[str, list[LimitRow]] = {}
    for channel, row in rows:
        found.setdefault(channel, []).append(replace(row, unit_text="") if row.unit else row)
    return {channel: _general_first(found[channel]) for channel in CHANNELS if channel in found}


def _general_first(rows: list[LimitRow]) -> tuple[LimitRow, ...]:
    named = [row.case for row in rows if row.case]
    general = next((row for row in rows if not row.case), None)
    if general is None:
        raise RuleViolation(
            f"Có thời hạn cho trường hợp “{named[0]}” mà chưa có thời hạn chung của cách thức đó. "
            "Thêm một dòng cùng cách thức, để trống trường hợp."
        )
    if len(set(named)) < len(named):
        twice = next(case for case in named if named.count(case) > 1)
        raise RuleViolation(f"Trường hợp “{twice}” ghi hai lần trong một cách thức. Giữ lại một dòng.")
    return (general, *(row for row in rows if row is not general))


@dataclass(frozen=True)
class PaperFact:
    """One required paper; 0 originals and 0 copies is a note. `note`: what stands beside it, None where the form does not say."""

    case: str
    name: str
    originals: int
    copies: int
    note: str | None = None


@dataclass(frozen=True)
class ResultFact:
    """A result; the CSV form gives codes only (`name` None)."""

    code: str
    name: str | None


@dataclass(frozen=True)
class Facts:
    """Everything that the two forms say of one procedure. `first_rows_only`: other rows of a channel may exist."""

    code: str
    name: str | None = None
    field: str | None = None
    levels_text: str | None = None
    category: str | None = None
    decision_number: str | None = None
    issuer: str | None = None
    audiences: tuple[str, ...] | None = None
    agency_text: str | None = None
    portal_id: str | None = None
    channels: Channels | None = None
    first_rows_only: bool = False
    channel_count: int | None = None
    papers: tuple[PaperFact, ...] | None = None
    paper_count: int | None = None
    results: tuple[ResultFact, ...] | None = None
    bases: tuple[str, ...] | None = None
    basis_count: int | None = None


PARTS = tuple(f.name for f in fields(Facts) if f.name not in ("code", "first_rows_only"))
TEXT_PARTS = (
    "name", "field", "levels_text", "category", "decision_number", "issuer", "audiences", "agency_text", "portal_id",
)  # fmt: skip


def part_hashes(facts: Facts) -> dict[str, str]:
    """A short hash of each part that the facts know."""
    return {part: _hash(getattr(facts, part)) for part in PARTS if getattr(facts, part) is not None}


def content_hash(facts: Facts) -> str:
    """SHA-256 over every known part."""
    text = json.dumps([facts.code, part_hashes(facts)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _hash(value: Any) -> str:
    if isinstance(value, str):
        return hashlib.sha256(value.encode()).hexdigest()[:16]
    text = json.dumps(value, default=_plain, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, LimitRow):
        return list(value.figures)
    if isinstance(value, PaperFact):
        figures = [value.case, value.name, value.originals, value.copies]
        return [*figures, value.note] if value.note else figures
    return [value.code, value.name]


def changed_only(facts: Facts, before: dict[str, str]) -> Facts:
    """The facts without the parts that the same form said in the same words at its last import."""
    now = part_hashes(facts)
    same: dict[str, Any] = {part: None for part, mark in now.items() if before.get(part) == mark}
    return replace(facts, **same)


def says_nothing(facts: Facts) -> bool:
    """Whether no part is known."""
    return all(getattr(facts, part) is None for part in PARTS)


def merge(current: Facts, incoming: Facts) -> Facts:
    """`current` with what `incoming` knows. Idempotent: merge(merge(a, b), b) == merge(a, b)."""
    changes: dict[str, Any] = {
        part: value for part in TEXT_PARTS if (value := getattr(incoming, part)) is not None
    }
    if incoming.channels is not None:
        changes["channels"] = _merge_channels(current.channels or {}, incoming)
    if incoming.papers is not None:
        changes["papers"] = _merge_papers(current.papers or (), incoming.papers)
    if incoming.results is not None:
        changes["results"] = _merge_results(current.results or (), incoming.results)
    if incoming.bases is not None:
        changes["bases"] = incoming.bases
    merged = replace(current, **changes)
    return replace(merged, **_counts(current, incoming, merged))


def _counts(current: Facts, incoming: Facts, merged: Facts) -> dict[str, Any]:
    rows = {
        "channel_count": channel_rows(merged.channels),
        "paper_count": len(merged.papers or ()),
        "basis_count": len(merged.bases or ()),
    }
    whole = {
        "channel_count": incoming.channels is not None and not incoming.first_rows_only,
        "paper_count": incoming.papers is not None,
        "basis_count": incoming.bases is not None,
    }
    result: dict[str, Any] = {}
    for count, actual in rows.items():
        stated = getattr(incoming, count)
        kept = getattr(current, count)
        result[count] = (
            actual
            if whole[count] or (stated is None and kept is None)
            else (kept if stated is None else stated)
        )
    return result


def channel_rows(channels: Channels | None) -> int:
    """How many limits all channels have together."""
    return sum(len(rows) for rows in (channels or {}).values())


def _merge_papers(current: tuple[PaperFact, ...], incoming: tuple[PaperFact, ...]) -> tuple[PaperFact, ...]:
    """The papers that the file names; one of which it says no note keeps the note that is known."""
    known = {(paper.case, paper.name): paper.note for paper in current}
    return tuple(
        paper if paper.note is not None else replace(paper, note=known.get((paper.case, paper.name)))
        for paper in incoming
    )


def _merge_channels(current: Channels, incoming: Facts) -> Channels:
    said = incoming.channels or {}
    if not incoming.first_rows_only:
        return {c: _merge_rows(current.get(c, ()), rows) for c, rows in said.items()}
    # A channel whose columns the file lacks is not in `said`; one that it says is not offered has no rows.
    kept = {c: rows for c, rows in current.items() if c not in said}
    first = {
        c: (*_merge_rows(current.get(c, ())[:1], rows), *current.get(c, ())[1:])
        for c, rows in said.items()
        if rows
    }
    return {c: rows for c in CHANNELS if (rows := first.get(c) or kept.get(c))}


def _merge_rows(current: tuple[LimitRow, ...], said: tuple[LimitRow, ...]) -> tuple[LimitRow, ...]:
    """The rows of the source, with the cases that people wrote beside them.

    The first is the general one. The others stand at the same places while there are as many as before; else a row is
    known again by its figures. A limit that people wrote for a case and that the source does not speak of stays.
    """
    if not said:
        return ()
    rest, same = list(current[1:]), len(current) == len(said)
    merged = [_merge_row(current[0] if current else None, said[0])]
    for place, new in enumerate(said[1:], 1):
        old = current[place] if same else next((row for row in rest if _alike(row, new)), None)
        if old is not None:
            rest.remove(old)
        merged.append(_merge_row(old, new))
    return (*merged, *(row for row in rest if row.case))


def _alike(old: LimitRow, new: LimitRow) -> bool:
    unsaid = not new.unit and not new.unit_text
    return old.figures == new.figures or (unsaid and (old.amount, old.fee_dong) == (new.amount, new.fee_dong))


def kept_cases(said: Facts, merged: Facts) -> tuple[str, ...]:
    """Cases whose limits stay although the source, which speaks of every limit of their channel, does not have them."""
    if said.channels is None or said.first_rows_only:
        return ()
    extra = (
        row for c, rows in said.channels.items() for row in (merged.channels or {}).get(c, ())[len(rows) :]
    )
    return tuple(dict.fromkeys(row.case for row in extra))


def _merge_row(old: LimitRow | None, new: LimitRow) -> LimitRow:
    """The new figures; but an amount without a unit says nothing against a limit that somebody has settled."""
    if old is None:
        return new
    if old.unit and not new.unit and not new.unit_text:
        return replace(old, fee_dong=new.fee_dong)
    return old if old.figures == new.figures else replace(new, case=old.case, description=old.description)


def _merge_results(current: tuple[ResultFact, ...], said: tuple[ResultFact, ...]) -> tuple[ResultFact, ...]:
    """Codes without names take nothing away: neither the names known for them nor the results that have no code."""
    if all(result.name is None for result in said) and [r.code for r in current if r.code] == [
        r.code for r in said
    ]:
        return current
    names = {result.code: result.name for result in current if result.code}
    return tuple(replace(r, name=names.get(r.code) or "") if r.name is None else r for r in said)
