"""Reading the log: searching, resolving codes to chains, verifying, proving."""

from motcua.audit.queries.events import (
    Search,
    access_event,
    events_of,
    seal_covering,
    seals,
    search_events,
    unsealed,
)
from motcua.audit.queries.names import by_text, named, names_of, register_names
from motcua.audit.queries.proofs import proof
from motcua.audit.queries.registry import chain_of, register_check, register_records, register_resolver
from motcua.audit.queries.verification import check_event, verify, verify_seals

__all__ = [
    "Search",
    "access_event",
    "by_text",
    "chain_of",
    "check_event",
    "events_of",
    "named",
    "names_of",
    "proof",
    "register_check",
    "register_names",
    "register_records",
    "register_resolver",
    "seal_covering",
    "seals",
    "search_events",
    "unsealed",
    "verify",
    "verify_seals",
]
