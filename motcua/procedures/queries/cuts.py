"""Time cut: statutory against reduced, per procedure and over all (1 − ΣT_new / ΣT_old)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.agencies.models import Agency
from motcua.agencies.queries import own_agencies
from motcua.procedures.models import ChannelRule, Offering, ProcedureVersion
from motcua.procedures.rules.hours import comparable_hours, hours_of, parts, percent_cut, total_cut
from motcua.procedures.rules.limits import describe


@dataclass(frozen=True)
class CutRow:
    """One procedure at one agency. Times are comparable working hours in whole parts (see `rules.hours`)."""

    offering: Offering
    version: ProcedureVersion
    statutory_text: str
    reduced_text: str
    statutory: int | None
    reduced: int | None

    @property
    def percent(self) -> Decimal | None:
        """The cut in per cent; None without a comparable limit, 0 without a reduction."""
        return percent_cut(self.statutory, self.statutory if self.reduced is None else self.reduced)


@dataclass(frozen=True)
class CutTable:
    """The rows of an agency and the cut over all of them."""

    rows: tuple[CutRow, ...]

    @property
    def total_percent(self) -> Decimal | None:
        """1 − ΣT_new / ΣT_old over the procedures with a comparable limit, in per cent."""
        return total_cut([(row.statutory, row.reduced) for row in self.rows])

    @property
    def statutory_hours(self) -> Decimal:
        """ΣT_old, in hours with two decimals."""
        return hours_of(sum(row.statutory or 0 for row in self.rows))

    @property
    def reduced_hours(self) -> Decimal:
        """ΣT_new; a procedure without a reduction counts its statutory time."""
        known = ((row.statutory, row.reduced) for row in self.rows if row.statutory)
        return hours_of(sum(old if new is None else new for old, new in known))

    @property
    def reduced_count(self) -> int:
        """How many procedures have a reduced time."""
        return sum(row.reduced is not None for row in self.rows)


def cut_table(agency: Agency, day: date) -> CutTable:
    """Every procedure that an agency or a division of it offers on a legal date, by the counter's limit; four statements."""
    offered = Offering.objects.filter(Offering.in_force(day), agency__in=own_agencies(agency))
    offerings = list(offered.select_related("procedure"))
    ids = [offering.procedure_id for offering in offerings]
    rows = ProcedureVersion.objects.filter(ProcedureVersion.in_force(day), procedure_id__in=ids)
    versions = {v.procedure_id: v for v in rows.select_related("procedure", "field").order_by("number")}
    rules = counter_rules([version.pk for version in versions.values()])
    found = [
        _row(offering, versions[offering.procedure_id], rules.get(versions[offering.procedure_id].pk))
        for offering in offerings
        if offering.procedure_id in versions
    ]
    return CutTable(tuple(sorted(found, key=lambda row: (row.version.field.name, row.version.name))))


def counter_rules(versions: list[int]) -> dict[int, ChannelRule]:
    """The counter's rule of each version, else any: the one by which every figure of time cut is reckoned."""
    found: dict[int, ChannelRule] = {}
    for rule in ChannelRule.objects.filter(version__in=versions).order_by("id"):
        if rule.channel == "counter" or rule.version_id not in found:
            found[rule.version_id] = rule
    return found


def times(offering: Offering, rule: ChannelRule | None) -> tuple[int | None, int | None]:
    """The statutory and the agency's own time in parts of an hour; None where there is none that can be compared."""
    old = comparable_hours(rule.amount, rule.unit) if rule else None
    new = comparable_hours(offering.reduced_amount, offering.reduced_unit) if offering.reduced_unit else None
    return None if old is None else parts(old), None if new is None else parts(new)


def _row(offering: Offering, version: ProcedureVersion, rule: ChannelRule | None) -> CutRow:
    amount, unit, words = (rule.amount, rule.unit, rule.unit_text) if rule else (None, "none", "")
    old, new = times(offering, rule)
    return CutRow(
        offering=offering,
        version=version,
        statutory_text=describe(amount, unit, words),
        reduced_text=describe(offering.reduced_amount, offering.reduced_unit)
        if offering.reduced_unit
        else "",
        statutory=old,
        reduced=new,
    )
