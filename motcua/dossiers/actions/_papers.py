"""The checklist of a dossier as handed in."""

from collections.abc import Iterable
from datetime import datetime

from motcua.core import store
from motcua.core.errors import RuleViolation
from motcua.core.text import nfc
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.dossiers.rules.intake import PaperData


def in_order(papers: Iterable[DossierPaper]) -> list[DossierPaper]:
    """Papers as they stand on the slip."""
    return sorted(papers, key=lambda paper: (paper.position, paper.pk))


def kept_originals(dossier: Dossier) -> list[DossierPaper]:
    """Original papers that the office still has."""
    kept = store.find(DossierPaper, dossier_id=dossier.pk, original_returned_at=None)
    return in_order(paper for paper in kept if paper.originals > 0)


def give_back(papers: list[DossierPaper], at: datetime) -> None:
    """Note that original papers were given back."""
    for paper in papers:
        paper.original_returned_at = at
    store.update_many(papers, ["original_returned_at"])


def save_papers(
    dossier: Dossier,
    papers: tuple[PaperData, ...] | list[PaperData],
    at: datetime,
    *,
    start: int = 1,
    by_supplement: bool = False,
) -> list[DossierPaper]:
    """The checklist as handed in at a moment; what is not there is not a row. One statement."""
    rows = [
        store.new(DossierPaper,
            dossier=dossier, paper_id=p.paper_id, position=position, name=nfc(p.name), originals=p.originals, copies=p.copies,
            electronic=p.electronic, presented_only=p.presented_only, file_id=p.file_id, waiver=p.waiver,
            added_by_supplement=by_supplement, replaces_id=p.replaces_id,
            handed_in_at=at, electronic_at=at if p.is_electronic else None,
        )
        for position, p in enumerate((p for p in papers if p.is_there), start)
    ]  # fmt: skip
    return store.insert(rows)


def add_papers(dossier: Dossier, papers: tuple[PaperData, ...], at: datetime) -> list[DossierPaper]:
    """Papers brought by a supplement, behind those already there; those whose place they take are kept, marked as replaced."""
    if not papers:
        return []
    held = store.find(DossierPaper, dossier_id=dossier.pk)
    _retire(held, {p.replaces_id for p in papers if p.is_there and p.replaces_id}, at)
    return save_papers(dossier, papers, at, start=len(held) + 1, by_supplement=True)


def scanned(paper: DossierPaper, file_id: int, at: datetime) -> None:
    """Put a scan to a paper. It is electronic since the first, or since it came so."""
    paper.file_id, paper.electronic = file_id, max(paper.electronic, 1)
    paper.electronic_at = paper.electronic_at or at
    store.update(paper, "file", "electronic", "electronic_at")


def _retire(held: list[DossierPaper], ids: set[int], at: datetime) -> None:
    """Mark papers of the dossier as replaced. Raises RuleViolation for one that is not there or was replaced before."""
    old = [paper for paper in held if paper.pk in ids and paper.replaced_at is None]
    if len(old) != len(ids):
        raise RuleViolation(
            "Giấy tờ cần thay không còn trong hồ sơ. Tải lại trang rồi gửi lại.", field="papers"
        )
    for paper in old:
        paper.replaced_at = at
    store.update_many(old, ["replaced_at"])


def standing(papers: Iterable[DossierPaper]) -> list[DossierPaper]:
    """The papers that count: those that nothing has replaced, in order."""
    return in_order(paper for paper in papers if paper.replaced_at is None)
