"""Taking a file of the portal into the catalogue: all of it or nothing, only what changed, each change a new version."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.rules.permissions import Permission
from motcua.core.moments import legal_date
from motcua.procedures.actions._building import Change, write_changes
from motcua.procedures.actions._guard import require_catalogue
from motcua.procedures.models import Field, Procedure
from motcua.procedures.queries.facts import Held, held_versions
from motcua.procedures.rules.facts import (
    Facts,
    changed_only,
    content_hash,
    kept_cases,
    merge,
    part_hashes,
    says_nothing,
)
from motcua.procedures.rules.notes import Note
from motcua.procedures.rules.portal import Parsed, Row


class Outcome(StrEnum):
    """What became of a row."""

    CREATED = "created"
    NEW_VERSION = "new_version"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class RowReport:
    """One row: what became of it and what is to be said of it."""

    line: int
    code: str
    outcome: Outcome
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class ImportReport:
    """The whole import. `applied` is False when nothing was written: a trial, or refused rows without leave to skip them."""

    form: str
    applied: bool
    rows: tuple[RowReport, ...]
    notes: tuple[Note, ...] = ()
    counts: Counter[Outcome] = field(default_factory=Counter)

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return self.counts[Outcome.REFUSED]


@dataclass(frozen=True)
class _Known:
    """What the database knows of a code."""

    pk: int
    imported: dict[str, dict[str, str]]


@transaction.atomic
def import_catalogue(
    parsed: Parsed,
    *,
    actor: User,
    at: datetime,
    skip_bad: bool = False,
    dry_run: bool = False,
    effective_on: date | None = None,
    source: str = "",
) -> ImportReport:
    """Take a parsed file into the catalogue. New versions are in force from `effective_on` (today's legal date).

    A row changes only the parts that its form of file knows and that differ from what the same form said last time.
    With a refused row nothing is written unless `skip_bad`. Procedures that the file does not name are left alone.
    """
    require_catalogue(actor, Permission.CATALOGUE_IMPORT, at)
    good = [row for row in parsed.rows if row.facts]
    known = _known(row.code for row in good)
    outcomes, changes = _plan(good, known, parsed.form)
    rows = tuple(_new_fields([_report(row, outcomes) for row in parsed.rows], changes))
    counts = Counter(row.outcome for row in rows)
    applied = not dry_run and (skip_bad or not counts[Outcome.REFUSED])
    if applied and changes:
        write_changes(
            changes, effective_on or legal_date(at), source or f"Tệp {parsed.form}", actor=actor, at=at
        )
    return ImportReport(parsed.form, applied, rows, parsed.notes, counts)


def _new_fields(rows: list[RowReport], changes: list[Change]) -> Iterator[RowReport]:
    """The rows, with a note at the first that names a field that the catalogue has not: it may be a slip of the pen."""
    named = {change.code: change.facts.field for change in changes if change.facts.field}
    missing = set(named.values()) - set(Field.objects.values_list("name", flat=True))
    for row in rows:
        name = named.get(row.code)
        if name in missing and row.outcome != Outcome.REFUSED:
            missing.discard(name)
            told = Note(False, f"Lĩnh vực “{name}” chưa có, được thêm vào danh mục", "Kiểm tra tên lĩnh vực")
            row = replace(row, notes=(*row.notes, told))
        yield row


def _known(codes: Iterable[str]) -> dict[str, _Known]:
    wanted = set(codes)
    rows = Procedure.objects.values_list("code", "pk", "imported")
    return {code: _Known(pk, imported) for code, pk, imported in rows if code in wanted}


def _plan(good: list[Row], known: dict[str, _Known], form: str) -> tuple[dict[int, RowReport], list[Change]]:
    """What becomes of each good row (by line), and what is to be written."""
    fresh = {row.line: _fresh(row, known.get(row.code), form) for row in good}
    ids = [known[row.code].pk for row in good if row.code in known and not says_nothing(fresh[row.line])]
    held = held_versions(ids)
    reports: dict[int, RowReport] = {}
    changes: list[Change] = []
    for row in good:
        old = known.get(row.code)
        report, change = _decide(row, fresh[row.line], old, held.get(old.pk) if old else None, form)
        reports[row.line] = report
        if change:
            changes.append(change)
    return reports, changes


def _fresh(row: Row, known: _Known | None, form: str) -> Facts:
    """The parts that this form of file did not already say so at its last import."""
    assert row.facts is not None
    return changed_only(row.facts, known.imported.get(form, {})) if known else row.facts


def _decide(
    row: Row, fresh: Facts, known: _Known | None, held: Held | None, form: str
) -> tuple[RowReport, Change | None]:
    if known and says_nothing(fresh):
        return RowReport(row.line, row.code, Outcome.UNCHANGED, row.notes), None
    assert row.facts is not None
    marks = {**(known.imported if known else {}), form: part_hashes(row.facts)}
    current = held.facts if held else Facts(row.code)
    merged = merge(current, fresh)
    notes = (*row.notes, *(_kept(case) for case in kept_cases(fresh, merged)))
    if held and content_hash(merged) == content_hash(current):
        outcome = Outcome.UNCHANGED
    elif known is None:
        outcome = Outcome.CREATED
    else:
        outcome = Outcome.NEW_VERSION
        if held and held.version.status == "repealed":
            notes = (
                *notes,
                Note(False, "Thủ tục đã bãi bỏ, nay tệp có nội dung mới", "Kiểm tra quyết định công bố"),
            )
    change = Change(row.code, merged, known.pk if known else None, held, marks, outcome != Outcome.UNCHANGED)
    return RowReport(row.line, row.code, outcome, notes), change


def _kept(case: str) -> Note:
    return Note(
        False,
        f"Giữ thời hạn riêng cho trường hợp “{case}”, tệp không có",
        "Không còn đúng thì bỏ trong dự thảo",
    )


def _report(row: Row, decided: dict[int, RowReport]) -> RowReport:
    if row.refused:
        return RowReport(row.line, row.code, Outcome.REFUSED, row.notes)
    return decided[row.line]
