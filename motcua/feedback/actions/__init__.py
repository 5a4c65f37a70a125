"""Acts on feedback: one function each, with its step, its event in the log and its word to the sender."""

from motcua.feedback.actions.answers import approve, close, propose, publish, send_back, verify
from motcua.feedback.actions.handling import assign, extend, flag
from motcua.feedback.actions.intake import Receipt, send
from motcua.feedback.actions.retention import forget_senders
from motcua.feedback.actions.senders import confirm_contact, rate, reopen
from motcua.feedback.actions.sorting import accept, ask, clarify, decline, pass_on, transfer

__all__ = [
    "Receipt",
    "accept",
    "approve",
    "ask",
    "assign",
    "clarify",
    "close",
    "confirm_contact",
    "decline",
    "extend",
    "flag",
    "forget_senders",
    "pass_on",
    "propose",
    "publish",
    "rate",
    "reopen",
    "send",
    "send_back",
    "transfer",
    "verify",
]
