"""Where somebody stands in a questionnaire: the section to show next, and everything answered before it."""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.surveys.rules.questionnaire import Form, Kind, Question, Section, check_section


@dataclass(frozen=True)
class Asked:
    """A question on the page: `choices` are value, label, whether chosen."""

    question: Question
    choices: tuple[tuple[str, str, bool], ...]
    value: str
    fault: str

    @property
    def is_scale(self) -> bool:
        """Whether it has the five marks."""
        return self.question.kind is Kind.SCALE


@dataclass(frozen=True)
class Step:
    """`section` is None when all is answered. `before`: earlier answers, which travel as hidden fields."""

    section: Section | None
    number: int
    of: int
    answers: Mapping[str, str]
    before: Mapping[str, str]
    wrong: Mapping[str, str]
    asked: tuple[Asked, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether every section that this person sees is answered."""
        return self.section is None


def step_of(form: Form, posted: Mapping[str, str] | None) -> Step:
    """The first section with something missing. What was posted for the section named `at` is judged, later ones are shown
    anew; a section never posted has no faults yet.
    """
    raw = dict(posted or {})
    sent = raw.get("at", "")
    answers: dict[str, str] = {}
    count = len(form.sections)
    for number, section in enumerate(form.sections, 1):
        if not section.is_shown(answers):
            continue
        held, wrong = check_section(section, raw)
        seen = posted is not None and (section.code == sent or _passed(form, section, sent))
        if wrong or not seen:
            shown = wrong if seen else {}
            asked = tuple(_asked(q, raw, shown) for q in section.questions)
            return Step(section, number, count, answers, dict(answers), shown, asked)
        answers |= held
    return Step(None, count, count, answers, {}, {})


def _passed(form: Form, section: Section, sent: str) -> bool:
    codes = [s.code for s in form.sections]
    return sent in codes and codes.index(section.code) < codes.index(sent)


def _asked(question: Question, raw: Mapping[str, str], wrong: Mapping[str, str]) -> Asked:
    value = str(raw.get(question.code, ""))
    choices = tuple((v, label, v == value) for v, label in question.choices)
    return Asked(question, choices, value, wrong.get(question.code, ""))
