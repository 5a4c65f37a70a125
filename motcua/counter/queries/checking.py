"""What the page of one submission reads: papers with pictures of them, required ones that are not there, who checks it."""

from collections.abc import Iterable
from typing import Any

from motcua.dossiers.models import AcceptanceCheck, Dossier, DossierPaper
from motcua.dossiers.queries import catalogue
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules.intake import PaperData, Requirement, missing
from motcua.files.queries import url_for

SHOWN_AS_PICTURE = frozenset({"image/jpeg", "image/png", "image/webp"})


def all_papers(dossier: Dossier) -> list[DossierPaper]:
    """The papers, those that were replaced too."""
    return list(dossier.papers.select_related("file").order_by("position", "id"))


def pictures(papers: Iterable[DossierPaper], user: Any) -> dict[int, str]:
    """Short-lived addresses of those papers that a browser can draw at once; the page's own look is logged."""
    return {
        paper.pk: url_for(paper.file, user)
        for paper in papers
        if paper.file and paper.file.can_open and paper.file.media_type in SHOWN_AS_PICTURE
    }


def absent_papers(dossier: Dossier, papers: Iterable[DossierPaper], desk: Desk) -> tuple[Requirement, ...]:
    """Required papers of the dossier's case that are not there."""
    brought = [
        PaperData(
            p.name, p.paper_id, p.originals, p.copies, p.electronic, p.presented_only, p.file_id, p.waiver
        )
        for p in papers
        if p.replaced_at is None
    ]
    return missing(catalogue.requirements(desk, dossier.version_id), dossier.case, brought)


def mark_of(dossier: Dossier) -> AcceptanceCheck | None:
    """Who has opened and who checks a submission."""
    return AcceptanceCheck.objects.select_related("officer", "seen_by").filter(dossier=dossier).first()
