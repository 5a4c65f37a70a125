"""Acts on personal data: one function each, one transaction, with its entry in the log (ids and classes, never values)."""

from motcua.privacy.actions.consents import withdraw_consent
from motcua.privacy.actions.handling import correct, erase, reveal, take_copy
from motcua.privacy.actions.requests import (
    Asked,
    accept,
    answer,
    ask,
    extend,
    note_download,
    refuse,
    take_back,
)
from motcua.privacy.actions.retention import carry_out, carry_out_batch, carry_out_daily, decide_retention

__all__ = [
    "Asked",
    "accept",
    "answer",
    "ask",
    "carry_out",
    "carry_out_batch",
    "carry_out_daily",
    "correct",
    "decide_retention",
    "erase",
    "extend",
    "note_download",
    "refuse",
    "reveal",
    "take_back",
    "take_copy",
    "withdraw_consent",
]
