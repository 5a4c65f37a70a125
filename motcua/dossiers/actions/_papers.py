"""The checklist of a dossier as handed in."""

from motcua.core.text import nfc
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.dossiers.rules.intake import PaperData


def save_papers(
    dossier: Dossier,
    papers: tuple[PaperData, ...] | list[PaperData],
    *,
    start: int = 1,
    by_supplement: bool = False,
) -> list[DossierPaper]:
    """The checklist as handed in; what is not there is not a row. One statement."""
    rows = [
        DossierPaper(
            dossier=dossier, paper_id=p.paper_id, position=position, name=nfc(p.name), originals=p.originals, copies=p.copies,
            electronic=p.electronic, presented_only=p.presented_only, file_id=p.file_id, waiver=p.waiver,
            added_by_supplement=by_supplement,
        )
        for position, p in enumerate((p for p in papers if p.is_there), start)
    ]  # fmt: skip
    return DossierPaper.objects.bulk_create(rows) if rows else []


def add_papers(dossier: Dossier, papers: tuple[PaperData, ...]) -> list[DossierPaper]:
    """Papers brought by a supplement, behind those already there."""
    last = DossierPaper.objects.filter(dossier=dossier).count() if papers else 0
    return save_papers(dossier, papers, start=last + 1, by_supplement=True)
