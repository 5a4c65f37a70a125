"""The events of life that an installation starts with; staff change them on the screen."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StartingEvent:
    """One event; `phrases` find its first procedures in the catalogue."""

    slug: str
    name: str
    name_en: str
    summary: str
    summary_en: str
    phrases: tuple[str, ...]
    audience: str = "citizen"


STARTING: tuple[StartingEvent, ...] = (
    StartingEvent(
        "sinh-con", "Sinh con", "Having a child", "Khai sinh, nơi cư trú, bảo hiểm y tế cho trẻ", "Birth certificate, residence, health insurance",
        ("khai sinh", "đăng ký thường trú", "thẻ bảo hiểm y tế"),
    ),
    StartingEvent(
        "ket-hon", "Kết hôn, gia đình", "Marriage and family", "Kết hôn, xác nhận độc thân, giám hộ, nuôi con nuôi", "Marriage, single status, adoption",
        ("kết hôn", "tình trạng hôn nhân", "nuôi con nuôi", "giám hộ"),
    ),
    StartingEvent(
        "di-hoc", "Đi học", "Going to school", "Chuyển trường, xét tuyển, hỗ trợ học phí", "Changing schools, admission, support",
        ("chuyển trường", "học sinh", "bằng tốt nghiệp"),
    ),
    StartingEvent(
        "nha-dat", "Nhà, đất, xây dựng", "Land, house, building", "Sổ đỏ, chuyển nhượng, giấy phép xây dựng", "Land certificate, transfer, building permit",
        ("quyền sử dụng đất", "đăng ký biến động", "giấy phép xây dựng"),
    ),
    StartingEvent(
        "cu-tru", "Chỗ ở, cư trú", "Residence", "Thường trú, tạm trú, tạm vắng", "Permanent and temporary residence",
        ("thường trú", "tạm trú", "tạm vắng"),
    ),
    StartingEvent(
        "chung-thuc", "Sao y, chứng thực", "Certified copies", "Bản sao từ bản chính, chữ ký, hợp đồng", "Copies, signatures, contracts",
        ("chứng thực",),
    ),
    StartingEvent(
        "kinh-doanh", "Mở cửa hàng, kinh doanh", "Starting a business", "Hộ kinh doanh, giấy phép, an toàn thực phẩm", "Household business, permits, food safety",
        ("hộ kinh doanh", "đăng ký kinh doanh", "an toàn thực phẩm"), "enterprise",
    ),
    StartingEvent(
        "viec-lam", "Việc làm, bảo hiểm", "Work and insurance", "Bảo hiểm xã hội, trợ cấp thất nghiệp", "Social insurance, unemployment",
        ("bảo hiểm xã hội", "thất nghiệp", "việc làm"),
    ),
    StartingEvent(
        "kho-khan", "Khó khăn, trợ giúp", "Support", "Hộ nghèo, người cao tuổi, khuyết tật, người có công", "Poor households, the elderly, disability",
        ("hộ nghèo", "trợ giúp xã hội", "khuyết tật", "người có công"),
    ),
    StartingEvent(
        "qua-doi", "Người thân qua đời", "A death in the family", "Khai tử, mai táng phí, thừa kế", "Death certificate, funeral support",
        ("khai tử", "mai táng"),
    ),
)  # fmt: skip
