"""The states of a ticket, read off its moments, and what may follow on what."""

from datetime import datetime
from enum import StrEnum

from motcua.core.errors import RuleViolation


class State(StrEnum):
    """Where a ticket stands. Never stored: its moments say it (`state_of`)."""

    WAITING = "waiting"
    CALLED = "called"
    SERVED = "served"
    ENDED = "ended"
    ABSENT = "absent"


class Act(StrEnum):
    """What is done with a ticket."""

    CALL = "call"
    CALL_AGAIN = "call_again"
    SERVE = "serve"
    FINISH = "finish"
    MARK_ABSENT = "mark_absent"
    PUT_BACK = "put_back"
    LINK = "link"


class Outcome(StrEnum):
    """How a ticket ended; empty while it has not."""

    NONE = ""
    DONE = "done"
    ABSENT = "absent"


OUTCOMES: dict[Outcome, str] = {
    Outcome.NONE: "chưa xong",
    Outcome.DONE: "đã phục vụ",
    Outcome.ABSENT: "vắng mặt",
}

# A call needs no "the person is here": whoever calls the next number says that the one before is done with.
TRANSITIONS: dict[tuple[State, Act], State] = {
    (State.WAITING, Act.CALL): State.CALLED,
    (State.CALLED, Act.CALL_AGAIN): State.CALLED,
    (State.CALLED, Act.SERVE): State.SERVED,
    (State.CALLED, Act.FINISH): State.ENDED,
    (State.SERVED, Act.FINISH): State.ENDED,
    (State.CALLED, Act.MARK_ABSENT): State.ABSENT,
    (State.ABSENT, Act.PUT_BACK): State.WAITING,
    (State.CALLED, Act.LINK): State.SERVED,
    (State.SERVED, Act.LINK): State.SERVED,
    (State.ENDED, Act.LINK): State.ENDED,
}

_REFUSED: dict[Act, str] = {
    Act.CALL: "Số này đã được gọi. Gọi số tiếp theo.",
    Act.CALL_AGAIN: "Chỉ gọi lại được số đang gọi mà người đó chưa đến.",
    Act.SERVE: "Số này không phải số đang gọi.",
    Act.FINISH: "Số này không phải số đang phục vụ.",
    Act.MARK_ABSENT: "Chỉ ghi vắng mặt được số đang gọi mà người đó chưa đến.",
    Act.PUT_BACK: "Chỉ đưa trở lại hàng chờ được số đã ghi vắng mặt.",
    Act.LINK: "Số này chưa được gọi nên chưa ghi hồ sơ vào được.",
}
TWICE = "Số này đã được đưa trở lại hàng chờ một lần. Mời người đó lấy số mới."


def state_of(
    called_at: datetime | None, served_at: datetime | None, ended_at: datetime | None, outcome: str
) -> State:
    """The state that the moments of a ticket tell."""
    if ended_at is not None:
        return State.ABSENT if outcome == Outcome.ABSENT else State.ENDED
    if called_at is None:
        return State.WAITING
    return State.CALLED if served_at is None else State.SERVED


def target(state: State, act: Act, *, put_back_before: bool = False) -> State:
    """The state after an act. Raises RuleViolation when the act does not follow on the state; who was absent comes back into
    the line once, because a number that comes back again and again holds up all others.
    """
    found = TRANSITIONS.get((state, act))
    if found is None:
        raise RuleViolation(_REFUSED[act])
    if act is Act.PUT_BACK and put_back_before:
        raise RuleViolation(TWICE)
    return found
