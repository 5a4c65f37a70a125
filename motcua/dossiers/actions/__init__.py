"""Acts on dossiers: each one transaction, one set of events in the dossier's chain (signatures: one file per noun)."""

from motcua.dossiers.actions._reception import Reception, prepare
from motcua.dossiers.actions.calendar import keep_calendar, reproject
from motcua.dossiers.actions.checking import (
    escalate_acceptance,
    give_check,
    note_seen,
    release_check,
    take_check,
    take_next,
)
from motcua.dossiers.actions.corrections import answer_correction
from motcua.dossiers.actions.demands import demand_fee, meet_by_payment
from motcua.dossiers.actions.endings import (
    cancel_withdrawal,
    confirm_withdrawal,
    refuse,
    request_withdrawal,
    stop,
)
from motcua.dossiers.actions.errors import finish_correction, start_correction
from motcua.dossiers.actions.filters import choose_columns, drop_filter, keep_filter
from motcua.dossiers.actions.handover import assign, claim, hand_over, release, take_over
from motcua.dossiers.actions.intake import (
    accept,
    complete_presupplement,
    decline,
    receive,
    request_supplement_before,
    submit,
)
from motcua.dossiers.actions.notes import attach_scan, link_external, reprint
from motcua.dossiers.actions.pauses import (
    answer_opinion,
    apologise,
    ask_opinion,
    complete_supplement,
    end_opinions,
    expire_supplements,
    issue_obligation,
    meet_obligation,
    request_supplement,
)
from motcua.dossiers.actions.post import confirm_delivery, take_back
from motcua.dossiers.actions.reasons import change_reason, write_reason
from motcua.dossiers.actions.reorganise import transfer_open_work
from motcua.dossiers.actions.replies import change_reply, drop_reply, write_reply
from motcua.dossiers.actions.returns import (
    archive,
    notify_ready,
    return_originals,
    return_result,
)
from motcua.dossiers.actions.signing import sign_electronically
from motcua.dossiers.actions.talk import mark_messages_read, write_message, write_to_office
from motcua.dossiers.actions.work import complete_task, mark_ready, send_back, sign_result

__all__ = [
    "Reception",
    "accept",
    "answer_correction",
    "answer_opinion",
    "apologise",
    "archive",
    "ask_opinion",
    "assign",
    "attach_scan",
    "cancel_withdrawal",
    "change_reason",
    "change_reply",
    "choose_columns",
    "claim",
    "complete_presupplement",
    "complete_supplement",
    "complete_task",
    "confirm_delivery",
    "confirm_withdrawal",
    "decline",
    "demand_fee",
    "drop_filter",
    "drop_reply",
    "end_opinions",
    "escalate_acceptance",
    "expire_supplements",
    "finish_correction",
    "give_check",
    "hand_over",
    "issue_obligation",
    "keep_calendar",
    "keep_filter",
    "link_external",
    "mark_messages_read",
    "mark_ready",
    "meet_by_payment",
    "meet_obligation",
    "note_seen",
    "notify_ready",
    "prepare",
    "receive",
    "refuse",
    "release",
    "release_check",
    "reprint",
    "reproject",
    "request_supplement",
    "request_supplement_before",
    "request_withdrawal",
    "return_originals",
    "return_result",
    "send_back",
    "sign_electronically",
    "sign_result",
    "start_correction",
    "stop",
    "submit",
    "take_back",
    "take_check",
    "take_next",
    "take_over",
    "transfer_open_work",
    "write_message",
    "write_reason",
    "write_reply",
    "write_to_office",
]  # fmt: skip
