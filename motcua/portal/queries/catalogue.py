"""The public catalogue: procedures in force, by field and by accent-free words, and the sheet of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from motcua.agencies.models import OneStopOffice
from motcua.core.errors import NotFound
from motcua.core.text import sort_key
from motcua.portal.queries import words
from motcua.procedures.models import Fee, Field, Offering, Procedure, ProcedureVersion
from motcua.procedures.queries import in_force_at, search
from motcua.procedures.queries.facts import limits_of
from motcua.procedures.queries.versions import related_versions
from motcua.procedures.rules.fees import tiers_of

MOST = 200


def in_force(day: date) -> QuerySet[ProcedureVersion]:
    """Published versions of public procedures in force on a day."""
    return in_force_at(day).filter(status="published", procedure__kind=Procedure.Kind.PUBLIC)


def fields_with_counts(day: date) -> list[Field]:
    """Fields that have procedures in force, each with `count`, in the order of the Vietnamese alphabet."""
    counted = Count("procedureversion", filter=Q(procedureversion__in=in_force(day)))
    found = Field.objects.annotate(count=counted).filter(count__gt=0)
    return sorted(found, key=lambda field: sort_key(field.name))


def field_of(pk: int) -> Field | None:
    """The field chosen, for the line that says so."""
    return Field.objects.filter(pk=pk).first()


def versions_found(text: str, field_id: int | None, day: date) -> Sequence[ProcedureVersion]:
    """Versions that have every word of the text, marks and case apart, best first; without words all, by name."""
    if not text.strip():
        found = in_force(day).order_by("name", "pk")
        return found.filter(field=field_id) if field_id else found  # type: ignore[return-value]
    ranked = search(text, day=day, limit=MOST)
    return [v for v in ranked if _is_public(v) and field_id in (None, v.field_id)]


def _is_public(version: ProcedureVersion) -> bool:
    return version.status == "published" and version.procedure.kind == Procedure.Kind.PUBLIC


def offices(day: date, procedure: Procedure | None = None) -> QuerySet[OneStopOffice]:
    """Offices open on a day; with a procedure, those where an agency that offers it is seated."""
    found = OneStopOffice.objects.filter(OneStopOffice.in_force(day)).order_by("agency__path")
    if procedure is None:
        return found
    offering = Offering.objects.filter(Offering.in_force(day), procedure=procedure).values("agency")
    seated = Q(seats__agency__in=offering) & Q(seats__valid_from__lte=day)
    still = Q(seats__valid_to__isnull=True) | Q(seats__valid_to__gte=day)
    return found.filter(seated & still).distinct()


@dataclass(frozen=True)
class Sheet:
    """Everything that the page of one procedure shows."""

    version: ProcedureVersion
    versions: list[ProcedureVersion]
    cases: list[dict[str, Any]]
    channels: list[dict[str, Any]]
    legal: list[dict[str, str]]
    related: list[ProcedureVersion]


def sheet(code: str, day: date) -> Sheet:
    """The sheet of a procedure: the version in force, else the latest published. Raises NotFound."""
    schedule = Fee.objects.filter(Fee.in_force(day)).select_related("area")
    fees = Prefetch("procedure__fees", schedule.prefetch_related("exemptions"))
    versions = list(
        ProcedureVersion.objects.exclude(status="draft")
        .filter(procedure__code=code, procedure__kind=Procedure.Kind.PUBLIC, valid_from__lte=day)
        .select_related("procedure", "field")
        .prefetch_related("papers", "channels", "results", "legal_bases", fees)
        .order_by("-valid_from", "-number")
    )
    if not versions:
        raise NotFound(_("Không có thủ tục này trong danh mục."))
    current = versions[0]
    return Sheet(
        current, versions, _cases(current), _channels(current), _legal(current), _related(current, day)
    )


def _related(version: ProcedureVersion, day: date) -> list[ProcedureVersion]:
    return [one for one in related_versions(version, day) if _is_public(one)]


def _cases(version: ProcedureVersion) -> list[dict[str, Any]]:
    papers = sorted(version.papers.all(), key=lambda p: (p.case != "", p.case, p.position))
    return [
        {"name": name.strip("*: "), "papers": list(group)}
        for name, group in groupby(papers, key=lambda p: p.case)
    ]


def _channels(version: ProcedureVersion) -> list[dict[str, Any]]:
    fees = list(version.procedure.fees.all())
    return [
        {
            "label": _(rule.get_channel_display()),
            "case": row.case,
            "limit": words.limit(row.amount, row.unit),
            "fees": [fee_line(f) for f in fees if f.channel in ("", rule.channel)]
            or _listed_fee(row.fee_dong),
        }
        for rule in version.channels.all()
        for row in limits_of(rule)
    ]


def _listed_fee(amount: int | None) -> list[dict[str, str]]:
    return [{"price": words.amount(amount)}] if amount else []


def fee_line(fee: Fee) -> dict[str, str]:
    """One line of the fee schedule: name, price with what it is for, who is exempt. Name and reasons are the law's words."""
    per = _(fee.get_per_display())
    steps = [(tier.dong, words.tier(tier.pages)) for tier in tiers_of(fee.tiers)]
    prices = [f"{words.amount(dong)}/{per} ({pages})" for dong, pages in steps]
    price = ", ".join(prices) or f"{words.amount(fee.amount_dong)}/{per}"
    if fee.cap_dong:
        price += f", {_('tối đa')} {words.amount(fee.cap_dong)}"
    name = f"{fee.name} ({fee.area.name})" if fee.area else fee.name
    return {"name": name, "price": price, "exempt": ", ".join(e.reason for e in fee.exemptions.all())}


def _legal(version: ProcedureVersion) -> list[dict[str, str]]:
    rows = [
        (_("Cấp thực hiện"), version.levels_text),
        (_("Loại thủ tục"), version.category),
        (_("Đối tượng thực hiện"), ", ".join(version.audiences)),
        (_("Cơ quan thực hiện"), version.agency_text),
        (_("Cơ quan có thẩm quyền"), version.competent_authority),
        (_("Cơ quan được ủy quyền"), version.delegated_authority),
        (_("Cơ quan phối hợp"), version.coordinating_agencies),
        (_("Quyết định công bố"), version.decision_number),
    ]
    online = {"label": _("Mức độ trực tuyến"), "value": _(version.get_online_level_display())}
    return [online, *({"label": label, "value": value, "lang": "vi"} for label, value in rows if value)]
