"""Criteria 5, 6, 8 and 9 of Circular 01/2018/TT-VPCP, which are judged once for an agency: its one-stop office, its postings, feedback, its
online services."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q

from motcua.agencies.models import OneStopOffice, Seat
from motcua.agencies.queries import setting
from motcua.feedback.rules.states import Verdict
from motcua.procedures.models import Offering, Posting, PostingPlace, ProcedureVersion, Process, TaskTemplate
from motcua.statistics.queries.counting import count
from motcua.statistics.queries.facets import PARTIAL, WHOLE
from motcua.statistics.queries.feedback_facts import Standing, standings
from motcua.statistics.queries.feedback_facts import fact as feedback_fact
from motcua.statistics.queries.scopes import is_by_minute
from motcua.statistics.queries.things import Fact, Look, offered
from motcua.statistics.rules import points as rules

_COUNTED = ("received_online", "received_counter", "received_post", "resolved_late", "open_late")


@dataclass
class House:
    """One agency with what criteria 5, 6, 8 and 9 rest on."""

    pk: int
    name: str
    level: str
    limits: dict[str, int]
    rows: list[tuple[Offering, ProcedureVersion]] = field(default_factory=list)
    whole: set[int] = field(default_factory=set)  # offerings done from end to end at the office
    received: set[int] = field(default_factory=set)  # offerings taken in at an office
    posted: dict[int, tuple[bool, bool]] = field(default_factory=dict)  # offering: on site, electronically
    net: rules.Online = field(default_factory=lambda: rules.Online(0, 0, 0, 0, 0))
    heard: list[Standing] = field(
        default_factory=list
    )  # feedback answered in the window, or late at its close

    @property
    def offered(self) -> int:
        """How many procedures it offers."""
        return len(self.rows)

    @property
    def office(self) -> Decimal | None:
        """Criterion 5."""
        least = self.limits[f"tt01_whole_{self.level or 'province'}"]
        return _value(rules.office_point(len(self.whole), len(self.received), self.offered, least))

    @property
    def publicity(self) -> Decimal | None:
        """Criterion 6, over its procedures."""
        return rules.index_value(
            sum(rules.publicity_point(*how) for how in self.posted.values()), self.offered
        )

    @property
    def online(self) -> Decimal | None:
        """Criterion 9."""
        names = ("tt01_online_procedures", "tt01_online_high", "tt01_online_low")
        return _value(rules.online_point(self.net, *(self.limits[name] for name in names)))

    @property
    def feedback(self) -> Decimal | None:
        """Criterion 8: of what was answered in the window; what is late at the close is prolonged."""
        done = [one for one in self.heard if one.answered]
        on_time = sum(not one.late for one in done)
        prolonged = any(one.open for one in self.heard)
        return _value(
            rules.feedback_point(on_time, len(done), self.limits["tt01_feedback"], prolonged=prolonged)
        )

    def facts(self, index: int) -> list[Fact]:
        """What stands behind the value of a criterion."""
        if index == 8:
            return [feedback_fact(one, rules.key_of(8)) for one in self.heard]
        if index == 9:
            said = (
                ("Thủ tục trực tuyến", f"{self.net.through_net} trên {self.net.offered} thủ tục"),
                ("Hồ sơ trực tuyến", f"{self.net.online} trên {self.net.received} hồ sơ tiếp nhận trong kỳ"),
                ("Hồ sơ trực tuyến quá hạn", f"{self.net.late} hồ sơ"),
            )
            return [
                Fact(rules.key_of(9), ("net", self.pk, name), {"agency": self.pk}, name, note)
                for name, note in said
            ]
        return [self._fact(index, *row) for row in self.rows]

    def _fact(self, index: int, row: Offering, version: ProcedureVersion) -> Fact:
        if index == 6:
            on_site, electronic = self.posted[row.pk]
            words = [word for word, there in (("tại chỗ", on_site), ("điện tử", electronic)) if there]
            note = f"{len(words)} điểm: " + (f"niêm yết {', '.join(words)}" if words else "chưa niêm yết")
        else:
            note = "trọn quy trình tại Bộ phận Một cửa" if row.pk in self.whole else (
                "tiếp nhận tại Bộ phận Một cửa" if row.pk in self.received else "không tiếp nhận tại Bộ phận Một cửa"
            )  # fmt: skip
        address = ("procedures:procedure", (row.procedure.code,))
        return Fact(rules.key_of(index), ("offering", row.pk), {"agency": self.pk}, f"{row.procedure.code} {version.name}", note, address=address)  # fmt: skip


def _value(point: int | None) -> Decimal | None:
    return None if point is None else rules.index_value(point, 1)


def limits_at(look: Look) -> dict[str, int]:
    """The thresholds in force at the end of the window, for the scope's agency."""
    return {
        known.key: int(setting(known.key, look.scope.agency, look.window.end, default=known.default))
        for known in rules.POINT_SETTINGS
    }


def houses_of(look: Look) -> dict[int, House]:
    """The houses of the scope, by id; a fixed number of statements."""
    limits, scope = limits_at(look), look.scope
    found = {
        pk: House(pk, scope.house(pk).name, scope.level_of(pk), limits) for pk in set(scope.houses.values())
    }
    for row, version in offered(look):
        found[scope.houses[row.agency_id]].rows.append((row, version))
    whole, served, hung = _whole(look), _served(look), _hung(look)
    for one in found.values():
        for row, version in one.rows:
            own, common = (row.procedure_id, row.agency_id), (row.procedure_id, None)
            if whole.get(own, whole.get(common, False)):
                one.whole.add(row.pk)
            homes = served[row.agency_id] | served[one.pk]
            if homes:
                one.received.add(row.pk)
            kinds = {kind for home in {one.pk, *homes} for kind in hung[home, version.pk]}
            one.posted[row.pk] = (bool(kinds - {PostingPlace.Kind.WEB}), PostingPlace.Kind.WEB in kinds)
    for pk, net in _net(look, found.values()).items():
        found[pk].net = net
    for heard in _heard(look):
        found[heard.house].heard.append(heard)
    return found


def _heard(look: Look) -> list[Standing]:
    """What criterion 8 judges: answered in the window, or late at its close; never what was found not to be so."""
    return [
        one
        for one in standings(look)
        if not one.gone and one.row.verdict != Verdict.UNFOUNDED and (one.answered or (one.open and one.late))
    ]


def _whole(look: Look) -> dict[tuple[int, int | None], bool]:
    """Whether a procedure's process at an agency (None: the model one) has all its work done at the one-stop office."""
    ids = list(look.houses_by_procedure)
    processes = Process.objects.filter(Process.in_force(look.close), procedure__in=ids).order_by("number")
    away = set(
        TaskTemplate.objects.filter(stage__process__in=processes)
        .exclude(place=TaskTemplate.Place.OFFICE)
        .values_list("stage__process_id", flat=True)
    )
    return {
        (p, agency): pk not in away
        for pk, p, agency in processes.values_list("pk", "procedure_id", "agency_id")
    }


def _served(look: Look) -> defaultdict[int, set[int]]:
    """The agencies that keep an office which takes in dossiers of each agency: its own, or one where it has a seat."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    ids = {*look.scope.agencies, *look.scope.houses.values()}
    for pk in OneStopOffice.objects.filter(OneStopOffice.in_force(look.close), agency__in=ids).values_list("agency_id", flat=True):  # fmt: skip
        found[pk].add(pk)
    seats = Seat.objects.filter(Seat.in_force(look.close), agency__in=ids)
    for pk, home in seats.values_list("agency_id", "office__agency_id"):
        found[pk].add(home)
    return found


def _hung(look: Look) -> defaultdict[tuple[int, int], set[str]]:
    """The kinds of place where each version hung at the close, by the agency of the place."""
    rows = Posting.objects.filter(
        Q(removed_at=None) | Q(removed_at__gte=look.bounds.closing), posted_at__lt=look.bounds.closing,
        version__in=[version.pk for version in look.versions.values()],
    )  # fmt: skip
    found: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for agency, version, kind in rows.values_list("place__agency_id", "version_id", "place__kind"):
        found[agency, version].add(kind)
    return found


def _net(look: Look, houses: Iterable[House]) -> dict[int, rules.Online]:
    """Criterion 9's facts of each house: one count of dossiers by agency and channel."""
    by_minute = is_by_minute(look.scope.agency, look.window.end)
    cells = count(
        look.scope, look.window, at=look.at, by=("agency", "channel"), tests=_COUNTED, by_minute=by_minute
    )
    sums: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for (house, channel), cell in cells.items():
        c = cell.counts
        sums[house][0] += c["received_online"] + c["received_counter"] + c["received_post"]
        sums[house][1] += c["received_online"]
        sums[house][2] += (c["resolved_late"] + c["open_late"]) if channel == "online" else 0
    return {
        one.pk: rules.Online(
            one.offered, sum((row.online_level or version.online_level) in (*WHOLE, *PARTIAL) for row, version in one.rows), *sums[one.pk]
        )
        for one in houses
    }  # fmt: skip
