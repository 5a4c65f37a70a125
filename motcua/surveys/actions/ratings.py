"""Casting a vote on a finished dossier, and letting votes come out in batches."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Count

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of
from motcua.audit.actions import append
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.dossiers.models import Dossier, DossierTask
from motcua.surveys.models import Ballot, SpentRight, Topic
from motcua.surveys.queries.ratings import minimum_of, topics_on
from motcua.surveys.queries.rights import rateable, spent_mark
from motcua.surveys.rules.ratings import MOST_WORDS, batches, checked_marks, checked_reasons, month_of
from motcua.surveys.rules.topics import OF_OFFICER, SINCE, TOPICS

ABOUT = Ballot.About


@transaction.atomic
def rate(
    token: str, *, marks: Mapping[str, object], reasons: Iterable[str] = (), words: str = "", actor: User | None, at: datetime
) -> bool:  # fmt: skip
    """Cast the vote of the dossier behind a token (TT 01/2018/TT-VPCP; NĐ 61/2018/NĐ-CP, Điều 31). The first vote counts, for
    ever; a further one changes nothing, and only the answer of this function tells, which no page may show: whether a dossier
    has been rated is nobody's business.

    `actor` is never kept: it is nobody's vote. Nothing goes into the log, whose moments would lead back to the voter. Raises
    NotFound when the dossier may not be rated; RuleViolation without an overall mark.
    """
    del actor
    dossier = rateable(token, at)
    topics = [topic.asked for topic in topics_on(legal_date(at))]
    given = checked_marks(topics, marks)
    ticked = checked_reasons(topics, given, reasons)
    if not _spend(dossier.pk):
        return False
    Ballot.objects.bulk_create(
        _parts(dossier, given, ticked, nfc(words)[:MOST_WORDS], month_of(legal_date(at)))
    )
    return True


def _spend(dossier_id: int) -> bool:
    """Whether the vote was still there; of two at once one gets it."""
    try:
        with transaction.atomic():
            SpentRight.objects.create(mark=spent_mark(dossier_id))
    except IntegrityError:
        return False
    return True


def _parts(
    dossier: Dossier, marks: dict[str, int], reasons: tuple[str, ...], words: str, month: date
) -> list[Ballot]:
    """The parts of a vote. What is said of an officer is the whole and the attitude only: a pattern of many marks would tell
    parts that belong together.
    """
    agency = dossier.resolving_agency
    found = [
        Ballot(about=ABOUT.AGENCY, agency=agency, month=month, marks=marks, reasons=list(reasons), words=words),
        Ballot(about=ABOUT.FIELD, agency=agency, field_id=dossier.field_id, month=month, marks={"overall": marks["overall"]}),
    ]  # fmt: skip
    of_officer = {code: mark for code, mark in marks.items() if code in OF_OFFICER}
    for officer, at_agency in sorted(_officers(dossier)):
        found.append(
            Ballot(
                about=ABOUT.OFFICER, agency_id=at_agency, officer_id=officer, month=month, marks=of_officer
            )
        )
    return found


def _officers(dossier: Dossier) -> set[tuple[int, int]]:
    """Whom the citizen or the dossier met, with the agency in which: who received it and who worked on it; not who signed."""
    rows = DossierTask.objects.filter(dossier=dossier, done_by__isnull=False).exclude(stage_kind="signature")
    found = {
        (dossier.received_by_id, dossier.receiving_agency_id),
        *rows.values_list("done_by_id", "agency_id"),
    }
    return {(int(officer), agency) for officer, agency in found if officer}


# Coming out ------------------------------------------------------------------------------------------------------------

Subject = tuple[str, int, int | None, int | None]
_SUBJECT = ("about", "agency_id", "field_id", "officer_id")


@transaction.atomic
def release_ballots(*, actor: User, at: datetime) -> int:
    """Let votes of months that are over come out, batch by batch, each of at least the setting's number, rewritten under new
    keys in a new order; gives how many. For the timer: only the system's own account may. Raises NotFound for others.
    """
    if not authority_of(actor, legal_date(at)).everything:
        raise NotFound()
    this = month_of(legal_date(at))
    done: Counter[int] = Counter()
    for subject, months in _waiting(this):
        agency = Agency.objects.get(pk=subject[1])
        plan = batches(months, minimum_of(agency, legal_date(at), subject[0]))
        for month, seen_with in plan.items():
            done[agency.pk] += _come_out(subject, month, seen_with)
    for agency_id, number in sorted(done.items()):
        append(
            f"agency/{agency_id}",
            "ratings.released",
            actor=actor,
            at=at,
            data={"month": this.isoformat(), "parts": number},
        )
    return sum(done.values())


def _waiting(this: date) -> Iterator[tuple[Subject, dict[date, int]]]:
    """What waits, by what it is about, and how many of each month that is over."""
    rows = (
        Ballot.objects.filter(released=False, month__lt=this)
        .order_by(*_SUBJECT, "month")
        .values_list(*_SUBJECT, "month")
    )
    found: defaultdict[Subject, dict[date, int]] = defaultdict(dict)
    for about, agency, field, officer, month, number in rows.annotate(number=Count("pk")):
        found[about, agency, field, officer][month] = number
    yield from found.items()


def _come_out(subject: Subject, month: date, seen_with: date) -> int:
    """Write the votes anew: the order in which they lie in the table must not be that in which people voted."""
    rows = Ballot.objects.filter(released=False, month=month, **dict(zip(_SUBJECT, subject, strict=True)))
    found = list(rows)
    rows.delete()
    for ballot in found:
        ballot.pk, ballot.month, ballot.released = uuid.uuid4(), seen_with, True
    Ballot.objects.bulk_create(sorted(found, key=lambda ballot: ballot.pk))
    return len(found)


@transaction.atomic
def install_topics(*, actor: User, at: datetime) -> None:
    """Put in the shipped topics when there are none; those present are left as they are. Only the system's own account may
    (installation and upgrade). Raises NotFound for others.
    """
    if not authority_of(actor, legal_date(at)).everything:
        raise NotFound()
    if Topic.objects.exists():
        return
    Topic.objects.bulk_create(
        Topic(
            code=code, kind=kind, text=text, text_en=english, law=law, certainty=certainty, valid_from=SINCE, position=position,
            reasons=[{"code": c, "text": t, "text_en": e} for c, t, e in reasons],
        )
        for position, (code, kind, text, english, law, certainty, reasons) in enumerate(TOPICS, 1)
    )  # fmt: skip
    append("topics/all", "topics.installed", actor=actor, at=at, first=True)
