"""Who is called first at the counter.

The statutes name who is to be helped first: Luật Người cao tuổi 39/2009/QH12, Luật Người khuyết tật 51/2010/QH12, Luật Trẻ em
102/2016/QH13, Pháp lệnh Ưu đãi người có công với cách mạng 02/2020/UBTVQH14. None of them orders the numbers of a one-stop
office: that is for the office's own rules (quy chế), so how far priority goes is a dated setting and not a constant.
"""

from enum import StrEnum


class Priority(StrEnum):
    """Why somebody is called first. `KEPT` stands in for the reason once the turn is over: that a person is disabled or
    expecting is nobody's business afterwards (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15).
    """

    NONE = ""
    ELDERLY = "elderly"
    DISABLED = "disabled"
    PREGNANT = "pregnant"
    CHILD = "child"
    MERIT = "merit"
    KEPT = "kept"


LABELS: dict[Priority, str] = {
    Priority.NONE: "Không",
    Priority.ELDERLY: "Người cao tuổi",
    Priority.DISABLED: "Người khuyết tật",
    Priority.PREGNANT: "Phụ nữ có thai",
    Priority.CHILD: "Có trẻ nhỏ đi cùng",
    Priority.MERIT: "Người có công với cách mạng",
    Priority.KEPT: "Thuộc diện ưu tiên",
}
ASKED = (
    Priority.ELDERLY,
    Priority.DISABLED,
    Priority.PREGNANT,
    Priority.CHILD,
    Priority.MERIT,
)
