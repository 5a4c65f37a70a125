"""What the log tells of charges against what the table holds: amount and state of each come from its acts and from nothing else.

`motcua audit verify` runs this. Reports count what was paid and how; receipts and refunds rest on it.
"""

from collections.abc import Iterable, Iterator

from motcua.audit.models import Event
from motcua.audit.rules.breaks import Break
from motcua.core.money import dong
from motcua.payments.models import Charge
from motcua.payments.rules.lines import next_state

BATCH = 500
MADE, ABOUT = "charge.made", "charge."
Told = dict[str, tuple[int, str]]


def breaks() -> Iterator[Break]:
    """Every charge that does not match, in pieces: memory does not grow with the charges."""
    after = 0
    while batch := list(Charge.objects.filter(pk__gt=after).order_by("pk")[:BATCH]):
        told = _told({charge.reference for charge in batch})
        for charge in batch:
            yield from _compared(charge, told.get(charge.key))
        after = batch[-1].pk
    yield from _gone()


def _compared(charge: Charge, told: tuple[int, str] | None) -> Iterator[Break]:
    where = f"khoản thu {charge.key}, hồ sơ {charge.code}"
    held = charge.amount, str(charge.state)
    if told is None:
        yield Break("charge", where, "không có hành vi nào trong nhật ký", "không có", _words(*held))
    elif told != held:
        yield Break("charge", where, "số tiền, tình trạng khác với nhật ký", _words(*told), _words(*held))


def _told(references: Iterable[str]) -> Told:
    """Amount and state of the charges of these records by the events of their chains, by the charge's key."""
    found: Told = {}
    events = Event.objects.filter(
        chain__in=[f"fees/{one}" for one in references], kind__startswith=ABOUT
    ).order_by("chain", "seq")
    for kind, data in events.values_list("kind", "data"):
        key, amount = data["key"], data["amount"]
        if kind == MADE:
            found[key] = amount, data["state"]
        elif key in found:
            state = found[key][1]
            found[key] = amount, next_state(state, kind.removeprefix(ABOUT)) or state
    return found


def _gone() -> Iterator[Break]:
    """Charges that the log knows and the table does not."""
    after = 0
    made = Event.objects.filter(kind=MADE).order_by("pk")
    while batch := list(made.filter(pk__gt=after).values_list("pk", "chain", "data")[:BATCH]):
        wanted = {data["key"]: (chain, data) for _, chain, data in batch}
        there = Charge.objects.filter(reference__in={chain.removeprefix("fees/") for _, chain, _ in batch})
        for key in sorted(wanted.keys() - set(there.values_list("key", flat=True))):
            chain, data = wanted[key]
            said = _words(data["amount"], data["state"])
            yield Break("charge", f"khoản thu {key}, chuỗi {chain}", "không còn trong bảng", said, "không có")
        after = batch[-1][0]


def _words(amount: int, state: str) -> str:
    return f"{dong(amount)}, {Charge.State(state).label.lower()}"
