"""Taking in bank statements, and deciding about what did not match. Nothing is lost, nothing is counted twice."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.acting import powers, required_text
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.moments import to_utc
from motcua.core.text import nfc
from motcua.payments import queries
from motcua.payments.actions.collecting import confirm_transfer
from motcua.payments.models import BankStatement, BankTransfer, Receipt, StatementLayout
from motcua.payments.queries.reach import require
from motcua.payments.rules.keys import Outcome, match
from motcua.payments.rules.statements import Layout, Parsed, Row, decode, parse_csv, parse_mt940

LARGEST = 10 * 1024 * 1024


@transaction.atomic
def create_layout(*, name: str, kind: str, source: str = "", actor: User, at: datetime, **columns: Any) -> StatementLayout:  # fmt: skip
    """How a bank writes its statements. Raises RuleViolation for a name that is taken or a column that is missing."""
    powers(actor, at).require_any(Permission.FEE_BOOK)
    if StatementLayout.objects.filter(name=nfc(name)).exists():
        raise RuleViolation("Tên mẫu này đã có.", field="name")
    if kind == StatementLayout.Kind.CSV and not all(
        columns.get(key) for key in ("reference", "memo", "credit", "date")
    ):
        raise RuleViolation("Ghi tên bốn cột: số giao dịch, nội dung, ghi có, ngày.", field="reference")
    made = StatementLayout.objects.create(name=nfc(name), kind=kind, source=nfc(source), columns=columns)
    append(f"statement-layout/{made.pk}", "statement.layout_made", actor=actor, at=at, data={"name": made.name}, first=True)  # fmt: skip
    return made


def _layout_of(row: StatementLayout) -> Layout:
    """The layout as the rules want it."""
    known = {one.name for one in fields(Layout)}
    return Layout(**{key: value for key, value in row.columns.items() if key in known})


@dataclass
class _Count:
    added: int = 0
    known: int = 0


@transaction.atomic
def import_statement(
    account_id: int, *, layout: StatementLayout, content: bytes, name: str, actor: User, at: datetime
) -> BankStatement:
    """Take in a statement of a collecting account: every line once, whatever file it comes in; what fits a due charge pays it.

    Lines that cannot be read are kept as they were told. Raises RuleViolation when the file as a whole cannot be read.
    """
    account = queries.lock_account(account_id)  # one import of an account at a time
    powers(actor, at).require(Permission.FEE_COLLECT, account.agency)
    parsed = _parse(content, layout)
    statement = BankStatement.objects.create(
        account=account,
        agency=account.agency,
        layout=layout,
        name=nfc(name)[:200],
        digest=hashlib.sha256(content).hexdigest(),
        imported_by=actor,
        imported_at=at,
    )
    count = _take_rows(statement, parsed, actor, at)
    days = [row.paid_at.date() for row in parsed.rows]
    statement.lines, statement.added, statement.known = len(parsed.rows), count.added, count.known
    statement.outgoing, statement.total = parsed.outgoing, sum(row.amount for row in parsed.rows)
    statement.faults = [{"line": one.line, "text": one.text} for one in parsed.faults[:1000]]
    statement.first_day, statement.last_day = min(days, default=None), max(days, default=None)
    statement.save()
    about = {"digest": statement.digest, "lines": statement.lines, "added": count.added, "faults": len(parsed.faults)}  # fmt: skip
    append(f"statement/{statement.pk}", "statement.imported", actor=actor, at=at, data=about, first=True)
    return statement


def _parse(content: bytes, layout: StatementLayout) -> Parsed:
    if len(content) > LARGEST:
        raise RuleViolation("Tệp quá lớn: tối đa 10 MB. Tải sao kê theo khoảng ngày ngắn hơn.", field="file")
    try:
        text = decode(content)
        if layout.kind == StatementLayout.Kind.MT940:
            return parse_mt940(text)
        return parse_csv(text, _layout_of(layout))
    except ValueError as error:
        raise RuleViolation(f"Không đọc được sao kê: {error}.", field="file") from error


def _take_rows(statement: BankStatement, parsed: Parsed, actor: User, at: datetime) -> _Count:
    count = _Count()
    known = queries.transfers_recorded(statement.agency, [row.reference for row in parsed.rows])
    for row in parsed.rows:
        before = known.get(row.reference)
        if before is None:
            _take(statement, row, actor, at)
            count.added += 1
            continue
        count.known += 1
        if before.amount != row.amount:
            parsed.fault(row.line, f"số giao dịch {row.reference} đã ghi với số tiền khác")
        elif before.statement_id is None:
            before.statement, before.line = statement, row.line
            before.save(update_fields=["statement", "line"])
    return count


def _take(statement: BankStatement, row: Row, actor: User, at: datetime) -> BankTransfer:
    agency = statement.agency
    seen = queries.receipt_of_reference(agency, row.reference)
    charge_id: int | None
    if seen and seen.amount == row.amount:
        outcome, charge_id = Outcome.MATCHED, seen.lines.all()[0].charge_id
    else:
        seen, (outcome, charge_id) = None, match(row.amount, queries.candidates_for(agency, row.memo))
    transfer = BankTransfer(
        agency=agency,
        bank_reference=nfc(row.reference),
        memo=row.memo,
        amount=row.amount,
        paid_at=to_utc(row.paid_at),
        charge_id=charge_id,
        outcome=outcome.value,
        receipt=seen,
        recorded_by=actor,
        recorded_at=at,
        statement=statement,
        line=row.line,
    )
    transfer.save(force_insert=True)
    about = {"bank_reference": transfer.bank_reference, "amount": row.amount, "outcome": outcome.value}
    append(f"transfer/{transfer.pk}", "transfer.recorded", actor=actor, at=at, data=about, first=True)
    if outcome is Outcome.MATCHED and seen is None:
        settle(transfer, [charge_id or 0], actor=actor, at=at)
    return transfer


def settle(
    transfer: BankTransfer,
    charge_ids: Sequence[int],
    *,
    actor: User,
    at: datetime,
    book_id: int | None = None,
) -> Receipt | None:
    """Pay charges by a transfer and keep its receipt; when none can be given (no open book) the transfer waits for a person.

    A step of an act that holds the transfer.
    """
    try:
        with transaction.atomic():
            receipt = confirm_transfer(
                charge_ids, bank_reference=transfer.bank_reference, book_id=book_id, actor=actor, at=at
            )
    except RuleViolation as error:
        transfer.outcome, transfer.note = BankTransfer.Outcome.UNKNOWN, f"chưa lập được biên lai: {error}"[:500]  # fmt: skip
        transfer.save(update_fields=["outcome", "note"])
        return None
    transfer.receipt = receipt
    transfer.save(update_fields=["receipt"])
    return receipt


@transaction.atomic
def match_by_hand(
    transfer_id: int, *, charges: Sequence[int], note: str = "", book_id: int | None = None, actor: User, at: datetime
) -> BankTransfer:  # fmt: skip
    """Say which due charges a transfer is for; their sum must be its amount. Their receipt is given."""
    transfer = queries.lock_transfer(transfer_id)
    authority = powers(actor, at)
    authority.require(Permission.FEE_COLLECT, transfer.agency)
    _require_open(transfer)
    found = queries.lock_charges(charges)
    for one in found:
        require(authority, Permission.FEE_COLLECT, one)
    total = sum(one.amount for one in found)
    if total != transfer.amount:
        raise RuleViolation(
            "Tổng các khoản đã chọn phải bằng số tiền đã chuyển. Nộp thiếu hoặc thừa thì hoàn trả, hoặc thu bù tại quầy.",
            field="charges",
        )
    transfer.receipt = confirm_transfer(
        charges, bank_reference=transfer.bank_reference, book_id=book_id, actor=actor, at=at
    )
    transfer.charge, transfer.outcome = found[0], BankTransfer.Outcome.MATCHED
    transfer.way, transfer.note = BankTransfer.Way.MATCHED, nfc(note)[:500]
    transfer.save(update_fields=["receipt", "charge", "outcome", "way", "note"])
    about = {"charges": [one.key for one in found], "note": transfer.note}
    append(f"transfer/{transfer.pk}", "transfer.matched", actor=actor, at=at, data=about)
    return transfer


def _require_open(transfer: BankTransfer) -> None:
    if transfer.is_settled:
        raise RuleViolation("Giao dịch này không cần xử lý.")


@transaction.atomic
def resolve_transfer(
    transfer_id: int, *, way: str, note: str, document: str = "", actor: User, at: datetime
) -> BankTransfer:
    """Give a transfer back by a decision, or keep it as nobody's for now with a note. Its money never leaves the lists."""
    transfer = queries.lock_transfer(transfer_id)
    powers(actor, at).require(Permission.FEE_REFUND, transfer.agency)
    _require_open(transfer)
    text = required_text(note, "Ghi cách đã xử lý giao dịch.", field="note")
    if way == BankTransfer.Way.REFUNDED:
        required_text(document, "Ghi quyết định hoàn trả.", field="document")
    elif way != BankTransfer.Way.KEPT:
        raise RuleViolation("Chọn hoàn trả hoặc giữ lại.", field="way")
    transfer.way, transfer.note, transfer.document = way, text[:500], nfc(document)[:200]
    transfer.outcome = BankTransfer.Outcome.RESOLVED
    transfer.save(update_fields=["way", "note", "document", "outcome"])
    about = {"way": way, "note": transfer.note, "document": transfer.document}
    append(f"transfer/{transfer.pk}", "transfer.resolved", actor=actor, at=at, data=about)
    return transfer
