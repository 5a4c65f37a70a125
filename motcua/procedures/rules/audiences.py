"""For whom a procedure is: the national catalogue's many names (đối tượng thực hiện) in two groups that people know."""

from collections.abc import Iterable
from enum import StrEnum

from motcua.core.text import fold


class Group(StrEnum):
    """Who looks for a procedure."""

    CITIZEN = "nguoi-dan"
    ENTERPRISE = "doanh-nghiep"

    @property
    def label(self) -> str:
        """What a person reads."""
        return "Người dân" if self is Group.CITIZEN else "Doanh nghiệp, tổ chức"


_CITIZEN = ("cong dan", "ca nhan", "nguoi", "ho gia dinh")
_ENTERPRISE = ("doanh nghiep", "to chuc", "hop tac xa", "co quan", "don vi", "ho kinh doanh")


def groups_of(names: Iterable[str]) -> frozenset[Group]:
    """The groups that the catalogue's names mean; both when it names nobody."""
    said = fold(" | ".join(names))
    found = {
        group
        for group, marks in ((Group.CITIZEN, _CITIZEN), (Group.ENTERPRISE, _ENTERPRISE))
        if any(mark in said for mark in marks)
    }
    return frozenset(found or Group)
