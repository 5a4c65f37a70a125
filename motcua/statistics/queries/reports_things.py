"""Reports of what is not dossiers: counts of facts laid into the rows of a form, beside counts of dossiers where it has both."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from motcua.accounts.models import User
from motcua.core.errors import NotFound
from motcua.core.text import sort_key
from motcua.procedures.models import PostingPlace
from motcua.statistics.queries.counting import Cell
from motcua.statistics.queries.reading import group_words
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.things import Fact, Look, counted, facts
from motcua.statistics.rules.figures import REGISTRY, required
from motcua.statistics.rules.layout import ReportForm, Rows
from motcua.statistics.rules.tables import Kind, Line, ReportTable
from motcua.statistics.rules.things import Subject

TOGETHER = (
    "Quyết định nêu thủ tục của nhiều dòng được đếm ở mỗi dòng; dòng tổng cộng đếm mỗi quyết định một lần."
)
OF_POSTING = (Subject.POSTING,)
OWN_ROWS = (Rows.PLACE,)


def things_of(form: ReportForm) -> tuple[str, ...]:
    """What is no dossiers' and must be counted to fill a form."""
    return tuple(sorted(key for key in required(form.keys) if REGISTRY[key].subject is not Subject.DOSSIER))


def add_things(
    cells: dict[tuple[int, ...], Cell], found: Iterable[Fact], by: Sequence[str], wanted: Iterable[str]
) -> dict[tuple[int, ...], Cell]:
    """The cells of dossiers with the counts of facts added in the same groups. Facts without those groups stand in the total only."""
    groups: defaultdict[tuple[int, ...], list[Fact]] = defaultdict(list)
    for fact in found:
        if all(fact.groups.get(name) for name in by):
            groups[tuple(fact.groups[name] for name in by)].append(fact)
    for key, inside in groups.items():
        cells.setdefault(key, Cell(key)).counts.update(counted(inside, wanted))
    return cells


def complete(table: ReportTable, found: Sequence[Fact], wanted: Sequence[str]) -> ReportTable:
    """The table with a nought where nothing was found, and with a total that counts each fact once."""
    if table.form.rows in OWN_ROWS or Subject.POINT in table.form.subjects:
        lines = table.lines  # what is missing there does not apply
    else:
        nought = dict.fromkeys(wanted, 0)
        lines = tuple(replace(line, counts=Counter({**nought, **line.counts})) for line in table.lines)
    sums = Counter() if Subject.POINT in table.form.subjects else counted(found, wanted)
    whole = Counter({**table.total, **sums})
    remarks = (TOGETHER,) if any(key.startswith("decisions") for key in wanted) else ()
    return replace(table, lines=lines, total=whole, remarks=remarks)


def by_place(look: Look, wanted: Sequence[str]) -> tuple[tuple[Line, ...], list[Fact]]:
    """A section for each house that published or posts, a line for each of its places; with all that was counted."""
    found = facts(wanted, look)
    houses: defaultdict[int, list[Fact]] = defaultdict(list)
    for fact in found:
        houses[fact.groups["agency"]].append(fact)
    there = [(look.scope.houses[place.agency_id], place) for place in look.places]
    order = sorted(
        {*houses, *(house for house, _ in there)}, key=lambda pk: sort_key(look.scope.house(pk).name)
    )
    lines: list[Line] = []
    for position, house in enumerate(order, 1):
        inside = houses.get(house, [])
        name = look.scope.house(house).name
        lines.append(Line(Kind.SECTION, str(position), name, counted(inside, wanted), {"agency": house}))
        own = [place for at_home, place in there if at_home == house]
        lines += _places(
            own, house, inside, position, [key for key in wanted if REGISTRY[key].subject in OF_POSTING]
        )
    return tuple(lines), found


def _places(
    own: Sequence[PostingPlace], house: int, inside: Iterable[Fact], position: int, wanted: Sequence[str]
) -> Iterator[Line]:
    for number, place in enumerate(own, 1):
        here = [fact for fact in inside if fact.groups.get("place") == place.pk]
        name = f"{place.name} ({place.get_kind_display().lower()})"
        yield Line(Kind.DETAIL, f"{position}.{number}", name, counted(here, wanted), {"agency": house, "place": place.pk})  # fmt: skip


def facts_of(figure: str, look: Look, groups: Mapping[str, Any]) -> list[Fact]:
    """The facts behind a number: of its own, of its terms, of a share's numerator; narrowed as its row is, each once."""
    known = REGISTRY[figure]
    wanted = required((known.share_of[0],) if known.share_of else (figure,))
    kept = {
        (fact.figure, fact.identity): fact
        for fact in facts(wanted, look)
        if all(fact.groups.get(name) == value for name, value in groups.items())
    }
    return list(kept.values())


def place_words(groups: Mapping[str, Any], scope: Scope) -> list[str]:
    """A row's groups in words. Raises NotFound for what there is not."""
    more = {name: groups[name] for name in ("place", "officer") if name in groups}
    words = group_words({name: value for name, value in groups.items() if name not in more}, scope)
    if "place" in more:
        place = PostingPlace.objects.filter(pk=more["place"], agency__in=list(scope.agencies)).first()
        words.append(place.name if place else "")
    if "officer" in more:
        words.append(
            User.objects.filter(pk=more["officer"]).values_list("full_name", flat=True).first() or ""
        )
    if not all(words):
        raise NotFound("Không có dòng này trong báo cáo.")
    return words
