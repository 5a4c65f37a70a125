"""Filters of the catalogue's pages."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import get_language

from motcua.core.moments import today
from motcua.procedures.actions._report import conclusion, summary
from motcua.procedures.actions.importing import ImportReport
from motcua.procedures.models import LegalBasis, Offering, PlainWords, ProcedureVersion, ResultTemplate
from motcua.procedures.queries import diffs
from motcua.procedures.queries.attachments import public_files
from motcua.procedures.queries.sheet import ProcedureSheet, row_limits
from motcua.procedures.rules.diagram import Arrow
from motcua.procedures.rules.limits import describe
from motcua.procedures.rules.process import plain

register = template.Library()


@register.filter
def limits(version: ProcedureVersion) -> str:
    """The limits of a row of the list."""
    return row_limits(list(version.channels.all()))


@register.filter
def basis_line(basis: LegalBasis) -> str:
    """A document that a version rests on."""
    return diffs.basis_line(basis)


@register.simple_tag
def procedure_name(version: ProcedureVersion) -> str:
    """The name of a procedure as who reads the page knows it: English words where they are, else the name in law."""
    english = PlainWords.objects.filter(procedure_id=version.procedure_id) if get_language() == "en" else None
    name = english.values_list("name_en", flat=True).first() if english is not None else ""
    return format_html(
        '<span lang="{}">{}</span>', "en" if name else "vi", Truncator(name or version.name).chars(160)
    )


@register.inclusion_tag("procedures/_public_forms.html")
def public_forms(version: ProcedureVersion) -> dict[str, Any]:
    """Forms and samples of a version that everybody may take home."""
    return {"files": public_files(version, today())}


@register.simple_tag
def template_at(sheet: ProcedureSheet, offering: Offering) -> ResultTemplate | None:
    """What the agency of a running offering makes the result from."""
    return None if offering.valid_to else sheet.templates.get(offering.agency_id)


@register.filter
def reduced(offering: Offering) -> str:
    """The reduced time of an offering."""
    return describe(offering.reduced_amount, offering.reduced_unit)


@register.filter
def hours(number: Decimal | None) -> str:
    """A number of hours or days in Vietnamese writing."""
    return "" if number is None else plain(Decimal(number))


@register.filter
def offered_note(count: int) -> str:
    """Under the count of procedures with a reduced time."""
    return f"trên {count} thủ tục thực hiện"


@register.filter
def arrow_head(arrow: Arrow) -> str:
    """The three points of an arrow's head."""
    return f"{arrow.x2},{arrow.y} {arrow.x2 - 8},{arrow.y - 5} {arrow.x2 - 8},{arrow.y + 5}"


@register.filter
def import_summary(report: ImportReport) -> str:
    """The sums of an import."""
    return summary(report)


@register.filter
def import_conclusion(report: ImportReport, dry_run: bool) -> str:
    """Whether an import wrote anything."""
    return conclusion(report, dry_run)
