"""What the sample forms have in common."""

from typing import Any

SITE = "https://motcua.example.vn"
CODE = "H40.12-260105-0007"

HEAD: dict[str, Any] = {
    "parent_agency": "Ủy ban nhân dân xã Kim Sơn",
    "agency": "Trung tâm Phục vụ hành chính công",
    "number": "07",
    "place": "Kim Sơn",
    "date": "2026-01-05",
    "code": CODE,
    "verify_url": f"{SITE}/xac-minh/p1f-4f2a91c07be30d5e",
}
PERSON = {
    "applicant": "Nguyễn Thị Ngọc Ánh",
    "address": "Thôn Đông Hòa, xã Kim Sơn, tỉnh An Bình",
    "phone": "0912 000 001",
    "email": "ngocanh@example.vn",
}
MATTER = {"procedure": "Thủ tục đăng ký khai sinh", "procedure_code": "1.001193"}
LONG_PERSON = {
    "applicant": "Công ty trách nhiệm hữu hạn một thành viên Đầu tư, Xây dựng và Thương mại dịch vụ Đường Thủy Nguyễn Phước "
    "Quỳnh Hương",
    "address": "Số 125/47/8 đường Nguyễn Thị Minh Khai nối dài, tổ dân phố số 17, khu đô thị mới phía Nam sông Bạch Đằng, "
    "phường Trường Thạnh, tỉnh An Bình",
    "phone": "0912 000 002; 0236 3000 001",
    "email": "van.phong.giao.dich@duongthuyquynhhuong.example.vn",
}
LONG_MATTER = {
    "procedure": "Thủ tục đăng ký, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất lần đầu đối "
    "với hộ gia đình, cá nhân, cộng đồng dân cư đang sử dụng đất có giấy tờ về quyền sử dụng đất",
    "procedure_code": "1.012756",
}
CONTACT = {"officer": "Trần Văn Bình", "phone": "0236 3000 001", "website": SITE}
CHAIR = {"titles": ["TM. Ủy ban nhân dân", "Chủ tịch"], "name": "Lê Quang Dũng"}
DEPUTY = {"titles": ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"], "name": "Phạm Thị Thu Hà"}
OFFICER = {"titles": ["Người hướng dẫn"], "name": "Trần Văn Bình"}
COMMUNE = {"parent_agency": "", "agency": "Ủy ban nhân dân xã Kim Sơn"}
OFFICE = "Trung tâm Phục vụ hành chính công xã Kim Sơn"
NAMES = ("Nguyễn Văn An", "Trần Thị Bé", "Lê Hoàng Cường", "Phạm Ngọc Diễm", "Huỳnh Văn Được", "Đỗ Thị Ê Ban")
PROCEDURES = (
    "Đăng ký khai sinh",
    "Cấp bản sao trích lục hộ tịch",
    "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan có thẩm quyền của Việt Nam cấp",
    "Đăng ký hộ kinh doanh",
    "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất",
)
VERSION_2025 = "(ban hành kèm theo Thông tư số 03/2025/TT-VPCP)"


def form_of(title: str, number: int, **fields: Any) -> dict[str, Any]:
    """The heading of a form of 2025; number 0: a paper that no set of forms holds."""
    return {
        "form_title": title,
        "form_number": f"Mẫu số {number:02d} {VERSION_2025}" if number else "",
        "template_version": f"Mẫu số {number:02d} – Thông tư 03/2025/TT-VPCP" if number else "",
        **HEAD,
        **fields,
    }
