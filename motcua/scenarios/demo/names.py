"""Invented people: common family, middle and given names put together by chance; numbers that were never issued."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from motcua.dossiers.rules.intake import PartyData

FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Phan",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Nông",
    "Ksor",
    "Lò",
    "Vàng",
)
MIDDLE = {
    "Nam": ("Văn", "Đức", "Minh", "Quốc", "Hữu", "Xuân"),
    "Nữ": ("Thị", "Ngọc", "Thu", "Thanh", "Kim", "Mai"),
}
GIVEN = {
    "Nam": ("An", "Bảo", "Chiến", "Dũng", "Giang", "Hải", "Hùng", "Khánh", "Long", "Nghĩa", "Phong", "Quân", "Sơn", "Thắng", "Tùng", "Việt"),
    "Nữ": ("Anh", "Bích", "Chi", "Diệp", "Hà", "Hạnh", "Hương", "Lan", "Liên", "Nga", "Oanh", "Phượng", "Quyên", "Thảo", "Trang", "Yến"),
}  # fmt: skip
HAMLETS = (
    "Thôn Đông",
    "Thôn Đoài",
    "Thôn Trung",
    "Bản Nà Ngọc",
    "Buôn Ea Lam",
    "Tổ dân phố 3",
    "Khu phố Hòa Bình",
)
HOUSEHOLDS = ("Tạp hóa", "Quán cơm", "Sửa xe máy", "Vật liệu xây dựng", "May mặc", "Cà phê", "Nông sản")


class People:
    """Hands out synthetic parties; identity numbers end in 000001 upwards, phones in the range 0900 000 001 upwards. The
    numbers are shared by all places, so that no two people have the same.
    """

    def __init__(self, random: Random, place: str, numbers: Iterator[int]) -> None:
        self.random, self.place, self.numbers = random, place, numbers

    def citizen(self) -> PartyData:
        """A person with an identity number that fits sex and year of birth."""
        number = next(self.numbers)
        gender = self.random.choice(("Nam", "Nữ"))
        born = date(1948, 1, 1) + timedelta(days=self.random.randrange(365 * 58))
        century = (2 if born.year >= 2000 else 0) + (gender == "Nữ")
        name = f"{self.random.choice(FAMILY)} {self.random.choice(MIDDLE[gender])} {self.random.choice(GIVEN[gender])}"
        return PartyData(
            "citizen", name, identity_number=f"066{century}{born.year % 100:02d}{number:06d}", birth_date=born, gender=gender,
            phone=f"0900{number:06d}", address=f"{self.random.choice(HAMLETS)}, {self.place}",
        )  # fmt: skip

    def household(self) -> PartyData:
        """A household business under its owner's identity number (Circular 86/2024/TT-BTC)."""
        owner = self.citizen()
        name = f"Hộ kinh doanh {self.random.choice(HOUSEHOLDS)} {owner.name.split()[-1]}"
        return PartyData(
            "household", name, identity_number=owner.identity_number, phone=owner.phone, address=owner.address
        )
