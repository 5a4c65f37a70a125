"""What stands behind a number of the index: dossiers, procedures at agencies, postings or decisions, each with its verdict."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from django.db.models import QuerySet

from motcua.core.errors import NotFound
from motcua.dossiers.models import Dossier
from motcua.procedures.models import ProcedureVersion, PublicationDecision
from motcua.statistics.queries.behind import behind
from motcua.statistics.queries.counting import count
from motcua.statistics.queries.index766 import FEEDBACK_SIDES, judged
from motcua.statistics.queries.index766_catalogue import Entry, entries
from motcua.statistics.queries.postings import Duty, duties, named, places_of
from motcua.statistics.queries.publication import issued
from motcua.statistics.queries.rating_facts import RATING_FIGURES
from motcua.statistics.queries.scopes import Scope, is_by_minute
from motcua.statistics.queries.standing import closing_day
from motcua.statistics.queries.things import Look, facts
from motcua.statistics.rules.figures import required_tests
from motcua.statistics.rules.index766_measures import Measure, Of
from motcua.statistics.rules.periods import Window


class Part(StrEnum):
    """Which side of a ratio is opened."""

    PART = "tu-so"
    WHOLE = "mau-so"
    REST = "chua-dat"


PART_WORDS = {Part.PART: "Tử số", Part.WHOLE: "Mẫu số", Part.REST: "Chưa đạt"}


@dataclass(frozen=True)
class Item:
    """One procedure, posting or decision behind a number. `counts`: above the line; `why`: dates or what is missing."""

    agency: str
    counts: bool
    why: str
    version: ProcedureVersion | None = None
    decision: PublicationDecision | None = None
    place: str = ""
    due: date | None = None
    done: date | None = None
    feedback: int | None = None
    code: str = ""
    vote: bool = False

    def closed(self) -> "Item":
        """The same for who may not read it: that it counts, nothing else."""
        return replace(self, code="Phản ánh không thuộc quyền xem của bạn", why="", done=None, feedback=None)


def dossiers_behind(
    measure: Measure, part: Part, scope: Scope, window: Window, at: datetime
) -> QuerySet[Dossier]:
    """The dossiers of a measure over figures, by the very conditions that counted them. Raises NotFound for another measure."""
    if not measure.figures:
        raise NotFound("Thành phần này không đếm hồ sơ.")
    by_minute = is_by_minute(scope.agency, window.end)
    above, below = (behind(key, scope, window, at=at, by_minute=by_minute) for key in measure.figures)
    if part is Part.PART:
        return above.order_by("pk")
    if part is Part.WHOLE:
        return below.order_by("pk")
    return below.exclude(pk__in=above.order_by().values("pk")).order_by("pk")


def items_behind(measure: Measure, part: Part, scope: Scope, window: Window, at: datetime) -> list[Item]:
    """What a measure of another kind counts, in the order of agencies and names. Raises NotFound for one that counts nothing."""
    makers = {
        Of.PROCEDURES: _procedures,
        Of.POSTINGS: _postings,
        Of.DECISIONS: _decisions,
        Of.FEEDBACK: _feedback,
        Of.RATINGS: _ratings,
    }
    if measure.awaits or measure.of not in makers:
        raise NotFound("Thành phần này chưa có số liệu.")
    found = makers[measure.of](measure, scope, window, at)
    return [item for item in found if part is Part.WHOLE or item.counts == (part is Part.PART)]


def _procedures(measure: Measure, scope: Scope, window: Window, at: datetime) -> Iterator[Item]:
    offered = entries(scope, closing_day(window, at))
    tests = required_tests(["received_online", "paid_online"])
    cells = count(scope, window, at=at, by=("agency", "procedure"), tests=tests)
    versions = named(entry.version for entry in offered)
    rows = [
        (entry, verdict)
        for entry in offered
        for key, verdict in judged(entry, cells.get((entry.house, entry.procedure)))
        if key == measure.key
    ]
    for entry, verdict in sorted(
        rows, key=lambda row: (scope.house(row[0].house).path, versions[row[0].version].name)
    ):
        yield Item(
            scope.house(entry.house).name, verdict, _why(measure, entry, verdict), versions[entry.version]
        )


def _why(measure: Measure, entry: Entry, verdict: bool) -> str:
    if measure.key == "contents_complete":
        return " ".join(entry.faults)
    return "" if verdict else _NOT[measure.key]


_NOT = {
    "online_offered": "Chưa cung cấp trực tuyến.",
    "online_used": "Chưa có hồ sơ trực tuyến trong kỳ.",
    "payment_offered": "Cơ quan chưa có tài khoản hoặc cổng nhận thanh toán.",
    "payment_used": "Chưa có hồ sơ thanh toán trực tuyến trong kỳ.",
}


def _postings(measure: Measure, scope: Scope, window: Window, at: datetime) -> Iterator[Item]:
    rows = duties(scope, window, at, places_of(scope, window, at))
    versions = named(duty.version for duty in rows)
    for duty in sorted(rows, key=lambda duty: (duty.due, duty.place.pk, versions[duty.version].name)):
        yield Item(
            scope.house(duty.house).name, duty.in_time, _posted(duty), versions[duty.version], place=duty.place.name,
            due=duty.due, done=duty.posted_on,
        )  # fmt: skip


def _posted(duty: Duty) -> str:
    if duty.posted_on is None:
        return "Chưa niêm yết."
    return "" if duty.in_time else "Niêm yết muộn."


def _decisions(measure: Measure, scope: Scope, window: Window, at: datetime) -> Iterator[Item]:
    for one in issued(scope, window, at):
        why = "" if one.in_time else f"Phải ban hành chậm nhất ngày {one.last_day:%d-%m-%Y}."
        yield Item(
            scope.house(one.house).name, one.in_time, why, decision=one.decision, due=one.decision.effective_on,
            done=one.decision.issued_on,
        )  # fmt: skip


def _feedback(measure: Measure, scope: Scope, window: Window, at: datetime) -> Iterator[Item]:
    above, below = FEEDBACK_SIDES[measure.key]
    for fact in facts((*above, *below), Look(scope, window, at)):
        yield Item(
            scope.house(fact.groups["agency"]).name, fact.figure in above, fact.note, done=fact.on, feedback=fact.address[1][0],
            code=fact.name,
        )  # fmt: skip


def _ratings(measure: Measure, scope: Scope, window: Window, at: datetime) -> Iterator[Item]:
    for vote in facts(RATING_FIGURES, Look(scope, window, at)):
        content = vote.figure != "ratings_dissatisfied"
        yield Item(scope.house(vote.groups["agency"]).name, content, vote.note, code=vote.name, vote=True)
