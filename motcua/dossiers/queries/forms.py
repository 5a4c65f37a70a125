"""The electronic form of a dossier: its last answers as a person reads them, and what changed since the time before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.core.errors import RuleViolation
from motcua.dossiers.models import Dossier, DossierForm
from motcua.dossiers.rules.correction import merged, top
from motcua.eforms.models import FormVersion
from motcua.eforms.queries import context, schema_for
from motcua.eforms.rules.answers import SectionSummary, fill, summary
from motcua.eforms.rules.schema import Schema


@dataclass(frozen=True)
class Line:
    """One answer. `path` names it in full, `field` as a correction points at it; `before`: None when nothing has changed."""

    path: str
    field: str
    label: str
    shown: str
    before: str | None = None


@dataclass(frozen=True)
class Part:
    """A section of the form."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class FormView:
    """The last revision of a dossier's form, beside the one before it."""

    form: DossierForm
    schema: Schema
    parts: list[Part]

    @property
    def is_corrected(self) -> bool:
        """Whether it was sent in more than once."""
        return self.form.revision > 1


def latest_form(dossier: Dossier) -> DossierForm | None:
    """The last revision of the dossier's form; None when it was filed without one. One statement."""
    rows = DossierForm.objects.filter(dossier_id=dossier.pk).select_related("form_version__form")
    return rows.order_by("-revision").first()


def form_view(dossier: Dossier, at: datetime) -> FormView | None:
    """The form as officers and its owner read it; None when there is none. One statement when it was sent once."""
    rows = DossierForm.objects.filter(dossier_id=dossier.pk).select_related("form_version__form", "saved_by")
    found = list(rows.order_by("-revision")[:2])
    if not found:
        return None
    last = found[0]
    before = _shown(found[1], at) if len(found) > 1 else None
    return FormView(last, schema_of(last.form_version), [_part(one, before) for one in _summary(last, at)])


def schema_of(version: FormVersion) -> Schema:
    """The form of a version. Raises RuleViolation when it was tampered with."""
    return schema_for(version)


def fields_of(form: DossierForm | None) -> frozenset[str]:
    """What a correction may point at: the paths of the fields of a dossier's form."""
    if form is None:
        return frozenset()
    return frozenset(section.path(one.key) for section, one in schema_of(form.form_version))


def _summary(form: DossierForm, at: datetime) -> list[SectionSummary]:
    return summary(schema_of(form.form_version), form.answers, context(at))


def _shown(form: DossierForm, at: datetime) -> Mapping[str, str]:
    return {path: shown for part in _summary(form, at) for path, _label, shown in part.rows}


def _part(section: SectionSummary, before: Mapping[str, str] | None) -> Part:
    lines = [
        Line(path, top(path), label, shown, _earlier(before, path, shown))
        for path, label, shown in section.rows
    ]
    return Part(section.title, lines)


def _earlier(before: Mapping[str, str] | None, path: str, shown: str) -> str | None:
    """What was answered before, when that was something else."""
    if before is None or before.get(path, "") == shown:
        return None
    return before.get(path, "")


def require_form(dossier: Dossier) -> DossierForm:
    """The dossier's form, for a page that cannot do without. Raises RuleViolation."""
    found = latest_form(dossier)
    if found is None:
        raise RuleViolation("Hồ sơ này không có tờ khai điện tử.")
    return found


def corrected(
    form: DossierForm, asked: Collection[str], given: Mapping[str, Mapping[str, Any]], at: datetime
) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers with what was asked for replaced, and what is wrong with them by path. What another answer makes necessary
    that was not asked for counts too: a condition may open a further field.
    """
    schema = schema_of(form.form_version)
    answers = merged(form.answers, given, asked)
    found = fill(schema, answers, context(at))
    further = {top(path) for path in found.errors} - set(asked)
    if further:
        answers = merged(answers, given, further)
        found = fill(schema, answers, context(at))
    return found.answers, found.errors
