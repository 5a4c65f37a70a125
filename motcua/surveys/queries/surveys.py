"""Reads of surveys: doors, users to draw from, progress, results of those that are closed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.conf import settings
from django.core import signing
from django.db.models import Count, QuerySet

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority, setting
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date, to_utc
from motcua.dossiers.models import Dossier
from motcua.surveys.models import (
    Invitee,
    Questionnaire,
    QuestionnaireVersion,
    Response,
    Sheet,
    Stratum,
    Survey,
)
from motcua.surveys.rules.ratings import shown_groups
from motcua.surveys.rules.results import Group, Results, results
from motcua.surveys.rules.sampling import margin
from motcua.surveys.rules.settings import SURVEY_MINIMUM

_SALT = "motcua.surveys.invitation"
_ANY = (Permission.SURVEY_MANAGE, Permission.SURVEY_ENTER, Permission.REPORT_READ)
GONE = "Lời mời này đã dùng, hoặc khảo sát đã kết thúc. Cảm ơn ông/bà đã quan tâm."

# Doors -------------------------------------------------------------------------------------------------------------


def surveys_for(authority: Authority) -> QuerySet[Survey]:
    """The surveys that the person may see: of agencies whose surveys they keep, type in, or whose reports they read."""
    where = (
        authority.where(_ANY[0], "agency")
        | authority.where(_ANY[1], "agency")
        | authority.where(_ANY[2], "agency")
    )
    return (
        Survey.objects.filter(where)
        .select_related("agency", "subject", "version__questionnaire")
        .order_by("-since", "pk")
    )


def access_survey(authority: Authority, pk: int, *permissions: Permission, lock: bool = False) -> Survey:
    """A survey that the person may see, or may do all of `permissions` with. Raises NotFound."""
    rows = (
        Survey.objects.select_for_update()
        if lock
        else Survey.objects.select_related("agency", "subject", "version__questionnaire")
    )
    found = rows.filter(pk=pk).first()
    held = [authority.can(p, found.agency) for p in _ANY] if found else []
    if found is None or not any(held) or not all(authority.can(p, found.agency) for p in permissions):
        raise NotFound()
    return found


def access_invitee(authority: Authority, pk: int, *, lock: bool = False) -> Invitee:
    """Somebody drawn, for who may ask by phone. Raises NotFound."""
    rows = Invitee.objects.select_for_update(of=("self",)) if lock else Invitee.objects.all()
    found = rows.select_related("stratum__survey__version", "stratum__survey__agency").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    access_survey(authority, found.stratum.survey_id, Permission.SURVEY_ENTER)
    return found


def access_sheet(authority: Authority, pk: int, *, lock: bool = False) -> Sheet:
    """A paper sheet, for who may type. Raises NotFound."""
    rows = Sheet.objects.select_for_update(of=("self",)) if lock else Sheet.objects.all()
    found = rows.select_related("survey__version", "stratum").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    access_survey(authority, found.survey_id, Permission.SURVEY_ENTER)
    return found


def questionnaires_for(authority: Authority) -> list[Questionnaire]:
    """All questionnaires, for who keeps surveys somewhere. Raises NotFound for others."""
    authority.require_any(Permission.SURVEY_MANAGE)
    return list(Questionnaire.objects.prefetch_related("versions"))


def access_version(authority: Authority, pk: int, *, lock: bool = False) -> QuestionnaireVersion:
    """A version of a questionnaire, for who keeps surveys somewhere. Raises NotFound."""
    authority.require_any(Permission.SURVEY_MANAGE)
    rows = (
        QuestionnaireVersion.objects.select_for_update(of=("self",))
        if lock
        else QuestionnaireVersion.objects.all()
    )
    found = rows.select_related("questionnaire").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def published_versions() -> list[QuestionnaireVersion]:
    """What a survey may ask with."""
    rows = QuestionnaireVersion.objects.filter(status=QuestionnaireVersion.Status.PUBLISHED)
    return list(rows.select_related("questionnaire"))


def managed_agencies(authority: Authority) -> list[Agency]:
    """The agencies whose surveys the person keeps."""
    return list(Agency.objects.filter(authority.where(Permission.SURVEY_MANAGE)).order_by("path"))


# Invitations --------------------------------------------------------------------------------------------------------


def invitation_token(invitee_id: int) -> str:
    """What stands in the address of an invitation."""
    return signing.Signer(salt=_SALT).sign(str(invitee_id))


def invitation_link(invitee_id: int) -> str:
    """The address of an invitation."""
    return f"{settings.PUBLIC_URL}/khao-sat/{invitation_token(invitee_id)}/"


def invitation(token: str, at: datetime) -> Invitee:
    """The invitation behind a token while it may be used. Raises NotFound, the same for a forged, used or late one."""
    try:
        pk = int(signing.Signer(salt=_SALT).unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise NotFound(GONE) from error
    rows = Invitee.objects.select_related("stratum__survey__version")
    found = rows.filter(pk=pk, state=Invitee.State.WAITING).first()
    if found is None or not takes_answers(found.stratum.survey, legal_date(at)):
        raise NotFound(GONE)
    return found


def takes_answers(survey: Survey, day: date) -> bool:
    """Whether answers may still come."""
    return survey.status == Survey.Status.OPEN and (survey.closes_on is None or day <= survey.closes_on)


# Whom to ask ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class User:
    """Somebody who had a dossier resolved in the period: the last one, with its agency and field."""

    dossier: int
    agency: int
    field: int


def users(subject: Agency, since: date, until: date) -> list[User]:
    """The people who had a dossier resolved by an agency or those under it between two days, each once: who had several is
    asked about the last. A person is told by number, else by phone, else by name and address.
    """
    first, after = (to_utc(datetime.combine(day, time.min)) for day in (since, until + timedelta(days=1)))
    rows = Dossier.objects.filter(
        resolving_agency__path__startswith=subject.path,
        ended_at__gte=first,
        ended_at__lt=after,
        received_at__isnull=False,
    ).order_by("ended_at", "pk")
    who = (
        "applicant__identity_number",
        "applicant__tax_code",
        "applicant__phone",
        "applicant__search_name",
        "applicant__address",
    )
    found: dict[object, User] = {}
    for pk, agency, field, number, tax, phone, name, address in rows.values_list(
        "pk", "resolving_agency_id", "field_id", *who
    ):
        found[number or tax or phone or (name, address)] = User(pk, agency, field)
    return list(found.values())


def grouped(by: str, people: Iterable[User]) -> dict[tuple[int | None, int | None], list[int]]:
    """The dossiers of users by group: (agency, field), either of them None when the survey does not divide by it."""
    found: dict[tuple[int | None, int | None], list[int]] = {}
    for one in people:
        key = (one.agency if by != Survey.By.FIELD else None, one.field if by != Survey.By.AGENCY else None)
        found.setdefault(key, []).append(one.dossier)
    return found


# How it goes ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """A group against its target."""

    stratum: Stratum
    answered: int
    waiting: int
    lost: int

    @property
    def left(self) -> int:
        """How many answers are still wanted."""
        return max(0, self.stratum.target - self.answered)


@dataclass(frozen=True)
class State:
    """A survey against its plan; `error` is the margin of what has come so far."""

    groups: tuple[Progress, ...]
    population: int
    target: int
    answered: int
    error: Decimal | None


def progress(survey: Survey) -> State:
    """How many answers have come, by group; never who."""
    strata = list(survey.strata.select_related("agency", "field"))
    answered = Counter(dict(_counted(Response.objects.filter(stratum__survey=survey))))
    rows = Invitee.objects.filter(stratum__survey=survey).order_by().values_list("stratum_id", "state")
    states = Counter({(stratum, state): n for stratum, state, n in rows.annotate(n=Count("pk"))})
    lost = (Invitee.State.REFUSED, Invitee.State.UNREACHED)
    groups = tuple(
        Progress(
            s, answered[s.pk], states[s.pk, Invitee.State.WAITING], sum(states[s.pk, state] for state in lost)
        )
        for s in strata
    )
    population, total = sum(s.population for s in strata), sum(answered.values())
    return State(groups, population, sum(s.target for s in strata), total, margin(population, total))


def _counted(rows: QuerySet[Response]) -> Iterable[tuple[int, int]]:
    return rows.order_by().values_list("stratum_id").annotate(n=Count("pk"))


def to_phone(survey: Survey) -> list[Invitee]:
    """Who is to be asked by phone, in the order of the draw: groups and numbers of the draw, no names."""
    rows = Invitee.objects.filter(
        stratum__survey=survey, state=Invitee.State.WAITING, mode=Invitee.Mode.PHONE
    )
    return list(rows.select_related("stratum__agency", "stratum__field").order_by("stratum", "rank"))


# What it says ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """A group's results. `key` of the address."""

    key: str
    name: str
    results: Results


@dataclass(frozen=True)
class Outcome:
    """A closed survey: the whole, by agency and by field; `hidden`: answers in groups too small to be shown."""

    survey: Survey
    whole: Results
    parts: tuple[Part, ...]
    hidden: int
    minimum: int

    @property
    def points(self) -> Decimal | None:
        """The criterion that the survey scores."""
        return self.whole.points_of(self.survey.points, self.survey.step)


def minimum_of(survey: Survey) -> int:
    """How many answers there must be before a group's figures are shown."""
    return int(setting(SURVEY_MINIMUM, survey.agency, survey.until))


def outcome(survey: Survey) -> Outcome:
    """The results. Raises NotFound until the survey is closed and unless there are as many answers as the setting asks for."""
    sample = answers_of(survey)
    minimum = minimum_of(survey)
    if sum(len(g.answers) for _, g in sample) < minimum:
        raise NotFound("Chưa đủ số phiếu tối thiểu để hiện kết quả.")
    form = survey.version.form
    sizes = {str(s.pk): len(g.answers) for s, g in sample}
    shown = shown_groups(sizes, minimum) if len(sample) > 1 else frozenset()
    parts = tuple(Part(str(s.pk), str(s), results(form, [g])) for s, g in sample if str(s.pk) in shown)
    hidden = sum(sizes.values()) - sum(sizes[key] for key in shown) if len(sample) > 1 else 0
    return Outcome(survey, results(form, [g for _, g in sample]), parts, hidden, minimum)


def answers_of(survey: Survey) -> list[tuple[Stratum, Group]]:
    """The answers of a closed survey by group, groups in the order of the plan. Raises NotFound for one still open."""
    if survey.status != Survey.Status.CLOSED:
        raise NotFound("Kết quả chỉ hiện sau khi đóng khảo sát.")
    strata = list(survey.strata.select_related("agency", "field"))
    found: dict[int, list[dict[str, str]]] = {s.pk: [] for s in strata}
    rows = Response.objects.filter(stratum__in=strata).order_by("pk")
    for stratum, answers in rows.values_list("stratum_id", "answers"):
        found[stratum].append(answers)
    return [(s, Group(s.population, found[s.pk])) for s in strata]


def rows_of(survey: Survey, key: str = "") -> list[dict[str, str]]:
    """The anonymous answers behind the results, of all or of a group that is shown; in an order that is nobody's. Raises
    NotFound for a group that is not shown.
    """
    found = outcome(survey)
    if key and key not in {part.key for part in found.parts}:
        raise NotFound()
    rows = Response.objects.filter(stratum__survey=survey).order_by("pk")
    rows = rows.filter(stratum_id=int(key)) if key else rows
    return list(rows.values_list("answers", flat=True))
