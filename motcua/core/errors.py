"""The errors that acts raise; one middleware turns them into a page, a fragment or an API problem."""


class RuleViolation(Exception):
    """A rule forbids the act. `message` is Vietnamese, for the person: what is wrong and what to do."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class TooMany(RuleViolation):
    """Too often in too short a time (429). `message` says when to go on, `wait` is that many seconds; nothing was lost."""

    def __init__(self, message: str, wait: int) -> None:
        super().__init__(message)
        self.wait = wait


_UNREADABLE: dict[type[OSError], str] = {
    FileNotFoundError: "không có tệp này",
    IsADirectoryError: "đây là thư mục",
    PermissionError: "không được phép đọc",
}


def why_unreadable(error: OSError) -> str:
    """Why a file cannot be read, for the person who named it at the command line."""
    return _UNREADABLE.get(type(error), "không đọc được")


class NotFound(Exception):
    """The record does not exist, or this person may not see it: both look the same from outside (404)."""

    def __init__(self, message: str = "Không tìm thấy nội dung này hoặc bạn không có quyền xem.") -> None:
        super().__init__(message)
        self.message = message
