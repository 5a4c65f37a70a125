"""How much of a person's data a deletion would touch."""

from django.db.models import Q, QuerySet

from motcua.accounts.models import Consent, User
from motcua.accounts.queries import consents_of
from motcua.audit.models import Event
from motcua.dossiers.models import Dossier, ResultPaper
from motcua.dossiers.models.dossier import OPEN_STATUSES, WAITING_STATUSES
from motcua.dossiers.queries.post import ON_THE_WAY, WAITS_AGAIN
from motcua.feedback.queries import feedback_of
from motcua.filing.models import Application
from motcua.holdings.models import HeldShare
from motcua.notifications.queries import messages_to
from motcua.payments.models import Charge
from motcua.privacy.queries.subject import Subject, dossiers_about
from motcua.privacy.rules.erasure import Plan, plan


def open_dossiers(subject: Subject) -> QuerySet[Dossier]:
    """Dossiers of the person in which somebody still owes work, or a result waits to be fetched."""
    waiting = [*OPEN_STATUSES, *WAITING_STATUSES, "result_ready", "wait_collect", "error_fix"]
    return dossiers_about(subject).filter(Q(status__in=waiting) | ON_THE_WAY | WAITS_AGAIN)


def open_charges(subject: Subject) -> QuerySet[Charge]:
    """What the person still has to pay."""
    names = [f"dossier/{pk}" for pk in dossiers_about(subject).values_list("pk", flat=True)[:500]]
    return Charge.objects.filter(reference__in=names, state=Charge.State.DUE)


def plan_of(user: User, subject: Subject) -> Plan:
    """What goes and what stays when this person asks for deletion."""
    return plan(
        {**_goes(user, subject), **_stays(user, subject)},
        open_dossiers=open_dossiers(subject).count(),
        open_charges=open_charges(subject).count(),
    )


def _goes(user: User, subject: Subject) -> dict[str, int]:
    return {
        "drafts": Application.objects.filter(owner=user, state="draft").count(),
        "consents": sum(one.stands and one.withdrawable for one in consents_of(user)),
        "messages": messages_to(subject.addresses).count(),
        "shares": HeldShare.objects.filter(made_by=user).count(),
        "account": 1,
    }


def _stays(user: User, subject: Subject) -> dict[str, int]:
    mine = dossiers_about(subject).order_by().values("pk")
    names = [f"dossier/{pk}" for pk in dossiers_about(subject).values_list("pk", flat=True)[:500]]
    return {
        "dossiers": dossiers_about(subject).count(),
        "results": ResultPaper.objects.filter(dossier__in=mine).count(),
        "payments": Charge.objects.filter(reference__in=names).count(),
        "feedback": feedback_of(subject.profile).count() if subject.profile else 0,
        "consents_log": Consent.objects.filter(user=user).count(),
        "log": Event.objects.filter(chain=f"user/{user.pk}").count(),
    }
