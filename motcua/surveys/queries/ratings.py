"""What votes say, for staff: only votes that have come out in a batch, and never whose they are."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority, setting
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.core.text import sort_key
from motcua.procedures.models import Field
from motcua.surveys.models import Ballot, Topic
from motcua.surveys.rules.ratings import OVERALL, Asked, Kind, Tally, shown_groups, tallies
from motcua.surveys.rules.settings import OFFICER_MINIMUM, RATING_MINIMUM

ABOUT = Ballot.About


def topics_on(day: date) -> list[Topic]:
    """The topics asked on a day, in order."""
    return list(Topic.objects.filter(Topic.in_force(day)).order_by("position", "pk"))


def topics_between(first: date, last: date) -> list[Topic]:
    """The topics asked at some time in a period, each once, as asked last."""
    rows = (
        Topic.objects.filter(valid_from__lte=last)
        .exclude(valid_to__lt=first)
        .order_by("position", "valid_from")
    )
    return list({row.code: row for row in rows}.values())


def minimum_of(agency: Agency | None, day: date, about: str = ABOUT.AGENCY) -> int:
    """How many votes there must be before they are shown."""
    return int(setting(OFFICER_MINIMUM if about == ABOUT.OFFICER else RATING_MINIMUM, agency, day))


def access_rated(authority: Authority, agency_id: int) -> Agency:
    """An agency whose ratings the person may read. Raises NotFound."""
    found = Agency.objects.filter(pk=agency_id).first()
    if found is None or not authority.can(Permission.REPORT_READ, found):
        raise NotFound()
    return found


def rated_agencies(authority: Authority) -> list[Agency]:
    """The agencies whose ratings the person may read, in the order of the tree."""
    return list(Agency.objects.filter(authority.where(Permission.REPORT_READ)).order_by("path"))


def visible(agency: Agency, first: date, last: date, about: str, *, below: bool = True) -> QuerySet[Ballot]:
    """The votes about an agency (and those under it) that came out with the months that begin in a period; in an order of
    their own, which is nobody's.
    """
    rows = Ballot.objects.filter(released=True, about=about, month__gte=first, month__lte=last)
    within = {"agency__path__startswith": agency.path} if below else {"agency": agency}
    return rows.filter(**within).order_by("pk")


def visible_of(agency_ids: Iterable[int], first: date, last: date) -> QuerySet[Ballot]:
    """The votes about some agencies, as `visible`; for the statistics."""
    return Ballot.objects.filter(
        released=True, about=ABOUT.AGENCY, month__gte=first, month__lte=last, agency__in=list(agency_ids)
    ).order_by("pk")


@dataclass(frozen=True)
class Line:
    """One group of votes: what they say of the whole and how many they are. `key`: how the group is asked for."""

    key: str
    name: str
    tally: Tally


@dataclass(frozen=True)
class Board:
    """The ratings of an agency in a period. `hidden`: how many votes stand in groups too small to be shown."""

    agency: Agency
    first: date
    last: date
    minimum: int
    votes: int
    topics: tuple[tuple[Topic, Tally], ...]
    reasons: tuple[tuple[str, int], ...]
    words: tuple[str, ...]
    fields: tuple[Line, ...]
    officers: tuple[Line, ...]
    hidden_fields: int
    hidden_officers: int


def board(agency: Agency, first: date, last: date) -> Board:
    """Everything that the ratings of an agency may show of a period."""
    topics = topics_between(first, last)
    votes = list(visible(agency, first, last, ABOUT.AGENCY).values_list("marks", "reasons", "words"))
    minimum = minimum_of(agency, last)
    if len(votes) < minimum:
        votes = []
    counted = tallies([topic.asked for topic in topics], (marks for marks, _, _ in votes))
    named = {one["code"]: one["text"] for topic in topics for one in topic.reasons}
    found = Counter(named.get(reason, reason) for _, reasons, _ in votes for reason in reasons)
    fields, hidden_fields = _groups(agency, first, last, ABOUT.FIELD)
    officers, hidden_officers = _groups(agency, first, last, ABOUT.OFFICER)
    return Board(
        agency, first, last, minimum, len(votes), tuple(zip(topics, counted, strict=True)), tuple(found.most_common()),
        tuple(sorted((words for _, _, words in votes if words), key=sort_key)), fields, officers, hidden_fields, hidden_officers,
    )  # fmt: skip


_WHOLE = Asked(OVERALL, Kind.SCALE)


def _groups(agency: Agency, first: date, last: date, about: str) -> tuple[tuple[Line, ...], int]:
    """The overall mark by field or officer, of those groups that may be shown; and how many votes stand in the others."""
    column = "field_id" if about == ABOUT.FIELD else "officer_id"
    votes: dict[int, list[Mapping[str, int]]] = {}
    for key, marks in visible(agency, first, last, about).values_list(column, "marks"):
        votes.setdefault(key, []).append(marks)
    sizes = {key: len(rows) for key, rows in votes.items()}
    shown = shown_groups(sizes, minimum_of(agency, last, about))
    names = _names(about, shown)
    lines = [Line(str(key), names[key], tallies([_WHOLE], votes[key])[0]) for key in shown]
    return tuple(sorted(lines, key=lambda line: sort_key(line.name))), sum(sizes.values()) - sum(
        sizes[k] for k in shown
    )


def _names(about: str, keys: Iterable[int]) -> dict[int, str]:
    model: Any = Field if about == ABOUT.FIELD else User
    return {row.pk: str(getattr(row, "full_name", row)) for row in model.objects.filter(pk__in=list(keys))}


def rows_behind(agency: Agency, first: date, last: date, about: str, key: str) -> list[Ballot]:
    """The anonymous votes behind a line of the board, by the very rule that shows it; in an order that is nobody's. Raises
    NotFound for a group that is not shown.
    """
    if about == ABOUT.AGENCY:
        found = list(visible(agency, first, last, about))
        if len(found) < minimum_of(agency, last):
            raise NotFound()
        return found
    if about not in (ABOUT.FIELD, ABOUT.OFFICER):
        raise NotFound()
    lines, _ = _groups(agency, first, last, about)
    if key not in {line.key for line in lines}:
        raise NotFound()
    column = "field_id" if about == ABOUT.FIELD else "officer_id"
    return list(visible(agency, first, last, about).filter(**{column: int(key)}))
