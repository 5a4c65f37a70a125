"""Reads of dossiers. One door to each: what a person may not see is not found."""

from motcua.dossiers.queries.access import access_dossier, visible_to, within
from motcua.dossiers.queries.choices import ActionChoice, lawful_actions
from motcua.dossiers.queries.clock import derivation_of, flagged, verify_clock
from motcua.dossiers.queries.held import access_held, held_by
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.queries.search import (
    exact,
    find_duplicates,
    search,
)
from motcua.dossiers.queries.timeline import Step, timeline
from motcua.dossiers.queries.tracking import track
from motcua.dossiers.queries.verify import Verified, notice_token, verify_token, verify_url

__all__ = [
    "ActionChoice", "Desk", "Step", "Verified", "access_dossier", "access_held", "derivation_of", "exact", "find_duplicates", "flagged", "held_by",
    "lawful_actions", "notice_token", "search", "timeline", "track",
    "verify_clock", "verify_token", "verify_url", "visible_to", "within",
]  # fmt: skip
