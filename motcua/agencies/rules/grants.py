"""No privilege escalation: what an administrator may hand out, as a function of what they hold and may
grant.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from motcua.core.errors import RuleViolation


@dataclass(frozen=True)
class Reach:
    """Where something holds: one agency, or its whole subtree. `path` is the ids from the root, "/1/4/"."""

    path: str
    subtree: bool

    def covers(self, other: "Reach") -> bool:
        """Whether everywhere in `other` is within this reach."""
        if self.subtree:
            return other.path.startswith(self.path)
        return self.path == other.path and not other.subtree


@dataclass(frozen=True)
class Holding:
    """A role held somewhere: the permissions that may be used and those that may be handed out without
    use.
    """

    reach: Reach
    permissions: frozenset[str]
    grants: frozenset[str] = frozenset()


def grantable(holdings: Iterable[Holding], target: Reach) -> frozenset[str]:
    """Permissions that may be handed out at `target`: held or grantable everywhere in it."""
    covering = [h for h in holdings if h.reach.covers(target)]
    return frozenset().union(*(h.permissions | h.grants for h in covering))


def excess(holdings: Iterable[Holding], wanted: Holding) -> frozenset[str]:
    """What of `wanted` goes beyond the holdings: permissions, and rights to hand out, that the granter
    lacks there.
    """
    return (wanted.permissions | wanted.grants) - grantable(holdings, wanted.reach)


def require_no_excess(holdings: Iterable[Holding], wanted: Iterable[Holding], *, act: str) -> None:
    """Raise RuleViolation when the act would hand out, in any place, more than the granter may."""
    mine = tuple(holdings)
    beyond = sorted(set().union(*(excess(mine, each) for each in wanted)))
    if beyond:
        raise RuleViolation(
            f"Không thể {act}: vượt quá quyền bạn được giao trong phạm vi này ({', '.join(beyond)}). "
            "Đề nghị quản trị cấp trên thực hiện."
        )
