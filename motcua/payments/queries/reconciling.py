"""What is reconciled: rows of an agency and of those under it, over a span of days."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date, to_utc
from motcua.core.validity import in_force_during
from motcua.payments.models import (
    BankStatement,
    BankTransfer,
    DayClosing,
    Explanation,
    Gateway,
    GatewayEvent,
    GatewayFile,
    GatewayUse,
    OnlineRefund,
    PaymentAccount,
    PaymentOrder,
    Receipt,
    Reconciliation,
    Refund,
    RefundDue,
)
from motcua.payments.queries.online import keys_in
from motcua.payments.rules import reconcile as rules
from motcua.payments.rules.reconcile import Difference, Reason

MOST = 2_000  # differences of one kind that are listed


@dataclass(frozen=True)
class Figure:
    """A line of the sheet: number and đồng."""

    label: str
    number: int
    amount: int


@dataclass
class Span:
    """An agency with those under it, over some days (both inclusive, legal days)."""

    agency: Agency
    first: date
    last: date

    @cached_property
    def moments(self) -> tuple[datetime, datetime]:
        """From the first moment to the one after the last."""
        return (
            to_utc(datetime.combine(self.first, time.min)),
            to_utc(datetime.combine(self.last + timedelta(days=1), time.min)),
        )

    def under(self, name: str) -> Q:
        """Rows of the agency and of those under it."""
        return Q(**{f"{name}__path__startswith": self.agency.path})

    def within(self, name: str) -> Q:
        """Rows whose moment lies in the span."""
        since, until = self.moments
        return Q(**{f"{name}__gte": since, f"{name}__lt": until})

    @cached_property
    def receipts(self) -> QuerySet[Receipt]:
        """Receipts into drawers of the span's agencies."""
        return Receipt.objects.filter(self.under("day__agency"), day__day__range=(self.first, self.last))

    @cached_property
    def paid(self) -> list[PaymentOrder]:
        """Orders that we have as paid in the span."""
        found = PaymentOrder.objects.filter(self.under("agency"), self.within("settled_at"))
        return list(found.select_related("gateway").order_by("id"))

    @cached_property
    def transfers(self) -> QuerySet[BankTransfer]:
        """Money that came by transfer in the span."""
        return BankTransfer.objects.filter(self.under("agency"), self.within("paid_at"))

    @cached_property
    def refunds(self) -> list[OnlineRefund]:
        """Refunds that gateways have done in the span."""
        done = OnlineRefund.objects.filter(self.under("order__agency"), self.within("done_at"))
        return list(done.select_related("order").order_by("id"))

    @cached_property
    def gateways(self) -> list[Gateway]:
        """Gateways whose whole business lies in the span's agencies: of those alone every line of a file is ours to know."""
        used = GatewayUse.objects.filter(self.under("agency")).values("gateway_id")
        elsewhere = GatewayUse.objects.exclude(self.under("agency")).values("gateway_id")
        return list(Gateway.objects.filter(pk__in=used).exclude(pk__in=elsewhere).order_by("id"))

    @cached_property
    def files(self) -> list[GatewayFile]:
        """Files of the span's days, of every gateway that took money for it."""
        days = (self.first, self.last)
        gateways = {one.pk for one in self.gateways} | {one.gateway_id for one in self.paid}
        return list(GatewayFile.objects.filter(gateway__in=gateways, day__range=days).order_by("day", "id"))


def differences(span: Span, today: date) -> list[Difference]:
    """Everything of a span that does not match, by day. `today` has no file of a gateway yet."""
    orders = [_ours(one) for one in span.paid]
    lines = [line for one in span.files for line in _lines(one)]
    whole = {one.pk for one in span.gateways}
    known = {str(key) for key in _paid_keys(lines)}
    keys = {one.key for one in orders}
    mine = [line for line in lines if line.gateway in whole or line.key in keys]
    days = {(one.gateway_id, one.day) for one in span.files}
    refunds = [_refund(one) for one in span.refunds]
    refund_keys = {one.key for one in refunds}
    theirs = [one for one in lines if one.gateway in whole or one.reference in refund_keys]
    found = rules.against_files(orders, mine, days, known)
    found += rules.refunds_against_files(refunds, theirs, days)
    found += rules.own_books(orders)
    found += [*_missing_files(span, today), *_transfers(span), *_refunds_due(span), *_statements(span, today)]
    found += [*_not_on_statement(span), *_days(span, today), *_gaps(span)]
    return sorted(found, key=lambda one: (one.day, one.reason, one.about))


def _ours(one: PaymentOrder) -> rules.OurOrder:
    settled = legal_date(one.settled_at) if one.settled_at else date.min
    excess = one.excess if one.has_open_excess else 0
    return rules.OurOrder(one.pk, str(one.key), one.amount, settled, not one.wants_receipt, excess, one.code)


def _refund(one: OnlineRefund) -> rules.OurRefund:
    done = legal_date(one.done_at) if one.done_at else date.min
    return rules.OurRefund(one.pk, one.order_id, str(one.key), one.amount, done, one.order.code)


def _lines(one: GatewayFile) -> list[rules.FileLine]:
    return [
        rules.FileLine(one.gateway_id, one.day, row["kind"], row["order"], row["reference"], row["amount"])
        for row in one.rows
    ]


def _paid_keys(lines: list[rules.FileLine]) -> set[Any]:
    keys = keys_in(line.key for line in lines)
    paid = PaymentOrder.objects.filter(key__in=keys, settled_at__isnull=False)
    return set(paid.values_list("key", flat=True))


def _missing_files(span: Span, today: date) -> list[Difference]:
    there = {(one.gateway_id, one.day) for one in span.files}
    found, day = [], span.first
    names = {one.pk: one for one in span.gateways} | {one.gateway_id: one.gateway for one in span.paid}
    while day <= min(span.last, today - timedelta(days=1)):
        for pk, gateway in names.items():
            alive = gateway.valid_from <= day and (gateway.valid_to is None or gateway.valid_to >= day)
            if alive and (pk, day) not in there:
                found.append(Difference(Reason.NO_FILE, f"gateway/{pk}/{day}", day, name=str(gateway)))
        day += timedelta(days=1)
    return found


def _transfers(span: Span) -> list[Difference]:
    """Money that nobody has placed, and what is kept as nobody's."""
    kept = Q(outcome=BankTransfer.Outcome.RESOLVED, way=BankTransfer.Way.KEPT)
    found = span.transfers.filter(kept | ~Q(outcome__in=BankTransfer.SETTLED))
    return [
        Difference(
            Reason.TRANSFER_KEPT if one.way else Reason.TRANSFER_OPEN,
            f"transfer/{one.pk}",
            legal_date(one.paid_at),
            None,
            one.amount,
            one.bank_reference,
        )
        for one in found.order_by("id")[:MOST]
    ]


def _refunds_due(span: Span) -> list[Difference]:
    """Paid money that must go back since a day of the span and has not."""
    rows = RefundDue.objects.filter(span.under("charge__agency"), span.within("made_at"), closed_at=None)
    return [
        Difference(
            Reason.REFUND_DUE,
            f"charge/{one.charge_id}",
            legal_date(one.made_at),
            None,
            one.amount,
            one.charge.code,
        )
        for one in rows.select_related("charge").order_by("id")[:MOST]
    ]


def _statements(span: Span, today: date) -> list[Difference]:
    """Days on which an account collected by transfer although no statement covers them."""
    used = in_force_during(span.first, span.last)
    accounts = PaymentAccount.objects.filter(span.under("agency"), used)
    read: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    rows = BankStatement.objects.filter(account__in=accounts, first_day__isnull=False)
    for account, first, last in rows.values_list("account_id", "first_day", "last_day"):
        if first and last:
            read[account].append((first, last))
    moved = {(one.agency_id, legal_date(one.paid_at)) for one in span.transfers.filter(statement=None)}
    return [
        Difference(Reason.NO_STATEMENT, f"account/{account.pk}/{day}", day, name=str(account))
        for account in accounts
        for agency, day in sorted(moved)
        if agency == account.agency_id and not any(a <= day <= b for a, b in read[account.pk])
    ]


def _not_on_statement(span: Span) -> list[Difference]:
    found = span.receipts.filter(method=Receipt.Method.TRANSFER, cancelled_at=None, transfers=None)
    return [
        Difference(Reason.NOT_ON_STATEMENT, f"receipt/{one.pk}", one.day.day, one.amount, None, str(one))
        for one in found.select_related("book", "day").order_by("id")[:MOST]
    ]


def _days(span: Span, today: date) -> list[Difference]:
    days = DayClosing.objects.filter(span.under("agency"), day__range=(span.first, span.last), day__lt=today)
    found = []
    for one in days.select_related("cashier").order_by("id")[:MOST]:
        name = f"{one.cashier}, {one.day:%d/%m/%Y}"
        if not one.is_closed and one.cashier.kind != "system":
            found.append(Difference(Reason.DAY_OPEN, f"day/{one.pk}", one.day, name=name))
        elif one.difference:
            expected = (one.counted_cash or 0) - one.difference
            found.append(
                Difference(Reason.DAY_DIFFERS, f"day/{one.pk}", one.day, expected, one.counted_cash, name)
            )
    return found


def _gaps(span: Span) -> list[Difference]:
    """Numbers of the books used in the span that no receipt has, between its first and its last."""
    used = span.receipts.values("book_id").annotate(low=Min("number"), high=Max("number"), n=Count("id"))
    found = []
    for row in used:
        if row["high"] - row["low"] + 1 == row["n"]:
            continue
        numbers = Receipt.objects.filter(book=row["book_id"], number__range=(row["low"], row["high"]))
        for first, last in rules.gaps(numbers.values_list("number", flat=True)):
            about = f"book/{row['book_id']}/{first}"
            found.append(
                Difference(Reason.NUMBER_GAP, about, span.last, None, None, f"số {first} đến {last}")
            )
    return found


def figures(span: Span) -> list[Figure]:
    """The sums of a span, each from its own rows."""
    valid = span.receipts.filter(cancelled_at=None)
    methods = Receipt.Method
    rows = [
        _sum(f"Biên lai: {label.lower()}", valid.filter(method=value)) for value, label in methods.choices
    ]
    rows.append(_sum("Biên lai đã hủy", span.receipts.exclude(cancelled_at=None)))
    given = Refund.objects.filter(
        Q(charge__agency__path__startswith=span.agency.path), span.within("made_at")
    )
    rows.append(_sum("Đã hoàn trả", given))
    rows.append(Figure("Giao dịch trực tuyến đã trả", len(span.paid), sum(one.amount for one in span.paid)))
    rows.append(Figure("trong đó nộp thừa", sum(one.excess > 0 for one in span.paid), sum(o.excess for o in span.paid)))  # fmt: skip
    lines = [line for one in span.files for line in _lines(one) if line.kind == "payment"]
    rows.append(Figure("Tệp của cổng: đã thu", len(lines), sum(line.amount for line in lines)))
    rows.append(_sum("Tiền vào theo sao kê", span.transfers))
    rows.append(_sum("trong đó đã khớp", span.transfers.filter(outcome=BankTransfer.Outcome.MATCHED)))
    return rows


def _sum(label: str, rows: QuerySet[Any]) -> Figure:
    found = rows.aggregate(n=Count("id"), total=Sum("amount"))
    return Figure(label, found["n"], found["total"] or 0)


def explanations(span: Span) -> dict[str, Explanation]:
    """What was explained of a span, by subject."""
    found = Explanation.objects.filter(agency=span.agency, day__range=(span.first, span.last))
    return {one.subject: one for one in found.select_related("made_by").order_by("id")}


def closed(span: Span) -> Reconciliation | None:
    """The closed sheet of exactly this span."""
    found = Reconciliation.objects.filter(agency=span.agency, first_day=span.first, last_day=span.last)
    return found.select_related("closed_by", "agency").first()


def sheets_visible(authority: Authority) -> QuerySet[Reconciliation]:
    """Closed sheets that this person may see, newest first."""
    seen = Reconciliation.objects.filter(authority.where(Permission.FEE_VIEW, "agency"))
    return seen.select_related("agency", "closed_by").order_by("-last_day", "-id")


def access_sheet(authority: Authority, sheet_id: int) -> Reconciliation:
    """A closed sheet that this person may see. Raises NotFound."""
    if found := sheets_visible(authority).filter(pk=sheet_id).first():
        return found
    raise NotFound()


def kept(one: Difference, note: str) -> dict[str, Any]:
    """A difference as a closed sheet keeps it."""
    fields = asdict(one) | {"reason": one.reason.value, "day": one.day.isoformat()}
    return fields | {"words": one.words, "subject": one.subject, "note": note}


def _after(day: date) -> datetime:
    return to_utc(datetime.combine(day + timedelta(days=1), time.min))


def files_wanted(today: date) -> list[tuple[Gateway, date]]:
    """Files of the last days that are not there yet, of gateways in use: the timer fetches them."""
    found = []
    for back in range(1, 8):
        day = today - timedelta(days=back)
        there = GatewayFile.objects.filter(day=day).values("gateway_id")
        used = PaymentOrder.objects.filter(created_at__lt=_after(day)).values("gateway_id")
        rows = Gateway.objects.filter(Gateway.in_force(day), pk__in=used).exclude(pk__in=there)
        found += [(one, day) for one in rows.order_by("id")]
    return found


def file_asked_lately(gateway: Gateway, at: datetime) -> bool:
    """Whether the gateway failed to give a file within the last quarter of an hour."""
    asked = GatewayEvent.objects.filter(gateway=gateway, kind=GatewayEvent.Kind.FILE)
    failed = asked.filter(outcome=GatewayEvent.Outcome.FAILED, at__gt=at - timedelta(minutes=15))
    return failed.exists()
