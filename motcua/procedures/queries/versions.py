"""Procedures and their versions: one, those in force, those offered at an office, by words or code."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from motcua.agencies.models import Agency, OneStopOffice
from motcua.agencies.queries import seated_agencies
from motcua.core.errors import NotFound
from motcua.core.text import fold
from motcua.procedures.models import ChannelRule, Offering, Procedure, ProcedureVersion

SEARCH_ROWS = 400


def access_procedure(code: str) -> Procedure:
    """One procedure by its code; the catalogue is public. Raises NotFound."""
    found = Procedure.objects.select_related("replaced_by").filter(code=code).first()
    if found is None:
        raise NotFound(f"Không có thủ tục mã {code} trong danh mục.")
    return found


def is_code(text: str) -> bool:
    """Whether the text is the whole code of a procedure."""
    return bool(text.strip()) and Procedure.objects.filter(code=text.strip()).exists()


def access_version(code: str, number: int) -> ProcedureVersion:
    """One version of a procedure. Raises NotFound."""
    rows = ProcedureVersion.objects.select_related("procedure", "field")
    found = rows.filter(procedure__code=code, number=number).first()
    if found is None:
        raise NotFound(f"Thủ tục {code} không có phiên bản {number}.")
    return found


def version_by_id(pk: int) -> ProcedureVersion:
    """One version with its channels. Raises NotFound."""
    rows = ProcedureVersion.objects.select_related("procedure", "field").prefetch_related("channels")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def open_draft(code: str) -> ProcedureVersion:
    """The draft being worked on. Raises NotFound."""
    rows = ProcedureVersion.objects.select_related("procedure__replaced_by", "field")
    found = rows.filter(procedure__code=code, status=ProcedureVersion.Status.DRAFT).first()
    if found is None:
        raise NotFound(f"Thủ tục {code} không có dự thảo nào.")
    return found


def versions_of(procedure: Procedure) -> QuerySet[ProcedureVersion]:
    """All versions, newest first."""
    return procedure.versions.select_related("field", "procedure").order_by("-number")


def version_in_force(procedure: Procedure | int, day: date) -> ProcedureVersion | None:
    """The version in force on a legal date; of several the one with the highest number. One statement."""
    pk = procedure if isinstance(procedure, int) else procedure.pk
    return in_force_at(day).filter(procedure_id=pk).order_by("-number").first()


def in_force_at(day: date) -> QuerySet[ProcedureVersion]:
    """Every version in force on a legal date."""
    return ProcedureVersion.objects.filter(ProcedureVersion.in_force(day)).select_related(
        "procedure", "field"
    )


def related_versions(version: ProcedureVersion, day: date) -> QuerySet[ProcedureVersion]:
    """Versions in force on a day of the procedures that a version is related to, by code."""
    return in_force_at(day).filter(procedure__in=version.related.all()).order_by("procedure__code")


def latest_version(procedure: Procedure) -> ProcedureVersion | None:
    """The published version that came last, in force or not."""
    return versions_of(procedure).exclude(status=ProcedureVersion.Status.DRAFT).first()


def whole(version: ProcedureVersion) -> ProcedureVersion:
    """The same version with its channels, papers, results, documents and levels fetched (one statement each)."""
    rows = ProcedureVersion.objects.select_related("procedure__replaced_by", "field")
    return rows.prefetch_related("channels", "papers", "results", "legal_bases", "levels", "related").get(
        pk=version.pk
    )


def offerings_at(office: OneStopOffice, day: date) -> QuerySet[Offering]:
    """What the agencies seated at an office offer on a legal date."""
    return _offered_by(seated_agencies(office, day), day).select_related("procedure", "agency")


def _offered_by(agencies: Iterable[Agency], day: date) -> QuerySet[Offering]:
    return Offering.objects.filter(Offering.in_force(day), agency__in=[a.pk for a in agencies])


def offered_at(office: OneStopOffice, day: date) -> QuerySet[ProcedureVersion]:
    """Versions in force on a legal date that may be received at an office, by field and name."""
    return _only_offered(in_force_at(day), seated_agencies(office, day), day).order_by("field__name", "name")


def offered_by(agency: Agency, day: date) -> QuerySet[ProcedureVersion]:
    """Versions in force on a legal date that an agency itself resolves."""
    return _only_offered(in_force_at(day), [agency], day).order_by("field__name", "name")


def _only_offered(
    rows: QuerySet[ProcedureVersion], agencies: Iterable[Agency], day: date
) -> QuerySet[ProcedureVersion]:
    offered = _offered_by(agencies, day).filter(procedure_id=OuterRef("procedure_id"))
    return rows.filter(Exists(offered))


def offering_of(procedure: Procedure | int, agency: Agency | int, day: date) -> Offering | None:
    """How an agency offers a procedure on a legal date; None when it does not. One statement."""
    pks = [x if isinstance(x, int) else x.pk for x in (procedure, agency)]
    rows = Offering.objects.filter(Offering.in_force(day), procedure_id=pks[0], agency_id=pks[1])
    return rows.order_by("-valid_from").first()


def access_offering(pk: int) -> Offering:
    """One offering. Raises NotFound."""
    found = Offering.objects.select_related("procedure", "agency").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def agencies_offering(day: date) -> list[Agency]:
    """Agencies that resolve anything on a legal date."""
    offered = Offering.objects.filter(Offering.in_force(day)).values("agency_id")
    return list(Agency.objects.filter(pk__in=offered).order_by("path"))


def resolving_agencies(procedure: Procedure | int, office: OneStopOffice, day: date) -> list[Agency]:
    """Agencies seated at an office that resolve a procedure on a legal date."""
    pk = procedure if isinstance(procedure, int) else procedure.pk
    seated = seated_agencies(office, day)
    found = set(_offered_by(seated, day).filter(procedure_id=pk).values_list("agency_id", flat=True))
    return [agency for agency in seated if agency.pk in found]


def search(
    text: str,
    *,
    day: date,
    office: OneStopOffice | None = None,
    agency: Agency | None = None,
    limit: int = 20,
) -> list[ProcedureVersion]:
    """Versions in force whose code, name, field or keywords hold every word, accents or not, best first.

    Best: the code itself, a code that begins so, the name itself, a name that begins so, a name that holds the words
    in this order with the same accents, without accents, keywords that do, whole words, others; shorter names first. `office`: what it may receive;
    `agency`: what it resolves. Three statements at most.
    """
    rows = in_force_at(day)
    if office is not None:
        rows = _only_offered(rows, seated_agencies(office, day), day)
    if agency is not None:
        rows = _only_offered(rows, [agency], day)
    by_phrase = list(rows.filter(search_text__contains=fold(text)).order_by("name")[:SEARCH_ROWS])
    if len(by_phrase) < limit and len(fold(text).split()) > 1:
        known = [version.pk for version in by_phrase]
        by_phrase += matching(rows, text).exclude(pk__in=known).order_by("name")[:SEARCH_ROWS]
    return sorted(by_phrase, key=lambda version: _rank(version, text))[:limit]


def matching(rows: QuerySet[ProcedureVersion], text: str) -> QuerySet[ProcedureVersion]:
    """The rows whose stored search text holds every word."""
    for word in fold(text).split():
        rows = rows.filter(search_text__contains=word)
    return rows


def _rank(version: ProcedureVersion, text: str) -> tuple[int, int, str]:
    wanted, plain, name = text.strip().lower(), fold(text), fold(version.name)
    code = version.procedure.code.lower()
    tests = (
        code == wanted,
        bool(wanted) and code.startswith(wanted),
        name == plain,
        name.startswith(plain),
        wanted in version.name.lower(),
        f" {plain} " in f" {name} ",
        f" {plain} " in f" {fold(version.keywords)} ",
        plain in name,
        set(plain.split()) <= set(version.search_text.split()),
    )
    place = next((number for number, passed in enumerate(tests) if passed), len(tests))
    return place, len(version.name), version.procedure.code


def search_text_of(code: str, name: str, field: str, keywords: str = "") -> str:
    """What is stored for search: without accents, lower case."""
    return fold(f"{code} {name} {field} {keywords}")


def unsettled_limits(day: date) -> QuerySet[ChannelRule]:
    """Limits in force whose unit nobody has settled: the source gives an amount without a unit, or an unknown unit."""
    in_force = ProcedureVersion.objects.filter(ProcedureVersion.in_force(day))
    rows = ChannelRule.objects.filter(
        Q(amount__isnull=False) | ~Q(unit_text=""), unit="", version__in=in_force
    )
    return rows.select_related("version__procedure", "version__field").order_by(
        "version__procedure__code", "channel"
    )


def catalogue_list(
    *,
    day: date,
    text: str = "",
    field_id: int | None = None,
    level: str = "",
    status: str = "in_force",
    agency: Agency | None = None,
) -> QuerySet[ProcedureVersion]:
    """Rows of the catalogue page: in force on the day, drafts, to come, or ended."""
    rows = _by_status(day, status).select_related("procedure", "field")
    if agency is not None:
        rows = _only_offered(rows, [agency], day)
    if field_id:
        rows = rows.filter(field_id=field_id)
    if level:
        rows = rows.filter(levels__code=level)
    return matching(rows, text).order_by("name", "id")


def _by_status(day: date, status: str) -> QuerySet[ProcedureVersion]:
    rows = ProcedureVersion.objects.all()
    if status == "draft":
        return rows.filter(status=ProcedureVersion.Status.DRAFT)
    published = rows.exclude(status=ProcedureVersion.Status.DRAFT)
    if status == "coming":
        return published.filter(valid_from__gt=day)
    if status == "ended":
        return published.filter(valid_to__lt=day)
    return rows.filter(ProcedureVersion.in_force(day))


def with_channels(rows: QuerySet[ProcedureVersion]) -> QuerySet[ProcedureVersion]:
    """The rows with their channels fetched in one more statement."""
    return rows.prefetch_related(Prefetch("channels", ChannelRule.objects.order_by("channel")))
