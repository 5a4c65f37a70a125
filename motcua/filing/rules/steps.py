"""The pages of one filing in their order: one thing per page."""

from collections.abc import Collection, Sequence

OFFICE, CASE, FOR, PARTY, FEES, PAPERS, DELIVERY, REVIEW = (
    "noi-nop",
    "truong-hop",
    "cho-ai",
    "chu-ho-so",
    "phi-le-phi",
    "giay-to",
    "nhan-ket-qua",
    "kiem-tra",
)
SECTION = "to-khai-"


def steps_for(
    *, has_cases: bool, sections: Sequence[str], has_papers: bool, asks_fees: bool = False
) -> tuple[str, ...]:
    """The steps that this filing goes through. `sections`: keys of the form's sections that are shown for these answers.
    What decides the fee is asked before the papers: an exemption asks for one more.
    """
    cases = (CASE,) if has_cases else ()
    more = (*((FEES,) if asks_fees else ()), *((PAPERS,) if has_papers else ()))
    return (OFFICE, *cases, FOR, PARTY, *(SECTION + key for key in sections), *more, DELIVERY, REVIEW)


def section_of(step: str) -> str:
    """The key of the form's section that a step shows; empty for another step."""
    return step.removeprefix(SECTION) if step.startswith(SECTION) else ""


def next_of(steps: Sequence[str], step: str) -> str:
    """The step that follows; the last one after a step that is not among them any more."""
    place = steps.index(step) + 1 if step in steps else len(steps) - 1
    return steps[min(place, len(steps) - 1)]


def previous_of(steps: Sequence[str], step: str) -> str:
    """The step before; empty before the first."""
    place = steps.index(step) if step in steps else 0
    return steps[place - 1] if place else ""


def resume_at(steps: Sequence[str], position: str, done: Collection[str]) -> str:
    """Where a person goes on: where they were, else the first step that is not done."""
    if position in steps:
        return position
    return next((step for step in steps if step not in done), steps[-1])


def open_steps(steps: Sequence[str], done: Collection[str]) -> tuple[str, ...]:
    """The steps before the last page that have not been gone through."""
    return tuple(step for step in steps[:-1] if step not in done)
