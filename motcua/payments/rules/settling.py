"""What is done about charges when what is owed has changed: which fall away, which are made, how much goes back.

Whatever was charged, paid and given back before, afterwards the money held and the money still due come to what is owed:
the same holds after any number of changes. Amounts are whole đồng. Luật Phí và lệ phí 2015.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from motcua.payments.rules.lines import FeeLine

MORE = " (nộp bổ sung)"


@dataclass(frozen=True, slots=True)
class Standing:
    """A charge as it stands. `held`: what was paid and neither given back nor already on its way back through a gateway;
    `promised`: how much of that is to go back by what was settled before, and can still be taken back. `is_here`: whether it is
    owed to the agency that it would be owed to now.
    """

    id: int
    line: FeeLine
    state: str
    held: int = 0
    promised: int = 0
    is_here: bool = True

    @property
    def is_due(self) -> bool:
        """Whether it waits to be paid."""
        return self.state == "due"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done. `give_back`: of which charge how much must go back from now on, in place of what was promised."""

    cancel: tuple[int, ...] = ()
    make: tuple[FeeLine, ...] = ()
    give_back: tuple[tuple[int, int], ...] = ()


def settle(standing: Sequence[Standing], wanted: Iterable[FeeLine]) -> Plan:
    """How charges become what `wanted` says, subject by subject; what no line names any more falls away or goes back.

    A charge that is due and says the very same stands, so that a transfer on its way still fits it.
    """
    lines = {one.subject: one for one in wanted}
    order = dict.fromkeys([*lines, *(one.line.subject for one in standing)])
    plans = [
        _one([one for one in standing if one.line.subject == subject], lines.get(subject))
        for subject in order
    ]
    return Plan(
        tuple(pk for plan in plans for pk in plan.cancel),
        tuple(line for plan in plans for line in plan.make),
        tuple(pair for plan in plans for pair in plan.give_back),
    )


def _one(standing: Sequence[Standing], line: FeeLine | None) -> Plan:
    """The same for one subject."""
    owed = line.amount if line and line.first_state == "due" else 0
    paid = [one for one in standing if one.held]
    held = sum(one.held for one in paid)
    back = _give_back(paid, max(0, held - owed))
    if line is None or not owed:
        freed = (line,) if line and not any(one.state == line.first_state for one in standing) else ()
        return Plan(tuple(one.id for one in standing if one.is_due), freed, back)
    missing = replace(line, amount=owed - held, purpose=_more(line.purpose) if held else line.purpose)
    due = [one for one in standing if one.is_due]
    if [one.line for one in due] == [missing] and due[0].is_here:
        return Plan(give_back=back)
    return Plan(tuple(one.id for one in due), (missing,) if owed > held else (), back)


def _more(purpose: str) -> str:
    """What a charge for the rest says."""
    return purpose[: 300 - len(MORE)] + MORE


def _give_back(paid: Sequence[Standing], amount: int) -> tuple[tuple[int, int], ...]:
    """An amount spread over what was paid, the newest first; only what differs from what was promised before."""
    found = []
    for one in sorted(paid, key=lambda one: -one.id):
        part = min(one.held, amount)
        amount -= part
        if part != one.promised:
            found.append((one.id, part))
    return tuple(found)
