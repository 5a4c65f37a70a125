"""Questionnaires as data: sections and questions, whom a section is for, what an answer may be.

A section may be shown only to who gave certain answers to a question of an earlier section; nothing more, so that it works
without scripts and can be read on paper ("trả lời nếu câu 3 chọn …").
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from motcua.core.errors import RuleViolation

# QĐ 2640/QĐ-BNV năm 2017: the five factors; 0: no factor (satisfaction as a whole, about the person).
FACTORS: dict[int, str] = {
    1: "Tiếp cận dịch vụ",
    2: "Thủ tục hành chính",
    3: "Công chức trực tiếp giải quyết",
    4: "Kết quả cung ứng dịch vụ",
    5: "Tiếp nhận, giải quyết góp ý, phản ánh, kiến nghị",
}
MARKS: dict[int, str] = {
    5: "Rất hài lòng",
    4: "Hài lòng",
    3: "Bình thường",
    2: "Không hài lòng",
    1: "Rất không hài lòng",
}
NO_OPINION = 0  # not a valid answer
CODE = re.compile(r"[a-z0-9_]{1,20}")
MOST_QUESTIONS, MOST_TEXT = 120, 1000


class Kind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"
    CHOICE = "choice"
    TEXT = "text"


KIND_WORDS = {Kind.SCALE: "năm mức hài lòng", Kind.CHOICE: "chọn một", Kind.TEXT: "viết tự do"}


@dataclass(frozen=True)
class Question:
    """One question."""

    code: str
    text: str
    kind: Kind
    required: bool = True
    options: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Value and label of what may be chosen; nothing for free text."""
        if self.kind is Kind.SCALE:
            return (
                *((str(mark), label) for mark, label in MARKS.items()),
                (str(NO_OPINION), "Không có ý kiến"),
            )
        return tuple((str(n), label) for n, label in enumerate(self.options, 1))


@dataclass(frozen=True)
class Section:
    """Questions on one page. `factor`: 1–5, or 0. `on`, `within`: shown only when that question has one of these answers."""

    code: str
    title: str
    factor: int
    questions: tuple[Question, ...]
    on: str = ""
    within: tuple[str, ...] = ()

    def is_shown(self, answers: Mapping[str, str]) -> bool:
        """Whether somebody with these answers sees it."""
        return not self.on or answers.get(self.on, "") in self.within


@dataclass(frozen=True)
class Form:
    """A whole questionnaire."""

    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in order."""
        return tuple(q for s in self.sections for q in s.questions)

    def shown(self, answers: Mapping[str, str]) -> tuple[Section, ...]:
        """The sections that somebody with these answers sees; a hidden section's answers open nothing."""
        seen: list[Section] = []
        known: dict[str, str] = {}
        for section in self.sections:
            if section.is_shown(known):
                seen.append(section)
                known |= {q.code: answers.get(q.code, "") for q in section.questions}
        return tuple(seen)


def form_of(data: Mapping[str, Any]) -> Form:
    """The questionnaire that the data describe. Raises RuleViolation listing every fault."""
    sections = tuple(_section(one) for one in data.get("sections", ()))
    form = Form(sections)
    if faults := faults_of(form):
        raise RuleViolation(" ".join(faults))
    return form


def _section(data: Mapping[str, Any]) -> Section:
    questions = tuple(_question(one) for one in data.get("questions", ()))
    return Section(
        str(data.get("code", "")), str(data.get("title", "")), int(data.get("factor", 0)), questions,
        str(data.get("on", "")), tuple(map(str, data.get("within", ()))),
    )  # fmt: skip


def _question(data: Mapping[str, Any]) -> Question:
    kind = Kind(data.get("kind", "scale"))
    options = tuple(map(str, data.get("options", ())))
    return Question(
        str(data.get("code", "")), str(data.get("text", "")), kind, bool(data.get("required", True)), options
    )


def faults_of(form: Form) -> list[str]:
    """What is wrong with a questionnaire, in sentences."""
    codes = [q.code for q in form.questions]
    found = [f"Mã “{code}” dùng hai lần." for code in sorted({c for c in codes if codes.count(c) > 1})]
    found += [
        f"Mã “{c}” không hợp lệ: chỉ dùng chữ thường không dấu, số, gạch dưới."
        for c in codes
        if not CODE.fullmatch(c)
    ]
    if len(codes) > MOST_QUESTIONS:
        found.append(f"Quá {MOST_QUESTIONS} câu hỏi.")
    earlier: dict[str, Question] = {}
    for section in form.sections:
        found += _faults_of_section(section, earlier)
        earlier |= {q.code: q for q in section.questions}
    return found


def _faults_of_section(section: Section, earlier: Mapping[str, Question]) -> list[str]:
    name = section.title or section.code
    found = [] if section.title else ["Có phần chưa đặt tên."]
    if section.factor not in (0, *FACTORS):
        found.append(f"Phần “{name}”: yếu tố phải từ 1 đến 5, hoặc để trống.")
    if section.on and section.on not in earlier:
        found.append(f"Phần “{name}”: điều kiện phải dựa vào câu của phần đứng trước.")
    elif section.on and not set(section.within) & {value for value, _ in earlier[section.on].choices}:
        found.append(f"Phần “{name}”: chọn ít nhất một câu trả lời làm điều kiện.")
    for q in section.questions:
        if not q.text:
            found.append(f"Phần “{name}”: câu {q.code} chưa có nội dung.")
        if q.kind is Kind.CHOICE and len(q.options) < 2:
            found.append(f"Câu “{q.text or q.code}”: nhập ít nhất hai lựa chọn, mỗi lựa chọn một dòng.")
    return found


def publishable(form: Form) -> list[str]:
    """What keeps a questionnaire from being used although it is well formed."""
    found = [f"Phần “{s.title}” chưa có câu hỏi." for s in form.sections if not s.questions]
    if not any(q.kind is Kind.SCALE for q in form.questions):
        found.append("Cần ít nhất một câu năm mức hài lòng.")
    return found


def check_section(section: Section, raw: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The answers of a section that hold, and what is wrong by question."""
    answers: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for q in section.questions:
        text = str(raw.get(q.code, "")).strip()
        if not text:
            if q.required and q.kind is not Kind.TEXT:
                wrong[q.code] = "Chọn một câu trả lời."
        elif q.kind is Kind.TEXT:
            answers[q.code] = text[:MOST_TEXT]
        elif text in {value for value, _ in q.choices}:
            answers[q.code] = text
        else:
            wrong[q.code] = "Chọn lại một trong các câu trả lời."
    return answers, wrong


def check_all(form: Form, raw: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The answers of the sections that this person sees, and what is wrong; what nobody asked is dropped."""
    answers: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for section in form.sections:
        if section.is_shown(answers):
            held, faults = check_section(section, raw)
            answers |= held
            wrong |= faults
    return answers, wrong


def differing(form: Form, first: Mapping[str, str], second: Mapping[str, str]) -> list[str]:
    """The codes of the questions answered differently in two entries of one sheet."""
    return [q.code for q in form.questions if first.get(q.code, "") != second.get(q.code, "")]


# Changing a draft ----------------------------------------------------------------------------------------------------


def put_section(data: Mapping[str, Any], code: str, **values: Any) -> dict[str, Any]:
    """The data with a section added or changed; its questions stay."""
    sections = [dict(s) for s in data.get("sections", ())]
    found = next((s for s in sections if s["code"] == code), None)
    if found is None:
        found = {"code": code, "questions": []}
        sections.append(found)
    found.update(values)
    return {**data, "sections": sections}


def put_question(data: Mapping[str, Any], section: str, code: str, **values: Any) -> dict[str, Any]:
    """The data with a question of a section added or changed."""
    sections = [dict(s) for s in data.get("sections", ())]
    for one in sections:
        if one["code"] == section:
            questions = [dict(q) for q in one.get("questions", ())]
            found = next((q for q in questions if q["code"] == code), None)
            if found is None:
                found = {"code": code}
                questions.append(found)
            found.update(values)
            one["questions"] = questions
    return {**data, "sections": sections}


def without(data: Mapping[str, Any], code: str) -> dict[str, Any]:
    """The data without a section or question of this code."""
    sections = [
        {**s, "questions": [q for q in s.get("questions", ()) if q["code"] != code]}
        for s in data.get("sections", ())
        if s["code"] != code
    ]
    return {**data, "sections": sections}


def next_code(data: Mapping[str, Any], letter: str) -> str:
    """A code that is not used yet: "s3", "q12"."""
    used: Iterable[str] = (
        code
        for s in data.get("sections", ())
        for code in (s["code"], *(q["code"] for q in s.get("questions", ())))
    )
    numbers = [int(code[1:]) for code in used if code[:1] == letter and code[1:].isdigit()]
    return f"{letter}{max(numbers, default=0) + 1}"
