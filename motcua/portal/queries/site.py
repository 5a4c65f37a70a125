"""The first page and the search over everything."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.agencies.models import OneStopOffice
from motcua.core.moments import legal_date
from motcua.news.models import Article, PublishedDocument
from motcua.news.queries import documents_on, published
from motcua.portal.queries.offices import in_commune, offices_at
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries.finding import Sought, fetched, find

EACH = 5


@dataclass(frozen=True)
class Everything:
    """A few hits of every kind, best or newest first."""

    procedures: list[ProcedureVersion]
    articles: list[Article]
    documents: list[PublishedDocument]
    offices: list[OneStopOffice]
    few: bool = False  # so few procedures that near ones are looked for

    def __bool__(self) -> bool:
        return any((self.procedures, self.articles, self.documents, self.offices))


def search_all(text: str, at: datetime, *, forgive: bool = True) -> Everything:
    """Procedures (typing errors forgiven, unless told not to), news, documents and offices that hold the words. At most ten statements."""
    day = legal_date(at)
    if not text.strip():
        return Everything([], [], [], [])
    hits = find(Sought(text), day, forgive=forgive)
    return Everything(
        fetched(hits.ids[:EACH]),
        list(published(at, text=text)[:EACH]),
        list(documents_on(text=text)[:EACH]),
        in_commune(offices_at(day), text)[:EACH],
        hits.few,
    )


def latest(at: datetime) -> dict[str, Any]:
    """News and notices for the first page: one statement, split by kind."""
    rows = list(published(at)[:12])
    news = [row for row in rows if row.kind == Article.Kind.NEWS][:4]
    return {"news": news, "notices": [row for row in rows if row.kind == Article.Kind.NOTICE][:3]}
