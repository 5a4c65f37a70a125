"""The criteria of Circular 01/2018/TT-VPCP over the dossiers resolved in a window: points of each dossier, by agency and by officer."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q

from motcua.accounts.models import User
from motcua.core.moments import legal_date
from motcua.core.text import sort_key
from motcua.dossiers.models import ClockEntry, DossierTask, FinancialObligation, SupplementRequest
from motcua.statistics.queries.behind import behind
from motcua.statistics.queries.facets import facets
from motcua.statistics.queries.feedback_facts import founded
from motcua.statistics.queries.point_houses import House, houses_of, limits_at
from motcua.statistics.queries.scopes import is_by_minute
from motcua.statistics.queries.tasks import judged_tasks
from motcua.statistics.queries.things import Fact, Look
from motcua.statistics.rules import points as rules
from motcua.statistics.rules.layout import ReportForm, Rows
from motcua.statistics.rules.meaning import Facet
from motcua.statistics.rules.shares import decimal_text
from motcua.statistics.rules.tables import Kind, Line

CHUNK = 2000
_WORST = ("before", "on", "late")
OF_DOSSIERS = (1, 2, 3, 4, 7)


@dataclass
class Judged:
    """One dossier resolved in the window: its house, the points that it has for everybody, and criterion 2 by house and person."""

    pk: int
    code: str
    house: int
    points: dict[int, int] = field(default_factory=dict)
    of_house: dict[int, int] = field(default_factory=dict)
    of_officer: dict[tuple[int, int], int] = field(default_factory=dict)  # (house, person)
    side: str = ""  # before, on or after the due date
    about: set[int | None] = field(
        default_factory=set
    )  # officers in founded complaints; None: nobody was named

    def point(self, index: int, house: int | None = None, officer: int | None = None) -> int | None:
        """The point of a criterion, of everybody, of a house, or of a person in it."""
        if index == 7:
            return self.attitude(officer)
        if index != 2:
            return self.points.get(index)
        if officer is not None:
            return self.of_officer.get((house or self.house, officer))
        return self.of_house.get(house or self.house)

    def attitude(self, officer: int | None = None) -> int | None:
        """Criterion 7: of an officer only complaints about that officer count, and those that name nobody."""
        blamed = self.about if officer is None else self.about & {officer, None}
        return rules.attitude_point(self.side, len(blamed))


def judged(look: Look, officer: int | None = None) -> list[Judged]:
    """The dossiers resolved in the window with their points; of one person those that the person worked on."""
    by_minute = is_by_minute(look.scope.agency, look.window.end)
    rows = behind("resolved", look.scope, look.window, at=look.at, by_minute=by_minute)
    if officer is not None:
        worked = DossierTask.objects.filter(Q(done_by=officer) | Q(officer=officer))
        rows = rows.filter(pk__in=worked.values("dossier"))
    side = facets((Facet.SIDE,), look.bounds, by_minute=by_minute)[Facet.SIDE.value]
    columns = rows.annotate(side_then=side, house_then=F("resolver")).order_by("pk")
    found: dict[int, Judged] = {}
    sides: dict[int, tuple[str, Any]] = {}
    for pk, code, resolver, how, ended_at in columns.values_list("pk", "code", "house_then", "side_then", "ended_at").iterator(CHUNK):  # fmt: skip
        found[pk] = Judged(pk, code or "", look.scope.houses[resolver])
        sides[pk] = (how, ended_at)
    ids = list(found)
    for start in range(0, len(ids), CHUNK):
        _judge([found[pk] for pk in ids[start : start + CHUNK]], sides, look)
    return list(found.values())


def _judge(dossiers: list[Judged], sides: Mapping[int, tuple[str, datetime]], look: Look) -> None:
    """Fill in the points of some dossiers; five statements."""
    ids = [one.pk for one in dossiers]
    asked = _counts(SupplementRequest, ids, requested_at__lt=look.bounds.closing)
    elsewhere = _counts(FinancialObligation, ids, issued_at__lt=look.bounds.closing)
    promised = _before_extension(ids)
    complaints = founded(ids, look.bounds.closing)
    for one in dossiers:
        how, ended_at = sides[one.pk]
        if (due := promised.get(one.pk)) is not None:
            how = _side(ended_at, due)
        one.side, one.about = how, complaints.get(one.pk, set())
        one.points = {
            1: rules.time_point(how), 3: rules.contact_point(asked[one.pk]), 4: rules.contact_point(elsewhere[one.pk])
        }  # fmt: skip
    _judge_tasks({one.pk: one for one in dossiers}, look)


def _counts(model: Any, ids: list[int], **when: Any) -> Counter[int]:
    rows = (
        model.objects.filter(dossier__in=ids, **when)
        .order_by()
        .values_list("dossier")
        .annotate(n=Count("pk"))
    )
    return Counter(dict(rows))


def _before_extension(ids: list[int]) -> dict[int, datetime]:
    """The due date in force when a dossier was first promised anew: that promise does not make it early."""
    rows = ClockEntry.objects.filter(dossier__in=ids, dossier__clock_entries__kind=ClockEntry.Kind.EXTEND)
    found: dict[int, datetime] = {}
    over: set[int] = set()
    entries = rows.distinct().order_by("dossier_id", "seq").values_list("dossier_id", "kind", "due_at")
    for pk, kind, due in entries:
        over |= {pk} if kind == ClockEntry.Kind.EXTEND else set()
        if pk not in over and due is not None:
            found[pk] = due
    return found


def _judge_tasks(dossiers: Mapping[int, Judged], look: Look) -> None:
    """Criterion 2 of houses and people: tasks begun, each against its own due date."""
    rows = judged_tasks(look.bounds).filter(dossier__in=list(dossiers), end__isnull=False)
    houses: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    people: defaultdict[tuple[int, int, int], list[str]] = defaultdict(list)
    for pk, agency, how, person in rows.values_list("dossier_id", "agency_id", "side", "person"):
        house = look.scope.houses.get(agency)
        if house is None:
            continue  # work of an agency that this report is not about
        houses[pk, house].append(how)
        if person:
            people[pk, house, person].append(how)
    for (pk, house), sides in houses.items():
        dossiers[pk].of_house[house] = rules.time_point(max(sides, key=_WORST.index))
    for (pk, house, person), sides in people.items():
        dossiers[pk].of_officer[house, person] = rules.time_point(max(sides, key=_WORST.index))


def _side(done: datetime, due: datetime) -> str:
    """By date: before, on, after."""
    end, last = legal_date(done), legal_date(due)
    return "before" if end < last else "on" if end == last else "late"


# Values, and the lines of the two forms ------------------------------------------------------------------------------


def values_of(
    dossiers: Iterable[Judged], house: int | None = None, officer: int | None = None
) -> dict[int, Decimal | None]:
    """The values of the criteria judged dossier by dossier."""
    rows = list(dossiers)
    found = {}
    for index in OF_DOSSIERS:
        known = [p for one in rows if (p := one.point(index, house, officer)) is not None]
        found[index] = rules.index_value(sum(known), len(known))
    return found


def lines(form: ReportForm, look: Look) -> tuple[tuple[Line, ...], Counter[str]]:
    """The rows of a form of the circular, and its total: the criteria over all dossiers of the scope."""
    dossiers = judged(look)
    rows = _officers(dossiers, look) if form.rows is Rows.OFFICER else _agencies(dossiers, look)
    return tuple(rows), _counts_of(values_of(dossiers), len(dossiers))


def _counts_of(values: Mapping[int, Decimal | None], dossiers: int, **sums: Decimal | None) -> Counter[str]:
    """Values as tenths of a point under the keys of the registry; what has no value is not there."""
    named = {rules.key_of(index): found for index, found in values.items()} | sums
    tenths = {key: int(found * 10) for key, found in named.items() if found is not None}
    return Counter({"tt01_dossiers": dossiers, **tenths})


def agency_values(dossiers: Iterable[Judged], one: House) -> dict[int, Decimal | None]:
    """The nine criteria of a house; None where one cannot be judged."""
    return values_of(dossiers, one.pk) | {5: one.office, 6: one.publicity, 8: one.feedback, 9: one.online}


def _agencies(dossiers: list[Judged], look: Look) -> Iterator[Line]:
    own: defaultdict[int, list[Judged]] = defaultdict(list)
    for one in dossiers:
        own[one.house].append(one)
    houses, bands = houses_of(look), rules.agency_bands(limits_at(look))
    order = sorted(
        (pk for pk in houses if own[pk] or houses[pk].offered), key=lambda pk: sort_key(houses[pk].name)
    )
    for position, pk in enumerate(order, 1):
        values = agency_values(own[pk], houses[pk])
        whole = rules.score(values, rules.AGENCY)
        counts = _counts_of(values, len(own[pk]), tt01_agency=whole)
        yield Line(Kind.ROW, str(position), houses[pk].name, counts, {"agency": pk}, {"band": rules.band(whole, bands)})  # fmt: skip


def _officers(dossiers: list[Judged], look: Look) -> Iterator[Line]:
    worked: defaultdict[int, defaultdict[int, list[Judged]]] = defaultdict(lambda: defaultdict(list))
    for one in dossiers:
        for house, person in one.of_officer:
            worked[house][person].append(one)
    names = dict(User.objects.filter(pk__in={p for people in worked.values() for p in people}).values_list("pk", "full_name"))  # fmt: skip
    bands = rules.officer_bands(limits_at(look))
    for position, house in enumerate(sorted(worked, key=lambda pk: sort_key(look.scope.house(pk).name)), 1):
        people, name = worked[house], look.scope.house(house).name
        own = [one for one in dossiers if one.house == house]
        whole = _counts_of(values_of(own, house), len(own))
        yield Line(Kind.SECTION, str(position), name, whole, {"agency": house})
        for number, person in enumerate(sorted(people, key=lambda pk: sort_key(names[pk])), 1):
            yield _officer(f"{position}.{number}", names[person], people[person], house, person, bands)


def _officer(
    mark: str, name: str, rows: list[Judged], house: int, person: int, bands: tuple[rules.Band, ...]
) -> Line:
    values = values_of(rows, house, person)
    whole = rules.score(values, rules.OFFICER)
    counts = _counts_of(values, len(rows), tt01_officer=whole)
    return Line(Kind.DETAIL, mark, name, counts, {"agency": house, "officer": person}, {"band": rules.band(whole, bands)})  # fmt: skip


@dataclass(frozen=True)
class OwnDossier:
    """One dossier that a person worked on, with the points of the criteria that judge an officer; None where there is none."""

    pk: int
    code: str
    points: tuple[int | None, ...]


def own_line(look: Look, officer: User) -> tuple[Line, list[OwnDossier]]:
    """What a person sees of himself: one line over all houses of the scope, and the dossiers behind it."""
    rows = [one for one in judged(look, officer.pk) if any(p == officer.pk for _, p in one.of_officer)]
    own = [OwnDossier(one.pk, one.code, tuple(_own(one, index, officer.pk) for index in rules.OFFICER)) for one in rows]  # fmt: skip
    values = {}
    for place, index in enumerate(rules.OFFICER):
        known = [p for one in own if (p := one.points[place]) is not None]
        values[index] = rules.index_value(sum(known), len(known))
    whole = rules.score(values, rules.OFFICER)
    counts = _counts_of(values, len(rows), tt01_officer=whole)
    texts = {"band": rules.band(whole, rules.officer_bands(limits_at(look)))}
    return Line(Kind.ROW, "1", officer.full_name, counts, {"officer": officer.pk}, texts), own


def _own(one: Judged, index: int, person: int) -> int | None:
    """The point of a criterion for a person, in whichever house the work was done: criterion 2 is the worst of them."""
    if index != 2:
        return one.point(index, officer=person)
    return min((point for (_, who), point in one.of_officer.items() if who == person), default=None)


# What stands behind a value ----------------------------------------------------------------------------------------------


def facts_behind(figure: str, look: Look, groups: Mapping[str, Any]) -> list[Fact]:
    """The rows behind a value: dossiers with their point, procedures with theirs, or the parts of a sum."""
    house, officer = groups.get("agency"), groups.get("officer")
    index = int(figure.removeprefix("tt01_")) if figure.removeprefix("tt01_").isdecimal() else 0
    if index in (5, 6, 8, 9):
        return [
            fact for one in houses_of(look).values() if house in (None, one.pk) for fact in one.facts(index)
        ]
    rows = [one for one in judged(look, officer) if _is_behind(one, house, officer)]
    if index or figure == "tt01_dossiers":
        return [_fact(figure, index, one, house, officer) for one in rows]
    values = values_of(rows, house, officer)
    if officer is None and house in (found := houses_of(look)):
        values = agency_values(rows, found[house])
    indices = rules.OFFICER if figure == "tt01_officer" else rules.AGENCY
    return [_part(figure, index, values.get(index)) for index in indices]


def _is_behind(one: Judged, house: int | None, officer: int | None) -> bool:
    if officer is not None:
        return any(person == officer and house in (None, at) for at, person in one.of_officer)
    return house in (None, one.house)


def _fact(figure: str, index: int, one: Judged, house: int | None, officer: int | None) -> Fact:
    found = one.point(index, house, officer) if index else None
    note = "không tính" if index and found is None else f"{found} điểm" if index else ""
    return Fact(figure, ("dossier", one.pk), {"agency": one.house}, one.code, note, address=("dossiers:dossier", (one.pk,)))  # fmt: skip


def _part(figure: str, index: int, found: Decimal | None) -> Fact:
    why = rules.UNKNOWN.get(index, "không có số liệu")
    note = f"{decimal_text(found)} điểm" if found is not None else f"chưa tính được: {why}"
    return Fact(figure, ("index", index), {}, f"Chỉ số {index}: {rules.TITLES[index]}", note)
