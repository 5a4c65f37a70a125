"""Charging, exempting, dropping a charge that is no longer owed."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append_many
from motcua.core import store
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.payments import queries
from motcua.payments.actions._steps import chain_of, lock, move
from motcua.payments.models import Charge
from motcua.payments.queries.reach import require
from motcua.payments.rules.keys import purpose_key, squeeze
from motcua.payments.rules.lines import FeeLine


@store.step
def charge(
    reference: str,
    lines: Sequence[FeeLine],
    *,
    agency: Agency,
    counter: Agency | None = None,
    code: str,
    payer_name: str,
    payer_code: str = "",
    actor: User | None,
    at: datetime,
    first: bool = False,
) -> list[Charge]:
    """Charge phí and lệ phí for a record; amounts in whole đồng.

    Part of the act that calls it, which holds the record's lock and has checked the permission. `code` (a
    dossier's) becomes the purpose of a bank transfer. `agency` is owed the money; `counter`, whose counter received the
    record, may take it in that agency's name. `first` says that the record has no charges yet. A line
    of 0 đồng is kept as owing nothing, one with an exemption reason as exempt (Luật Phí và lệ phí 2015, Art. 10).
    """
    if first:
        store.complete(Charge, reference=reference)
    if not lines:
        return []
    used = Counter() if first else _used(reference)
    made = []
    for line in lines:
        used[line.kind] += 1
        key = purpose_key(line.kind, code, used[line.kind])
        made.append(_new(line, reference, code, key, actor, at))
    for one in made:
        one.agency, one.counter = agency, counter
        one.payer_name, one.payer_code = nfc(payer_name), payer_code
    store.insert(made)
    entries = [("charge.made", _facts(one)) for one in made]
    append_many(chain_of(reference), entries, actor=actor, at=at, first=first)
    return made


def _used(reference: str) -> Counter[str]:
    return Counter(one.kind for one in store.find(Charge, reference=reference))


def _new(line: FeeLine, reference: str, code: str, key: str, actor: User | None, at: datetime) -> Charge:
    if line.amount < 0:
        raise RuleViolation("Số tiền phí, lệ phí không được âm. Kiểm tra lại biểu phí của thủ tục.")
    return store.new(
        Charge,
        reference=reference,
        code=code,
        kind=line.kind,
        purpose=line.purpose,
        subject=line.subject,
        amount=line.amount,
        legal_basis=line.legal_basis,
        state=line.first_state,
        exemption_reason=line.exemption_reason,
        key=key,
        match_key=squeeze(key),
        created_by=actor,
        created_at=at,
        settled_at=None if line.first_state == Charge.State.DUE else at,
    )


def _facts(one: Charge) -> dict[str, object]:
    facts = {
        "key": one.key,
        "kind": one.kind,
        "amount": one.amount,
        "basis": one.legal_basis,
        "state": one.state,
    }
    return facts | ({"exemption": one.exemption_reason} if one.exemption_reason else {})


@store.act
def exempt(charge_id: int, *, reason: str, document: str = "", actor: User, at: datetime) -> Charge:
    """Free a due charge from payment; the reason is one that the law knows, `document` proves it."""
    one = lock([charge_id])[0]
    require(authority_of(actor, legal_date(at)), Permission.FEE_EXEMPT, one)
    if not reason.strip():
        raise RuleViolation("Ghi lý do miễn (đối tượng được miễn theo quy định).", field="reason")
    one.exemption_reason = nfc(f"{reason} ({document})" if document else reason)[:300]
    one.settled_at = at
    move([one], "exempt", "exemption_reason", "settled_at", actor=actor, at=at, facts={"reason": reason})
    return one


@store.act
def cancel_charge(charge_id: int, *, reason: str, actor: User | None, at: datetime) -> Charge:
    """Drop a charge that is not owed any more, e.g. of a withdrawn dossier.

    Part of the act that calls it, which has checked the permission. A paid charge is refunded instead.
    """
    one = queries.lock_charge(charge_id)
    one.settled_at = at
    move([one], "cancel", "settled_at", actor=actor, at=at, facts={"reason": reason})
    return one
