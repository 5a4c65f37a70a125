"""The electronic form of a dossier as acts write it, correct it and point at it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from motcua.core import store
from motcua.core.errors import RuleViolation
from motcua.dossiers.actions._journal import trace
from motcua.dossiers.models import Dossier, DossierForm, DossierPaper
from motcua.dossiers.queries.forms import corrected, fields_of, latest_form
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import correction
from motcua.dossiers.rules.answers import fingerprint_of


def save_form(
    desk: Desk, dossier: Dossier, form_version_id: int | None, answers: Mapping[str, Any] | None, *, revision: int = 1
) -> None:  # fmt: skip
    """Keep the answers as sent in, and their hash for the log; nothing without a form. One statement."""
    if form_version_id is None:
        return
    row = store.new(
        DossierForm,
        dossier=dossier,
        revision=revision,
        form_version_id=form_version_id,
        answers=dict(answers or {}),
        saved_at=desk.at,
        saved_by=desk.actor,
    )
    store.insert([row])
    trace(dossier, "forms", [revision, fingerprint_of(row.answers)])


def require_pointed(dossier: Dossier, items: Sequence[Any]) -> None:
    """Raise RuleViolation when an item points at something that the dossier does not have. Statements only for pointed items."""
    pointed = [
        item for item in items if isinstance(item, Mapping) and (item.get("field") or item.get("paper"))
    ]
    if not pointed:
        return
    papers = {p.pk for p in store.find(DossierPaper, dossier_id=dossier.pk) if p.replaced_at is None}
    fields = fields_of(latest_form(dossier)) if correction.fields_of(pointed) else frozenset()
    fees = {correction.FEES} if dossier.received_at is None else set()
    correction.require_pointed(pointed, {*fields, *fees}, papers)


def correct_form(
    desk: Desk, dossier: Dossier, asked: Collection[str], given: Mapping[str, Mapping[str, Any]]
) -> tuple[str, ...]:
    """Keep the answers asked for as a new revision; the fields that were answered. Raises RuleViolation naming what is wrong."""
    form = latest_form(dossier)
    if not asked or form is None:
        return ()
    answers, errors = corrected(form, asked, given, desk.at)
    if errors:
        raise RuleViolation(
            f"Kiểm tra lại tờ khai: {'; '.join(dict.fromkeys(errors.values()))}", field="items"
        )
    save_form(desk, dossier, form.form_version_id, answers, revision=form.revision + 1)
    return tuple(asked)
