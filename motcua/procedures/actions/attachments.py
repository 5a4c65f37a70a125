"""Files of the catalogue: forms and samples of papers, scans of decisions. Scanned or held back as every file is."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.files.actions import store
from motcua.files.models import StoredFile
from motcua.procedures.actions._guard import chain, lock_procedure, require_catalogue
from motcua.procedures.models import Paper, ProcedureVersion, PublicationDecision
from motcua.procedures.queries.attachments import COLUMNS, access_paper, file_of
from motcua.procedures.queries.publication import access_decision
from motcua.procedures.rules.attachments import DEAD, FileKind, check_attach, check_remove


@transaction.atomic
def attach_file(
    paper_id: int, kind: FileKind, upload: "UploadedFile[bytes]", *, actor: User, at: datetime
) -> StoredFile:
    """Attach a form or a sample to a paper: in a draft in the place of the one before, else where there is none.

    Raises RuleViolation for a note, for a file that a published version shows already, or one that cannot be taken.
    """
    require_catalogue(actor, Permission.CATALOGUE_EDIT, at)
    paper = _locked(paper_id)
    check_attach(is_draft=_is_draft(paper), note_only=paper.note_only, state=_state(paper, kind))
    stored = store(upload, actor=actor, at=at, personal=False)
    _point(paper, kind, stored.pk)
    data = _about(paper, kind) | {"file": stored.pk, "sha256": stored.sha256}
    append(chain(paper.version.procedure_id), "procedure.file_attached", actor=actor, at=at, data=data)
    return stored


@transaction.atomic
def remove_file(paper_id: int, kind: FileKind, *, actor: User, at: datetime) -> Paper:
    """Take a form or a sample away from a paper of a draft; the version before keeps its own."""
    require_catalogue(actor, Permission.CATALOGUE_EDIT, at)
    paper = _locked(paper_id)
    check_remove(is_draft=_is_draft(paper), state=_state(paper, kind))
    data = _about(paper, kind) | {"file": getattr(paper, COLUMNS[kind])}
    _point(paper, kind, None)
    append(chain(paper.version.procedure_id), "procedure.file_removed", actor=actor, at=at, data=data)
    return paper


def _locked(paper_id: int) -> Paper:
    lock_procedure(access_paper(paper_id).version.procedure_id)
    return access_paper(paper_id)


def _is_draft(paper: Paper) -> bool:
    return paper.version.status == ProcedureVersion.Status.DRAFT


def _state(paper: Paper, kind: FileKind) -> str:
    found = StoredFile.objects.filter(pk=getattr(paper, COLUMNS[kind]) or 0).first()
    return found.state if found else ""


def _point(paper: Paper, kind: FileKind, file_id: int | None) -> None:
    setattr(paper, COLUMNS[kind], file_id)
    paper.save(update_fields=[COLUMNS[kind]])


def _about(paper: Paper, kind: FileKind) -> dict[str, object]:
    return {"version": paper.version.number, "paper": paper.position, "kind": kind.value}


@transaction.atomic
def attach_decision(
    decision_id: int, upload: "UploadedFile[bytes]", *, actor: User, at: datetime
) -> PublicationDecision:
    """Put the scan of a decision beside it, once; noted in the log of every procedure that it names."""
    require_catalogue(actor, Permission.CATALOGUE_PUBLISH, at)
    decision = access_decision(decision_id)
    # Locks the row, so that of two scans sent at once the second is refused.
    PublicationDecision.objects.select_for_update().get(pk=decision_id)
    held = file_of(decision)
    if held is not None and held.state not in DEAD:
        raise RuleViolation(f"Quyết định {decision.number} đã có bản quét.", field="file")
    stored = store(upload, actor=actor, at=at, personal=False)
    decision.file_id = stored.pk
    decision.save(update_fields=["file_id"])
    data = {"decision": decision.number, "file": stored.pk, "sha256": stored.sha256}
    for procedure_id in {change.procedure_id for change in decision.changes.all()}:
        append(chain(procedure_id), "procedure.decision_scanned", actor=actor, at=at, data=data)
    return decision
