"""Tables of the dossier, one file per noun."""

from motcua.dossiers.models.clock import CalendarSnapshot, ClockEntry
from motcua.dossiers.models.counter import Counter, ReferenceStamp
from motcua.dossiers.models.dossier import Dossier, DossierPaper, FormerResolver, Party
from motcua.dossiers.models.notices import FinancialObligation, Notice, Opinion, SupplementRequest
from motcua.dossiers.models.results import ErrorCorrection, ResultPaper
from motcua.dossiers.models.tasks import DossierTask, Handover
from motcua.dossiers.models.workbench import Message, ReplyTemplate, SavedFilter

__all__ = [
    "CalendarSnapshot", "ClockEntry", "Counter", "Dossier", "DossierPaper", "DossierTask", "ErrorCorrection", "FinancialObligation", "FormerResolver", "Handover", 
    "Message", "Notice", "Opinion", "Party", "ReferenceStamp", "ReplyTemplate", "ResultPaper", "SavedFilter", "SupplementRequest",
]  # fmt: skip
