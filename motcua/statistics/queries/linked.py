"""One-stop across agencies and levels (một cửa liên thông): which counters have really worked so in a window, on which dossiers.

Not what is announced but what was done: a dossier received at a counter, of which an agency of another house did a task.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, QuerySet

from motcua.agencies.models import Agency, OneStopOffice
from motcua.core.errors import NotFound
from motcua.core.validity import in_force
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.rules.states import TaskState
from motcua.statistics.queries.among import Among
from motcua.statistics.queries.scopes import LOCAL_LEVELS, Scope
from motcua.statistics.rules.periods import Window

OF_COUNTERS = ("linked_counters", "linked_working", "linked_rate")
OF_DOSSIERS = ("linked_received", "linked_dossiers", "linked_dossier_rate")


@dataclass(frozen=True)
class Linked:
    """The agencies of a level that keep a counter; how many dossiers each received, and on how many of them another agency did work."""

    counters: tuple[Agency, ...] = ()
    dossiers: Counter[int] = field(default_factory=Counter)
    received: Counter[int] = field(default_factory=Counter)

    @property
    def working(self) -> tuple[Agency, ...]:
        """Those with at least one such dossier."""
        return tuple(agency for agency in self.counters if self.dossiers[agency.pk])

    @property
    def counts(self) -> Counter[str]:
        """What the figures of the registry are reckoned from; a nought is known, and not the same as not counted."""
        return Counter(
            linked_working=len(self.working), linked_counters=len(self.counters),
            linked_dossiers=self.dossiers.total(), linked_received=self.received.total(),
        )  # fmt: skip

    def of(self, agency: Agency) -> Counter[str]:
        """The same of the dossiers of one counter."""
        return Counter(linked_dossiers=self.dossiers[agency.pk], linked_received=self.received[agency.pk])


def linked(scope: Scope, window: Window, *, day: date) -> dict[str, Linked]:
    """Counters in force on a day (the last one of the window that counts) by the level of their agency, and their dossiers received
    in the window. Five statements, however many counters there are.
    """
    homes = _homes(scope, day)
    worked = Counter(home for _, home in _linked_pairs(homes, window))
    received: Counter[int] = Counter()
    for office, number in _received(homes, window).values_list("office_id").annotate(n=Count("pk")):
        received[homes[office]] += number
    kept = set(homes.values())
    levels: defaultdict[str, list[Agency]] = defaultdict(list)
    for pk, agency in scope.agencies.items():
        if pk in kept and scope.level_of(pk):
            levels[scope.level_of(pk)].append(agency)
    return {
        level: Linked(
            tuple(sorted(levels[level], key=lambda a: a.path)), _only(worked, levels[level]), _only(received, levels[level])
        )
        for level in LOCAL_LEVELS
        if level in levels
    }  # fmt: skip


def _only(numbers: Counter[int], agencies: list[Agency]) -> Counter[int]:
    return Counter({agency.pk: numbers[agency.pk] for agency in agencies})


def linked_behind(
    figure: str, scope: Scope, window: Window, *, day: date, level: str = "", counter: int | None = None
) -> QuerySet[Dossier]:
    """The dossiers that a figure counts, of the counters of a level or of one (its agency's id) if given; a share opens what is above
    its line. Raises NotFound for other figures and for a counter that is not there.
    """
    homes = {
        office: home
        for office, home in _homes(scope, day).items()
        if level in ("", scope.level_of(home)) and counter in (None, home)
    }
    if figure not in OF_DOSSIERS or (counter is not None and not homes):
        raise NotFound("Không có danh sách này.")
    if figure == "linked_received":
        return _received(homes, window).order_by("pk")
    return Dossier.objects.filter(Among("pk", {pk for pk, _ in _linked_pairs(homes, window)})).order_by("pk")


def _homes(scope: Scope, day: date) -> dict[int, int]:
    """The counters of a scope's local agencies in force on a day: of each office the agency in whose name it stands."""
    rows = OneStopOffice.objects.filter(
        in_force(day), in_force(day, "agency"), Among("agency_id", scope.agencies)
    )
    homes = {office: scope.houses[agency] for office, agency in rows.values_list("pk", "agency_id")}
    return {office: home for office, home in homes.items() if home in scope.agencies and scope.level_of(home)}


def _received(homes: Mapping[int, int], window: Window) -> QuerySet[Dossier]:
    days = (window.start, window.end)
    return Dossier.objects.filter(Among("office_id", homes), received_on__range=days).order_by()


def _linked_pairs(homes: Mapping[int, int], window: Window) -> set[tuple[int, int]]:
    """Dossiers of which another house did a task, each with the house of its counter."""
    rows = DossierTask.objects.filter(
        Among("dossier__office_id", homes),
        state=TaskState.DONE,
        dossier__received_on__range=(window.start, window.end),
    ).exclude(agency=F("dossier__office__agency"))
    # Most of the rest is the work of the counter's own divisions: it need not be read.
    rows = rows.exclude(agency__kind=Agency.Kind.DIVISION, agency__parent=F("dossier__office__agency"))
    pairs = rows.order_by().values_list("dossier_id", "dossier__office_id", "agency_id").distinct()
    return _across(pairs.iterator(2000), homes)


def _across(pairs: Iterable[tuple[int, int, int]], homes: Mapping[int, int]) -> set[tuple[int, int]]:
    houses = Houses()
    return {
        (dossier, homes[office]) for dossier, office, agency in pairs if houses.of(agency) != homes[office]
    }


class Houses:
    """In whose name an agency works: a division in that of the nearest agency above that is none."""

    def __init__(self) -> None:
        rows = Agency.objects.values_list("pk", "kind", "parent_id")
        self._rows = {pk: (kind, parent) for pk, kind, parent in rows}

    def of(self, pk: int) -> int:
        """The id of the house."""
        kind, parent = self._rows[pk]
        return self.of(parent) if kind == Agency.Kind.DIVISION and parent else pk
