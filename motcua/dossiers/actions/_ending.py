"""Taking an ending state: what every end without a result does."""

from motcua.core import store
from motcua.dossiers import slips
from motcua.dossiers.actions import _clock, _flow, _news, _notices
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.actions._papers import in_order
from motcua.dossiers.models import ClockEntry, Dossier, DossierPaper, DossierTask, Notice
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import ending
from motcua.dossiers.rules.transitions import Act

Kind = ClockEntry.Kind


def end(
    desk: Desk,
    dossier: Dossier,
    tasks: list[DossierTask],
    act: Act,
    words: str,
    also: list[str] | None = None,
) -> None:
    """Take the ending state, cancel what is left, close the ledger."""
    _flow.move(dossier, act)
    dossier.ended_at = desk.at
    store.update(dossier, "status", "ended_at", *(also or ()))
    _flow.cancel_tasks(desk, tasks, words)
    _clock.record(dossier, desk, Kind.END, words)


def end_by_stopping(
    desk: Desk, dossier: Dossier, tasks: list[DossierTask], reason_code: str, reason: str
) -> Dossier:
    """The same for a dossier already locked, by a person or by the expiry of a supplement."""
    text = ending.require_stop(reason_code, reason)
    end(desk, dossier, tasks, Act.STOP, "Dừng giải quyết")
    papers = in_order(store.find(DossierPaper, dossier_id=dossier.pk))
    content = slips.stop(dossier, text, "", papers, desk.actor)
    notice = _notices.issue(
        desk, dossier, Notice.Kind.STOP, content, dossier.resolving_agency, signer=desk.actor
    )
    log(desk, dossier, entry(Act.STOP, reason_code=reason_code, reason=text, notice=notice.pk))
    _news.tell(desk, dossier, "stopped")
    return dossier
