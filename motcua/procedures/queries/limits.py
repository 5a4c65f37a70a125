"""The time limit of a procedure: statutory, and reduced by the agency."""

from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from motcua.agencies.models import Agency
from motcua.core.errors import RuleViolation
from motcua.procedures.models import Channel, ChannelRule, Offering, ProcedureVersion
from motcua.procedures.queries.versions import offering_of
from motcua.procedures.rules.limits import as_limit
from motcua.workdays.rules.limits import SAME_DAY_CUTOFF, Limit, Unit


class Limits(NamedTuple):
    """The statutory limit, and the agency's own shorter one (None: it has none)."""

    statutory: Limit
    reduced: Limit | None

    @property
    def effective(self) -> Limit:
        """The limit that a dossier gets."""
        return self.reduced or self.statutory


def limit_for(
    version: ProcedureVersion,
    channel: str,
    agency: Agency | int | None,
    day: date,
    *,
    case: str = "",
    cutoff: time = SAME_DAY_CUTOFF,
) -> Limits:
    """The limits of a version through a channel at an agency on a legal date; two statements.

    A channel without a limit of its own has the counter's. `case` picks a limit made for one case; the agency's reduced
    time is a cut of the general limit and does not touch it. A fraction of a working day becomes hours, 8 to a day. Raises RuleViolation while nobody has settled the unit of the limit: an
    amount without a unit may be hours, days or "the same day", and is never guessed.
    """
    rules = list(version.channels.all())
    statutory = statutory_limit(rules, channel, case=case, cutoff=cutoff, name=version.name)
    if agency is None or case in limit_cases(rules, channel):
        return Limits(statutory, None)
    return Limits(statutory, reduced_limit(offering_of(version.procedure_id, agency, day), cutoff))


def statutory_limit(
    rules: list[ChannelRule], channel: str, *, case: str = "", cutoff: time = SAME_DAY_CUTOFF, name: str = ""
) -> Limit:
    """The limit that the catalogue gives. Raises RuleViolation while its unit is not settled."""
    rule = rule_for(rules, channel)
    if rule is None:
        return Limit(Decimal(0), Unit.NONE, cutoff)
    amount, unit = _figures(rule, case)
    if not unit and amount is not None:
        raise RuleViolation(
            f"Thời hạn của thủ tục “{name[:120]}” ghi {amount.normalize():f} nhưng chưa xác định đơn vị. "
            "Đề nghị cán bộ kiểm soát thủ tục hành chính xác định ở trang “Thời hạn cần xác định đơn vị”."
        )
    return as_limit(amount, unit, cutoff)


def rule_for(rules: list[ChannelRule], channel: str) -> ChannelRule | None:
    """The row of a channel, else of the counter, else any."""
    by_channel = {rule.channel: rule for rule in rules}
    return by_channel.get(channel) or by_channel.get(Channel.COUNTER) or next(iter(rules), None)


def limit_cases(rules: list[ChannelRule], channel: str = "") -> tuple[str, ...]:
    """Cases that have a limit of their own, through a channel or through any."""
    rule = rule_for(rules, channel) if channel else None
    found = [rule] if rule else rules
    return tuple(dict.fromkeys(v["case"] for one in found for v in one.variants if v.get("case")))


def _figures(rule: ChannelRule, case: str) -> tuple[Decimal | None, str]:
    variant = next((v for v in rule.variants if case and v.get("case") == case), None)
    if variant is None:
        return rule.amount, rule.unit
    amount = variant.get("amount")
    return (None if amount is None else Decimal(str(amount))), variant.get("unit", "")


def reduced_limit(offering: Offering | None, cutoff: time = SAME_DAY_CUTOFF) -> Limit | None:
    """The agency's own shorter limit, None when it has none."""
    if offering is None or not offering.reduced_unit:
        return None
    return as_limit(offering.reduced_amount, offering.reduced_unit, cutoff)
