"""Whose account a dossier belongs to from its submission on."""

from motcua.core import store
from motcua.core.errors import RuleViolation
from motcua.dossiers.models import Dossier, DossierHolder
from motcua.dossiers.queries.reference import Desk

RIGHTS = frozenset(DossierHolder.Right.values)


def save_holder(desk: Desk, dossier: Dossier, holder_id: int | None, right: str) -> None:
    """Let an account hold a new dossier; nothing without one. One statement."""
    if holder_id is None:
        return
    if right not in RIGHTS:
        raise RuleViolation(
            "Chọn tư cách của tài khoản theo hồ sơ: chủ hồ sơ, người đại diện hoặc người hỗ trợ."
        )
    store.insert([store.new(DossierHolder, dossier=dossier, user_id=holder_id, right=right, since=desk.at)])
