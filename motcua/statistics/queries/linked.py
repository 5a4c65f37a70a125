"""One-stop across agencies and levels (một cửa liên thông): which counters have really worked so in a window.

Not what is announced but what was done: a dossier received at a counter, of which an agency of another house did a task.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import F

from motcua.agencies.models import Agency
from motcua.dossiers.models import DossierTask
from motcua.dossiers.rules.states import TaskState
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.rules.periods import Window


@dataclass(frozen=True)
class Linked:
    """The agencies of a level that keep a counter, and on how many dossiers of each another agency did work."""

    counters: tuple[Agency, ...]
    dossiers: Counter[int]

    @property
    def working(self) -> tuple[Agency, ...]:
        """Those with at least one such dossier."""
        return tuple(agency for agency in self.counters if self.dossiers[agency.pk])

    @property
    def counts(self) -> Counter[str]:
        """What the figures of the registry are reckoned from."""
        return Counter(linked_working=len(self.working), linked_counters=len(self.counters))


def linked(scope: Scope, window: Window, *, level: str) -> Linked:
    """Counters of agencies of one level in the scope, on the last day of the window, and their linked dossiers received in it."""
    below = [
        a
        for a in scope.agencies.values()
        if a.level and a.level.code == level and a.kind != Agency.Kind.DIVISION
    ]
    kept = (
        Agency.objects.filter(pk__in=[a.pk for a in below], offices__isnull=False).distinct().order_by("path")
    )
    rows = DossierTask.objects.filter(
        state=TaskState.DONE,
        dossier__office__agency__in=kept,
        dossier__received_on__range=(window.start, window.end),
    ).exclude(agency=F("dossier__office__agency"))
    pairs = rows.order_by().values_list("dossier_id", "dossier__office__agency_id", "agency_id").distinct()
    houses = Houses()
    seen = {(dossier, home) for dossier, home, agency in pairs.iterator(2000) if houses.of(agency) != home}
    return Linked(tuple(kept), Counter(home for _, home in seen))


class Houses:
    """In whose name an agency works: a division in that of the nearest agency above that is none."""

    def __init__(self) -> None:
        rows = Agency.objects.values_list("pk", "kind", "parent_id")
        self._rows = {pk: (kind, parent) for pk, kind, parent in rows}

    def of(self, pk: int) -> int:
        """The id of the house."""
        kind, parent = self._rows[pk]
        return self.of(parent) if kind == Agency.Kind.DIVISION and parent else pk
