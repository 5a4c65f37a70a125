"""Codes exchanged with the national public service portal (Cổng Dịch vụ công quốc gia): DOMAIN 2.1."""

from motcua.dossiers.rules.states import Payment, Status

LABELS: dict[int, str] = {
    1: "Mới đăng ký",
    2: "Được tiếp nhận",
    3: "Không được tiếp nhận",
    4: "Đang xử lý",
    5: "Yêu cầu bổ sung giấy tờ",
    6: "Yêu cầu thực hiện nghĩa vụ tài chính",
    7: "Công dân yêu cầu rút hồ sơ",
    8: "Dừng xử lý",
    9: "Đã xử lý xong",
    10: "Đã trả kết quả",
}

STATUS: dict[Status, int | None] = {
    Status.DRAFT: None,
    Status.SUBMITTED: 1,
    Status.PRE_SUPPLEMENT: 5,
    Status.NOT_ACCEPTED: 3,
    Status.RECEIVED: 2,
    Status.TRANSFERRED: 4,
    Status.IN_REVIEW: 4,
    Status.WAIT_OPINION: 4,
    Status.POST_SUPPLEMENT: 5,
    Status.WAIT_FINANCE: 6,
    Status.FOR_SIGNATURE: 4,
    Status.REFUSED: 8,
    Status.STOPPED: 8,
    Status.WITHDRAW_REQUESTED: 7,
    Status.WITHDRAWN: 7,
    Status.RESULT_READY: 9,
    Status.WAIT_COLLECT: 9,
    Status.RETURNED: 10,
    Status.ARCHIVED: 10,
    Status.ERROR_FIX: None,
}

CHANNEL = {"counter": 1, "online": 2, "post": 3}
APPLICANT_KIND = {"citizen": 0, "enterprise": 1, "household": 2, "organisation": 1}
COPY_KIND = {"original": 0, "copy": 1, "electronic": 2}
FEE_MOMENT = {"reception": 1, "supplement": 2, "return": 4}
PAYMENT = {Payment.NONE: 1, Payment.DUE: 0, Payment.PAID: 1, Payment.REFUNDED: 1, Payment.EXEMPT: 1}


def status_code(status: Status | str, *, refused_as: int = 8) -> int | None:
    """The national code of a state; None when the state is not exchanged.

    `refused_as`: the national portal's documents leave open whether a refusal is 8 (stopped) or 9 (processed); who
    exchanges chooses.
    """
    status = Status(status)
    return refused_as if status is Status.REFUSED else STATUS[status]
