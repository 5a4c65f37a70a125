"""Who may read which reports, and what a list of dossiers behind a figure shows."""

from collections.abc import Iterable, Mapping
from typing import Any

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.access import visible_to
from motcua.procedures.models import Field, ProcedureVersion
from motcua.statistics.queries.scopes import Scope

LEVEL_WORDS = {"province": "cấp tỉnh", "district": "cấp huyện", "commune": "cấp xã", "": "cơ quan khác"}


def readable_agencies(authority: Authority) -> list[Agency]:
    """Agencies whose reports a person may read, ended ones included, in the order of the tree. Raises NotFound for none."""
    found = list(Agency.objects.filter(authority.where(Permission.REPORT_READ)).order_by("path"))
    if not found:
        raise NotFound()
    return found


def first_choice(agencies: list[Agency], authority: Authority) -> tuple[Agency, bool]:
    """Whose report is shown before anybody chose: the person's own house, with all below it when there is anything."""
    by_id = {agency.pk: agency for agency in agencies}
    chosen = by_id.get(authority.main_agency_id or 0) or agencies[0]
    below = [a for a in agencies if a.path.startswith(chosen.path) and a.kind != Agency.Kind.DIVISION]
    return chosen, len(below) > 1


def own_scope(authority: Authority) -> Scope:
    """Where a person's own work may have been done: everywhere, for it is asked for by the person alone. Raises NotFound for who
    holds no post.
    """
    main = authority.main_agency_id
    own = None if main is None else Agency.objects.filter(pk=main).first()
    if own is None:
        raise NotFound()
    return Scope(Agency.objects.get(pk=own.chain_ids[0]), below=True)


def visible_ids(authority: Authority, dossiers: Iterable[Dossier]) -> set[int]:
    """Those of the dossiers whose page the person may open. One statement."""
    wanted = [dossier.pk for dossier in dossiers]
    return set(visible_to(authority).filter(pk__in=wanted).values_list("pk", flat=True))


def group_words(groups: Mapping[str, Any], scope: Scope) -> list[str]:
    """A row's groups in words. Raises NotFound for a field, procedure or agency that there is not."""
    words = []
    if "level" in groups:
        words.append(LEVEL_WORDS.get(groups["level"], ""))
    if "agency" in groups:
        words.append(scope.agencies[groups["agency"]].name if groups["agency"] in scope.agencies else "")
    if "field" in groups:
        found = Field.objects.filter(pk=groups["field"]).values_list("name", flat=True).first()
        words.append(f"lĩnh vực {found}" if found else "")
    if "procedure" in groups:
        rows = ProcedureVersion.objects.filter(procedure_id=groups["procedure"]).order_by("-number")
        words.append(rows.values_list("name", flat=True).first() or "")
    if not all(words):
        raise NotFound("Không có dòng này trong báo cáo.")
    return words
