"""Word to the citizen, queued in the act's transaction (NĐ 61/2018, Điều 17: one notification for each event)."""

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.reference import Desk


def tell(desk: Desk, dossier: Dossier, kind: str) -> None:
    """Queue a message to the applicant by the address given; nothing without one."""
