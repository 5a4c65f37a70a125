"""The clerk's desk: its office, and the procedures that may be handed in there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet

from motcua.agencies.models import Agency, OneStopOffice
from motcua.agencies.queries import Authority, offices_where, seated_agencies
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.text import fold
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.reference import Desk as Reference
from motcua.dossiers.rules.intake import cases_of_limit_alone
from motcua.procedures.models import ChannelRule, Offering, Paper, ProcedureVersion
from motcua.procedures.models.catalogue import Channel
from motcua.procedures.queries.limits import limit_cases, reduced_limit, statutory_limit

USUAL_DAYS = 60
LIMIT = 12


@dataclass(frozen=True)
class Option:
    """A procedure that may be handed in here, resolved by one agency."""

    offering: Offering
    version: ProcedureVersion

    @property
    def limit_text(self) -> str:
        """The limit at the counter in words: "5 ngày làm việc"; says so while its unit is not settled."""
        rules = list(self.version.channels.all())
        try:
            limit = reduced_limit(self.offering) or statutory_limit(rules, Channel.COUNTER)
        except RuleViolation:
            return "thời hạn chưa xác định đơn vị"
        return limit.describe()


def desks(
    authority: Authority, day: date, permission: str = Permission.DOSSIER_RECEIVE
) -> QuerySet[OneStopOffice]:
    """One-stop offices where the person may act on a legal date: their agency's own, and those where it has a seat."""
    return offices_where(authority, day, permission)


def known_desks(ref: Reference, permission: str = Permission.DOSSIER_RECEIVE) -> list[OneStopOffice]:
    """The same, remembered until an office, a seat or a post changes."""
    key = ("counter desks", ref.authority.user_id, ref.day, permission)
    return ref.recall(key, lambda: list(desks(ref.authority, ref.day, permission)))


def access_desk(found: list[OneStopOffice], chosen: int | None) -> OneStopOffice:
    """The office chosen, else the first where the person may act. Raises NotFound when there is none."""
    if not found:
        raise NotFound("Bạn chưa được phân công ở Bộ phận Một cửa nào. Hỏi người quản trị của cơ quan.")
    return next((office for office in found if office.pk == chosen), found[0])


def offerings_at(office: OneStopOffice, authority: Authority, day: date) -> QuerySet[Offering]:
    """Offerings in force on a legal date of the agencies seated at the office, as far as the person may receive them."""
    seated = seated_agencies(office, day)
    if not authority.can(Permission.DOSSIER_RECEIVE, office.agency):
        seated = [agency for agency in seated if authority.can(Permission.DOSSIER_RECEIVE, agency)]
    return Offering.objects.filter(Offering.in_force(day), agency__in=with_divisions(seated))


def with_divisions(agencies: Iterable[Agency]) -> QuerySet[Agency]:
    """The agencies and their own divisions, which resolve in their name."""
    ids = [agency.pk for agency in agencies]
    return Agency.objects.filter(Q(pk__in=ids) | Q(parent_id__in=ids, kind=Agency.Kind.DIVISION))


def find_options(office: OneStopOffice, authority: Authority, text: str, day: date) -> list[Option]:
    """Procedures receivable here whose name or code holds every word typed, without accents; best first."""
    words = fold(text).split()
    if not words:
        return usual_options(office, authority, day)
    versions = ProcedureVersion.objects.filter(ProcedureVersion.in_force(day))
    for word in words:
        versions = versions.filter(Q(search_text__contains=word) | Q(procedure__code__startswith=word))
    found = _options(offerings_at(office, authority, day), versions, day, limit=60)
    return sorted(found, key=lambda option: _rank(option, " ".join(words)))[:LIMIT]


def usual_options(office: OneStopOffice, authority: Authority, day: date) -> list[Option]:
    """What this office has received most often lately: shown before anything is typed."""
    recent = Dossier.objects.filter(office=office, receiving_agency=office.agency)
    recent = recent.filter(received_on__gte=day - timedelta(days=USUAL_DAYS))
    counted = recent.values("procedure_id").annotate(n=Count("id")).order_by("-n")[:9]
    order = {row["procedure_id"]: position for position, row in enumerate(counted)}
    offerings = offerings_at(office, authority, day).filter(procedure_id__in=order)
    found = _options(
        offerings, ProcedureVersion.objects.filter(ProcedureVersion.in_force(day)), day, limit=20
    )
    return sorted(found, key=lambda option: order[option.offering.procedure_id])[:9]


def access_offering(office: OneStopOffice, ref: Reference, pk: int) -> Option:
    """One procedure receivable here, remembered until the catalogue changes. Raises NotFound."""
    key = ("counter option", office.pk, ref.authority.user_id, ref.day, pk)
    found = ref.recall(key, lambda: _option(office, ref, pk))
    if found is None:
        raise NotFound("Thủ tục này không tiếp nhận ở quầy của bạn hôm nay. Chọn thủ tục khác.")
    return found


def _option(office: OneStopOffice, ref: Reference, pk: int) -> Option | None:
    offerings = offerings_at(office, ref.authority, ref.day).filter(pk=pk)
    versions = ProcedureVersion.objects.filter(ProcedureVersion.in_force(ref.day))
    return next(iter(_options(offerings, versions, ref.day, limit=1)), None)


def _options(
    offerings: QuerySet[Offering], versions: QuerySet[ProcedureVersion], day: date, *, limit: int
) -> list[Option]:
    rules = Prefetch("channels", ChannelRule.objects.order_by("id"))
    current = versions.select_related("procedure", "field").prefetch_related(rules)
    rows = (
        offerings.filter(procedure__versions__in=versions.values("pk"))
        .select_related("agency")
        .distinct()[:limit]
    )
    by_procedure = {
        v.procedure_id: v for v in current.filter(procedure__offerings__in=[row.pk for row in rows])
    }
    return [Option(row, by_procedure[row.procedure_id]) for row in rows if row.procedure_id in by_procedure]


def _rank(option: Option, text: str) -> tuple[int, int, str]:
    """An exact code first, then names that begin with the text, that hold it whole, the rest; shorter before longer."""
    name, code = fold(option.version.name), fold(option.version.procedure.code)
    place = 0 if code == text else 1 if name.startswith(text) else 2 if text in name else 3
    return place, len(name), name


def cases_of(version: ProcedureVersion, ref: Reference) -> list[str]:
    """The alternative cases of a version, in the order of its papers; empty when it has only one way."""
    return list(dict.fromkeys(paper.case for paper in _papers(version, ref) if paper.case))


def limit_cases_of(version: ProcedureVersion, ref: Reference) -> list[str]:
    """Cases that only the time limit knows, the general one ("") first; empty when there is nothing to choose."""
    timed = cases_of_limit_alone(limit_cases(list(version.channels.all())), cases_of(version, ref))
    return ["", *timed] if timed else []


def papers_of(version: ProcedureVersion, case: str, ref: Reference) -> list[Paper]:
    """Papers to hand in for a case: those of all cases, then its own. Notes that ask for nothing are left out."""
    return [paper for paper in _papers(version, ref) if paper.case in ("", case) and not paper.note_only]


def _papers(version: ProcedureVersion, ref: Reference) -> list[Paper]:
    return ref.recall(("counter papers", version.pk), lambda: list(version.papers.order_by("position")))
