"""Reading the log: searching, resolving codes to chains, verifying, proving."""

from motcua.audit.queries.events import access_event, events_of, seals, search_events
from motcua.audit.queries.proofs import proof
from motcua.audit.queries.registry import chain_of, register_records, register_resolver
from motcua.audit.queries.verification import verify, verify_seals

__all__ = [
    "access_event",
    "chain_of",
    "events_of",
    "proof",
    "register_records",
    "register_resolver",
    "seals",
    "search_events",
    "verify",
    "verify_seals",
]
