"""What a history notes of each dossier: what its rows said when an act had been done, never read back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.dossiers.models import Dossier, DossierPaper, ResultPaper
from motcua.dossiers.rules.states import Status
from motcua.payments.models import Charge, Receipt, ReceiptLine


@dataclass(frozen=True)
class Seen:
    """What a dossier's row said from a moment on."""

    at: datetime
    status: Status
    due: datetime | None
    acceptance_due: datetime | None
    resolver: int
    delivery: str = ""


@dataclass(frozen=True)
class Held:
    """What was there beside a dossier's row from a moment on.

    `owed`: a charge above nought that is neither exempt nor dropped nor given back. `paid`: "online", "direct" or "", by the
    receipts that stand for charges not given back. `digital`: every paper electronic. `electronic`: a signed electronic result.
    """

    at: datetime
    owed: bool = False
    paid: str = ""
    digital: bool = False
    electronic: bool = False


@dataclass
class Life:
    """What the history knows of one dossier: its own notes, never read back."""

    pk: int
    channel: str
    level: str
    field_id: int
    away: bool
    submitted_at: datetime | None = None
    received_at: datetime | None = None
    cause: str = ""
    apologised_at: datetime | None = None
    seen: list[Seen] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)

    @property
    def status(self) -> Status:
        """The state last noted."""
        return self.seen[-1].status


def note(lives: Iterable[Life], at: datetime) -> None:
    """Note what the rows say now, where it is new."""
    by_id = {life.pk: life for life in lives}
    for pk, seen in _seen(list(by_id), at):
        _add(by_id[pk].seen, seen)
    for pk, held in _held(list(by_id), at):
        _add(by_id[pk].held, held)


def _add(notes: list[Any], new: Any) -> None:
    if not notes or _said(notes[-1]) != _said(new):
        notes.append(new)


def _said(note: Seen | Held) -> dict[str, Any]:
    return {name: said for name, said in vars(note).items() if name != "at"}


def _seen(pks: list[int], at: datetime) -> Iterator[tuple[int, Seen]]:
    columns = ("pk", "status", "due_at", "acceptance_due_at", "resolving_agency_id", "delivery_state")
    for pk, status, *rest in Dossier.objects.filter(pk__in=pks).values_list(*columns):
        yield pk, Seen(at, Status(status), *rest)


def _is_brought(paper: DossierPaper) -> bool:
    """Handed in: neither only shown nor waived."""
    on_paper = paper.originals + paper.copies > 0 and not paper.presented_only
    return on_paper or paper.electronic > 0 or paper.file_id is not None


def _held(pks: list[int], at: datetime) -> Iterator[tuple[int, Held]]:
    states, methods = _money(pks)
    papers, results = _of(DossierPaper, pks, replaced_at=None), _of(ResultPaper, pks)
    for pk in pks:
        digital = [bool(paper.file_id or paper.electronic) for paper in papers[pk] if _is_brought(paper)]
        signed = any(one.is_electronic and one.revoked_at is None for one in results[pk])
        yield (
            pk,
            Held(
                at,
                bool(states[pk] & {"due", "paid"}),
                _way(methods[pk]),
                bool(digital) and all(digital),
                signed,
            ),
        )


def _money(pks: list[int]) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """The states of what is charged for each dossier, and how what stands as paid was paid."""
    states: defaultdict[int, set[str]] = defaultdict(set)
    methods: defaultdict[int, set[str]] = defaultdict(set)
    charges = {
        one.pk: one
        for one in Charge.objects.filter(reference__in=[f"dossier/{pk}" for pk in pks], amount__gt=0)
    }
    for one in charges.values():
        states[_dossier_of(one)].add(one.state)
    for line in ReceiptLine.objects.filter(charge__in=charges, receipt__cancelled_at=None).select_related(
        "receipt"
    ):
        if charges[line.charge_id].state == Charge.State.PAID:
            methods[_dossier_of(charges[line.charge_id])].add(line.receipt.method)
    return states, methods


def _dossier_of(charge: Charge) -> int:
    return int(charge.reference.removeprefix("dossier/"))


def _way(methods: set[str]) -> str:
    """Online as soon as something was paid without going there."""
    return "" if not methods else "direct" if methods == {Receipt.Method.CASH.value} else "online"


def _of(model: Any, pks: list[int], **wanted: Any) -> dict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in model.objects.filter(dossier__in=pks, **wanted):
        found[row.dossier_id].append(row)
    return found
