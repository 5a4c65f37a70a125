"""Sets of the index: the one in force, all that were, and the doors for who may change them."""

from datetime import date

from django.db.models import QuerySet

from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound, RuleViolation
from motcua.procedures.queries.access import holds_at_top
from motcua.statistics.models import IndexBand, IndexComponent, IndexSet
from motcua.statistics.rules.index766 import CODE, Band, Component, Group, Scheme, measure_of


def scheme_on(day: date, code: str = CODE) -> Scheme:
    """The set in force on a day (the last one of a period), as the rules know it. Raises RuleViolation when there is none."""
    rows = IndexSet.objects.filter(IndexSet.in_force(day), code=code).order_by("-valid_from")
    found = rows.prefetch_related("groups__components", "bands").first()
    if found is None:
        raise RuleViolation(
            f"Chưa có bộ chỉ số nào dùng cho kỳ kết thúc ngày {day:%d-%m-%Y}. Chọn kỳ khác.", field="period"
        )
    return scheme_of(found)


def scheme_of(row: IndexSet) -> Scheme:
    """A set as the rules know it."""
    return Scheme(
        row.pk, row.name, row.law, f"{row.valid_from:%d-%m-%Y}", row.source,
        tuple(Group(g.code, g.name, tuple(component_of(c) for c in g.components.all())) for g in row.groups.all()),
        tuple(Band(b.name, b.low) for b in row.bands.all()),
        row.green_from, row.yellow_from,
    )  # fmt: skip


def component_of(row: IndexComponent) -> Component:
    """A component as the rules know it; how sure it is stands in words unless it is."""
    certainty = "" if row.certainty == row.Certainty.SURE else row.get_certainty_display()
    return Component(
        row.pk, row.code, row.name, row.points, row.target, measure_of(row.measure), row.source, certainty
    )


def has_set(day: date, code: str = CODE) -> bool:
    """Whether a set is in force on a day."""
    return IndexSet.objects.filter(IndexSet.in_force(day), code=code).exists()


def may_edit(authority: Authority) -> bool:
    """Whether the person may change sets: report.template at the root, for a set counts for all."""
    return holds_at_top(authority, Permission.REPORT_TEMPLATE)


def require_editor(authority: Authority) -> None:
    """Raise NotFound unless `may_edit`."""
    if not may_edit(authority):
        raise NotFound()


def access_set(pk: int, authority: Authority, *, lock: bool = False) -> IndexSet:
    """One set that the person may change. Raises NotFound."""
    require_editor(authority)
    rows = IndexSet.objects.filter(pk=pk)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotFound("Không có bộ chỉ số này.")
    return found


def access_component(pk: int, authority: Authority, *, lock: bool = False) -> IndexComponent:
    """One component that the person may change. Raises NotFound."""
    require_editor(authority)
    rows = IndexComponent.objects.select_related("group__index_set").filter(pk=pk)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotFound("Không có thành phần này.")
    return found


def access_band(pk: int, authority: Authority, *, lock: bool = False) -> IndexBand:
    """One class that the person may change. Raises NotFound."""
    require_editor(authority)
    rows = IndexBand.objects.select_related("index_set").filter(pk=pk)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotFound("Không có mức xếp loại này.")
    return found


def sets_read() -> QuerySet[IndexSet]:
    """All sets, the newest first; what an index is made of is no secret from those who read it."""
    return IndexSet.objects.order_by("code", "-valid_from")


def read_set(pk: int) -> IndexSet:
    """One set with everything in it. Raises NotFound."""
    found = sets_read().filter(pk=pk).prefetch_related("groups__components", "bands").first()
    if found is None:
        raise NotFound("Không có bộ chỉ số này.")
    return found
