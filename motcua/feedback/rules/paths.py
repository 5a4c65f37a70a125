"""What is no feedback but goes another way by law: denunciation (tố cáo) and complaint (khiếu nại).

Recognised by what the sender says it is, and by words; the sender is told, an officer decides.
"""

from dataclasses import dataclass

from motcua.core.text import fold


@dataclass(frozen=True, slots=True)
class OtherPath:
    """Where such a matter goes. `law` is the name that people look for."""

    key: str
    name: str
    law: str
    what: str
    how: str


COMPLAINT = OtherPath(
    "complaint",
    "Khiếu nại",
    "Luật Khiếu nại 02/2011/QH13",
    "Bạn đề nghị xem xét lại một quyết định hoặc việc làm của cơ quan vì cho rằng trái pháp luật, xâm phạm quyền, lợi ích của chính bạn.",
    "Gửi đơn khiếu nại đến người đã ra quyết định, có họ tên, địa chỉ, chữ ký, kèm quyết định bị khiếu nại; hoặc trình bày tại nơi tiếp công dân. Thời hiệu là 90 ngày kể từ ngày nhận hoặc biết quyết định.",
)
DENUNCIATION = OtherPath(
    "denunciation",
    "Tố cáo",
    "Luật Tố cáo 25/2018/QH14",
    "Bạn báo về hành vi vi phạm pháp luật gây thiệt hại hoặc đe dọa gây thiệt hại, như nhận hối lộ, tham nhũng.",
    "Gửi đơn tố cáo có họ tên, địa chỉ, chữ ký đến người đứng đầu cơ quan quản lý người bị tố cáo, hoặc trình bày trực tiếp tại nơi tiếp công dân. Thông tin về người tố cáo được giữ bí mật theo luật. Việc có dấu hiệu tội phạm báo cơ quan công an.",
)
PATHS = {path.key: path for path in (COMPLAINT, DENUNCIATION)}
_WORDS = (
    (DENUNCIATION, ("to cao", "to giac", "nhan hoi lo", "dua hoi lo", "tham nhung", "tham o", "an hoi lo")),
    (COMPLAINT, ("khieu nai", "don khieu nai", "giai quyet khieu nai lan hai")),
)


def other_path(text: str) -> OtherPath | None:
    """The other path that the words of a text point to; None for a feedback. A hint, never a decision."""
    plain = f" {' '.join(''.join(c if c.isalnum() else ' ' for c in fold(text)).split())} "
    for path, words in _WORDS:
        if any(f" {word} " in plain for word in words):
            return path
    return None
