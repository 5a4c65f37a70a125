"""One's own dossiers."""

from motcua.portal.views.mine.dossiers import dossier, mine
from motcua.portal.views.mine.downloads import (
    application_pdf,
    message_file,
    notice_pdf,
    paper_file,
    result_file,
)
from motcua.portal.views.mine.messages import messages
from motcua.portal.views.mine.reply import reply
from motcua.portal.views.mine.withdrawal import cancel_withdrawal, withdraw

__all__ = [
    "application_pdf", "cancel_withdrawal", "dossier", "message_file", "messages", "mine", "notice_pdf", "paper_file", "reply",
    "result_file", "withdraw",
]  # fmt: skip
