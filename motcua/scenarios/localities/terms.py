"""What a counter may take and by when it is due, as the catalogue and the settings say on the days of a stream."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from motcua.agencies.models import OneStopOffice
from motcua.dossiers.rules.intake import PaperData
from motcua.procedures.models import Paper, Procedure, ProcedureVersion
from motcua.procedures.queries import offering_of, resolving_agencies, version_in_force
from motcua.procedures.queries.limits import limit_cases, limit_for
from motcua.procedures.rules.online import takes_online
from motcua.workdays.queries import cutoffs_of
from motcua.workdays.rules.limits import Limit, Unit

CHANNELS = ("counter", "online", "post")
LONG = frozenset({Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH})


class Broken(Exception):
    """The replay does not do what the plan says. The message (Vietnamese) tells which counter, dossier and act."""


@dataclass(frozen=True)
class Terms:
    """A procedure at one counter. `cases` are those that its papers are grouped by."""

    code: str
    procedure_id: int
    limits: Mapping[str, Limit]
    papers: tuple[Paper, ...]
    cases: tuple[str, ...]
    online: bool
    household: bool

    @property
    def is_long(self) -> bool:
        """Whether it takes at least two days, so that it can be answered before its due date, late, or still be open."""
        limit = self.limits["counter"]
        return limit.unit in LONG and limit.amount >= 2

    @property
    def days(self) -> int:
        """About how many working days its limit is; 0 for the same day."""
        limit = self.limits["counter"]
        per = {Unit.MONTH: 22.0, Unit.CALENDAR_DAY: 5 / 7, Unit.WORKING_DAY: 1.0}
        return round(float(limit.amount) * per.get(limit.unit, 0))

    def brought(self, case: str, channel: str) -> tuple[PaperData, ...]:
        """The papers of a case as the applicant brings them."""
        return tuple(_brought(p, channel) for p in self.papers if p.case in ("", case) and not p.note_only)


def terms_at(office: OneStopOffice, codes: list[str], day: date) -> dict[str, Terms]:
    """The terms of some procedures at a counter on a day. Raises Broken for one that is not taken there then."""
    procedures = {p.code: p for p in Procedure.objects.filter(code__in=codes)}
    cutoff = cutoffs_of(office.agency, day).same_day
    return {code: _terms(code, procedures.get(code), office, day, cutoff) for code in codes}


def _terms(code: str, procedure: Procedure | None, office: OneStopOffice, day: date, cutoff: time) -> Terms:
    version = version_in_force(procedure, day) if procedure else None
    agencies = resolving_agencies(procedure, office, day) if procedure else []
    if procedure is None or version is None or not agencies:
        raise Broken(f"{office.name}: ngày {day:%d/%m/%Y} không nhận thủ tục {code}. Sửa kịch bản.")
    limits = {
        channel: limit_for(version, channel, agencies[0], day, cutoff=cutoff).effective
        for channel in CHANNELS
    }
    papers = tuple(Paper.objects.filter(version=version).order_by("position"))
    timed = limit_cases(list(version.channels.all()))
    cases = tuple(sorted({p.case for p in papers if p.case} - set(timed)))
    offering = offering_of(procedure.pk, agencies[0], day)
    level = (offering.online_level if offering else "") or version.online_level
    return Terms(code, procedure.pk, limits, papers, cases, takes_online(level), _household(version))


def _household(version: ProcedureVersion) -> bool:
    return "hộ kinh doanh" in version.field.name


def _brought(paper: Paper, channel: str) -> PaperData:
    """On paper at the counter and by post, electronic online."""
    if channel == "online":
        return PaperData(paper.name, paper.pk, electronic=max(paper.originals + paper.copies, 1))
    return PaperData(
        paper.name, paper.pk, originals=paper.originals, copies=paper.copies,
        presented_only=paper.presented_only or not (paper.originals + paper.copies),
    )  # fmt: skip
