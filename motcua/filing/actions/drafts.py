"""Beginning, saving and giving up a draft. Whatever is typed in is kept, right or wrong; only sending asks for all of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from motcua.accounts.models import Assistance, User
from motcua.accounts.queries import access_visit, profile_of
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.dossiers.queries import Desk, catalogue
from motcua.dossiers.rules.intake import cases_of
from motcua.filing.actions._cleaning import chain_of, forget
from motcua.filing.actions._steps import TAKERS, take_section
from motcua.filing.models import Application
from motcua.filing.queries import prefill
from motcua.filing.queries.changes import current_of, remapped
from motcua.filing.queries.drafts import drafts_of, filed_in, locked_draft
from motcua.filing.queries.forms import schema_for
from motcua.filing.queries.journey import Journey, limit_cases_of
from motcua.filing.queries.places import places
from motcua.filing.rules import drafts as rules
from motcua.filing.rules import steps
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries.fees import knows_exemption

CONTENT = (
    "version",
    "form_version",
    "case",
    "limit_case",
    "answers",
    "done",
    "changed",
    "revision",
    "updated_at",
)
_SAVED = (
    "acting", "office", "resolving", "case", "limit_case", "party", "delivery", "fees", "answers", "done", "position",
    "revision", "updated_at", "expires_at", "warned_at",
)  # fmt: skip


@dataclass(frozen=True)
class Saved:
    """What became of a page: `errors` by field (kept all the same), or `stale`: another device has changed the draft since,
    and nothing was written.
    """

    application: Application
    errors: dict[str, str] = field(default_factory=dict)
    stale: bool = False


@transaction.atomic
def start(
    version: ProcedureVersion, *, case: str = "", exemption: str = "", actor: User, at: datetime
) -> Application:
    """Begin to file a procedure online, with what the profile says filled in. A draft not yet touched is given back instead
    of a second one. `case`, `exemption`: what a guide led to; what the procedure does not know is asked anew.
    Raises RuleViolation where nobody takes it online, and past the number of drafts.
    """
    begun = Begun(actor, prefill.party_of(actor, profile_of(actor)))
    return _start(version, case, exemption, drafts_of(actor, at), begun, Desk(actor, at))


@transaction.atomic
def start_for(
    visit_id: int,
    version: ProcedureVersion,
    *,
    case: str = "",
    exemption: str = "",
    actor: User,
    at: datetime,
) -> Application:
    """Begin to file online on behalf of who is present, in the actor's own visit. It belongs to the person's account when the
    visit does, else the helper keeps it for them. Raises NotFound without the right to help, for another's visit and one that
    has ended; else as `start` does.
    """
    authority_of(actor, legal_date(at)).require_any(Permission.DOSSIER_ASSIST)
    visit = access_visit(actor, visit_id, at)
    account = visit.citizen if visit.phone_confirmed_at else None
    party = prefill.party_in(visit, account, profile_of(account) if account else None)
    drafts = filed_in(visit).filter(state=Application.State.DRAFT)
    begun = Begun(visit.citizen or actor, party, visit)
    return _start(version, case, exemption, drafts, begun, Desk(actor, at))


@dataclass(frozen=True)
class Begun:
    """Whose a draft is, the particulars that it begins with, in which visit."""

    owner: User
    party: dict[str, str]
    visit: Assistance | None = None

    @property
    def told(self) -> dict[str, int]:
        """What the log says of it."""
        return {"assistance": self.visit.pk} if self.visit else {}


def _start(
    version: ProcedureVersion, case: str, exemption: str, drafts: QuerySet[Application], begun: Begun, desk: Desk
) -> Application:  # fmt: skip
    mine = list(drafts.filter(procedure=version.procedure, revision=1)[:1])
    if mine:
        return mine[0]
    rules.require_few(drafts.count())
    found = places(desk, version)
    if not found:
        raise RuleViolation(
            "Chưa có cơ quan nào nhận thủ tục này trực tuyến. Nộp tại bộ phận một cửa hoặc qua bưu chính công ích."
        )
    only = found[0] if len(found) == 1 else None
    form = current_of(version.procedure_id, desk).form_version
    made = Application.objects.create(
        owner=begun.owner,
        assistance=begun.visit,
        procedure=version.procedure,
        version=version,
        form_version=form,
        office=only.office if only else None,
        resolving=only.agency if only else None,
        **_cases(desk, version, case),
        fees={"exemption": exemption} if knows_exemption(version.procedure_id, exemption, desk.day) else {},
        party=begun.party,
        answers=prefill.answers_of(schema_for(form), begun.party) if form else {},
        position=steps.OFFICE,
        created_at=desk.at,
        updated_at=desk.at,
        expires_at=rules.expiry(desk.at, desk.setting("draft_days", None)),
    )
    about = {"procedure": version.procedure.code, "version": version.number, **begun.told}
    append(chain_of(made), "application.started", actor=desk.actor, at=desk.at, data=about, first=True)
    return made


def _cases(desk: Desk, version: ProcedureVersion, named: str) -> dict[str, str]:
    """The case that a guide led to: one of the papers or one of the time limit; an unknown one is chosen anew."""
    papers = cases_of(catalogue.requirements(desk, version.pk))
    if named in papers:
        return {"case": named}
    return {"limit_case": named} if named in limit_cases_of(version, papers) else {}


@transaction.atomic
def save_step(
    application_id: UUID,
    step: str,
    given: Mapping[str, Any],
    *,
    revision: int,
    leaving: bool = True,
    actor: User,
    at: datetime,
) -> Saved:
    """Keep what stands on one page, valid or not. `revision`: the draft as the page saw it. `leaving`: the person goes on,
    else the page saves itself while they type. Raises NotFound for another's draft or a page that it does not have.
    """
    application = locked_draft(actor, application_id, at)
    if rules.is_stale(revision, application.revision):
        return Saved(application, stale=True)
    journey = Journey(application, actor, at)
    section = steps.section_of(step)
    if not section and step not in TAKERS:
        raise NotFound()
    errors = take_section(journey, section, given) if section else TAKERS[step](journey, given)
    _mark(application, step, errors, leaving)
    _touch(application, journey.desk)
    application.save(update_fields=_SAVED)
    return Saved(application, errors)


def _mark(application: Application, step: str, errors: Mapping[str, str], leaving: bool) -> None:
    done = set(application.done)
    if errors:
        done.discard(step)
    elif leaving:
        done.add(step)
    application.done = sorted(done)
    application.position = step


def _touch(application: Application, desk: Desk) -> None:
    application.revision += 1
    application.updated_at = desk.at
    application.expires_at = rules.expiry(desk.at, desk.setting("draft_days", None))
    application.warned_at = None


@transaction.atomic
def reuse(application_id: UUID, dossier_id: int, *, actor: User, at: datetime) -> Application:
    """Fill in what is still empty from an earlier dossier of the same person. Raises NotFound for another's dossier."""
    application = locked_draft(actor, application_id, at)
    journey = Journey(application, actor, at)
    if journey.schema is None or journey.account is None:
        raise NotFound()
    earlier = prefill.earlier_answers(journey.account, dossier_id, at)
    application.answers = prefill.completed(
        application.answers, rules.carried(earlier, prefill.keys_of(journey.schema))
    )
    _touch(application, journey.desk)
    application.save(update_fields=_SAVED)
    return application


@transaction.atomic
def carry_over(application_id: UUID, *, actor: User, at: datetime) -> Application:
    """Bring a draft to the version of the procedure and of its form that are in force now, keeping the answers whose keys match
    and the files of papers of the same name. Nothing changes when it is current. Raises RuleViolation when the procedure is
    not in force any more.
    """
    application = locked_draft(actor, application_id, at)
    desk = Desk(actor, at)
    now = current_of(application.procedure_id, desk)
    same_form = now.form_version_id == application.form_version_id
    if now.version.pk == application.version_id and same_form:
        return application
    application.changed = "form" if now.version.pk == application.version_id else "procedure"
    if now.version.pk != application.version_id:
        for upload, paper_id in remapped(application, now.version, desk):
            upload.paper_id, upload.slot = paper_id, f"paper/{paper_id}"
            upload.save(update_fields=["paper", "slot"])
    application.version, application.form_version = now.version, now.form_version
    if now.form_version:
        application.answers = rules.carried(
            application.answers, prefill.keys_of(schema_for(now.form_version))
        )
    kept = {steps.FOR, steps.PARTY, steps.DELIVERY} & set(application.done)
    application.done = sorted(kept)
    application.revision += 1
    application.updated_at = at
    application.save(update_fields=CONTENT)
    about = {"version": now.version.number, "form": now.form_version_id}
    append(chain_of(application), "application.carried_over", actor=actor, at=at, data=about)
    return application


@transaction.atomic
def discard(application_id: UUID, *, actor: User, at: datetime) -> None:
    """Give a draft up: what was typed in and the files are deleted, only that there was one stays."""
    application = locked_draft(actor, application_id, at)
    forget(application, "người nộp bỏ bản nháp", actor=actor, at=at)
    append(chain_of(application), "application.discarded", actor=actor, at=at)
