"""Time cut: statutory against reduced, per procedure and over all (1 − ΣT_new / ΣT_old)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.agencies.models import Agency
from motcua.procedures.models import ChannelRule, Offering, ProcedureVersion
from motcua.procedures.rules.hours import comparable_hours, percent_cut, total_cut
from motcua.procedures.rules.limits import describe


@dataclass(frozen=True)
class CutRow:
    """One procedure at one agency. Hours are comparable working hours (see `rules.hours`)."""

    offering: Offering
    version: ProcedureVersion
    statutory_text: str
    reduced_text: str
    statutory_hours: Decimal | None
    reduced_hours: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        """The cut in per cent; None without a comparable limit, 0 without a reduction."""
        reduced = self.statutory_hours if self.reduced_hours is None else self.reduced_hours
        return percent_cut(self.statutory_hours, reduced)


@dataclass(frozen=True)
class CutTable:
    """The rows of an agency and the cut over all of them."""

    rows: tuple[CutRow, ...]

    @property
    def total_percent(self) -> Decimal | None:
        """1 − ΣT_new / ΣT_old over the procedures with a comparable limit, in per cent."""
        return total_cut([(row.statutory_hours, row.reduced_hours) for row in self.rows])

    @property
    def statutory_hours(self) -> Decimal:
        """ΣT_old."""
        return sum((row.statutory_hours or Decimal(0) for row in self.rows), Decimal(0))

    @property
    def reduced_hours(self) -> Decimal:
        """ΣT_new; a procedure without a reduction counts its statutory time."""
        pairs = ((row.reduced_hours, row.statutory_hours) for row in self.rows if row.statutory_hours)
        return sum(((new if new is not None else old) or Decimal(0) for new, old in pairs), Decimal(0))

    @property
    def reduced_count(self) -> int:
        """How many procedures have a reduced time."""
        return sum(row.reduced_hours is not None for row in self.rows)


def cut_table(agency: Agency, day: date) -> CutTable:
    """Every procedure that an agency offers on a legal date, by the counter's limit; three statements."""
    offerings = list(
        Offering.objects.filter(Offering.in_force(day), agency=agency).select_related("procedure")
    )
    ids = [offering.procedure_id for offering in offerings]
    rows = ProcedureVersion.objects.filter(ProcedureVersion.in_force(day), procedure_id__in=ids)
    versions = {v.procedure_id: v for v in rows.select_related("procedure", "field").order_by("number")}
    rules = _rules(list(versions.values()))
    found = [
        _row(offering, versions[offering.procedure_id], rules.get(versions[offering.procedure_id].pk))
        for offering in offerings
        if offering.procedure_id in versions
    ]
    return CutTable(tuple(sorted(found, key=lambda row: (row.version.field.name, row.version.name))))


def _rules(versions: list[ProcedureVersion]) -> dict[int, ChannelRule]:
    """The counter's rule of each version, else any."""
    found: dict[int, ChannelRule] = {}
    for rule in ChannelRule.objects.filter(version__in=versions).order_by("id"):
        if rule.channel == "counter" or rule.version_id not in found:
            found[rule.version_id] = rule
    return found


def _row(offering: Offering, version: ProcedureVersion, rule: ChannelRule | None) -> CutRow:
    amount, unit, words = (rule.amount, rule.unit, rule.unit_text) if rule else (None, "none", "")
    reduced = offering.reduced_unit != ""
    return CutRow(
        offering=offering,
        version=version,
        statutory_text=describe(amount, unit, words),
        reduced_text=describe(offering.reduced_amount, offering.reduced_unit) if reduced else "",
        statutory_hours=comparable_hours(amount, unit),
        reduced_hours=comparable_hours(offering.reduced_amount, offering.reduced_unit) if reduced else None,
    )
