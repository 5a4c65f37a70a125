"""Reads of forms: which form a procedure is filed with, the form itself, what a check of answers needs."""

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Count, QuerySet

from motcua.core.errors import NotFound, RuleViolation
from motcua.eforms.models import Form, FormBinding, FormVersion
from motcua.eforms.rules.content import canonical, hash_of
from motcua.eforms.rules.faults import faults_of
from motcua.eforms.rules.reading import read_schema, schema_of
from motcua.eforms.rules.schema import Schema
from motcua.eforms.rules.types import Context
from motcua.places.queries import units
from motcua.procedures.models import Paper, ProcedureVersion


def binding_of(version: ProcedureVersion) -> FormBinding | None:
    """The binding that holds for a version of a procedure: its own, else that of the nearest version before it."""
    rows = FormBinding.objects.filter(
        version__procedure_id=version.procedure_id, version__number__lte=version.number
    )
    return rows.select_related("form_version__form", "paper").order_by("-version__number").first()


def form_for(procedure_version: ProcedureVersion) -> FormVersion | None:
    """The published form that a version of a procedure is filed with; None when there is none. One statement."""
    found = binding_of(procedure_version)
    return found.form_version if found else None


def replaced_paper(procedure_version: ProcedureVersion) -> Paper | None:
    """The required paper of this version that its form stands for: the one bound, or of the same name in a later version."""
    found = binding_of(procedure_version)
    if found is None or found.form_version is None or found.paper is None:
        return None
    if found.version_id == procedure_version.pk:
        return found.paper
    return procedure_version.papers.filter(name=found.paper.name).first()


def schema_for(version: FormVersion) -> Schema:
    """The form of a version, ready to be filled in. Raises RuleViolation when it is unfit, or not as it was published."""
    text = canonical(version.schema)
    if version.status == FormVersion.Status.PUBLISHED and hash_of(version.schema) != version.content_hash:
        raise RuleViolation("Nội dung tờ khai không còn đúng như lúc ban hành. Báo cho quản trị.")
    return _schema(text)


@lru_cache(maxsize=256)
def _schema(text: str) -> Schema:
    return schema_of(json.loads(text))


def draft_schema(version: FormVersion) -> tuple[Schema, list[str]]:
    """The form of a draft as far as it can be read, and everything that is still wrong with it."""
    faults: list[str] = []
    schema = read_schema(version.schema, faults)
    return schema, [*faults, *faults_of(schema)]


def context(at: datetime | None, may_use_file: Callable[[str], bool] | None = None) -> Context:
    """What every check of answers wants beside the form: the moment of the filling, the administrative units, whose files."""
    return Context(at=at, units=units(), may_use_file=may_use_file)


def access_form(code: str) -> Form:
    """One form by its code. Raises NotFound."""
    found = Form.objects.filter(code=code).first()
    if found is None:
        raise NotFound()
    return found


def access_version(code: str, number: int) -> FormVersion:
    """One version of a form. Raises NotFound."""
    found = (
        FormVersion.objects.select_related("form", "published_by")
        .filter(form__code=code, number=number)
        .first()
    )
    if found is None:
        raise NotFound()
    return found


def forms_list() -> QuerySet[Form]:
    """All forms with how many procedures are filed with them."""
    bound = Count("versions__bindings", distinct=True)
    return Form.objects.annotate(bindings=bound).prefetch_related("versions").order_by("name", "id")


def access_draft(code: str) -> FormVersion:
    """The open draft of a form. Raises NotFound."""
    rows = FormVersion.objects.select_related("form").filter(form__code=code, status=FormVersion.Status.DRAFT)
    found = rows.first()
    if found is None:
        raise NotFound("Tờ khai này không có dự thảo nào.")
    return found


def versions_of(form: Form) -> list[FormVersion]:
    """The versions of a form, newest first."""
    return list(form.versions.select_related("published_by", "form").order_by("-number"))


def bindings_of(form: Form) -> list[FormBinding]:
    """The procedures filed with any version of a form."""
    rows = FormBinding.objects.filter(form_version__form=form)
    return list(
        rows.select_related("version__procedure", "form_version", "paper").order_by("version__name", "pk")
    )


def latest_binding(form: Form) -> FormBinding | None:
    """The procedure that was bound to the form last; None while it was never bound."""
    rows = FormBinding.objects.filter(form_version__form=form).select_related("version__procedure", "paper")
    return rows.order_by("-bound_at", "-pk").first()


def papers_asked(version: ProcedureVersion) -> list[Paper]:
    """The papers of a version of a procedure, without mere notes."""
    return list(version.papers.filter(note_only=False).order_by("position", "pk"))


def access_binding(code: str, pk: int) -> FormBinding:
    """One binding of a form. Raises NotFound."""
    found = FormBinding.objects.filter(form_version__form__code=code, pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def procedure_version_to_bind(code: str, day: date) -> ProcedureVersion | None:
    """The version of a procedure in force on a day, else the next that will be."""
    rows = ProcedureVersion.objects.filter(procedure__code=code).exclude(status=ProcedureVersion.Status.DRAFT)
    in_force = rows.filter(ProcedureVersion.in_force(day)).order_by("-number").first()
    return in_force or rows.filter(valid_from__gt=day).order_by("valid_from").first()


def file_of(version: FormVersion) -> str:
    """A version as a file that can be imported again."""
    return json.dumps(version.schema, ensure_ascii=False, indent=1)


def names_in_log(rests: list[str]) -> dict[str, str]:
    """From the numbers of forms to their names, for the log."""
    pks = [int(rest) for rest in rests if rest.isdecimal() and len(rest) < 18]
    return {str(pk): name for pk, name in Form.objects.filter(pk__in=pks).values_list("pk", "name")}
