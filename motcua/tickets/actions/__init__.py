"""Acts on the queue."""

from motcua.tickets.actions.calling import (
    call_again,
    call_next,
    finish,
    link_dossier,
    mark_absent,
    put_back,
    serve,
)
from motcua.tickets.actions.lines import LineData, change_line, end_line, open_line
from motcua.tickets.actions.taking import take_ticket

__all__ = [
    "LineData", "call_again", "call_next", "change_line", "end_line", "finish", "link_dossier", "mark_absent", "open_line",
    "put_back", "serve", "take_ticket",
]  # fmt: skip
