"""Messages between a citizen and the office: how long, how many, with how many files."""

from motcua.core.errors import RuleViolation

LONGEST = 4000
MOST_FILES = 5
A_DAY = 20


def require_message(body: str, files: int) -> str:
    """The text of a message. Raises RuleViolation when it is empty or too long, or carries too many files."""
    text = body.strip()
    if not text:
        raise RuleViolation("Nhập nội dung tin nhắn.", field="body")
    if len(text) > LONGEST:
        raise RuleViolation(f"Tin nhắn dài quá {LONGEST} chữ. Viết ngắn lại, hoặc gửi kèm tệp.", field="body")
    if files > MOST_FILES:
        raise RuleViolation(f"Mỗi tin nhắn kèm nhiều nhất {MOST_FILES} tệp.", field="files")
    return text


def require_calm(sent: int) -> None:
    """Raise RuleViolation when a citizen has sent as many messages on a dossier within a day as anybody needs."""
    if sent >= A_DAY:
        raise RuleViolation(
            f"Bạn đã gửi {A_DAY} tin nhắn trong 24 giờ cho hồ sơ này. Chờ cơ quan trả lời, hoặc gọi bộ phận một cửa.",
            field="body",
        )
