"""Acts on reports: freezing, signing, sending, amending; and on report templates."""

from motcua.statistics.actions.keeping import amend, freeze, send, sign
from motcua.statistics.actions.templates import add_column, create_template, end_template, remove_column

__all__ = [
    "add_column", "amend", "create_template", "end_template", "freeze", "remove_column", "send", "sign",
]  # fmt: skip
