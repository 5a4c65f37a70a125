"""The dossiers behind a figure: the same window, scope, group and condition that counted it."""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from motcua.core.errors import NotFound
from motcua.dossiers.models import Dossier
from motcua.statistics.queries.counting import GROUPS, placed
from motcua.statistics.queries.facets import facets
from motcua.statistics.queries.parts import where
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.standing import Bounds
from motcua.statistics.rules.figures import REGISTRY, tests_behind
from motcua.statistics.rules.meaning import MEANING
from motcua.statistics.rules.periods import Window


def behind(
    figure: str, scope: Scope, window: Window, carried: bool = True, /, *, at: datetime, by_minute: bool = False, **groups: Any
) -> QuerySet[Dossier]:  # fmt: skip
    """The dossiers that a figure counts, the oldest first. `groups` narrows as the figure's row did, e.g. field=3; "agency"
    is the house in whose name the row stands, "level" the level of government of that house. `carried`: as in `placed`. Raises NotFound for a figure or a group that does not exist.
    """
    if figure not in REGISTRY or not set(groups) <= {*GROUPS, "level"} or not tests_behind(figure):
        raise NotFound("Không có chỉ tiêu này.")
    bounds = Bounds.of(window, at)
    meanings = [MEANING[test] for test in tests_behind(figure)]
    wanted = reduce(or_, (Q(**{f"{facet}__in": names for facet, names in m.items()}) for m in meanings))
    parts = [where(m, bounds) for m in meanings]  # what the classes imply, said so that an index can be used
    wanted &= reduce(or_, parts) if all(parts) else Q()
    sorted_by = facets(dict.fromkeys(facet for m in meanings for facet in m), bounds, by_minute=by_minute)
    house, level = groups.pop("agency", None), groups.pop("level", None)
    ids = [pk for pk, at_home in scope.houses.items() if house in (None, at_home)]
    ids = [pk for pk in ids if level in (None, scope.level_of(pk))]
    columns = {GROUPS[name]: value for name, value in groups.items()}
    rows = placed(bounds, ids, carried=carried)
    return rows.alias(**sorted_by).filter(wanted, **columns).order_by("received_at", "pk")
