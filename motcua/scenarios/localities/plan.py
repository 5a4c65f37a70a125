"""What a locality is, as data: agencies, counters, officers, what is offered, who comes, and what was published of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from motcua.scenarios.demo.people import Person
from motcua.scenarios.demo.structure import Node, OfficeNode


@dataclass(frozen=True)
class Offer:
    """A procedure that an agency of the locality resolves. `reduced` is its own shorter time, "14 working_day"; `online` its
    level there when it is not the catalogue's.
    """

    code: str
    agency: str
    since: date
    reduced: str = ""
    document: str = ""
    online: str = ""


@dataclass(frozen=True)
class SeatLater:
    """An agency that comes to a counter later than the counter was opened, by a document."""

    office: str
    agency: str
    since: date
    document: str


@dataclass(frozen=True)
class Stream:
    """What comes to one counter between two days (both included), and what becomes of it by `last`.

    `in_time`, `late`, `open` say how many dossiers end within the limit, after it, or not by `last`. `before` fixes how many of
    those in time are answered before the due date; None: as `pace` has it (0 quick, 1 on the last day). `weights` are by
    procedure code; `online`, `post` shares of all dossiers.
    """

    key: str
    office: str
    first: date
    last: date
    in_time: int
    late: int = 0
    open: int = 0
    before: int | None = None
    pace: float = 0.6
    weights: Mapping[str, float] = field(default_factory=dict)
    online: float = 0.0
    post: float = 0.0
    refused: float = 0.0
    supplemented: float = 0.0
    measured: bool = True

    @property
    def total(self) -> int:
        """How many dossiers come."""
        return self.in_time + self.late + self.open

    def scaled(self, scale: float) -> "Stream":
        """The same stream in small; each of its numbers is rounded by itself."""
        if scale == 1:
            return self
        before = None if self.before is None else scaled(self.before, scale)
        return replace(
            self, in_time=scaled(self.in_time, scale), late=scaled(self.late, scale), open=scaled(self.open, scale),
            before=before,
        )  # fmt: skip


@dataclass(frozen=True)
class Attempt:
    """Somebody who comes on a day on which this counter may not yet take the procedure, and is turned away."""

    office: str
    code: str
    moment: datetime


@dataclass(frozen=True)
class Locality:
    """A locality in its time. `root` is the agency that the published figures speak of; `source` says whence they are,
    `invented` what nobody published and the scenario has made up.
    """

    name: str
    title: str
    root: str
    seed: int
    founded: date
    until: datetime
    identity_prefix: str
    place: str
    sessions: tuple[str, ...]
    nodes: tuple[Node, ...]
    offices: tuple[OfficeNode, ...]
    people: tuple[Person, ...]
    offers: tuple[Offer, ...]
    streams: tuple[Stream, ...]
    source: str
    invented: str
    seats: tuple[SeatLater, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    cash_years: tuple[int, ...] = ()

    def shards(self) -> tuple[str, ...]:
        """The counters that can be replayed each by itself, the busiest first."""
        totals: dict[str, int] = {}
        for stream in self.streams:
            totals[stream.office] = totals.get(stream.office, 0) + stream.total
        return tuple(sorted(totals, key=lambda key: (-totals[key], key)))

    def streams_of(self, office: str, scale: float) -> tuple[Stream, ...]:
        """The streams of a counter at a scale."""
        return tuple(s for s in scaled_streams(self.streams, scale) if s.office == office)

    def planned(self, scale: float) -> int:
        """How many dossiers the whole replay has."""
        return sum(stream.total for stream in scaled_streams(self.streams, scale))


def scaled(number: int, scale: float) -> int:
    """A total in small, rounded half up."""
    return int(number * scale + 0.5)


def scaled_streams(streams: tuple[Stream, ...], scale: float) -> tuple[Stream, ...]:
    """Streams in small. What the streams of one group (the part of the key before "/") add up to is scaled and rounded as
    one, so that a published sum over many counters comes out at every scale.
    """
    if scale == 1:
        return streams
    groups: dict[str, list[Stream]] = {}
    for stream in streams:
        groups.setdefault(stream.key.split("/")[0], []).append(stream)
    small: dict[str, Stream] = {}
    for members in groups.values():
        numbers = {
            name: share(scaled(sum(getattr(m, name) for m in members), scale), [getattr(m, name) for m in members])
            for name in ("in_time", "late", "open")
        }  # fmt: skip
        for place, member in enumerate(members):
            before = None if member.before is None else scaled(member.before, scale)
            in_time, late, open_ = (numbers[name][place] for name in ("in_time", "late", "open"))
            small[member.key] = replace(member, before=before, in_time=in_time, late=late, open=open_)
    return tuple(small[stream.key] for stream in streams)


def share(total: int, weights: list[float] | list[int]) -> list[int]:
    """A total divided by weights into whole numbers that add up to it (largest remainders)."""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    exact = [total * w / whole for w in weights]
    found = [int(e) for e in exact]
    order = sorted(range(len(weights)), key=lambda n: (found[n] - exact[n], n))
    for n in order[: total - sum(found)]:
        found[n] += 1
    return found
