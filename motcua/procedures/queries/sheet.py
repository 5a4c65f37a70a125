"""Everything that one page about a procedure shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motcua.core.errors import NotFound
from motcua.procedures.models import (
    ChannelRule,
    Fee,
    Offering,
    Paper,
    Procedure,
    ProcedureVersion,
    Process,
    PublicationChange,
    ResultTemplate,
)
from motcua.procedures.queries.attachments import FiledPaper, with_files
from motcua.procedures.queries.diffs import channel_lines
from motcua.procedures.queries.fees import as_line
from motcua.procedures.queries.processes import processes_of
from motcua.procedures.queries.templates import templates_of
from motcua.procedures.queries.versions import related_versions, versions_of, whole
from motcua.procedures.rules.fees import PER_WORDS, FeeLine, thousands
from motcua.procedures.rules.limits import describe


@dataclass(frozen=True)
class Case:
    """Papers of one alternative case; the papers of every case come with an empty name."""

    name: str
    papers: tuple[FiledPaper, ...]


@dataclass(frozen=True)
class ProcedureSheet:
    """A procedure with one version opened."""

    procedure: Procedure
    version: ProcedureVersion
    versions: tuple[ProcedureVersion, ...]
    channels: tuple[str, ...]
    cases: tuple[Case, ...]
    fees: tuple[tuple[Fee, str], ...]
    offerings: tuple[Offering, ...]
    templates: dict[int, ResultTemplate]
    processes: tuple[Process, ...]
    changes: tuple[PublicationChange, ...]
    draft: ProcedureVersion | None
    in_force: bool
    related: tuple[ProcedureVersion, ...]

    @property
    def previous(self) -> ProcedureVersion | None:
        """The version before the one opened."""
        older = (version for version in self.versions if version.number < self.version.number)
        return next(older, None)


def procedure_sheet(procedure: Procedure, number: int | None, day: date) -> ProcedureSheet:
    """The sheet with the version asked for, else the one in force on `day`, else the last. Raises NotFound."""
    versions = tuple(versions_of(procedure))
    version = _chosen(versions, number, day)
    opened = whole(version)
    fees = Fee.objects.filter(procedure=procedure).select_related("area").prefetch_related("exemptions")
    offerings = (
        Offering.objects.filter(procedure=procedure)
        .select_related("agency")
        .order_by("agency__path", "-valid_from")
    )
    changes = PublicationChange.objects.filter(procedure=procedure).select_related("decision", "version")
    return ProcedureSheet(
        procedure=procedure,
        version=opened,
        versions=versions,
        channels=tuple(line for rule in opened.channels.all() for line in channel_lines(rule)),
        cases=cases_of(opened.papers.all()),
        fees=tuple((fee, fee_words(as_line(fee))) for fee in fees.order_by("name", "-valid_from")),
        offerings=tuple(offerings[:300]),
        templates=templates_of(procedure, day),
        processes=tuple(processes_of(procedure)[:100]),
        changes=tuple(changes.order_by("-decision__issued_on")),
        draft=next((v for v in versions if v.status == ProcedureVersion.Status.DRAFT), None),
        in_force=is_in_force(opened, day),
        related=tuple(related_versions(opened, day)),
    )


def _chosen(versions: tuple[ProcedureVersion, ...], number: int | None, day: date) -> ProcedureVersion:
    if number is not None:
        found = [version for version in versions if version.number == number]
    else:
        found = [version for version in versions if is_in_force(version, day)] or list(versions)
    if not found:
        raise NotFound()
    return found[0]


def is_in_force(version: ProcedureVersion, day: date) -> bool:
    """Whether a version is in force on a legal date."""
    if version.status == ProcedureVersion.Status.DRAFT or version.valid_from is None:
        return False
    return version.valid_from <= day and (version.valid_to is None or day <= version.valid_to)


def cases_of(papers: Iterable[Paper]) -> tuple[Case, ...]:
    """Papers with their files by case, those of every case first."""
    filed = with_files(papers)
    names = dict.fromkeys(["", *(row.paper.case for row in filed)])
    grouped = (Case(name, tuple(row for row in filed if row.paper.case == name)) for name in names)
    return tuple(case for case in grouped if case.papers)


def fee_words(line: FeeLine) -> str:
    """A line of a schedule in words: "2.000 đồng/trang (2 trang đầu), 1.000 đồng/trang (các trang sau), tối đa 200.000 đồng/bản"."""
    word = PER_WORDS[line.per]
    if line.tiers:
        parts = [
            f"{thousands(tier.dong)} đồng/{word} ({'các trang sau' if tier.pages is None else f'{tier.pages} trang đầu'})"
            for tier in line.tiers
        ]
    else:
        parts = [f"{thousands(line.amount_dong)} đồng/{word}"]
    if line.cap_dong:
        parts.append(f"tối đa {thousands(line.cap_dong)} đồng/bản")
    return ", ".join(parts)


def row_limits(rules: list[ChannelRule]) -> str:
    """The limits of a list row in one line; one figure when every channel has the same."""
    said = {rule.channel: describe(rule.amount, rule.unit, rule.unit_text) for rule in rules}
    if len(set(said.values())) <= 1:
        return next(iter(said.values()), "")
    return "; ".join(f"{rule.get_channel_display()}: {said[rule.channel]}" for rule in rules)
