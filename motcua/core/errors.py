"""The two errors that acts raise; one middleware turns them into a page, a fragment or an API problem."""


class RuleViolation(Exception):
    """A rule forbids the act. `message` is Vietnamese, for the person: what is wrong and what to do."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotFound(Exception):
    """The record does not exist, or this person may not see it: both look the same from outside (404)."""

    def __init__(self, message: str = "Không tìm thấy nội dung này hoặc bạn không có quyền xem.") -> None:
        super().__init__(message)
        self.message = message
