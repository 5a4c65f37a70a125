"""The public catalogue: procedures in force, by field and by accent-free words, and the sheet of one."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext as _

from motcua.core.errors import NotFound
from motcua.core.text import sort_key
from motcua.filing.queries.places import online_offered
from motcua.portal.queries import words
from motcua.procedures.models import Fee, Field, PlainWords, Procedure, ProcedureVersion
from motcua.procedures.queries.facts import limits_of
from motcua.procedures.queries.finding import public_at
from motcua.procedures.queries.guides import has_guide
from motcua.procedures.queries.versions import related_versions
from motcua.procedures.rules.fees import tiers_of


def fields_with_counts(day: date) -> list[Field]:
    """Fields that have procedures in force, each with `count`, in the order of the Vietnamese alphabet."""
    counted = Count("procedureversion", filter=Q(procedureversion__in=public_at(day)))
    found = Field.objects.annotate(count=counted).filter(count__gt=0)
    return sorted(found, key=lambda field: sort_key(field.name))


def _is_public(version: ProcedureVersion) -> bool:
    return version.status == "published" and version.procedure.kind == Procedure.Kind.PUBLIC


@dataclass(frozen=True)
class Sheet:
    """Everything that the page of one procedure shows."""

    version: ProcedureVersion
    versions: list[ProcedureVersion]
    cases: list[dict[str, Any]]
    channels: list[dict[str, Any]]
    legal: list[dict[str, str]]
    related: list[ProcedureVersion]
    words: PlainWords | None = None
    has_guide: bool = False
    is_online: bool = False

    @property
    def name(self) -> str:
        """Its name in the reader's language, where somebody has written it."""
        english = words.is_english() and self.words and self.words.name_en
        return english or self.version.name

    @property
    def fees_everywhere(self) -> list[dict[str, str]]:
        """The fees, when they are the same however one hands in; empty when ways differ or nothing is charged."""
        lists = [row["fees"] for row in self.channels]
        return lists[0] if len(lists) > 1 and all(fees == lists[0] for fees in lists) else []

    @property
    def summary(self) -> str:
        """What it is for, in the reader's language; empty when nobody has said it."""
        if self.words is None:
            return ""
        return self.words.summary_en if words.is_english() else self.words.summary


def sheet(code: str, day: date) -> Sheet:
    """The sheet of a procedure: the version in force, else the latest published. Raises NotFound."""
    schedule = Fee.objects.filter(Fee.in_force(day)).select_related("area")
    fees = Prefetch("procedure__fees", schedule.prefetch_related("exemptions"))
    versions = list(
        ProcedureVersion.objects.exclude(status="draft")
        .filter(procedure__code=code, procedure__kind=Procedure.Kind.PUBLIC, valid_from__lte=day)
        .select_related("procedure__words", "field")
        .prefetch_related("papers", "channels", "results", "legal_bases", fees)
        .order_by("-valid_from", "-number")
    )
    if not versions:
        raise NotFound(_("Không có thủ tục này trong danh mục."))
    current = versions[0]
    return Sheet(
        version=current,
        versions=versions,
        cases=cases_of(current),
        channels=channels_of(current),
        legal=_legal(current),
        related=_related(current, day),
        words=getattr(current.procedure, "words", None),
        has_guide=has_guide(current.procedure),
        is_online=online_offered(current, day),
    )


def _related(version: ProcedureVersion, day: date) -> list[ProcedureVersion]:
    return [one for one in related_versions(version, day) if _is_public(one)]


def cases_of(version: ProcedureVersion) -> list[dict[str, Any]]:
    """Papers by alternative case, those of every case first."""
    papers = sorted(version.papers.all(), key=lambda p: (p.case != "", p.case, p.position))
    return [
        {"name": name.strip("*: "), "papers": list(group)}
        for name, group in groupby(papers, key=lambda p: p.case)
    ]


def channels_of(version: ProcedureVersion) -> list[dict[str, Any]]:
    """Ways of handing in with their limits and fees, a row for each case that has a limit of its own."""
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
