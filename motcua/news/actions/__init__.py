"""Acts on news and on published documents, one file per noun."""

from motcua.news.actions.articles import (
    ArticleData,
    count_read,
    edit_article,
    publish_article,
    set_picture,
    withdraw_article,
    write_article,
)
from motcua.news.actions.boards import (
    DocumentData,
    attach_file,
    draft_document,
    edit_document,
    load_starting_boards,
    publish_document,
    remove_document,
    save_board,
    save_kind,
)

__all__ = [
    "ArticleData", "DocumentData", "attach_file", "count_read", "draft_document", "edit_article", "edit_document",
    "load_starting_boards", "publish_article", "publish_document", "remove_document", "save_board", "save_kind",
    "set_picture", "withdraw_article", "write_article",
]  # fmt: skip
