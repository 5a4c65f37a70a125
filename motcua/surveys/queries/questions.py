"""All questions of a questionnaire on one page, as staff type them in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from motcua.surveys.rules.questionnaire import Form, Question


@dataclass(frozen=True)
class AskedQuestion:
    """A question on the page: `choices` are value, label, whether chosen."""

    question: Question
    choices: tuple[tuple[str, str, bool], ...]
    value: str
    fault: str


@dataclass(frozen=True)
class AskedSection:
    """A section with its questions; `condition`: to whom it is put, "" for everybody."""

    title: str
    condition: str
    asked: tuple[AskedQuestion, ...]


def asked_all(form: Form, given: Mapping[str, str], marked: Collection[str]) -> list[AskedSection]:
    """The sections in order, what was given chosen, some questions marked as differing."""
    texts = {q.code: q for q in form.questions}
    found = []
    for section in form.sections:
        condition = ""
        if section.on:
            labels = [label for value, label in texts[section.on].choices if value in section.within]
            condition = f"Chỉ hỏi khi “{texts[section.on].text}”: {', '.join(labels)}. Không thì để trống."
        found.append(
            AskedSection(section.title, condition, tuple(_asked(q, given, marked) for q in section.questions))
        )
    return found


def _asked(question: Question, given: Mapping[str, str], marked: Collection[str]) -> AskedQuestion:
    value = given.get(question.code, "")
    choices = tuple((v, label, v == value) for v, label in question.choices)
    return AskedQuestion(
        question, choices, value, "Hai lần nhập khác nhau." if question.code in marked else ""
    )
