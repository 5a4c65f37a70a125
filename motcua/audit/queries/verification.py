"""Walking every chain and every seal, in pieces, and naming what is broken."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Max, Q

from motcua.audit import keys, seal_book, timestamps, triggers
from motcua.audit.models import Event, Seal
from motcua.audit.queries.leaves import PIECE, leaves
from motcua.audit.queries.registry import checks, registered
from motcua.audit.rules.breaks import Break, Report, link_break
from motcua.audit.rules.canonical import moment_text
from motcua.audit.rules.chain import Link, genesis
from motcua.audit.rules.merkle import Tree
from motcua.audit.rules.seals import FIRST_SEAL_STANDS_ON, SealText, signed_message

FIELDS = ("id", "chain", "seq", "kind", "at", "actor_id", "actor_label", "data", "previous_hash", "hash")
UNREADABLE = (ValueError, TypeError, AttributeError)
ID_GAPS_NAMED = 10
BATCH = 500


def verify(*, limit: int = 20, expected_seal: str = "", trust: Iterable[str] = ()) -> Report:
    """Check all chains, all seals, and that records and histories match. Memory does not grow with the log.

    `limit` breaks are kept (all are counted). `expected_seal` is the hash of a seal known from elsewhere;
    `trust` holds public keys (hex) accepted beside those in MOTCUA_HOME/keys.
    """
    report = Report(limit=limit)
    if lost := triggers.missing(connection):
        report.warnings.append(f"thiếu trình kích hoạt chặn sửa, xóa: {', '.join(lost)}")
    _walk_chains(report)
    _walk_seals(report, after_number=0, trust=trust)
    _compare_with_book(report, expected_seal)
    for prefix, records in registered():
        _compare_with_records(report, prefix, records())
    for check in checks():
        for found in check():
            report.add(found)
    return report


def check_event(event: Event) -> Break | None:
    """What is wrong with one event by itself and in its chain; None when it is whole."""
    before = Event.objects.filter(chain=event.chain, seq=event.seq - 1).values_list("hash", flat=True).first()
    previous = before if event.seq > 1 else genesis(event.chain)
    row = {name: getattr(event, name) for name in FIELDS}
    return _break_in(row, event.seq, previous or "không có")


def verify_seals(last: int, *, limit: int = 20) -> Report:
    """Check only the newest `last` seals with the events that they cover."""
    report = Report(limit=limit)
    newest: int = Seal.objects.aggregate(newest=Max("number"))["newest"] or 0
    _walk_seals(report, after_number=max(0, newest - last))
    return report


def _walk_chains(report: Report) -> None:
    chain, seq, previous = "", 0, ""
    for row in _rows():
        report.events += 1
        if row["chain"] != chain:
            chain, seq, previous = row["chain"], 0, genesis(row["chain"])
            report.chains += 1
        report.add(_break_in(row, seq + 1, previous))
        seq, previous = row["seq"], row["hash"]


def _break_in(row: dict[str, Any], seq: int, previous: str) -> Break | None:
    if "at" not in row or row["at"] is None:
        where = f"chuỗi {row['chain']}, sự kiện số {row['seq']}, mã {row['id']}"
        return Break("unreadable", where, "nội dung hoặc thời điểm không đọc được")
    return link_break(link_of(row), row["hash"], row["id"], seq, previous)


def link_of(row: dict[str, Any]) -> Link:
    """The link that a row of `FIELDS` stands for."""
    return Link(
        row["chain"],
        row["seq"],
        row["kind"],
        moment_text(row["at"]),
        row["actor_id"],
        row["actor_label"],
        row["data"],
        row["previous_hash"],
    )


def _rows() -> Iterator[dict[str, Any]]:
    """All events in the order of (chain, seq), by pieces along the unique index."""
    chain, seq = "", 0
    while True:
        after = Q(chain__gte=chain) & (Q(chain__gt=chain) | Q(seq__gt=seq))
        piece = _read(Event.objects.filter(after).order_by("chain", "seq")[:PIECE])
        yield from piece
        if len(piece) < PIECE:
            return
        chain, seq = piece[-1]["chain"], piece[-1]["seq"]


def _read(events: Any) -> list[dict[str, Any]]:
    """The rows; a row whose content the engine or JSON cannot read comes without it."""
    try:
        return list(events.values(*FIELDS))
    except UNREADABLE:
        return [_read_one(row) for row in events.values("id", "chain", "seq", "hash")]


def _read_one(row: dict[str, Any]) -> dict[str, Any]:
    try:
        return dict(Event.objects.values(*FIELDS).get(pk=row["id"]))
    except UNREADABLE:
        return row


def _walk_seals(report: Report, *, after_number: int, trust: Iterable[str] = ()) -> None:
    before = Seal.objects.filter(number=after_number).first()
    number, after = after_number, before.last_event_id if before else 0
    previous = before.hash if before else FIRST_SEAL_STANDS_ON
    trusted = keys.trusted() | frozenset(trust)
    newest: int = Seal.objects.aggregate(end=Max("last_event_id"))["end"] or 0
    log = _Leaves(after, newest)
    for seal in Seal.objects.filter(number__gt=after_number).select_related("stamp").iterator(chunk_size=500):
        report.seals += 1
        report.add(_seal_break(seal, number + 1, previous, trusted))
        report.add(_content_break(seal, after, log))
        number, previous, after = seal.number, seal.hash, seal.last_event_id
    if report.seals and not trusted:
        report.warnings.append("không có khóa công khai nào để đối chiếu chữ ký niêm phong")
    report.unsealed = Event.objects.filter(id__gt=after).count()


def _seal_break(seal: Seal, number: int, previous: str, trusted: frozenset[str]) -> Break | None:
    where = f"niêm phong {seal.number}"
    if seal.number != number:
        return Break("seal-gap", where, f"thiếu niêm phong {number}", str(number), str(seal.number))
    if seal.previous_hash != previous:
        return Break("seal-unlinked", where, "không nối với niêm phong trước", previous, seal.previous_hash)
    if (computed := seal_text(seal).hash()) != seal.hash:
        return Break("seal-changed", where, "nội dung không khớp mã băm", seal.hash, computed)
    if not keys.is_signed(signed_message(seal.hash), seal.signature, seal.public_key):
        return Break("seal-signature", where, "chữ ký không đúng")
    if trusted and seal.public_key not in trusted:
        return Break("seal-key", where, "ký bằng khóa lạ, không phải khóa của cơ quan", "", seal.public_key)
    if hasattr(seal, "stamp") and not timestamps.covers(bytes(seal.stamp.token), seal.hash):
        return Break("seal-stamp", where, "dấu thời gian không thuộc niêm phong này")
    return None


def seal_text(seal: Seal) -> SealText:
    """What a seal's hash covers."""
    return SealText(
        seal.number,
        seal.first_event_id,
        seal.last_event_id,
        seal.event_count,
        seal.merkle_root,
        seal.previous_hash,
        seal.public_key,
        moment_text(seal.sealed_at),
    )


class _Leaves:
    """The log in the order of ids, read once for all seals: thousands of small seals cost no query each."""

    def __init__(self, after: int, until: int) -> None:
        self._rows = leaves(after, until)
        self._held: tuple[int, str] | None = next(self._rows, None)

    def until(self, last: int) -> Iterator[tuple[int, str]]:
        """The next events up to this id."""
        while self._held and self._held[0] <= last:
            yield self._held
            self._held = next(self._rows, None)


def _content_break(seal: Seal, after: int, log: _Leaves) -> Break | None:
    """Compare the events that are there now with what the seal says was there."""
    tree, previous = Tree(), after
    gaps: list[int] = []
    for event_id, event_hash in log.until(seal.last_event_id):
        tree.add(event_hash)
        gaps += islice(range(previous + 1, event_id), ID_GAPS_NAMED - len(gaps))
        previous = event_id
    gaps += islice(range(previous + 1, seal.last_event_id + 1), ID_GAPS_NAMED - len(gaps))
    where = f"niêm phong {seal.number} (sự kiện mã {after + 1} đến {seal.last_event_id})"
    if tree.count != seal.event_count:
        text = "sự kiện đã bị xóa" if tree.count < seal.event_count else "có sự kiện bị chèn thêm"
        named = f"; các mã không có: {', '.join(map(str, gaps))}" if gaps else ""
        return Break("seal-count", where, text + named, str(seal.event_count), str(tree.count))
    root, _ = tree.close()
    if root != seal.merkle_root:
        return Break("seal-root", where, "gốc Merkle không khớp: quá khứ bị viết lại", seal.merkle_root, root)
    return None


def _compare_with_book(report: Report, expected_seal: str) -> None:
    book = seal_book.read()
    for number in sorted(book):
        found = Seal.objects.filter(number=number).values_list("hash", flat=True).first()
        if found != book[number]:
            text = "khác với sổ niêm phong ngoài cơ sở dữ liệu" if found else "đã bị gỡ khỏi cơ sở dữ liệu"
            report.add(Break("seal-book", f"niêm phong {number}", text, book[number], found or "không có"))
    if expected_seal and not Seal.objects.filter(hash=expected_seal).exists():
        report.add(
            Break("seal-missing", "niêm phong đã công bố", "không có trong nhật ký", expected_seal, "")
        )


def _compare_with_records(report: Report, prefix: str, records: Any) -> None:
    chains = Event.objects.filter(chain__startswith=f"{prefix}/", seq=1).order_by("id")
    for batch in _batches(chains.values_list("id", "chain")):
        named = {int(chain.split("/")[1]): chain for _, chain in batch if chain.split("/")[1].isdecimal()}
        there = set(records.filter(pk__in=named).values_list("pk", flat=True))
        for pk in named.keys() - there:
            report.add(Break("record-removed", f"chuỗi {named[pk]}", "bản ghi đã bị xóa, chỉ còn nhật ký"))
    for batch in _batches(records.order_by("pk").values_list("pk", "pk")):
        wanted = {f"{prefix}/{pk}" for pk, _ in batch}
        for chain in sorted(wanted - set(chains.filter(chain__in=wanted).values_list("chain", flat=True))):
            report.add(Break("chain-removed", f"chuỗi {chain}", "bản ghi còn nhưng nhật ký của nó đã bị xóa"))


def _batches(rows: Any) -> Iterator[list[tuple[int, Any]]]:
    """Pieces of (id, value) rows along the primary key."""
    after = 0
    while batch := list(rows.filter(pk__gt=after)[:BATCH]):
        yield batch
        after = batch[-1][0]
