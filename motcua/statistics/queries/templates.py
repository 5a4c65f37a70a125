"""Forms by name: those shipped, and the templates that an agency or one above it derived from them."""

from datetime import date

from django.db.models import QuerySet

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound, RuleViolation
from motcua.statistics.models import ReportColumn, ReportTemplate
from motcua.statistics.models.templates import PREFIX
from motcua.statistics.rules.reports import ReportForm, figure_column, form_on


def find_form(code: str, agency: Agency, day: date) -> ReportForm:
    """The form of this code for an agency's report on a period ending on `day`: shipped, or a template in force there.

    Raises NotFound for none of this name, RuleViolation for one that does not hold on that day.
    """
    pk = code.removeprefix(PREFIX)
    if not code.startswith(PREFIX) or not pk.isdecimal():
        return form_on(code, day)
    found = (
        ReportTemplate.objects.filter(pk=int(pk), agency__in=agency.chain_ids)
        .prefetch_related("columns")
        .first()
    )
    if found is None:
        raise NotFound("Không có mẫu báo cáo này.")
    return derived(found, day)


def derived(template: ReportTemplate, day: date) -> ReportForm:
    """The form that a template makes of its base. Raises RuleViolation when either does not hold on that day."""
    if day < template.valid_from or (template.valid_to and day > template.valid_to):
        until = f" đến ngày {template.valid_to:%d-%m-%Y}" if template.valid_to else ""
        raise RuleViolation(
            f"Mẫu này chỉ dùng cho kỳ kết thúc từ ngày {template.valid_from:%d-%m-%Y}{until}. Chọn kỳ khác hoặc biểu khác.",
            field="period",
        )
    base = form_on(template.base, day)
    columns = tuple(figure_column(column.figure, column.title) for column in template.columns.all())
    law = template.document or f"{template.agency} đặt ra"
    number = f"Mẫu riêng theo {base.number}"
    return base.with_columns(columns, code=template.code, title=template.title, law=law, number=number)


def templates_for(agency: Agency, day: date) -> QuerySet[ReportTemplate]:
    """Templates that an agency's reports may use on a day: its own and those of the agencies above it."""
    rows = ReportTemplate.objects.filter(ReportTemplate.in_force(day), agency__in=agency.chain_ids)
    return rows.select_related("agency")


def templates_kept(authority: Authority) -> QuerySet[ReportTemplate]:
    """Templates that a person may change, ended ones included."""
    rows = ReportTemplate.objects.filter(authority.where(Permission.REPORT_TEMPLATE, "agency"))
    return rows.select_related("agency")


def access_template(pk: int, authority: Authority, *, lock: bool = False) -> ReportTemplate:
    """A template that a person may change. Raises NotFound."""
    rows = templates_kept(authority).filter(pk=pk)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotFound("Không có mẫu báo cáo này.")
    return found


def access_column(pk: int, authority: Authority) -> ReportColumn:
    """A column of a template that a person may change. Raises NotFound."""
    rows = ReportColumn.objects.filter(template__in=templates_kept(authority))
    found = rows.select_related("template__agency").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không có cột này.")
    return found
