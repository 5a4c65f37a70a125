"""The life of a feedback as a table: from a state, by an act, to a state. The table is data; it prints beside the decree.

NĐ 20/2008/NĐ-CP, articles 6–16: received, entered in the register, classified, handled or passed on, answered, made public.
"""

from collections.abc import Iterator
from enum import StrEnum

from motcua.core.errors import RuleViolation


class Kind(StrEnum):
    """What it is about (NĐ 20/2008/NĐ-CP, article 5)."""

    CONDUCT = "conduct"
    REGULATION = "regulation"
    BOTH = "both"


KINDS = {
    Kind.CONDUCT: "Về hành vi",
    Kind.REGULATION: "Về quy định hành chính",
    Kind.BOTH: "Về cả hành vi và quy định",
}


class Channel(StrEnum):
    """How it came (NĐ 20/2008/NĐ-CP, article 7)."""

    WEB = "web"
    KIOSK = "kiosk"
    PHONE = "phone"
    PAPER = "paper"
    FORM = "form"
    RECEPTION = "reception"
    API = "api"


CHANNELS = {
    Channel.WEB: "Trang thông tin",
    Channel.KIOSK: "Màn hình tra cứu tại chỗ",
    Channel.PHONE: "Điện thoại",
    Channel.PAPER: "Văn bản, thư",
    Channel.FORM: "Phiếu lấy ý kiến",
    Channel.RECEPTION: "Tiếp công dân",
    Channel.API: "Phần mềm khác gửi đến",
}
BY_STAFF = (Channel.PHONE, Channel.PAPER, Channel.FORM, Channel.RECEPTION)


class State(StrEnum):
    """Where it stands."""

    NEW = "new"
    RECEIVED = "received"
    DECLINED = "declined"
    UNCLEAR = "unclear"
    TRANSFERRED = "transferred"
    PASSED_ON = "passed_on"
    IN_PROGRESS = "in_progress"
    FOR_APPROVAL = "for_approval"
    ANSWERED = "answered"
    PUBLISHED = "published"
    REOPENED = "reopened"
    CLOSED = "closed"


STATES = {
    State.NEW: "Mới, chờ phân loại",
    State.RECEIVED: "Đã tiếp nhận",
    State.DECLINED: "Không tiếp nhận",
    State.UNCLEAR: "Chờ người gửi làm rõ",
    State.TRANSFERRED: "Đã chuyển đến, chờ phân loại",
    State.PASSED_ON: "Đã chuyển cơ quan ngoài hệ thống",
    State.IN_PROGRESS: "Đang xử lý",
    State.FOR_APPROVAL: "Chờ duyệt trả lời",
    State.ANSWERED: "Đã trả lời",
    State.PUBLISHED: "Đã công khai",
    State.REOPENED: "Xử lý lại",
    State.CLOSED: "Đã lưu",
}
TO_CLASSIFY = (State.NEW, State.TRANSFERRED)
OPEN = (
    State.NEW, State.TRANSFERRED, State.RECEIVED, State.UNCLEAR, State.IN_PROGRESS, State.FOR_APPROVAL, State.REOPENED,
)  # fmt: skip
TOLD = (State.ANSWERED, State.PUBLISHED, State.CLOSED)


class Act(StrEnum):
    """What can be done; the value is also the kind of the event in the log ("feedback.<value>")."""

    SEND = "send"
    ACCEPT = "accept"
    DECLINE = "decline"
    ASK = "ask"
    CLARIFY = "clarify"
    TRANSFER = "transfer"
    PASS_ON = "pass_on"  # noqa: S105 - no password
    ASSIGN = "assign"
    EXTEND = "extend"
    VERIFY = "verify"
    PROPOSE = "propose"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    PUBLISH = "publish"
    RATE = "rate"
    REOPEN = "reopen"
    FLAG = "flag"
    CLOSE = "close"


ACTS = {
    Act.SEND: "Gửi phản ánh, kiến nghị",
    Act.ACCEPT: "Phân loại và tiếp nhận",
    Act.DECLINE: "Không tiếp nhận",
    Act.ASK: "Đề nghị người gửi làm rõ",
    Act.CLARIFY: "Làm rõ nội dung",
    Act.TRANSFER: "Chuyển cơ quan có thẩm quyền",
    Act.PASS_ON: "Chuyển cơ quan ngoài hệ thống",
    Act.ASSIGN: "Phân công xử lý",
    Act.EXTEND: "Gia hạn xử lý",
    Act.VERIFY: "Ghi biên bản xác minh",
    Act.PROPOSE: "Trình dự thảo trả lời",
    Act.SEND_BACK: "Trả lại dự thảo",
    Act.APPROVE: "Duyệt trả lời",
    Act.PUBLISH: "Công khai kết quả",
    Act.RATE: "Đánh giá kết quả xử lý",
    Act.REOPEN: "Yêu cầu xử lý lại",
    Act.FLAG: "Đề nghị rà soát quy định",
    Act.CLOSE: "Lưu, kết thúc",
}
_WORK = (State.RECEIVED, State.IN_PROGRESS, State.REOPENED)
_WAITS = (*TO_CLASSIFY, State.RECEIVED)
# Act: (states in which it is lawful, state that it leads to; None leaves it as it is).
TABLE: dict[Act, tuple[tuple[State, ...], State | None]] = {
    Act.ACCEPT: (TO_CLASSIFY, State.RECEIVED),
    Act.DECLINE: ((*_WAITS, State.UNCLEAR), State.DECLINED),
    Act.ASK: ((*TO_CLASSIFY, *_WORK), State.UNCLEAR),
    Act.CLARIFY: ((State.UNCLEAR,), None),  # back to where it was asked
    Act.TRANSFER: (_WAITS, State.TRANSFERRED),
    Act.PASS_ON: (_WAITS, State.PASSED_ON),
    Act.ASSIGN: (_WORK, State.IN_PROGRESS),
    Act.EXTEND: ((*_WORK, State.FOR_APPROVAL), None),
    Act.VERIFY: ((State.IN_PROGRESS,), None),
    Act.PROPOSE: ((State.IN_PROGRESS,), State.FOR_APPROVAL),
    Act.SEND_BACK: ((State.FOR_APPROVAL,), State.IN_PROGRESS),
    Act.APPROVE: ((State.FOR_APPROVAL,), State.ANSWERED),
    Act.PUBLISH: ((State.ANSWERED,), State.PUBLISHED),
    Act.RATE: ((State.ANSWERED, State.PUBLISHED), None),
    Act.REOPEN: ((State.ANSWERED, State.PUBLISHED), State.REOPENED),
    Act.FLAG: ((*_WORK, State.FOR_APPROVAL, *TOLD), None),
    Act.CLOSE: ((State.ANSWERED, State.PUBLISHED), State.CLOSED),
}


def target(state: str, act: Act) -> State:
    """The state that an act leads to. Raises RuleViolation when it is not lawful there."""
    sources, to = TABLE[act]
    if state not in sources:
        raise RuleViolation(
            f"Không làm được việc “{ACTS[act]}” khi phản ánh đang ở trạng thái “{STATES[State(state)]}”. Tải lại trang để xem việc có thể làm."
        )
    return to or State(state)


def lawful(state: str) -> list[Act]:
    """The acts that are lawful in a state, in the order of the table."""
    return [act for act, (sources, _) in TABLE.items() if state in sources]


def as_rows() -> Iterator[tuple[str, str, str]]:
    """The table in words: from, act, to."""
    for act, (sources, to) in TABLE.items():
        for source in sources:
            yield STATES[source], ACTS[act], STATES[to or source]


class Verdict(StrEnum):
    """What the verification found."""

    FOUNDED = "founded"
    PARTLY = "partly"
    UNFOUNDED = "unfounded"


VERDICTS = {
    Verdict.FOUNDED: "Phản ánh đúng (có cơ sở)",
    Verdict.PARTLY: "Đúng một phần",
    Verdict.UNFOUNDED: "Không đúng (không có cơ sở)",
}


class Refusal(StrEnum):
    """Why it is not received (NĐ 20/2008/NĐ-CP, articles 2 and 9)."""

    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    POLICY = "policy"
    ANONYMOUS = "anonymous"
    UNCLEAR = "unclear"
    REPEATED = "repeated"


REFUSALS = {
    Refusal.COMPLAINT: "Là khiếu nại: gửi theo Luật Khiếu nại",
    Refusal.DENUNCIATION: "Là tố cáo: gửi theo Luật Tố cáo",
    Refusal.POLICY: "Là kiến nghị về chính sách, không phải quy định hành chính",
    Refusal.ANONYMOUS: "Không có họ tên hoặc địa chỉ liên hệ: chỉ dùng làm thông tin tham khảo",
    Refusal.UNCLEAR: "Nội dung không rõ, người gửi không làm rõ",
    Refusal.REPEATED: "Trùng với phản ánh đã có của cùng người gửi",
}
SATISFACTION = {"satisfied": "Hài lòng", "accepted": "Chấp nhận được", "unsatisfied": "Không hài lòng"}
