"""Separation of duties on one dossier: who received it neither resolves it nor signs it, who resolved it
does not sign.

The law asks for it by dividing the work (Nghị định 61/2018/NĐ-CP, Điều 17-19; Nghị định 118/2025/NĐ-CP);
a commune with few people may set it aside for procedures answered on the same day, by the dated setting
`separation_of_duties`.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum

from motcua.core.errors import RuleViolation


class Duty(StrEnum):
    """A part in a dossier that one person may not combine with another."""

    RECEIVE = "receive"
    RESOLVE = "resolve"
    SIGN = "sign"


class Separation(StrEnum):
    """How strictly duties are kept apart."""

    STRICT = "strict"
    SAME_DAY_EXEMPT = "same_day_exempt"
    OFF = "off"


NAMES: dict[Duty, str] = {
    Duty.RECEIVE: "tiếp nhận",
    Duty.RESOLVE: "thụ lý, giải quyết",
    Duty.SIGN: "ký duyệt",
}


def conflict(
    duty: Duty,
    person: int,
    done: Mapping[Duty, Collection[int]],
    *,
    separation: Separation | str = Separation.SAME_DAY_EXEMPT,
    same_day: bool = False,
) -> Duty | None:
    """The duty already done by `person` on this dossier that forbids `duty`; None when there is none.

    `done` maps duties to ids of the people who did them; `same_day` tells that the procedure is answered
    on the same day.
    """
    if separation == Separation.OFF or (separation == Separation.SAME_DAY_EXEMPT and same_day):
        return None
    others = (other for other in Duty if other != duty)
    return next((other for other in others if person in done.get(other, ())), None)


def require_separate(
    duty: Duty,
    person: int,
    done: Mapping[Duty, Collection[int]],
    *,
    separation: Separation | str = Separation.SAME_DAY_EXEMPT,
    same_day: bool = False,
) -> None:
    """Raise RuleViolation when `person` may not take up `duty` because of another one they did on the
    dossier.
    """
    found = conflict(duty, person, done, separation=separation, same_day=same_day)
    if found:
        raise RuleViolation(
            f"Bạn đã {NAMES[found]} hồ sơ này nên không được {NAMES[duty]}. Chuyển cho người khác thực hiện."
        )
