"""Who checks a submission, and the marks that somebody has seen it: steps shared by the acts before reception."""

from motcua.core import store
from motcua.core.errors import RuleViolation
from motcua.dossiers.models import AcceptanceCheck, Dossier
from motcua.dossiers.queries.reference import Desk

MARKS = ("seen_by", "seen_at", "warned_at", "overdue_told_at")


def mark_of(dossier: Dossier) -> AcceptanceCheck | None:
    """The check of a submission; None while nobody has opened it."""
    return next(iter(store.find(AcceptanceCheck, dossier_id=dossier.pk)), None)


def own_mark(dossier: Dossier) -> AcceptanceCheck:
    """The check of a submission, made when there is none. The dossier is locked by the act."""
    found = mark_of(dossier)
    return found or store.insert([store.new(AcceptanceCheck, dossier=dossier)])[0]


def require_free(desk: Desk, dossier: Dossier) -> None:
    """Raise RuleViolation when somebody else is checking the submission: two clerks do not decide on the same."""
    mark = mark_of(dossier)
    if mark is None or mark.officer_id in (None, desk.actor.pk):
        return
    raise RuleViolation(f"{mark.officer} đang kiểm tra hồ sơ này. Bấm “Nhận kiểm tra thay” nếu bạn làm tiếp.")


def lift_marks(dossier: Dossier) -> None:
    """The citizen has answered: it is unseen again, who checks it stays."""
    mark = mark_of(dossier)
    if mark is None:
        return
    for name in MARKS:
        setattr(mark, name, None)
    store.update(mark, *MARKS)
