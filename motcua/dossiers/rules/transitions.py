"""The life of a dossier as a table: from a state, by an act, to a state (DOMAIN 2.2; NĐ 61/2018, NĐ 118/2025).

The table is data. It prints beside the decree (`as_rows`), the acts ask it (`target`), and the tests walk every
pair of state and act. An act whose source and target are the same changes no state but is lawful only there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from motcua.core.errors import RuleViolation
from motcua.dossiers.rules.states import LABELS, Status


class Act(StrEnum):
    """What can be done to a dossier; the value is also the kind of the event in the log ("dossier.<value>")."""

    SUBMIT = "submit"
    RECEIVE = "receive"
    ACCEPT = "accept"
    DECLINE = "decline"
    ASK_PRE_SUPPLEMENT = "ask_pre_supplement"
    COMPLETE_PRE_SUPPLEMENT = "complete_pre_supplement"
    HAND_OVER = "hand_over"
    TAKE_OVER = "take_over"
    COMPLETE_TASK = "complete_task"
    TO_SIGNATURE = "to_signature"
    CONTINUE = "continue"
    SIGN = "sign"
    SEND_BACK = "send_back"
    MARK_READY = "mark_ready"
    ASK_OPINION = "ask_opinion"
    ANSWER_OPINION = "answer_opinion"
    END_OPINIONS = "end_opinions"
    ASK_SUPPLEMENT = "ask_supplement"
    COMPLETE_SUPPLEMENT = "complete_supplement"
    ISSUE_OBLIGATION = "issue_obligation"
    MEET_OBLIGATION = "meet_obligation"
    APOLOGISE = "apologise"
    REFUSE = "refuse"
    STOP = "stop"
    ASK_WITHDRAWAL = "ask_withdrawal"
    CANCEL_WITHDRAWAL = "cancel_withdrawal"
    CONFIRM_WITHDRAWAL = "confirm_withdrawal"
    NOTIFY_READY = "notify_ready"
    RETURN = "return"
    CONFIRM_DELIVERY = "confirm_delivery"
    TAKE_BACK = "take_back"
    ARCHIVE = "archive"
    START_CORRECTION = "start_correction"
    FINISH_CORRECTION = "finish_correction"


class Side(StrEnum):
    """Whose permission counts: the office that received, the agency that resolves, the agency of a live task, or of any
    task, also of one that is done. HOLDER: beside them the citizen whose account holds the dossier, without a permission.
    """

    OFFICE = "office"
    RESOLVER = "resolver"
    TASK = "task"
    WORKER = "worker"
    HOLDER = "holder"


class Clock(StrEnum):
    """What the act does to the legal clock."""

    NONE = "none"
    ACCEPTANCE = "acceptance"
    START = "start"
    RUNS = "runs"
    SUSPEND = "suspend"
    RESUME = "resume"
    RESTART = "restart"
    EXTEND = "extend"
    END = "end"


ACT_LABELS: dict[Act, str] = {
    Act.SUBMIT: "Nộp hồ sơ",
    Act.RECEIVE: "Tiếp nhận",
    Act.ACCEPT: "Tiếp nhận hồ sơ đã nộp",
    Act.DECLINE: "Từ chối tiếp nhận",
    Act.ASK_PRE_SUPPLEMENT: "Yêu cầu bổ sung trước tiếp nhận",
    Act.COMPLETE_PRE_SUPPLEMENT: "Nhận bổ sung trước tiếp nhận",
    Act.HAND_OVER: "Chuyển hồ sơ",
    Act.TAKE_OVER: "Ký nhận hồ sơ",
    Act.COMPLETE_TASK: "Hoàn thành công việc",
    Act.TO_SIGNATURE: "Trình ký",
    Act.CONTINUE: "Chuyển bước xử lý tiếp theo",
    Act.SIGN: "Ký kết quả",
    Act.SEND_BACK: "Trả lại để làm lại",
    Act.MARK_READY: "Báo có kết quả",
    Act.ASK_OPINION: "Lấy ý kiến",
    Act.ANSWER_OPINION: "Trả lời ý kiến",
    Act.END_OPINIONS: "Kết thúc lấy ý kiến",
    Act.ASK_SUPPLEMENT: "Yêu cầu bổ sung",
    Act.COMPLETE_SUPPLEMENT: "Nhận đủ bổ sung",
    Act.ISSUE_OBLIGATION: "Thông báo nghĩa vụ tài chính",
    Act.MEET_OBLIGATION: "Ghi nhận hoàn thành nghĩa vụ tài chính",
    Act.APOLOGISE: "Xin lỗi, hẹn lại",
    Act.REFUSE: "Từ chối giải quyết",
    Act.STOP: "Dừng giải quyết",
    Act.ASK_WITHDRAWAL: "Đề nghị rút hồ sơ",
    Act.CANCEL_WITHDRAWAL: "Hủy đề nghị rút",
    Act.CONFIRM_WITHDRAWAL: "Xác nhận rút hồ sơ",
    Act.NOTIFY_READY: "Báo công dân đến nhận",
    Act.RETURN: "Trả kết quả",
    Act.CONFIRM_DELIVERY: "Ghi nhận bưu chính đã phát",
    Act.TAKE_BACK: "Ghi nhận bưu chính hoàn lại",
    Act.ARCHIVE: "Lưu hồ sơ",
    Act.START_CORRECTION: "Sửa sai sót",
    Act.FINISH_CORRECTION: "Sửa xong sai sót",
}


@dataclass(frozen=True, slots=True)
class Transition:
    """One line of the table. `permissions`: any of them, held on any of the `sides`; `form` is the notice's kind."""

    source: Status | None
    act: Act
    target: Status
    permissions: tuple[str, ...]
    sides: tuple[Side, ...]
    form: str = ""
    clock: Clock = Clock.NONE
    article: str = ""


_S, _A, _C = Status, Act, Clock
_OFFICE, _RESOLVER, _TASK = (Side.OFFICE,), (Side.RESOLVER, Side.TASK), (Side.TASK,)
_EITHER = (Side.OFFICE, Side.RESOLVER, Side.TASK)
_OWN = (Side.OFFICE, Side.HOLDER)
_IN_HAND = (_S.IN_REVIEW, _S.WAIT_OPINION, _S.FOR_SIGNATURE)
_RUNNING = (_S.RECEIVED, _S.TRANSFERRED, *_IN_HAND)
_OPEN = (*_RUNNING, _S.POST_SUPPLEMENT, _S.WAIT_FINANCE)
_READY = ("dossier.process", "dossier.issue", "dossier.return_result", "dossier.hand_over")
_WORK = ("dossier.process", "dossier.issue", "dossier.hand_over", "dossier.return_result")


def _many(
    sources: tuple[Status, ...], act: Act, target: Status | None, *rest: object
) -> tuple[Transition, ...]:
    """The same line for several sources; no target means that the state stays."""
    return tuple(Transition(s, act, target or s, *rest) for s in sources)  # type: ignore[arg-type]  # rows of the table have this shape


TRANSITIONS: tuple[Transition, ...] = (
    # Before reception: no statutory clock yet (NĐ 61/2018, Điều 17).
    Transition(None, _A.SUBMIT, _S.SUBMITTED, ("dossier.receive",), _OFFICE, "", _C.ACCEPTANCE, "NĐ 61/2018, Điều 16"),
    Transition(_S.DRAFT, _A.SUBMIT, _S.SUBMITTED, ("dossier.receive",), _OFFICE, "", _C.ACCEPTANCE, "NĐ 61/2018, Điều 16"),
    Transition(None, _A.RECEIVE, _S.RECEIVED, ("dossier.receive",), _OFFICE, "receipt_slip", _C.START, "NĐ 61/2018, Điều 17"),
    *_many(
        (_S.SUBMITTED, _S.PRE_SUPPLEMENT), _A.ACCEPT, _S.RECEIVED,
        ("dossier.receive",), _OFFICE, "receipt_slip", _C.START, "NĐ 61/2018, Điều 17",
    ),
    *_many(
        (_S.SUBMITTED, _S.PRE_SUPPLEMENT), _A.DECLINE, _S.NOT_ACCEPTED,
        ("dossier.refuse",), _OFFICE, "rejection_notice", _C.NONE, "NĐ 61/2018, Điều 17 khoản 1 điểm b",
    ),
    Transition(
        _S.SUBMITTED, _A.ASK_PRE_SUPPLEMENT, _S.PRE_SUPPLEMENT, ("dossier.supplement",), _OFFICE,
        "supplement_request", _C.NONE, "NĐ 61/2018, Điều 17 khoản 1 điểm a",
    ),
    Transition(
        _S.PRE_SUPPLEMENT, _A.COMPLETE_PRE_SUPPLEMENT, _S.SUBMITTED, ("dossier.receive", "dossier.supplement"), _OWN,
        "", _C.ACCEPTANCE, "NĐ 61/2018, Điều 17",
    ),
    *_many((_S.SUBMITTED, _S.PRE_SUPPLEMENT), _A.CONFIRM_WITHDRAWAL, _S.WITHDRAWN, ("dossier.withdraw",), _OWN, "", _C.NONE, ""),
    # Transfer and work.
    Transition(
        _S.RECEIVED, _A.HAND_OVER, _S.TRANSFERRED, ("dossier.hand_over",), _OFFICE, "control_slip", _C.RUNS,
        "NĐ 61/2018, Điều 18",
    ),
    Transition(
        _S.TRANSFERRED, _A.TAKE_OVER, _S.IN_REVIEW, ("dossier.process", "dossier.hand_over", "dossier.assign", "dossier.sign"), _TASK,
        "control_slip", _C.RUNS, "NĐ 61/2018, Điều 18",
    ),
    *_many(
        _IN_HAND, _A.TAKE_OVER, None,
        ("dossier.process", "dossier.hand_over", "dossier.assign", "dossier.sign", "dossier.issue"), _TASK,
        "control_slip", _C.RUNS, "NĐ 61/2018, Điều 18",
    ),
    *_many(_IN_HAND, _A.COMPLETE_TASK, None, _WORK, _TASK, "control_slip", _C.RUNS, "NĐ 61/2018, Điều 19"),
    *_many(
        (_S.IN_REVIEW, _S.WAIT_OPINION), _A.TO_SIGNATURE, _S.FOR_SIGNATURE,
        _WORK, _TASK, "", _C.RUNS, "NĐ 61/2018, Điều 19",
    ),
    *_many((_S.FOR_SIGNATURE, _S.WAIT_OPINION), _A.CONTINUE, _S.IN_REVIEW, (*_WORK, "dossier.sign"), _TASK, "", _C.RUNS, "NĐ 61/2018, Điều 19 khoản 6, 7"),
    Transition(_S.RECEIVED, _A.SIGN, _S.RECEIVED, ("dossier.sign",), _EITHER, "", _C.RUNS, "NĐ 61/2018, Điều 19 (giải quyết trong ngày)"),
    Transition(_S.FOR_SIGNATURE, _A.SIGN, _S.FOR_SIGNATURE, ("dossier.sign",), _TASK, "", _C.RUNS, "NĐ 61/2018, Điều 19"),
    Transition(_S.FOR_SIGNATURE, _A.SEND_BACK, _S.IN_REVIEW, ("dossier.sign",), _TASK, "", _C.RUNS, "NĐ 61/2018, Điều 19"),
    *_many(
        (_S.RECEIVED, _S.IN_REVIEW, _S.WAIT_OPINION, _S.FOR_SIGNATURE), _A.MARK_READY, _S.RESULT_READY,
        _READY, _EITHER, "", _C.END, "NĐ 61/2018, Điều 20",
    ),
    # Opinions never suspend (NĐ 61/2018, Điều 19 khoản 5).
    *_many((_S.IN_REVIEW, _S.WAIT_OPINION), _A.ASK_OPINION, _S.WAIT_OPINION, ("dossier.process",), _RESOLVER, "", _C.RUNS, "NĐ 61/2018, Điều 19 khoản 5"),
    Transition(_S.WAIT_OPINION, _A.ANSWER_OPINION, _S.WAIT_OPINION, ("dossier.opinion",), _TASK, "", _C.RUNS, "NĐ 61/2018, Điều 19 khoản 5"),
    Transition(_S.WAIT_OPINION, _A.END_OPINIONS, _S.IN_REVIEW, ("dossier.process", "dossier.opinion"), _RESOLVER, "", _C.RUNS, "NĐ 61/2018, Điều 19 khoản 5"),
    # A supplement after acceptance restarts, an obligation suspends, an apology extends.
    Transition(
        _S.IN_REVIEW, _A.ASK_SUPPLEMENT, _S.POST_SUPPLEMENT, ("dossier.supplement",), _RESOLVER,
        "supplement_request", _C.SUSPEND, "NĐ 61/2018, Điều 19 khoản 4",
    ),
    Transition(
        _S.POST_SUPPLEMENT, _A.COMPLETE_SUPPLEMENT, _S.IN_REVIEW, ("dossier.receive", "dossier.supplement"), (*_EITHER, Side.HOLDER),
        "", _C.RESTART, "NĐ 61/2018, Điều 19 khoản 4",
    ),
    Transition(
        _S.IN_REVIEW, _A.ISSUE_OBLIGATION, _S.WAIT_FINANCE, ("dossier.suspend",), _RESOLVER,
        "", _C.SUSPEND, "pháp luật chuyên ngành (đất đai, thuế)",
    ),
    Transition(
        _S.WAIT_FINANCE, _A.MEET_OBLIGATION, _S.IN_REVIEW, ("dossier.suspend", "dossier.receive", "dossier.process"), _EITHER,
        "", _C.RESUME, "pháp luật chuyên ngành (đất đai, thuế)",
    ),
    *_many(_OPEN[1:], _A.APOLOGISE, None, ("dossier.apologise",), _EITHER, "apology_notice", _C.EXTEND, "NĐ 61/2018, Điều 19 khoản 9"),
    # Endings other than a result.
    *_many(
        _IN_HAND, _A.REFUSE, _S.REFUSED, ("dossier.refuse",), _RESOLVER,
        "rejection_notice", _C.END, "NĐ 61/2018, Điều 19 khoản 8; NĐ 63/2010, Điều 18 khoản 5",
    ),
    *_many(
        (_S.IN_REVIEW, _S.WAIT_OPINION, _S.POST_SUPPLEMENT, _S.WAIT_FINANCE), _A.STOP, _S.STOPPED,
        ("dossier.stop",), _RESOLVER, "stop_notice", _C.END, "NĐ 118/2025; TT 03/2025/TT-VPCP, Mẫu số 05",
    ),
    *_many(_OPEN, _A.ASK_WITHDRAWAL, _S.WITHDRAW_REQUESTED, ("dossier.withdraw",), _OWN, "", _C.RUNS, "NĐ 61/2018, Điều 6"),
    *(Transition(_S.WITHDRAW_REQUESTED, _A.CANCEL_WITHDRAWAL, s, ("dossier.withdraw",), _OWN, "", _C.RUNS, "") for s in _OPEN),
    Transition(_S.WITHDRAW_REQUESTED, _A.CONFIRM_WITHDRAWAL, _S.WITHDRAWN, ("dossier.withdraw",), _OFFICE, "", _C.END, "NĐ 61/2018, Điều 6"),
    # After the result: lateness is already fixed.
    Transition(_S.RESULT_READY, _A.NOTIFY_READY, _S.WAIT_COLLECT, ("dossier.return_result",), _OFFICE, "", _C.NONE, "NĐ 61/2018, Điều 20"),
    *_many((_S.RESULT_READY, _S.WAIT_COLLECT), _A.RETURN, _S.RETURNED, ("dossier.return_result",), _OFFICE, "", _C.NONE, "NĐ 61/2018, Điều 20"),
    # By post: the state stays, so the national code stays 10; what came back is handed out again.
    Transition(_S.RETURNED, _A.CONFIRM_DELIVERY, _S.RETURNED, ("dossier.return_result",), _OFFICE, "", _C.NONE, "NĐ 61/2018, Điều 20"),
    Transition(_S.RETURNED, _A.TAKE_BACK, _S.RETURNED, ("dossier.return_result",), _OFFICE, "", _C.NONE, "NĐ 61/2018, Điều 20"),
    Transition(_S.RETURNED, _A.RETURN, _S.RETURNED, ("dossier.return_result",), _OFFICE, "", _C.NONE, "NĐ 61/2018, Điều 20"),
    Transition(_S.RETURNED, _A.ARCHIVE, _S.ARCHIVED, ("dossier.return_result", "dossier.issue", "dossier.process"), _EITHER, "", _C.NONE, "Luật Lưu trữ 33/2024/QH15"),
    *_many((_S.RETURNED, _S.ARCHIVED), _A.START_CORRECTION, _S.ERROR_FIX, ("dossier.correct",), (Side.OFFICE, Side.RESOLVER, Side.WORKER), "error_apology", _C.NONE, "NĐ 61/2018, Điều 21"),
    Transition(_S.ERROR_FIX, _A.FINISH_CORRECTION, _S.WAIT_COLLECT, ("dossier.correct",), (Side.OFFICE, Side.RESOLVER, Side.WORKER), "", _C.NONE, "NĐ 61/2018, Điều 21"),
)  # fmt: skip

_BY_PAIR: dict[tuple[Status | None, Act], tuple[Transition, ...]] = {}
for _line in TRANSITIONS:
    _BY_PAIR[_line.source, _line.act] = (*_BY_PAIR.get((_line.source, _line.act), ()), _line)


def find(source: Status | None, act: Act, target: Status | None = None) -> Transition | None:
    """The line for this state and act (and target, where an act has several); None when the act is not lawful there."""
    lines = _BY_PAIR.get((source, act), ())
    return next((line for line in lines if target is None or line.target == target), None)


def line_for(source: Status | str | None, act: Act, target: Status | None = None) -> Transition:
    """As `find`, but raises RuleViolation that says what state the dossier is in and what may be done there."""
    state = Status(source) if source else None
    found = find(state, act, target)
    if found is None:
        raise RuleViolation(refusal(state, act))
    return found


def refusal(source: Status | None, act: Act) -> str:
    """Why an act is not lawful in a state, and where it is."""
    where = [LABELS[s] for s in Status if find(s, act)]
    now = f"Hồ sơ đang ở trạng thái “{LABELS[source]}”" if source else "Hồ sơ chưa được tiếp nhận"
    return f"{now} nên không thể “{ACT_LABELS[act]}”. Việc này chỉ làm được khi hồ sơ ở: {', '.join(where) or 'lúc nộp'}."


def acts_from(source: Status) -> tuple[Act, ...]:
    """Acts that the table allows in a state, in the order of the table."""
    return tuple(dict.fromkeys(line.act for line in TRANSITIONS if line.source == source))


def as_rows() -> Iterator[tuple[str, ...]]:
    """The table as text, to print beside the decree: from, act, to, who, paper, clock, article."""
    for line in TRANSITIONS:
        yield (
            LABELS[line.source] if line.source else "–",
            ACT_LABELS[line.act],
            LABELS[line.target],
            " hoặc ".join(line.permissions),
            line.form or "–",
            line.clock.value,
            line.article or "–",
        )
