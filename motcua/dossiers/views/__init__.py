"""Pages on dossiers for officers and leaders, one file per page kind."""

from motcua.dossiers.views.acts import act
from motcua.dossiers.views.dossier import derivation, dossier, more, reveal
from motcua.dossiers.views.inbox import batch, columns, inbox, officers, save_filter, saved_filters
from motcua.dossiers.views.leader import leader, sign_batch
from motcua.dossiers.views.notes import message, message_file, scan, scan_file
from motcua.dossiers.views.prints import application_pdf, control_slip, notice_pdf, result_file, result_pdf
from motcua.dossiers.views.reasons import reason, reason_new, reasons
from motcua.dossiers.views.replies import replies, reply, reply_drop, reply_new
from motcua.dossiers.views.reprojection import reproject
from motcua.dossiers.views.search import search

__all__ = [
    "act",
    "application_pdf",
    "batch",
    "columns",
    "control_slip",
    "derivation",
    "dossier",
    "inbox",
    "leader",
    "message",
    "message_file",
    "more",
    "notice_pdf",
    "officers",
    "reason",
    "reason_new",
    "reasons",
    "replies",
    "reply",
    "reply_drop",
    "reply_new",
    "reproject",
    "result_file",
    "result_pdf",
    "reveal",
    "save_filter",
    "saved_filters",
    "scan",
    "scan_file",
    "search",
    "sign_batch",
]
