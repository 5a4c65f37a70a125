"""Finding a procedure: by words with typing errors forgiven, event of life, field, audience, agency."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from time import monotonic

from django.db import connection
from django.db.models import Count, Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet

from motcua.agencies.models import Agency
from motcua.core.errors import NotFound
from motcua.core.text import fold
from motcua.procedures.models import LifeEvent, Offering, PlainWords, Procedure, ProcedureVersion
from motcua.procedures.queries.versions import _rank, in_force_at
from motcua.procedures.rules.audiences import Group, groups_of
from motcua.procedures.rules.spelling import Wanted, all_words, apart, fit, understood, words_of

MOST = 200
FITS = 0.6  # share of what was asked for that a text must answer, slips counted off
FEW = 3  # so few whole hits that near ones are looked for as well
KEEP_SECONDS = 600


@dataclass(frozen=True)
class Sought:
    """What somebody looks for; every part may be empty."""

    text: str = ""
    field_id: int | None = None
    audience: str = ""
    agency_id: int | None = None
    event: str = ""


@dataclass(frozen=True)
class Hits:
    """Ids of versions, best first. `near`: how many of the last ones fit only with typing errors forgiven;
    `few`: the words as typed found so little that near ones are worth their price."""

    ids: tuple[int, ...] = ()
    near: int = 0
    instead: str = ""
    few: bool = False


@dataclass
class _Vocabulary:
    """The words in use, kept in the process for ten minutes or until the catalogue changes."""

    stamp: tuple[object, ...] = ()
    until: float = 0.0
    words: Mapping[str, int] = field(default_factory=dict)


_kept = _Vocabulary()


def public_at(day: date) -> QuerySet[ProcedureVersion]:
    """Published versions of public procedures in force on a day."""
    return in_force_at(day).filter(status="published", procedure__kind=Procedure.Kind.PUBLIC)


def find(sought: Sought, day: date, *, forgive: bool = True) -> Hits:
    """Public procedures in force that answer, best first: those that hold every word, then, to who is forgiven, those that nearly do.

    At most five statements, however many procedures there are; two when the words are spelt right.
    """
    rows = _narrowed(public_at(day), sought, day)
    if not sought.text.strip():
        return Hits(_of_audience(rows.order_by("name", "pk"), sought.audience))
    whole = _whole(rows, sought)
    if len(whole) >= FEW:
        return Hits(tuple(whole))
    if not forgive:
        return Hits(tuple(whole), few=True)
    near, instead = _near(rows, sought, set(whole))
    return Hits((*whole, *near), len(near), instead if near and not whole else "", few=True)


def fetched(ids: Sequence[int]) -> list[ProcedureVersion]:
    """The versions with their everyday words, in the order of the ids. Two statements."""
    rows = ProcedureVersion.objects.select_related("procedure__words", "field").in_bulk(list(ids))
    return [rows[pk] for pk in ids if pk in rows]


def _narrowed(rows: QuerySet[ProcedureVersion], sought: Sought, day: date) -> QuerySet[ProcedureVersion]:
    if sought.field_id:
        rows = rows.filter(field_id=sought.field_id)
    if sought.event:
        rows = rows.filter(procedure__life_events__slug=sought.event)
    if sought.agency_id:
        offered = Offering.objects.filter(Offering.in_force(day), agency_id=sought.agency_id)
        rows = rows.filter(procedure__in=offered.values("procedure_id"))
    return rows


def _of_audience(rows: QuerySet[ProcedureVersion], audience: str) -> tuple[int, ...]:
    if audience not in set(Group):
        return tuple(rows.values_list("pk", flat=True))
    found = rows.values_list("pk", "audiences")
    return tuple(pk for pk, names in found if audience in groups_of(names))


def _whole(rows: QuerySet[ProcedureVersion], sought: Sought) -> list[int]:
    """Those whose text, or everyday words, hold every word, marks and case apart."""
    words = words_of(fold(sought.text))
    if not words:
        return []
    for word in words:
        held = Q(search_text__contains=word) | Q(procedure__words__search_text__contains=word)
        rows = rows.filter(held)
    needed = ("name", "keywords", "search_text", "audiences", "procedure__code")
    ranked = rows.select_related(None).select_related("procedure").only(*needed)[:MOST]
    found = [version for version in ranked if _is_for(version, sought.audience)]
    return [version.pk for version in sorted(found, key=lambda version: _rank(version, sought.text))]


def _is_for(version: ProcedureVersion, audience: str) -> bool:
    return audience not in set(Group) or audience in groups_of(version.audiences)


def _near(rows: QuerySet[ProcedureVersion], sought: Sought, known: set[int]) -> tuple[list[int], str]:
    """Those that fit with slips forgiven, best first, and the words as they were probably meant."""
    in_use = vocabulary()
    words = [part for word in words_of(fold(sought.text)) for part in apart(word, in_use)]
    wanted = understood(words, in_use)
    options = [option for one in wanted for option, _ in one.meant]
    if not options:
        return [], ""
    some = Q()
    for option in dict.fromkeys(options):
        some |= Q(search_text__contains=option) | Q(procedure__words__search_text__contains=option)
    rows = rows.filter(some).exclude(pk__in=known)
    if sought.audience in set(Group):
        rows = rows.filter(pk__in=_of_audience(rows, sought.audience))
    scored = []
    for pk, name, text, spoken in rows.values_list(
        "pk", "name", "search_text", "procedure__words__search_text"
    ):
        score = fit(wanted, all_words(f"{text} {spoken or ''}"))
        if score >= FITS:
            scored.append((-round(score, 3), len(name), pk))
    return [pk for *_, pk in sorted(scored)[: MOST - len(known)]], _instead(wanted)


def _instead(wanted: Iterable[Wanted]) -> str:
    return " ".join(one.meant[0][0] if one.meant else one.word for one in wanted)


def vocabulary() -> Mapping[str, int]:
    """Every word of the published catalogue with how often it stands there. One small statement, two when it is read anew."""
    global _kept
    published = ProcedureVersion.objects.exclude(status=ProcedureVersion.Status.DRAFT)
    spoken = "procedure__words__search_text"
    figures = published.aggregate(
        Max("pk"), Count("pk"), Min("search_text"), Max("search_text"), Min(spoken), Max(spoken)
    )
    stamp = (str(connection.settings_dict["NAME"]), *figures.values())
    if stamp != _kept.stamp or monotonic() > _kept.until:
        counted: Counter[str] = Counter()
        for text, more in published.values_list("search_text", spoken):
            counted.update(all_words(f"{text} {more or ''}"))
        _kept = _Vocabulary(stamp, monotonic() + KEEP_SECONDS, counted)
    return _kept.words


def suggestions(text: str, day: date, limit: int = 8) -> list[ProcedureVersion]:
    """A few names for who is still typing. At most five statements."""
    return fetched(find(Sought(text), day).ids[:limit]) if len(text.strip()) > 1 else []


def agencies_offering(day: date) -> QuerySet[Agency]:
    """The agencies in force that resolve any procedure on a legal date, in the order of the tree."""
    offered = Offering.objects.filter(Offering.in_force(day), agency=OuterRef("pk"))
    return Agency.objects.filter(Agency.in_force(day), Exists(offered)).order_by("path")


def life_events(*, shown_only: bool = True, used_only: bool = False) -> QuerySet[LifeEvent]:
    """The events of life in their order, each with `count` of its procedures; `used_only`: those that have any."""
    rows = LifeEvent.objects.annotate(count=Count("procedures")).order_by("position", "name")
    rows = rows.filter(count__gt=0) if used_only else rows
    return rows.filter(is_shown=True) if shown_only else rows


def access_life_event(slug: str) -> LifeEvent:
    """One event of life. Raises NotFound."""
    found = (
        LifeEvent.objects.prefetch_related(Prefetch("procedures", Procedure.objects.order_by("code")))
        .filter(slug=slug)
        .first()
    )
    if found is None:
        raise NotFound("Không có sự kiện này.")
    return found


def words_for(procedure: Procedure) -> PlainWords | None:
    """The everyday words of a procedure."""
    return PlainWords.objects.filter(procedure=procedure).first()
