"""What the store hears of."""

from typing import Any

from motcua.holdings.actions import hand_over_assisted, keep_result


def result_signed(sender: Any, *, result: Any, actor: Any, at: Any, **_: Any) -> None:
    """A dossier's electronic result was signed: into the store, in the same transaction."""
    keep_result(result, actor=actor, at=at)


def assistance_claimed(sender: Any, *, assistance: Any, user: Any, at: Any, **_: Any) -> None:
    """A citizen took over what a helper filed: its dossiers come along, in the same transaction."""
    hand_over_assisted(assistance, actor=user, at=at)
