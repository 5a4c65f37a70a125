"""Who may change the catalogue."""

from datetime import datetime

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.procedures.models import Procedure
from motcua.procedures.queries.access import holds_at_top


def require_catalogue(actor: User, permission: str, at: datetime) -> None:
    """The catalogue is shared, so the permission must be held at the top level: the root agency or one of its level.

    Raises NotFound for anyone who does not hold it at all, RuleViolation for who holds it only lower down.
    """
    authority = authority_of(actor, legal_date(at))
    authority.require_any(permission)
    if not holds_at_top(authority, permission):
        raise RuleViolation(
            "Danh mục thủ tục dùng chung cho cả hệ thống, chỉ cơ quan cấp cao nhất được sửa. Gửi đề nghị lên cấp trên."
        )


def require_in(actor: User, permission: str, agency: Agency | None, at: datetime) -> None:
    """The permission in one agency; without an agency the matter is the whole catalogue's. Raises NotFound."""
    if agency is None:
        require_catalogue(actor, permission, at)
    else:
        authority_of(actor, legal_date(at)).require(permission, agency)


def lock_procedure(code_or_id: str | int) -> Procedure:
    """One procedure, locked until the act ends. Raises NotFound."""
    lookup = {"pk": code_or_id} if isinstance(code_or_id, int) else {"code": code_or_id}
    found = Procedure.objects.select_for_update().filter(**lookup).first()
    if found is None:
        raise NotFound("Không có thủ tục này trong danh mục.")
    return found


def chain(procedure_id: int) -> str:
    """The name of a procedure's log."""
    return f"procedure/{procedure_id}"
