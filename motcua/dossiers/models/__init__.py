"""Tables of the dossier, one file per noun."""

from motcua.dossiers.models.citizens import AcceptanceCheck, CorrectionReason, DossierHolder
from motcua.dossiers.models.clock import CalendarSnapshot, ClockEntry
from motcua.dossiers.models.counter import Counter, ReferenceStamp
from motcua.dossiers.models.dossier import Dossier, DossierPaper, FormerResolver, Party
from motcua.dossiers.models.fees import FeeClaim
from motcua.dossiers.models.forms import DossierForm
from motcua.dossiers.models.notices import FinancialObligation, Notice, Opinion, SupplementRequest
from motcua.dossiers.models.results import ErrorCorrection, PostalItem, ResultPaper
from motcua.dossiers.models.tasks import DossierTask, Handover
from motcua.dossiers.models.workbench import Message, MessageFile, ReplyTemplate, SavedFilter

__all__ = [
    "AcceptanceCheck", "CalendarSnapshot", "ClockEntry", "CorrectionReason", "Counter", "Dossier", "DossierForm", "DossierHolder", "DossierPaper", "DossierTask", "ErrorCorrection", "FeeClaim", "FinancialObligation", "FormerResolver", "Handover", 
    "Message", "MessageFile", "Notice", "Opinion", "Party", "PostalItem", "ReferenceStamp", "ReplyTemplate", "ResultPaper", "SavedFilter", "SupplementRequest",
]  # fmt: skip
