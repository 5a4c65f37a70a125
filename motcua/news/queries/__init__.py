"""Reads of news and of published documents."""

from motcua.news.queries.articles import (
    access_article,
    access_draft,
    articles_of,
    drafts_within,
    interruptions,
    published,
    reads_by_day,
    reads_of,
    reform_reads,
    with_reads,
)
from motcua.news.queries.boards import (
    access_board,
    access_document,
    access_public_document,
    access_public_file,
    boards,
    documents_late,
    documents_on,
    documents_within,
)
from motcua.news.queries.files import may_open, picture_of

__all__ = [
    "access_article", "access_board", "access_document", "access_draft", "access_public_document", "access_public_file", "articles_of", "boards",
    "documents_late", "documents_on", "documents_within", "drafts_within", "interruptions", "may_open", "picture_of",
    "published", "reads_by_day", "reads_of", "reform_reads", "with_reads",
]  # fmt: skip
