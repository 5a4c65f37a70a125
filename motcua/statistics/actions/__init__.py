"""Acts on reports: freezing, signing, sending, amending; and on report templates."""

from motcua.statistics.actions.counts import keep_counts, rebuild_counts
from motcua.statistics.actions.index766 import (
    begin_set,
    change_band,
    change_component,
    change_set,
    install_index,
)
from motcua.statistics.actions.keeping import (
    amend,
    freeze,
    freeze_gathered,
    freeze_index,
    freeze_ranking,
    send,
    sign,
)
from motcua.statistics.actions.reminders import remind, remind_reports
from motcua.statistics.actions.templates import add_column, create_template, end_template, remove_column

__all__ = [
    "add_column", "amend", "begin_set", "change_band", "change_component", "change_set", "create_template", "end_template",
    "freeze", "freeze_gathered", "freeze_index", "freeze_ranking", "install_index", "keep_counts", "rebuild_counts", "remind", "remind_reports", "remove_column", "send", "sign",
]  # fmt: skip
