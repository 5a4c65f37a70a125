"""Reads of filing. One door to each draft: its owner's, and their helper's while both sit there. Else it does not exist."""

from motcua.filing.queries.drafts import (
    access_application,
    access_draft,
    access_upload,
    drafts_of,
    filed_in,
    helped_in,
    of_dossier,
)
from motcua.filing.queries.journey import Journey, journey_of
from motcua.filing.queries.places import Place, online_offered, place, places

__all__ = [
    "Journey",
    "Place",
    "access_application",
    "access_draft",
    "access_upload",
    "drafts_of",
    "filed_in",
    "helped_in",
    "journey_of",
    "of_dossier",
    "online_offered",
    "place",
    "places",
]
