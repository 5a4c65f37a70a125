"""What of a person's data may be deleted on request, and what the law keeps."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from motcua.core.errors import RuleViolation

PARTS = {
    "drafts": "Bản nháp hồ sơ và tệp chưa nộp",
    "consents": "Các lựa chọn nhận tin không bắt buộc",
    "messages": "Nội dung tin đã gửi cho tôi",
    "shares": "Đường dẫn chia sẻ giấy tờ",
    "account": "Tài khoản, thông tin cá nhân, cách đăng nhập, ủy quyền",
}


@dataclass(frozen=True)
class Kept:
    """A class of data that stays, with the reason. `certainty`: whether the source has still to be compared with its text."""

    code: str
    label: str
    law: str
    sure: bool = True


KEPT = (
    Kept(
        "dossiers",
        "Hồ sơ đã tiếp nhận, tờ khai, giấy tờ kèm theo",
        "Luật Lưu trữ 33/2024/QH15; thời hạn theo loại hồ sơ",
        False,
    ),
    Kept(
        "results", "Kết quả giải quyết và sổ theo dõi", "Luật Lưu trữ 33/2024/QH15; Nghị định 118/2025/NĐ-CP"
    ),
    Kept(
        "payments",
        "Khoản thu, biên lai",
        "Luật Kế toán 88/2015/QH13; Nghị định 123/2020/NĐ-CP và văn bản thay thế",
        False,
    ),
    Kept(
        "feedback",
        "Phản ánh, kiến nghị đã gửi và trả lời",
        "Nghị định 20/2008/NĐ-CP; tên người gửi xóa theo thời hạn lưu giữ",
    ),
    Kept(
        "consents_log",
        "Nhật ký đồng ý",
        "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 (chứng minh đã có sự đồng ý)",
    ),
    Kept(
        "log",
        "Nhật ký xử lý, nhật ký xem dữ liệu",
        "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; Nghị định 61/2018/NĐ-CP",
    ),
)


@dataclass(frozen=True)
class Line:
    """One line of the plan. `why_not`: why the part stays although it may be deleted in general."""

    code: str
    label: str
    count: int
    why_not: str = ""


@dataclass(frozen=True)
class Plan:
    """What goes and what stays."""

    goes: tuple[Line, ...]
    stays: tuple[tuple[Kept, int], ...]


def plan(counts: Mapping[str, int], *, open_dossiers: int, open_charges: int) -> Plan:
    """What a request to delete everything would do. `counts`: rows by code of PARTS and KEPT."""
    barred = why_account_stays(open_dossiers, open_charges)
    goes = tuple(
        Line(code, label, counts.get(code, 0), barred if code == "account" else "")
        for code, label in PARTS.items()
    )
    return Plan(goes, tuple((one, counts.get(one.code, 0)) for one in KEPT))


def why_account_stays(open_dossiers: int, open_charges: int) -> str:
    """Why an account cannot be deleted yet; empty when it can. The office must still reach who waits for a result."""
    if open_dossiers:
        return f"Còn {open_dossiers} hồ sơ chưa xong: tài khoản giữ đến khi có kết quả, hoặc rút hồ sơ trước."
    if open_charges:
        return f"Còn {open_charges} khoản phải nộp: tài khoản giữ đến khi nộp xong."
    return ""


def checked_parts(asked: Collection[str], made: Plan) -> list[str]:
    """The parts to delete, in their order; with the account everything else goes too.

    Raises RuleViolation for none, and for the account while it must stay.
    """
    if not set(asked) & set(PARTS):
        raise RuleViolation("Chọn ít nhất một loại dữ liệu để xóa.", field="parts")
    barred = next(line.why_not for line in made.goes if line.code == "account")
    if "account" in asked and barred:
        raise RuleViolation(barred, field="parts")
    return list(PARTS) if "account" in asked else [code for code in PARTS if code in asked]
