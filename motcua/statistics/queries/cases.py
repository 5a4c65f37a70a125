"""The cases of a signal as a list: which rows, whose alone, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from motcua.dossiers.models import Dossier


@dataclass(frozen=True)
class Case:
    """One dossier to open: which, when, whose; `more`: other moments by their title."""

    dossier_id: int
    code: str
    at: Any
    agency_id: int
    officer_id: int | None
    more: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Only:
    """Cases of one agency, of one person, or of one person in one agency; the person None: where nobody is recorded."""

    agency: int | None = None
    whose: bool = False  # whether it is one person's
    officer: int | None = None


EVERYONE = Only()


@dataclass(frozen=True)
class Cases:
    """The cases of a signal, newest first, to be read page by page; `titles` of the moments that stand beside each."""

    rows: QuerySet[Any]
    titles: tuple[str, ...] = ()

    def read(self, rows: Iterable[Any]) -> list[Case]:
        """Some of the rows as cases."""
        return [self._case(row) for row in rows]

    def _case(self, row: Any) -> Case:
        more = tuple((title, getattr(row, f"more_{n}")) for n, title in enumerate(self.titles))
        return Case(row.case_dossier, row.case_code, row.case_at, row.case_agency, row.doer, more)


def dossiers_of(cases: Iterable[Case]) -> list[Dossier]:
    """The dossiers of the cases, by id alone: for asking who may open them."""
    return [Dossier(pk=case.dossier_id) for case in cases]
