"""Pages of the counter, one file per desk."""

from motcua.counter.views.check import check
from motcua.counter.views.handover import hand_over, handed_over, handover_list, sign_list
from motcua.counter.views.people import card, person
from motcua.counter.views.queue import queue_act, queue_desk, queue_next, queue_waiting
from motcua.counter.views.reception import office, preview, procedures, receive, received, sheet
from motcua.counter.views.registers import register, register_pdf, register_xlsx
from motcua.counter.views.returns import return_desk, return_one
from motcua.counter.views.waiting import give, next_waiting, take, waiting

__all__ = [
    "card",
    "check",
    "give",
    "hand_over",
    "handed_over",
    "handover_list",
    "next_waiting",
    "office",
    "person",
    "preview",
    "procedures",
    "queue_act",
    "queue_desk",
    "queue_next",
    "queue_waiting",
    "receive",
    "received",
    "register",
    "register_pdf",
    "register_xlsx",
    "return_desk",
    "return_one",
    "sheet",
    "sign_list",
    "take",
    "waiting",
]
