"""A guide: questions that decide the case, the papers and the fee, and stop early with a reason.

Nghị định 61/2018/NĐ-CP, Điều 17 (hướng dẫn lập hồ sơ đầy đủ một lần): whoever has answered knows everything that is
asked for at once. A guide is checked before people meet it: every answer leads somewhere, none leads back.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

QUESTION, RESULT, STOP = "question", "result", "stop"
MOST_QUESTIONS = 12  # on one way through: longer, and people had better be asked at the counter
_STATE = re.compile(r"(\d{1,4})-((?:\d{1,2}(?:\.\d{1,2}){0,19})?)")


@dataclass(frozen=True)
class Answer:
    """One answer; see `GuideAnswer` for its fields. `next` is the number of a question."""

    label: str
    leads_to: str
    next: int | None = None
    case: str = ""
    adds: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    exemption: str = ""
    reason: str = ""
    instead: str = ""


@dataclass(frozen=True)
class Question:
    """One question with its answers, in order. `number` is its place in the guide, from 1."""

    number: int
    text: str
    help: str = ""
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Known:
    """What the procedure itself knows: cases, papers and reasons of exemption, for checking the guide against it."""

    cases: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    exemptions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fault:
    """What is wrong. `question` counts from 1, 0 for the whole guide."""

    question: int
    message: str


@dataclass(frozen=True)
class Chosen:
    """A question and the answer given to it; `place` counts from 1."""

    question: Question
    answer: Answer
    place: int


@dataclass(frozen=True)
class Way:
    """How far somebody has come: `asked` is the next question, None at the end; `stopped` the answer that ended it."""

    chosen: tuple[Chosen, ...] = ()
    asked: Question | None = None

    @property
    def places(self) -> tuple[int, ...]:
        """The answers given, as their places."""
        return tuple(one.place for one in self.chosen)

    @property
    def stopped(self) -> Answer | None:
        """The answer that ended the way without a result."""
        last = self.chosen[-1].answer if self.chosen else None
        return last if last and last.leads_to == STOP else None

    @property
    def is_decided(self) -> bool:
        """Whether the case, the papers and the fee are known."""
        return self.asked is None and self.stopped is None and bool(self.chosen)


@dataclass(frozen=True)
class Outcome:
    """What the answers add up to."""

    case: str = ""
    adds: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    exemption: str = ""


@dataclass(frozen=True)
class GuideTree:
    """The questions of a guide in their order; the first is asked first, and answers lead forward only."""

    questions: tuple[Question, ...] = ()

    @property
    def by_number(self) -> dict[int, Question]:
        """The questions by their number."""
        return {one.number: one for one in self.questions}


def walk(tree: GuideTree, places: Iterable[int]) -> Way:
    """Follow the answers as far as they fit; what does not fit is left off, so that an old address asks again."""
    chosen: list[Chosen] = []
    question = tree.questions[0] if tree.questions else None
    for place in places:
        if question is None or not 1 <= place <= len(question.answers) or len(chosen) >= len(tree.questions):
            break
        answer = question.answers[place - 1]
        chosen.append(Chosen(question, answer, place))
        question = tree.by_number.get(answer.next or 0) if answer.leads_to == QUESTION else None
        if answer.leads_to != QUESTION:
            break
    return Way(tuple(chosen), question)


def outcome(way: Way) -> Outcome:
    """What the answers on the way say together: the last case and exemption named, all papers, each once."""
    answers = [one.answer for one in way.chosen]
    drops = tuple(dict.fromkeys(name for answer in answers for name in answer.drops))
    adds = tuple(dict.fromkeys(name for answer in answers for name in answer.adds if name not in drops))
    case = next((answer.case for answer in reversed(answers) if answer.case), "")
    return Outcome(case, adds, drops, next((a.exemption for a in reversed(answers) if a.exemption), ""))


def state(number: int, places: Iterable[int]) -> str:
    """The answers given to guide `number` as an address carries them: "3-1.2.1"."""
    return f"{number}-{'.'.join(map(str, places))}"


def read_state(text: str) -> tuple[int, tuple[int, ...]]:
    """The guide's number and the answers of an address; (0, ()) for anything else. Bounded: at most 20 answers."""
    match = _STATE.fullmatch(text) if text.isascii() else None
    if match is None:
        return 0, ()
    return int(match[1]), tuple(int(place) for place in match[2].split(".") if place)


def check(tree: GuideTree, known: Known) -> list[Fault]:
    """Everything that is wrong with a guide: dead ends, loops, questions that nobody is asked, names that do not exist."""
    if not tree.questions:
        return [Fault(0, "Hướng dẫn chưa có câu hỏi nào. Thêm câu hỏi đầu tiên.")]
    faults = [fault for question in tree.questions for fault in _faults_of(question, tree, known)]
    return faults + _unreached(tree) + _too_long(tree)


def _faults_of(question: Question, tree: GuideTree, known: Known) -> Iterable[Fault]:
    if len(question.answers) < 2:
        yield Fault(question.number, f"Câu {question.number} cần ít nhất hai câu trả lời.")
    labels = [answer.label for answer in question.answers]
    if len(set(labels)) < len(labels):
        yield Fault(question.number, f"Câu {question.number} có hai câu trả lời giống nhau.")
    for answer in question.answers:
        for message in _faults_in(question, answer, tree, known):
            yield Fault(question.number, f"Câu {question.number}, trả lời “{answer.label}”: {message}")


def _faults_in(question: Question, answer: Answer, tree: GuideTree, known: Known) -> Iterable[str]:
    if answer.leads_to == QUESTION and (answer.next or 0) not in tree.by_number:
        yield "chưa chọn câu hỏi tiếp."
    elif answer.leads_to == QUESTION and (answer.next or 0) <= question.number:
        yield f"câu hỏi tiếp phải đứng sau câu {question.number}, để không ai bị hỏi vòng."
    if answer.leads_to == STOP and not answer.reason:
        yield "dừng thì phải nêu lý do."
    if answer.case and answer.case not in known.cases:
        yield f"thủ tục không có trường hợp “{answer.case}”."
    for name in answer.drops:
        if name not in known.papers:
            yield f"thủ tục không có giấy tờ “{name[:80]}” để bỏ ra."
    if answer.exemption and answer.exemption not in known.exemptions:
        yield f"biểu mức thu không có đối tượng miễn, giảm “{answer.exemption}”."


def _next_numbers(question: Question) -> list[int]:
    return [
        a.next
        for a in question.answers
        if a.leads_to == QUESTION and a.next is not None and a.next > question.number
    ]


def _unreached(tree: GuideTree) -> list[Fault]:
    reached, waiting = set[int](), [tree.questions[0].number]
    while waiting:
        number = waiting.pop()
        if number in tree.by_number and number not in reached:
            reached.add(number)
            waiting += _next_numbers(tree.by_number[number])
    return [
        Fault(one.number, f"Không câu trả lời nào dẫn đến câu {one.number}. Nối vào hoặc xóa câu này.")
        for one in tree.questions
        if one.number not in reached
    ]


def _too_long(tree: GuideTree) -> list[Fault]:
    length = longest(tree)
    if length <= MOST_QUESTIONS:
        return []
    return [Fault(0, f"Có lối đi dài {length} câu; nhiều nhất {MOST_QUESTIONS}. Bỏ câu không cần hỏi.")]


def longest(tree: GuideTree) -> int:
    """The most questions that anyone is asked. Answers lead forward only, so the ends are known first."""
    steps: dict[int, int] = {}
    for question in reversed(tree.questions):
        steps[question.number] = 1 + max((steps.get(n, 0) for n in _next_numbers(question)), default=0)
    return steps[tree.questions[0].number] if tree.questions else 0
