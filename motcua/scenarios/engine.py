"""A simulated clock: acts in the order of their moments, each through the ordinary actions."""

import heapq
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Assignment
from motcua.agencies.queries import people_with, remember, successor_at
from motcua.core import store
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date, to_local, to_utc
from motcua.workdays.queries import calendar_of
from motcua.workdays.rules.clock import add_working_hours

Act = Callable[[datetime], None]


class Simulation:
    """Runs acts until a moment; what would come later does not happen. Deterministic by seed.

    `until` is aware. Acts of one legal date share a transaction, which spares a small disk; each act is still one
    transaction of its own inside it. In a batch (`core.store`) days are written when enough has gathered.
    """

    def __init__(self, seed: int, until: datetime) -> None:
        self.random = Random(seed)  # noqa: S311 - invents a past, guards nothing
        self.until = until
        self._queue: list[tuple[datetime, int, Act]] = []
        self._count = 0
        self.refused: list[tuple[datetime, str]] = []
        self._people: dict[tuple[str, int, date], list[list[User]]] = {}
        self._agencies: dict[int, Agency] = {}

    def schedule(self, moment: datetime, act: Act) -> None:
        """Let an act happen at a moment, unless that is after the end."""
        if moment <= self.until:
            self._count += 1
            heapq.heappush(self._queue, (moment, self._count, act))

    def run(self, say: Callable[[str], None] = lambda text: None, batch: store.Batch | None = None) -> int:
        """Let everything happen that is scheduled; says each month that begins, and gives how many acts there were. `batch`:
        the one that is under way.
        """
        done, month = 0, ""
        with remember():
            while self._queue:
                day = legal_date(self._queue[0][0])
                if f"{day:%m/%Y}" != month:
                    month = f"{day:%m/%Y}"
                    say(f"tháng {month}")
                if batch is None:
                    with transaction.atomic():
                        done += self._day(day)
                else:
                    done += self._day(day)
                    batch.turn_when_full()
        return done

    def _day(self, day: date) -> int:
        done = 0
        while self._queue and legal_date(self._queue[0][0]) == day:
            moment, _, act = heapq.heappop(self._queue)
            done += self._happen(act, moment)
        return done

    def _happen(self, act: Act, moment: datetime) -> bool:
        """One act; what the rules refuse does not happen, as in life, and is kept in `refused`."""
        try:
            act(moment)
        except (RuleViolation, NotFound) as error:
            self.refused.append((moment, error.message))
            return False
        return True

    # Time ---------------------------------------------------------------------------------------------------------

    def worked(self, start: datetime, hours: float, agency: Agency) -> datetime:
        """The moment by which so many working hours of an agency have gone by since `start` (aware)."""
        amount = Decimal(f"{max(hours, 0.02):.2f}")
        return to_utc(add_working_hours(to_local(start), amount, calendar_of(agency)))

    def office_hours(self, day: date, agency: Agency) -> datetime | None:
        """A moment inside the agency's sessions of a day, more often in the morning; None on a day off."""
        sessions = calendar_of(agency).sessions_on(day)
        if not sessions:
            return None
        start, end = sessions[0] if self.random.random() < 0.62 else sessions[-1]
        first, last = (datetime.combine(day, t) for t in (start, end))
        seconds = (last - first).total_seconds() * self.random.betavariate(1.6, 2.2)
        return to_utc(first + timedelta(seconds=int(seconds)))

    def any_hour(self, day: date) -> datetime:
        """A moment of a day for those who file online: evenings and lunch breaks too."""
        hour = self.random.triangular(6.5, 22.5, 20)
        return to_utc(datetime.combine(day, time()) + timedelta(seconds=int(hour * 3600)))

    # People and places -------------------------------------------------------------------------------------------------------

    def agency(self, pk: int) -> Agency:
        """An agency, read once: none changes while a simulation runs."""
        if pk not in self._agencies:
            self._agencies[pk] = Agency.objects.get(pk=pk)
        return self._agencies[pk]

    def someone(
        self, permission: str, agency: Agency, moment: datetime, *, but: frozenset[int] = frozenset()
    ) -> User | None:
        """Somebody who may do this in an agency (or in the one that has taken its place) on that day and is not in `but`;
        None when there is nobody.
        """
        day = legal_date(moment)
        key = (permission, agency.pk, day.replace(day=1))
        if key not in self._people:
            place = successor_at(agency, day)
            people = people_with(permission, place, day).order_by("pk")
            self._people[key] = _by_nearness(list(people), place, day)
        for near in self._people[key]:
            if free := [u for u in near if u.pk not in but]:
                return self.random.choice(free)
        return None


def _by_nearness(people: list[User], agency: Agency, day: date) -> list[list[User]]:
    """Those whose post is in the agency itself, then those in the one above it and so on, then the rest: a province's
    head signs no birth certificate while the commune has its own.
    """
    posts = list(
        Assignment.objects.filter(Assignment.in_force(day), user__in=people).values_list(
            "user_id", "post__agency_id"
        )
    )
    groups = [{user for user, place in posts if place == pk} for pk in reversed(agency.chain_ids)]
    known: set[int] = set().union(*groups)
    groups.append({u.pk for u in people} - known)
    return [[u for u in people if u.pk in group] for group in groups]
