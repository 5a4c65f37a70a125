"""Acts of filing online, each one transaction, by the owner of the draft or who helps them (or by time itself)."""

from motcua.filing.actions.assistance import take_over
from motcua.filing.actions.drafts import Saved, carry_over, discard, reuse, save_step, start, start_for
from motcua.filing.actions.erasure import forget_drafts_of
from motcua.filing.actions.expiry import expire_drafts, make_missing_copies, warn_drafts
from motcua.filing.actions.submission import NOT_CONFIRMED, keep_copy, keep_missing_copy, submit
from motcua.filing.actions.uploads import (
    Finished,
    add_part,
    attach,
    begin_upload,
    finish_upload,
    remove_upload,
    take_held,
)

__all__ = [
    "NOT_CONFIRMED",
    "Finished",
    "Saved",
    "add_part",
    "attach",
    "begin_upload",
    "carry_over",
    "discard",
    "expire_drafts",
    "finish_upload",
    "forget_drafts_of",
    "keep_copy",
    "keep_missing_copy",
    "make_missing_copies",
    "remove_upload",
    "reuse",
    "save_step",
    "start",
    "start_for",
    "submit",
    "take_held",
    "take_over",
    "warn_drafts",
]
