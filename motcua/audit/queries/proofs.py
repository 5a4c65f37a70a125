"""One record's history with everything that a stranger needs to check it."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import asdict
from datetime import datetime
from typing import Any

from motcua.audit import keys
from motcua.audit.models import Event, Seal
from motcua.audit.queries.leaves import leaves
from motcua.audit.queries.registry import chain_of
from motcua.audit.queries.verification import FIELDS, link_of, seal_text
from motcua.audit.rules.canonical import moment_text
from motcua.audit.rules.merkle import Path, Tree
from motcua.audit.rules.statements import Statement, names, statement_message
from motcua.core.errors import NotFound

FORMAT = "motcua-proof-2"


def proof(code: str, *, at: datetime) -> dict[str, Any]:
    """The events of the record named by `code`, their paths to seals, the seals up to the newest, and the office's
    signed word on how many events there were at `at` (an aware moment), so that none can be left off the end.

    JSON-serialisable; docs/verify_proof.py checks it without this software. Events after the newest seal have
    "seal": null. A code that no event of the chain speaks of gives way to the chain's name. Raises NotFound.
    """
    chain = chain_of(code)
    rows = list(Event.objects.filter(chain=chain).order_by("seq").values(*FIELDS))
    if not rows:
        raise NotFound(f"Chuỗi {chain} chưa có sự kiện nào.")
    covering = _covering([row["id"] for row in rows])
    paths = _paths(covering)
    first = min(covering.values(), default=None)
    code = code.strip() if names((row["kind"], row["data"]) for row in rows) == code.strip() else chain
    return {
        "format": FORMAT,
        "code": code,
        "chain": chain,
        "statement": _statement(Statement(code, chain, len(rows), rows[-1]["hash"], moment_text(at))),
        "events": [_event(row, covering.get(row["id"]), paths.get(row["id"], ())) for row in rows],
        "seals": [_seal(seal) for seal in Seal.objects.filter(number__gte=first)] if first else [],
    }


def _statement(statement: Statement) -> dict[str, Any]:
    signature = keys.office_key().sign(statement_message(statement.hash()))
    return {"content": asdict(statement), "hash": statement.hash(), "signature": signature.hex()}


def _covering(event_ids: list[int]) -> dict[int, int]:
    """Event id -> number of the seal that covers it; events not yet sealed are left out."""
    ends = list(
        Seal.objects.filter(last_event_id__gte=min(event_ids))
        .order_by("number")
        .values_list("last_event_id", "number")
    )
    places = {event_id: bisect_left(ends, (event_id, 0)) for event_id in event_ids}
    return {event_id: ends[place][1] for event_id, place in places.items() if place < len(ends)}


def _paths(covering: dict[int, int]) -> dict[int, Path]:
    wanted = defaultdict(list)
    for event_id, number in covering.items():
        wanted[number].append(event_id)
    found: dict[int, Path] = {}
    for number, event_ids in wanted.items():
        found |= _paths_in(number, event_ids)
    return found


def _paths_in(number: int, event_ids: list[int]) -> dict[Any, Path]:
    until = Seal.objects.get(number=number).last_event_id
    after = Seal.objects.filter(number=number - 1).values_list("last_event_id", flat=True).first() or 0
    tree = Tree(watch=event_ids)
    for event_id, event_hash in leaves(after, until):
        tree.add(event_hash, event_id)
    return tree.close()[1]


def _event(row: dict[str, Any], seal: int | None, path: Path) -> dict[str, Any]:
    steps = [asdict(step) for step in path]
    return {"content": link_of(row).content(), "hash": row["hash"], "seal": seal, "path": steps}


def _seal(seal: Seal) -> dict[str, Any]:
    stamp = bytes(seal.stamp.token).hex() if hasattr(seal, "stamp") else None
    return {
        "content": asdict(seal_text(seal)),
        "hash": seal.hash,
        "signature": seal.signature,
        "timestamp": stamp,
    }
