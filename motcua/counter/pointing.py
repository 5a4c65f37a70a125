"""Pointing at what must be corrected: every answer of the form, every paper, every required paper that is not there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.core.text import nfc
from motcua.dossiers.models import CorrectionReason, DossierPaper
from motcua.dossiers.queries.forms import FormView
from motcua.dossiers.rules.correction import LONGEST
from motcua.eforms.rules import sheets as rules
from motcua.eforms.rules.sheets import Point, Sheet


class Pointing:
    """What was pointed at, read from a form that was sent; nothing before it is."""

    def __init__(self, data: Mapping[str, str] | None, reasons: Iterable[CorrectionReason]) -> None:
        self.data = data or {}
        self.reasons = {reason.code: reason for reason in reasons}
        self._points: dict[str, Point] = {}

    def at(self, key: str, name: str, *, field: str = "", paper: int | None = None) -> Point:
        """A thing on the page, with what was said of it."""
        reason = self.data.get(f"reason-{key}", "")
        reason = reason if reason in self.reasons else ""
        text = nfc(self.data.get(f"text-{key}", "").strip())[:LONGEST]
        found = Point(key, name, field, paper, reason, text or self._words(reason))
        return self._points.setdefault(key, found)

    def _words(self, reason: str) -> str:
        """The sentence that belongs to a reason, its name where it has none."""
        found = self.reasons.get(reason)
        return (found.words or found.name) if found else ""

    def items(self) -> list[dict[str, Any]]:
        """What the request to correct lists."""
        return [
            {
                "name": p.name,
                "field": p.field,
                "paper": p.paper,
                "reason_code": p.reason,
                "text": p.text,
                "note": p.text,
            }
            for p in self._points.values()
            if p.is_pointed
        ]


@dataclass(frozen=True)
class PaperLine:
    """A paper on the page: itself, the one that it replaced, a link to look at its picture, its point."""

    paper: DossierPaper
    before: DossierPaper | None
    picture: str
    point: Point


def sheets(form: FormView | None, pointing: Pointing) -> list[Sheet]:
    """The form as it is read at the counter."""
    if form is None:
        return []
    return rules.sheets(form.schema, form.parts, lambda key, name, field: pointing.at(key, name, field=field))


def paper_lines(
    papers: Iterable[DossierPaper], pictures: Mapping[int, str], pointing: Pointing
) -> list[PaperLine]:
    """The papers that count, each beside the one whose place it took."""
    every = list(papers)
    by_pk = {paper.pk: paper for paper in every}
    return [
        PaperLine(
            paper,
            by_pk.get(paper.replaces_id or 0),
            pictures.get(paper.pk, ""),
            pointing.at(f"p-{paper.pk}", paper.name, paper=paper.pk),
        )
        for paper in every
        if paper.replaced_at is None
    ]
