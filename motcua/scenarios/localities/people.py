"""Invented residents and officers of a locality: common names put together by chance, numbers that were never issued."""

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from motcua.dossiers.rules.intake import PartyData
from motcua.scenarios.demo.names import FAMILY, GIVEN, MIDDLE
from motcua.scenarios.demo.people import Person, one

if TYPE_CHECKING:
    from motcua.scenarios.localities.plan import Locality

ALL_ROLES = ("receptionist", "returner", "cashier")


class Residents:
    """Hands out people with old card numbers (9 digits: the locality's prefix, then 000001 upwards); each counter has a range
    of its own, so that no two people have the same.
    """

    def __init__(self, random: Random, locality: "Locality", place: str, first: int) -> None:
        self.random, self.prefix, self.next = random, locality.identity_prefix, first
        self.address = f"{place}, {locality.place}" if place != locality.place else place

    def citizen(self) -> PartyData:
        """A person of the locality."""
        random, number = self.random, self.next
        self.next += 1
        gender = random.choice(("Nam", "Nữ"))
        born = date(1942, 1, 1) + timedelta(days=random.randrange(365 * 56))
        name = f"{random.choice(FAMILY)} {random.choice(MIDDLE[gender])} {random.choice(GIVEN[gender])}"
        return PartyData(
            "citizen",
            name,
            identity_number=f"{self.prefix}{number:06d}",
            birth_date=born,
            gender=gender,
            address=self.address,
        )


class Staff:
    """Names officers of a locality by a seed of its own."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - invents names

    def _name(self) -> str:
        gender = self.random.choice(("Nam", "Nữ"))
        return " ".join(self.random.choice(part) for part in (FAMILY, MIDDLE[gender], GIVEN[gender]))

    def counter(self, key: str, clerks: int, *, officers: int = 1, leaders: int = 2) -> tuple[Person, ...]:
        """Those of a committee: clerks at its counter, officers, and who signs."""
        found = [
            one(f"{key}.mc{n}", self._name(), key, "Công chức Bộ phận Tiếp nhận và Trả kết quả", *ALL_ROLES)
            for n in range(1, clerks + 1)
        ]
        found += [
            one(f"{key}.cv{n}", self._name(), key, "Công chức chuyên môn", "officer")
            for n in range(1, officers + 1)
        ]
        titles = ("Chủ tịch Ủy ban nhân dân", *["Phó Chủ tịch Ủy ban nhân dân"] * (leaders - 1))
        found += [
            one(f"{key}.ld{n}", self._name(), key, title, "leader", subtree=True)
            for n, title in enumerate(titles, 1)
        ]
        return tuple(found)

    def division(self, key: str, officers: int = 2) -> tuple[Person, ...]:
        """Those of a division: officers and its head."""
        found = [
            one(f"{key}.cv{n}", self._name(), key, "Chuyên viên", "officer") for n in range(1, officers + 1)
        ]
        return (*found, one(f"{key}.tp", self._name(), key, "Trưởng phòng", "officer", "division_head"))

    def divisions(self, *keys: str, officers: int = 2) -> tuple[Person, ...]:
        """Those of several divisions."""
        return tuple(person for key in keys for person in self.division(key, officers))

    def branch(self, key: str, desk: str) -> tuple[Person, ...]:
        """Those of a vertical agency or a branch: desk officers (`desk` is their role) and its head."""
        found = [
            one(f"{key}.cv{n}", self._name(), key, "Cán bộ thụ lý", "officer", desk, "returner")
            for n in (1, 2)
        ]
        return (*found, one(f"{key}.ld", self._name(), key, "Thủ trưởng đơn vị", "leader"))
