"""Acts on report templates: derive one from a shipped form, add and take away columns, end it. Each is logged."""

from datetime import date, datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.statistics.models import ReportColumn, ReportTemplate
from motcua.statistics.queries.templates import access_column, access_template
from motcua.statistics.rules.figures import REGISTRY
from motcua.statistics.rules.reports import CODES, figure_column, form_on
from motcua.statistics.rules.things import Subject

MOST_COLUMNS = 12


@transaction.atomic
def create_template(
    base: str,
    title: str,
    *,
    agency: Agency,
    valid_from: date,
    document: str = "",
    actor: User,
    at: datetime,
) -> ReportTemplate:
    """Derive a template from a shipped form, for an agency and all below it, for periods that end on `valid_from` or later.

    Raises NotFound without report.template there, RuleViolation for an unknown form or no title.
    """
    authority_of(actor, legal_date(at)).require(Permission.REPORT_TEMPLATE, agency)
    if base not in CODES:
        raise RuleViolation("Chọn một biểu có sẵn làm gốc.", field="base")
    if not nfc(title):
        raise RuleViolation("Nhập tên báo cáo.", field="title")
    template = ReportTemplate.objects.create(
        agency=agency, base=base, title=nfc(title), document=nfc(document), valid_from=valid_from,
        created_by=actor, created_at=at,
    )  # fmt: skip
    data = {"agency": agency.pk, "base": base, "title": template.title, "valid_from": valid_from.isoformat()}
    append(_chain(template), "report_template.created", actor=actor, at=at, data=data, first=True)
    return template


@transaction.atomic
def add_column(template_id: int, figure: str, title: str = "", *, actor: User, at: datetime) -> ReportColumn:
    """Put a figure of the registry at the end of a template. Raises NotFound; RuleViolation for an unknown figure, one that
    is there already, a template that has ended, or too many columns for a sheet of paper.
    """
    template = access_template(template_id, authority_of(actor, legal_date(at)), lock=True)
    _require_open(template, legal_date(at))
    figure_column(figure)
    if REGISTRY[figure].subject is not Subject.DOSSIER:
        raise RuleViolation("Mẫu riêng chỉ thêm được chỉ tiêu đếm hồ sơ.", field="figure")
    base = form_on(template.base, legal_date(at))
    if not base.counts_dossiers:
        raise RuleViolation(
            f"{base.number} không đếm hồ sơ nên không thêm được chỉ tiêu đếm hồ sơ.", field="figure"
        )
    added = list(template.columns.all())
    known = {column.figure for column in added} | set(base.keys)
    if figure in known:
        raise RuleViolation("Báo cáo đã có chỉ tiêu này.", field="figure")
    if len(added) >= MOST_COLUMNS:
        raise RuleViolation(f"Mỗi mẫu thêm nhiều nhất {MOST_COLUMNS} cột để in vừa khổ A4.", field="figure")
    position = max((column.position for column in added), default=0) + 1
    column = ReportColumn.objects.create(
        template=template, position=position, figure=figure, title=nfc(title)
    )
    data = {"figure": figure, "title": column.title}
    append(_chain(template), "report_template.column_added", actor=actor, at=at, data=data)
    return column


@transaction.atomic
def remove_column(column_id: int, *, actor: User, at: datetime) -> ReportTemplate:
    """Take a column out of a template. Raises NotFound, RuleViolation when the template has ended."""
    authority = authority_of(actor, legal_date(at))
    column = access_column(column_id, authority)
    template = access_template(column.template_id, authority, lock=True)
    _require_open(template, legal_date(at))
    data = {"figure": column.figure, "title": column.title}
    column.delete()
    append(_chain(template), "report_template.column_removed", actor=actor, at=at, data=data)
    return template


@transaction.atomic
def end_template(template_id: int, last_day: date, *, actor: User, at: datetime) -> ReportTemplate:
    """A template is not used for periods that end after a day. Raises NotFound, RuleViolation for a day before its first."""
    template = access_template(template_id, authority_of(actor, legal_date(at)), lock=True)
    if last_day < template.valid_from:
        raise RuleViolation("Ngày cuối cùng phải từ ngày bắt đầu trở đi.", field="last_day")
    template.valid_to = last_day
    template.save(update_fields=["valid_to"])
    append(
        _chain(template), "report_template.ended", actor=actor, at=at, data={"until": last_day.isoformat()}
    )
    return template


def _chain(template: ReportTemplate) -> str:
    return f"report-template/{template.pk}"


def _require_open(template: ReportTemplate, day: date) -> None:
    if template.valid_to and template.valid_to < day:
        raise RuleViolation("Mẫu này đã hết hiệu lực nên không sửa được. Lập mẫu mới.")
