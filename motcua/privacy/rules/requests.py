"""Requests about one's personal data: kinds, states, what may be corrected (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, in force
since 1-1-2026; Nghị định 13/2023/NĐ-CP before).
"""

from enum import StrEnum

from motcua.core.errors import RuleViolation

LAW = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"


class Kind(StrEnum):
    """What is asked for."""

    SEE = "see"
    CORRECT = "correct"
    DELETE = "delete"


class State(StrEnum):
    """Where a request stands."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Channel(StrEnum):
    """How it came."""

    ONLINE = "online"
    COUNTER = "counter"
    PAPER = "paper"
    PHONE = "phone"


KINDS = {Kind.SEE: "Xem dữ liệu", Kind.CORRECT: "Sửa dữ liệu", Kind.DELETE: "Xóa dữ liệu"}
STATES = {
    State.RECEIVED: "Đã nhận",
    State.ACCEPTED: "Đang giải quyết",
    State.DONE: "Đã làm xong",
    State.PARTLY: "Đã làm một phần",
    State.REFUSED: "Từ chối",
    State.WITHDRAWN: "Đã rút",
}
CHANNELS = {
    Channel.ONLINE: "Trực tuyến",
    Channel.COUNTER: "Tại quầy",
    Channel.PAPER: "Văn bản",
    Channel.PHONE: "Điện thoại",
}
OPEN = (State.RECEIVED, State.ACCEPTED)
BY_STAFF = (Channel.COUNTER, Channel.PAPER, Channel.PHONE)

# What may be corrected; the first ones are written into the account by the act itself, the others where they are kept.
ACCOUNT_FIELDS = {
    "full_name": "Họ và tên",
    "identity_number": "Số định danh",
    "birth_date": "Ngày sinh",
    "gender": "Giới tính",
    "address": "Địa chỉ",
}
FIELDS = {
    **ACCOUNT_FIELDS,
    "dossier": "Dữ liệu trong hồ sơ đã nộp",
    "paper": "Giấy tờ trong kho",
    "other": "Dữ liệu khác",
}

# How the office made sure who asks.
IDENTITIES = {
    "account": "Tài khoản đã xác minh số định danh",
    "card": "Xem căn cước, giấy tờ tùy thân",
    "authorisation": "Xem giấy tờ của người yêu cầu và văn bản ủy quyền, giám hộ",
}
_NEXT: dict[str, tuple[State, ...]] = {
    "accept": (State.RECEIVED,),
    "refuse": (State.RECEIVED, State.ACCEPTED),
    "extend": (State.ACCEPTED,),
    "correct": (State.ACCEPTED,),
    "erase": (State.ACCEPTED,),
    "copy": (State.ACCEPTED,),
    "answer": (State.ACCEPTED,),
    "withdraw": (State.RECEIVED, State.ACCEPTED),
}
ACTS = {
    "accept": "Xác minh người yêu cầu, nhận giải quyết",
    "correct": "Sửa trong tài khoản",
    "erase": "Xóa dữ liệu",
    "copy": "Lấy bản sao dữ liệu",
    "answer": "Trả lời, kết thúc",
    "extend": "Gia hạn",
    "refuse": "Từ chối",
}
MOST_OPEN = 5


def may(act: str, state: str) -> bool:
    """Whether an act is possible in a state."""
    return State(state) in _NEXT[act]


def require(act: str, state: str) -> None:
    """Raises RuleViolation when an act is not possible in a state."""
    if not may(act, state):
        raise RuleViolation(f"Yêu cầu này {STATES[State(state)].lower()} nên không làm được việc này nữa.")


def acts_for(kind: str, state: str, field: str, *, has_account: bool) -> list[str]:
    """The acts of staff that are possible now, in the order in which they are offered."""
    found = [act for act in ACTS if may(act, state)]
    fits = {
        "correct": kind == Kind.CORRECT and field in ACCOUNT_FIELDS and has_account,
        "erase": kind == Kind.DELETE and has_account,
        "copy": kind == Kind.SEE,
    }
    return [act for act in found if fits.get(act, True)]


def checked_identity(how: str, *, proven_account: bool) -> str:
    """How the office made sure who asks. Raises RuleViolation for none, and for an account that proves nothing."""
    if how not in IDENTITIES:
        raise RuleViolation("Chọn cách đã xác minh người yêu cầu.", field="identity")
    if how == "account" and not proven_account:
        raise RuleViolation(
            "Tài khoản này chưa xác minh số định danh. Xem căn cước của người yêu cầu rồi chọn cách đó.",
            field="identity",
        )
    return how


def code_of(number: int, year: int) -> str:
    """The code that people quote: "DLCN-2026-000017"."""
    return f"DLCN-{year}-{number:06d}"


def number_in(code: str) -> int | None:
    """The number in a code; None for what is no code."""
    parts = code.strip().upper().split("-")
    if (
        len(parts) == 3
        and parts[0] == "DLCN"
        and parts[2].isascii()
        and parts[2].isdigit()
        and len(parts[2]) <= 12
    ):
        return int(parts[2])
    return None
