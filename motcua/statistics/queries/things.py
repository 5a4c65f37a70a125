"""The rows of figures that are not dossiers, as they stood when a window closed: decisions, what they do, postings, offered procedures.

Every figure of `rules.things` is the number of its rows here (or the sum of their weights), and the list behind it is those
same rows. A catalogue is small beside dossiers: rows are read as values and sorted in Python.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from motcua.core.moments import legal_date
from motcua.procedures.models import (
    LegalBasis,
    Offering,
    Posting,
    PostingPlace,
    ProcedureVersion,
    PublicationChange,
)
from motcua.procedures.queries.cuts import counter_rules, times
from motcua.procedures.rules.hours import hours_of
from motcua.statistics.queries.facets import PARTIAL, WHOLE
from motcua.statistics.queries.feedback_facts import FEEDBACK_SOURCES
from motcua.statistics.queries.filing_facts import FILING_SOURCES
from motcua.statistics.queries.looks import Fact, Groups, Look
from motcua.statistics.queries.postings import duties, named
from motcua.statistics.queries.publication import issued
from motcua.statistics.queries.rating_facts import RATING_SOURCES
from motcua.statistics.rules.publication import removed_late
from motcua.statistics.rules.shares import decimal_text


def facts(figures: Iterable[str], look: Look) -> list[Fact]:
    """The rows of the figures asked for; sources that none of them needs are not read."""
    wanted = set(figures)
    sources = dict.fromkeys(_SOURCES[name] for name in sorted(wanted) if name in _SOURCES)
    return [fact for source in sources for fact in source(look) if fact.figure in wanted]


def counted(found: Iterable[Fact], figures: Iterable[str]) -> Counter[str]:
    """Counts of the figures over rows, each row once; nought where there is none."""
    counts = Counter(dict.fromkeys(figures, 0))
    for fact in {(fact.figure, fact.identity): fact for fact in found}.values():
        counts[fact.figure] += fact.weight
    return counts


# Decisions, and what they do --------------------------------------------------------------------------------------------


def _changes(look: Look) -> Iterator[tuple[PublicationChange, int]]:
    """What the decisions of the window do, once for each house concerned. At the root of the tree also what nobody offers."""
    rows = PublicationChange.objects.filter(
        decision__issued_on__gte=look.window.start, decision__issued_on__lte=look.close
    ).select_related("decision", "procedure", "version__field")
    all_of_it = look.scope.below and look.scope.agency.parent_id is None
    for row in rows.order_by("decision__issued_on", "pk"):
        houses = look.houses_by_procedure.get(row.procedure_id, set())
        for house in houses or ({look.scope.agency.pk} if all_of_it else set()):
            yield row, house


def _fields(look: Look, rows: Iterable[PublicationChange]) -> dict[int, int]:
    """The field of each procedure that a decision names: of its newest version."""
    ids = {row.procedure_id for row in rows}
    found = ProcedureVersion.objects.filter(procedure__in=ids).order_by("number")
    return dict(found.values_list("procedure_id", "field_id"))


def _decisions(look: Look) -> Iterator[Fact]:
    """Each decision counts for the agency that issued it, in every field that it names."""
    made = issued(look.scope, look.window, look.at)
    rows = list(PublicationChange.objects.filter(decision__in=[one.decision.pk for one in made]))
    fields, named_in = _fields(look, rows), defaultdict(set)
    for row in rows:
        named_in[row.decision_id].add(fields.get(row.procedure_id, 0))
    for one in made:
        decision = one.decision
        name = "decisions_on_time" if one.in_time else "decisions_late"
        note = f"{decision.issuer}; hiệu lực {decision.effective_on:%d-%m-%Y}, cần ban hành trước {one.lead_days} ngày"
        for field_id in sorted(named_in[decision.pk] or {0}):
            yield Fact(
                name, ("decision", decision.pk), {"agency": one.house, "field": field_id}, decision.number, note,
                decision.issued_on, address=("procedures:decision", (decision.pk,)),
            )  # fmt: skip


def _changed(look: Look) -> Iterator[Fact]:
    changes = list(_changes(look))
    fields = _fields(look, (row for row, _ in changes))
    for row, house in changes:
        made = row.decision
        groups = {"agency": house, "field": fields.get(row.procedure_id, 0)}
        said = f"{row.get_kind_display()} theo {made.number}"
        yield Fact(
            f"procedures_{row.kind}", ("change", row.pk), groups, _title(row), said, made.issued_on,
            address=("procedures:decision", (made.pk,)),
        )  # fmt: skip


def _title(row: PublicationChange) -> str:
    return f"{row.procedure.code} {row.version.name if row.version else ''}".strip()


def _documents(look: Look) -> Iterator[Fact]:
    rows = LegalBasis.objects.filter(
        version__procedure__in=list(look.houses_by_procedure), issued_on__gte=look.window.start, issued_on__lte=look.close
    ).exclude(version__status="draft")  # fmt: skip
    columns = ("number", "issued_on", "issuer", "title", "version__procedure_id", "version__field_id")
    for number, issued_on, issuer, title, procedure, field_id in rows.values_list(*columns).order_by("issued_on", "number"):  # fmt: skip
        for house in look.houses_by_procedure[procedure]:
            groups = {"agency": house, "field": field_id}
            yield Fact("documents_cited", (number, issued_on), groups, number, f"{issuer}: {title}".strip(": "), issued_on)  # fmt: skip


# Postings ------------------------------------------------------------------------------------------------------------


def _hung(look: Look) -> Iterator[Fact]:
    """The duties to post of the window."""
    found = duties(look.scope, look.window, look.at, look.places)
    versions = named(duty.version for duty in found)
    for duty in sorted(found, key=lambda one: (one.place.agency.path, one.place.name, one.place.pk, one.due, one.version)):  # fmt: skip
        on = duty.posted_on
        said = f"hạn niêm yết {duty.due:%d-%m-%Y}" + (
            f", niêm yết {on:%d-%m-%Y}" if on else ", chưa niêm yết"
        )
        identity = ("hang", duty.place.pk, duty.version)
        yield _at(duty.place, look, duty.outcome.value, identity, versions[duty.version], said, duty.due)


def _taken_down(look: Look) -> Iterator[Fact]:
    """What hung and ended in the window."""
    rows = Posting.objects.filter(
        place__in=look.places, posted_at__lt=look.bounds.closing, version__valid_to__gte=look.window.start,
        version__valid_to__lte=look.close,
    ).select_related("place__agency", "version__procedure", "version__field")  # fmt: skip
    for row in rows.order_by("place__agency__path", "place__name", "place_id", "version__valid_to", "pk"):
        gone = row.removed_at and row.removed_at < look.bounds.closing
        last, on = row.version.valid_to, legal_date(row.removed_at) if gone and row.removed_at else None
        assert last is not None  # of the filter
        late = removed_late(last, on, look.close, look.working_days(row.place.agency))
        if late is None:
            continue
        said = f"hết hiệu lực {last:%d-%m-%Y}" + (f", gỡ {on:%d-%m-%Y}" if on else ", chưa gỡ")
        name = "removal_late" if late else "removal_on_time"
        yield _at(row.place, look, name, ("down", row.pk), row.version, said, last)


def _at(
    place: PostingPlace, look: Look, figure: str, identity: tuple[Any, ...], version: ProcedureVersion, said: str, on: date
) -> Fact:  # fmt: skip
    groups = {"agency": look.scope.houses[place.agency_id], "place": place.pk, "field": version.field_id}
    name = f"{version.procedure.code} {version.name}"
    return Fact(figure, identity, groups, name, f"{place.name}: {said}", on, address=("procedures:place", (place.pk,)))  # fmt: skip


# Procedures offered --------------------------------------------------------------------------------------------------


def offered(look: Look) -> Iterator[tuple[Offering, ProcedureVersion]]:
    """Offerings in force at the close, each with its version in force then."""
    for row in look.offerings:
        version = look.versions.get(row.procedure_id)
        if version and (row.valid_to is None or row.valid_to >= look.close):
            yield row, version


def _offered(look: Look) -> Iterator[Fact]:
    rows = list(offered(look))
    rules = counter_rules([version.pk for _, version in rows])
    for row, version in rows:
        level = row.online_level or version.online_level
        kind = "whole" if level in WHOLE else "partial" if level in PARTIAL else "otherwise"
        yield _offer(row, version, look, f"offered_{kind}", ProcedureVersion.OnlineLevel(level).label)
        old, new = times(row, rules.get(version.pk))
        if not old:
            continue
        new = old if new is None else new
        said = (
            f"{decimal_text(hours_of(old))} giờ theo quy định, {decimal_text(hours_of(new))} giờ sau cắt giảm"
        )
        for name, weight in (("hours_statutory", old), ("hours_reduced", new), ("hours_cut", old - new)):
            if weight or name == "hours_statutory":
                yield _offer(row, version, look, name, said, weight)
        if new < old:
            yield _offer(row, version, look, "offered_cut", said)


def _offer(
    row: Offering, version: ProcedureVersion, look: Look, figure: str, said: str, weight: int = 1
) -> Fact:
    house = look.scope.houses[row.agency_id]
    name = f"{row.procedure.code} {version.name}"
    where = look.scope.agencies[row.agency_id].name
    return Fact(
        figure, ("offering", row.pk), {"agency": house, "field": version.field_id}, name, f"{where}: {said}", row.valid_from,
        weight, ("procedures:procedure", (row.procedure.code,)),
    )  # fmt: skip


__all__ = ["Fact", "Groups", "Look", "counted", "facts", "offered"]
Source = Callable[[Look], Iterator[Fact]]
_SOURCES: dict[str, Source] = {
    **dict.fromkeys(("decisions_on_time", "decisions_late"), _decisions),
    **{f"procedures_{kind}": _changed for kind in PublicationChange.Kind.values},
    "documents_cited": _documents,
    **dict.fromkeys(("posting_on_time", "posting_late", "posting_missing"), _hung),
    **dict.fromkeys(("removal_on_time", "removal_late"), _taken_down),
    **dict.fromkeys(("offered_whole", "offered_partial", "offered_otherwise", "offered_cut"), _offered),
    **dict.fromkeys(("hours_statutory", "hours_reduced", "hours_cut"), _offered),
    **FEEDBACK_SOURCES,
    **FILING_SOURCES,
    **RATING_SOURCES,
}  # fmt: skip
