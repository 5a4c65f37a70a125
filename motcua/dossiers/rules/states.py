"""States of a dossier (DOMAIN 2.2) and what stands beside the state without being mixed into it."""

from enum import StrEnum


class Status(StrEnum):
    """The main state. `LABELS` has the Vietnamese words, `NATIONAL` the code exchanged with the national portal."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PRE_SUPPLEMENT = "pre_supplement"
    NOT_ACCEPTED = "not_accepted"
    RECEIVED = "received"
    TRANSFERRED = "transferred"
    IN_REVIEW = "in_review"
    WAIT_OPINION = "wait_opinion"
    POST_SUPPLEMENT = "post_supplement"
    WAIT_FINANCE = "wait_finance"
    FOR_SIGNATURE = "for_signature"
    REFUSED = "refused"
    STOPPED = "stopped"
    WITHDRAW_REQUESTED = "withdraw_requested"
    WITHDRAWN = "withdrawn"
    RESULT_READY = "result_ready"
    WAIT_COLLECT = "wait_collect"
    RETURNED = "returned"
    ARCHIVED = "archived"
    ERROR_FIX = "error_fix"


LABELS: dict[Status, str] = {
    Status.DRAFT: "Đang kê khai",
    Status.SUBMITTED: "Chờ tiếp nhận",
    Status.PRE_SUPPLEMENT: "Yêu cầu bổ sung trước tiếp nhận",
    Status.NOT_ACCEPTED: "Không tiếp nhận",
    Status.RECEIVED: "Đã tiếp nhận",
    Status.TRANSFERRED: "Đã chuyển cơ quan giải quyết",
    Status.IN_REVIEW: "Đang thẩm tra, xử lý",
    Status.WAIT_OPINION: "Lấy ý kiến cơ quan liên quan",
    Status.POST_SUPPLEMENT: "Chờ bổ sung hồ sơ",
    Status.WAIT_FINANCE: "Chờ thực hiện nghĩa vụ tài chính",
    Status.FOR_SIGNATURE: "Trình ký",
    Status.REFUSED: "Từ chối giải quyết",
    Status.STOPPED: "Dừng giải quyết",
    Status.WITHDRAW_REQUESTED: "Đề nghị rút hồ sơ",
    Status.WITHDRAWN: "Đã rút hồ sơ",
    Status.RESULT_READY: "Đã có kết quả",
    Status.WAIT_COLLECT: "Chờ công dân nhận kết quả",
    Status.RETURNED: "Đã trả kết quả",
    Status.ARCHIVED: "Đã lưu hồ sơ",
    Status.ERROR_FIX: "Sửa sai sót kết quả",
}


class Payment(StrEnum):
    NONE = "none"
    DUE = "due"
    PAID = "paid"
    REFUNDED = "refunded"
    EXEMPT = "exempt"


class Delivery(StrEnum):
    COUNTER = "counter"
    POST = "post"
    ONLINE = "online"


class DeliveryState(StrEnum):
    """Beside the state, never in it: where a result handed out is (DOMAIN 2.2)."""

    DELIVERED = "delivered"
    IN_TRANSIT = "in_transit"
    CAME_BACK = "came_back"


class TaskState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    ACCEPTED = "accepted"
    DONE = "done"
    CANCELLED = "cancelled"
