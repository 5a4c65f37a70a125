"""What every act leaves behind: events in the dossier's chain, and word to the citizen."""

from typing import Any

from motcua.audit import actions as audit
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules.transitions import Act

Entry = tuple[str, dict[str, Any]]


def chain_of(dossier: Dossier) -> str:
    """The name of the dossier's chain in the log."""
    return f"dossier/{dossier.pk}"


def entry(act: Act | str, **data: Any) -> Entry:
    """An event of a dossier: ids, codes, reasons, dates; no personal values."""
    return f"dossier.{act}", data


def trace(dossier: Dossier, name: str, fact: list[Any]) -> None:
    """Note something written beside the dossier (an entry of the clock ledger, a slip), for the event of the same act."""
    dossier.__dict__.setdefault("_traces", {}).setdefault(name, []).append(fact)


def log(desk: Desk, dossier: Dossier, *entries: Entry, first: bool = False) -> None:
    """Append events to the dossier's chain, in one statement (two unless the chain is new).

    The last one says the state that the act left and everything that it wrote beside: `queries.integrity` compares.
    """
    kind, data = entries[-1]
    told = (kind, {**data, "status": str(dossier.status), **dossier.__dict__.pop("_traces", {})})
    audit.append_many(chain_of(dossier), [*entries[:-1], told], actor=desk.actor, at=desk.at, first=first)
