"""What the log tells of dossiers against what the tables hold: neither can be changed without the other.

The last event of every act names the state that it left, the entries of the clock ledger and the slips that it wrote
(`actions._journal`). An entry that no event names, an event whose entry is gone or different, a slip with other words, a
state that no act left, another claim about the fee than was filed and settled: each is a break. `motcua audit verify` and `motcua dossiers verify-clock` run this.
"""

from collections.abc import Iterator
from typing import Any

from motcua.audit.models import Event
from motcua.audit.rules.breaks import Break
from motcua.audit.rules.canonical import clean, fingerprint
from motcua.dossiers.models import (
    CalendarSnapshot,
    ClockEntry,
    Dossier,
    DossierForm,
    DossierTask,
    FeeClaim,
    Notice,
)
from motcua.dossiers.rules import ledger, snapshots, stages
from motcua.dossiers.rules.answers import fingerprint_of
from motcua.dossiers.rules.fees import numbers_said

BATCH = 500


def breaks() -> Iterator[Break]:
    """Everything that does not match, in pieces: memory does not grow with the dossiers."""
    yield from _snapshot_breaks()
    after = 0
    while batch := list(Dossier.objects.filter(pk__gt=after).order_by("pk")[:BATCH]):
        yield from _batch_breaks(batch)
        after = batch[-1].pk


def _snapshot_breaks() -> Iterator[Break]:
    for row in CalendarSnapshot.objects.iterator(chunk_size=50):
        if snapshots.fingerprint(row.content) != row.hash:
            yield Break("snapshot", f"bản chụp lịch {row}", "nội dung không khớp mã băm", row.hash, snapshots.fingerprint(row.content))  # fmt: skip


def _batch_breaks(batch: list[Dossier]) -> Iterator[Break]:
    ids = [dossier.pk for dossier in batch]
    told, fees = _told(ids), _fees_told(ids)
    claims = {claim.dossier_id: claim for claim in FeeClaim.objects.filter(dossier__in=ids)}
    entries = _grouped(ClockEntry.objects.filter(dossier__in=ids).order_by("dossier", "seq"))
    notices = _grouped(Notice.objects.filter(dossier__in=ids).order_by("dossier", "pk"))
    forms = _grouped(DossierForm.objects.filter(dossier__in=ids).order_by("dossier", "revision"))
    tasks = _grouped(
        DossierTask.objects.filter(dossier__in=ids, state__in=[*stages.LIVE, "planned"]).order_by()
    )
    for dossier in batch:
        history, where = told.get(dossier.pk, []), f"hồ sơ {dossier}"
        yield from _ledger_breaks(where, history, entries.get(dossier.pk, []))
        yield from _notice_breaks(where, history, notices.get(dossier.pk, []))
        yield from _form_breaks(where, history, forms.get(dossier.pk, []))
        yield from _fee_breaks(where, fees.get(dossier.pk, ({}, {})), claims.get(dossier.pk))
        yield from _state_breaks(
            where, dossier, history, entries.get(dossier.pk, []), tasks.get(dossier.pk, [])
        )


def _told(ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """What the events of these dossiers tell, oldest first."""
    found: dict[int, list[dict[str, Any]]] = {}
    chains = [f"dossier/{pk}" for pk in ids]
    for chain, data in (
        Event.objects.filter(chain__in=chains).order_by("chain", "seq").values_list("chain", "data")
    ):
        found.setdefault(int(chain.split("/")[1]), []).append(data)
    return found


def _grouped(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.dossier_id, []).append(row)
    return found


def _ledger_breaks(where: str, history: list[dict[str, Any]], entries: list[ClockEntry]) -> Iterator[Break]:
    told = {fact[0]: fact for data in history for fact in data.get("clock", ())}
    held = {e.seq: clean(ledger.trace_of(e.seq, e.kind, e.due_at, e.document)) for e in entries}
    for seq in sorted(told.keys() | held.keys()):
        if told.get(seq) != held.get(seq):
            text = "không có hành vi nào trong nhật ký" if seq not in told else "khác với nhật ký"
            yield Break("clock", f"{where}, mục {seq} của sổ thời hạn", text, _words(told.get(seq)), _words(held.get(seq)))  # fmt: skip


def _words(fact: list[Any] | None) -> str:
    return ", ".join(str(part) for part in fact if part) if fact else "không có"


def _notice_breaks(where: str, history: list[dict[str, Any]], notices: list[Notice]) -> Iterator[Break]:
    told = {fact[0]: fact[1] for data in history for fact in data.get("notices", ())}
    held = {notice.pk: fingerprint(notice.data) for notice in notices}
    for pk in sorted(told.keys() | held.keys()):
        if told.get(pk) != held.get(pk):
            text = "không có trong nhật ký" if pk not in told else "nội dung khác với lúc lập"
            yield Break("notice", f"{where}, phiếu {pk}", text, told.get(pk, "không có"), held.get(pk, "không có"))  # fmt: skip


def _form_breaks(where: str, history: list[dict[str, Any]], forms: list[DossierForm]) -> Iterator[Break]:
    told = {fact[0]: fact[1] for data in history for fact in data.get("forms", ())}
    held = {form.revision: fingerprint_of(form.answers) for form in forms}
    for number in sorted(told.keys() | held.keys()):
        if told.get(number) != held.get(number):
            text = "không có trong nhật ký" if number not in told else "nội dung khác với lúc gửi"
            yield Break("form", f"{where}, tờ khai lần {number}", text, told.get(number, "không có"), held.get(number, "không có"))  # fmt: skip


_FEES = ("fee_quantities", "exemption", "exemption_refused")
_FILED, _RESTATED, _ACCEPTED = "dossier.submit", "dossier.complete_pre_supplement", "dossier.accept"


def _fees_told(ids: list[int]) -> dict[int, tuple[dict[str, Any], dict[str, Any]]]:
    """What the log says that decides the fee: as filed or stated anew since, and as settled at acceptance."""
    found: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {}
    kinds = (_FILED, _RESTATED, _ACCEPTED)
    events = Event.objects.filter(chain__in=[f"dossier/{pk}" for pk in ids], kind__in=kinds)
    for chain, kind, data in events.order_by("chain", "seq").values_list("chain", "kind", "data"):
        both = found.setdefault(int(chain.split("/")[1]), ({}, {}))
        if kind == _RESTATED and "exemption" in data:
            both[0].clear()
        both[kind == _ACCEPTED].update({key: data[key] for key in _FEES if data.get(key)})
    return found


def _fee_breaks(
    where: str, told: tuple[dict[str, Any], dict[str, Any]], claim: FeeClaim | None
) -> Iterator[Break]:
    """The charge at acceptance rests on the claim, and the page shows both for ever."""
    held: tuple[tuple[Any, ...], tuple[Any, ...]] = ((), ())
    if claim:
        held = (
            (claim.quantities, claim.exemption_reason),
            (claim.settled_quantities, claim.settled_exemption, claim.refusal),
        )
    for what, said, kept in zip(("đã khai", "đã tính"), told, held, strict=True):
        found = {key: value for key, value in zip(_FEES, kept, strict=False) if value}
        if found != said:
            yield Break("fees", where, f"căn cứ tính phí {what} khác với nhật ký", _fee_words(said), _fee_words(found))  # fmt: skip


def _fee_words(found: dict[str, Any]) -> str:
    numbers = numbers_said(found.get("fee_quantities", {}))
    return ", ".join(filter(None, (numbers, *(found.get(key, "") for key in _FEES[1:])))) or "không có"


def _state_breaks(
    where: str,
    dossier: Dossier,
    history: list[dict[str, Any]],
    entries: list[ClockEntry],
    tasks: list[DossierTask],
) -> Iterator[Break]:
    left = next((data["status"] for data in reversed(history) if "status" in data), None)
    if left != dossier.status:
        yield Break("status", where, "trạng thái không do hành vi nào để lại", str(left), dossier.status)
    end = next((e.at for e in entries if e.kind == ClockEntry.Kind.END), None)
    if dossier.received_at and end != dossier.ended_at:
        yield Break("end", where, "lúc kết thúc khác sổ thời hạn", str(end), str(dossier.ended_at))
    for task in tasks:
        if task.dossier_due_at != dossier.due_at:
            yield Break("task-due", f"{where}, việc {task.pk}", "hạn ghi ở việc khác hạn của hồ sơ", str(dossier.due_at), str(task.dossier_due_at))  # fmt: skip
