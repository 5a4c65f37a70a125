"""What filing hears of."""

from typing import Any

from motcua.filing.actions import take_over


def assistance_claimed(sender: Any, *, assistance: Any, user: Any, at: Any, **_: Any) -> None:
    """A citizen took over what a helper filed: drafts and dossiers come along, in the same transaction."""
    take_over(assistance, actor=user, at=at)
