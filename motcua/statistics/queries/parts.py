"""The dossiers that a window concerns, in parts that exclude each other. Each part is one range of one index, and its facets are
shorter than those of `facets`: of what has ended nobody asks the ledger, of what is open nobody asks how it ended
(docs/decisions/0065-fast-figures.md). The list behind a figure uses the whole expressions; tests compare the two.
"""

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from typing import Any

from django.db.models import CharField, F, Q, Value

from motcua.dossiers.rules.states import Status as S
from motcua.statistics.queries import facets as whole
from motcua.statistics.queries import standing as then
from motcua.statistics.queries.standing import Bounds
from motcua.statistics.rules.meaning import ENDED_WITH_ANSWER, Facet, Meaning

ANSWERED = [*whole.WITH_RESULT, S.REFUSED.value]
_LATE, _STANDING = {"late_apologised", "late_plain"}, {"open", "waiting"}


class Part(StrEnum):
    """A part of the dossiers that a window concerns."""

    ENDED = "ended"  # ended in the window
    OPEN = "open"  # not ended to this day: received by the close, or waiting for acceptance then
    LATER = "later"  # the same, ended since
    KEPT = "kept"  # ended before the window, the result not collected to this day
    FETCHED = "fetched"  # the same, collected since the close
    AGAIN = "again"  # the same of a corrected result or one that the post brought back, the first one handed out by the close


_OVER = (Part.KEPT, Part.FETCHED, Part.AGAIN)


def condition(part: Part, b: Bounds) -> Q:
    """Which dossiers are in a part."""
    there, over = Q(received_at__lt=b.closing) | then.filed(b), Q(ended_at__lt=b.opening)
    return {
        Part.ENDED: then.ended(b),
        Part.OPEN: Q(ended_at=None) & there,
        Part.LATER: Q(ended_at__gte=b.closing) & there,
        Part.KEPT: over & Q(ready_at__lt=b.closing, returned_at=None),
        Part.FETCHED: over & Q(ready_at__lt=b.closing, returned_at__gte=b.closing),
        Part.AGAIN: over & Q(returned_at__lt=b.closing) & then.waits_again(b),
    }[part]


def parts_for(wanted: Iterable[Facet]) -> Iterator[Part]:
    """The parts in which any dossier can have a class of the facets."""
    yield from (Part.ENDED, Part.OPEN, Part.LATER)
    if Facet.COLLECTION in wanted:
        yield from _OVER


def told_by_side(meaning: Meaning) -> Meaning:
    """A meaning less what its side says already, for tests of what happened: only what was answered has a side then, and by `facets`
    what is open has none for them.
    """
    said = Facet.SIDE in meaning and meaning.get(Facet.FATE) == ENDED_WITH_ANSWER
    return {facet: names for facet, names in meaning.items() if not (said and facet is Facet.FATE)}


def where(meaning: Meaning, b: Bounds) -> Q:
    """The parts in which alone a test is met, as a condition; none when it may be met in any."""
    if Facet.PATIENCE in meaning or set(meaning.get(Facet.FATE, ("",))) <= _STANDING:
        return Q(ended_at=None) | Q(ended_at__gte=b.closing)
    return then.ended(b) if Facet.FATE in meaning else Q()


def facets(
    part: Part, meanings: Collection[Meaning], b: Bounds, *, by_minute: bool = False
) -> dict[str, Any]:
    """The expression of each facet that the tests ask for, by its name, on the dossiers of a part. A facet for which no test
    asks of these is "": the ledger and the notices are asked by need only.
    """
    wanted = dict.fromkeys(facet for meaning in meanings for facet in meaning)
    met = [meaning for meaning in meanings if _may_be_met(part, meaning)]
    apologies = _tells_apologies(met)
    side = _ended_side if part is Part.ENDED else _open_side
    fate = _ended_fate if part is Part.ENDED else _open_fate
    here: dict[Facet, Any] = {
        Facet.ARRIVAL: _arrival,
        Facet.FATE: fate,
        Facet.SIDE: lambda b, m: side(b, m, apologies),
    }
    here |= {Facet.COLLECTION: _waits} if part in _OVER else {}
    here |= dict.fromkeys(set(wanted) - {facet for meaning in met for facet in meaning}, _nobody)
    others = whole.facets([facet for facet in wanted if facet not in here], b, by_minute=by_minute)
    return {f.value: here[f](b, by_minute) if f in here else others[f.value] for f in wanted}


def _may_be_met(part: Part, meaning: Meaning) -> bool:
    if part in _OVER or Facet.COLLECTION in meaning:
        return Facet.COLLECTION in meaning and part not in (Part.OPEN, Part.LATER)
    open_, asked = part is not Part.ENDED, set(meaning.get(Facet.FATE, ()))
    if Facet.PATIENCE in meaning:
        return open_
    return not asked or bool(asked & _STANDING if open_ else asked - _STANDING)


def _tells_apologies(meanings: Iterable[Meaning]) -> bool:
    """Whether any of the tests asks if an apology was made for a delay."""
    return any(len(_LATE & set(meaning.get(Facet.SIDE, ()))) == 1 for meaning in meanings)


def _nobody(b: Bounds, by_minute: bool) -> Any:
    return Value("", output_field=CharField())


def _waits(b: Bounds, by_minute: bool) -> Any:
    return Value("waits", output_field=CharField())


def _arrival(b: Bounds, by_minute: bool) -> Any:
    carried = Q(received_at__lt=b.opening)
    return whole.class_of((carried, "carried"), (Q(received_at__lt=b.closing), F("channel")))


def _ended_fate(b: Bounds, by_minute: bool) -> Any:
    return whole.class_of(
        (Q(status__in=whole.WITH_RESULT), "resolved"),
        (Q(status__in=[S.REFUSED.value, S.NOT_ACCEPTED.value]), F("status")),
        (Q(received_at__isnull=False, status__in=whole.WITHOUT), F("status")),
    )


def _open_fate(b: Bounds, by_minute: bool) -> Any:
    return whole.class_of((Q(received_at__lt=b.closing), "open"), other="waiting")


def _ended_side(b: Bounds, by_minute: bool, apologies: bool) -> Any:
    side = whole.against(F("ended_at"), F("due_at"), b, by_minute, apologies)
    return whole.class_of((Q(status__in=ANSWERED), side))


def _open_side(b: Bounds, by_minute: bool, apologies: bool) -> Any:
    side = whole.against(then.measured_then(b), then.due_then(b), b, by_minute, apologies)
    return whole.class_of((Q(received_at__lt=b.closing), side))
