"""Twenty-five officers of today's province and a helper of a hamlet, and four of the district era. Names are invented."""

from dataclasses import dataclass

PASSWORD = "motcua-minh-hoa-2026"  # noqa: S105 - printed at every start of the demonstration


@dataclass(frozen=True)
class Person:
    """An officer: sign-in, name, and posts (agency, title, roles, whether in the whole subtree)."""

    username: str
    full_name: str
    posts: tuple[tuple[str, str, tuple[str, ...], bool], ...]


def one(username: str, full_name: str, agency: str, title: str, *roles: str, subtree: bool = False) -> Person:
    """An officer with a single post."""
    return Person(username, full_name, ((agency, title, roles, subtree),))


def commune_people(key: str, place: str, names: dict[str, tuple[str, str]]) -> tuple[Person, ...]:
    """The seven officers that a commune of the demonstration has; one of them acts for the commune itself, not only for
    a division: corrects errors, and finishes what the district left.
    """
    return (
        one(*names["desk"], key, "Công chức tiếp nhận hồ sơ", "receptionist", "returner", "cashier"),
        one(*names["head"], key, f"Giám đốc Trung tâm Phục vụ hành chính công {place}", "office_head"),
        Person(
            *names["justice"],
            (
                (f"{key}_culture", "Công chức Tư pháp - hộ tịch", ("officer",), False),
                (key, "Đầu mối sửa sai sót và hồ sơ cấp huyện chuyển về", ("officer",), False),
            ),
        ),
        one(*names["social"], f"{key}_culture", "Trưởng phòng Văn hóa - Xã hội", "officer", "division_head"),
        one(*names["economy"], f"{key}_economy", "Chuyên viên Phòng Kinh tế", "officer", "division_head"),
        one(
            *names["leader"], key, f"Chủ tịch Ủy ban nhân dân {place}", "leader", "chairperson", subtree=True
        ),
        one(
            *names["police"],
            f"{key}_police",
            f"Cán bộ Công an {place}",
            "police_desk",
            "officer",
            "division_head",
            "leader",
        ),
    )


SUOI_NGOC = commune_people(
    "suoi_ngoc", "xã Suối Ngọc", {
        "desk": ("hoa", "Nguyễn Thị Hòa"), "head": ("binh", "Trần Văn Bình"), "justice": ("duc", "Lê Minh Đức"),
        "social": ("lan", "Phạm Thị Lan"), "economy": ("khoa", "Vũ Đăng Khoa"), "leader": ("son", "Hoàng Ngọc Sơn"),
        "police": ("tuan", "Đỗ Anh Tuấn"),
    },
)  # fmt: skip
TAN_LAM = commune_people(
    "tan_lam", "phường Tân Lam", {
        "desk": ("mai", "Bùi Thị Mai"), "head": ("thao", "Đặng Phương Thảo"), "justice": ("hieu", "Ngô Trung Hiếu"),
        "social": ("yen", "Dương Hải Yến"), "economy": ("phuc", "Lý Hồng Phúc"), "leader": ("dung", "Trịnh Quốc Dũng"),
        "police": ("quang", "Đinh Vinh Quang"),
    },
)  # fmt: skip
HELPERS = (
    one("hanh", "Trương Thị Hạnh", "suoi_ngoc", "Tổ công nghệ số cộng đồng thôn Trung", "community_helper"),
)
BRANCHES = (
    one("thuy", "Hồ Thanh Thúy", "local_tax", "Công chức thuế", "tax_desk", "officer", "division_head", "leader"),
    one("nam", "Phan Hoài Nam", "local_insurance", "Viên chức bảo hiểm xã hội", "insurance_desk", "officer", "division_head", "leader"),
    one("cuong", "Mai Xuân Cường", "local_land", "Viên chức đăng ký đất đai", "land_desk", "officer", "division_head"),
    one("giang", "Tạ Hương Giang", "local_land", "Giám đốc Chi nhánh", "division_head", "leader"),
)  # fmt: skip
PROVINCE = (
    one("linh", "Cao Mỹ Linh", "province_office", "Công chức tiếp nhận, Trung tâm Phục vụ hành chính công tỉnh", "receptionist", "returner", "cashier"),
    one("khanh", "Châu Gia Khánh", "justice", "Chuyên viên Sở Tư pháp", "officer", "division_head", "leader", "returner"),
    one("vinh", "Lương Thế Vinh", "environment", "Chuyên viên Sở Nông nghiệp và Môi trường", "officer", "division_head", "leader"),
    Person(
        "oanh", "Kiều Thị Oanh",
        (
            ("province", "Đầu mối cải cách hành chính của tỉnh", ("procedure_controller", "reform_officer"), True),
            ("province_office", "Trưởng phòng Kiểm soát thủ tục hành chính", ("procedure_controller",), True),
        ),
    ),
    one("quantri", "Nguyễn Quản Trị", "province", "Quản trị hệ thống", "administrator", subtree=True),
    one("kiemtoan", "Trần Kiểm Soát", "province", "Kiểm toán nhật ký", "auditor", "privacy_officer", subtree=True),
    one("chutich", "Lê Chủ Tịch", "province", "Chủ tịch Ủy ban nhân dân tỉnh", "chairperson", "leader", subtree=True),
)  # fmt: skip

GROUPS = (
    ("Xã Suối Ngọc", SUOI_NGOC),
    ("Phường Tân Lam", TAN_LAM),
    ("Tổ công nghệ số cộng đồng", HELPERS),
    ("Cơ quan ngành dọc và đất đai", BRANCHES),
    ("Cấp tỉnh", PROVINCE),
)
TODAY = tuple(person for _, group in GROUPS for person in group)
# Whom to sign in as first, and what for.
FIRST = (
    ("hoa", "tiếp nhận, bàn giao, thu phí, trả kết quả tại xã Suối Ngọc"),
    ("duc", "xử lý hồ sơ tư pháp - hộ tịch trong hộp việc"),
    ("hanh", "lập hồ sơ hộ người dân trong thôn, không xem hồ sơ của người khác"),
    ("son", "ký kết quả, theo dõi đúng hạn của cả xã"),
    ("mai", "tiếp nhận hồ sơ nộp trực tuyến, đối soát thanh toán tại phường Tân Lam"),
    ("binh", "xử lý phản ánh, kiến nghị của xã Suối Ngọc"),
    ("oanh", "công bố thủ tục, tờ khai điện tử, khảo sát, tin bài, báo cáo của tỉnh"),
    ("quantri", "cơ quan, vai trò, lịch làm việc, thiết lập theo ngày"),
    ("kiemtoan", "nhật ký, niêm phong, lượt xem dữ liệu cá nhân"),
)

DISTRICT = (
    one("h.minh", "Đoàn Nhật Minh", "district", "Công chức Bộ phận Tiếp nhận và Trả kết quả", "receptionist", "returner", "cashier"),
    Person("h.trang", "Vương Thu Trang", (
        ("district_justice", "Chuyên viên Phòng Tư pháp", ("officer", "division_head"), False),
        ("district", "Chuyên viên thẩm tra hồ sơ của huyện", ("officer",), False),
    )),
    one("h.loc", "Huỳnh Phước Lộc", "district_land", "Viên chức Chi nhánh", "land_desk", "officer", "division_head"),
    one("h.hai", "Quách Đông Hải", "district", "Phó Chủ tịch Ủy ban nhân dân huyện", "leader", subtree=True),
)  # fmt: skip
