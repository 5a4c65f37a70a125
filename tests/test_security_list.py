"""The list of OWASP ASVS 5.0 in docs/security.md is complete, and what it points at exists."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR).parent
LIST = ROOT / "docs" / "security.md"
STATES = {"met", "partly", "no", "operator", "n/a"}
# Met by a page that says it, or by the checks of the house; everything else that is met names its test.
TOLD = {
    "V5.1.1",
    "V6.1.1, V6.1.2, V6.1.3",
    "V7.1.1, V7.1.2, V7.1.3",
    "V13.1.1",
    "V14.1.1, V14.1.2",
    "V15.1.1, V15.2.1",
    "V15.3.5",
    "V16.1.1, V16.2.3",
}
# The numbers of the items of levels 1 and 2 in each section of the standard (version 5.0.0).
SECTIONS = {
    "1.1": "1-2",
    "1.2": "1-9",
    "1.3": "1-11",
    "1.4": "1-3",
    "1.5": "1-2",
    "2.1": "1-3",
    "2.2": "1-3",
    "2.3": "1-4",
    "2.4": "1",
    "3.2": "1-2",
    "3.3": "1-4",
    "3.4": "1-6",
    "3.5": "1-5",
    "3.7": "1-2",
    "4.1": "1-3",
    "4.2": "1",
    "4.3": "1-2",
    "4.4": "1-4",
    "5.1": "1",
    "5.2": "1-3",
    "5.3": "1-2",
    "5.4": "1-3",
    "6.1": "1-3",
    "6.2": "1-12",
    "6.3": "1-4",
    "6.4": "1-4",
    "6.5": "1-5",
    "6.6": "1-3",
    "6.8": "1-4",
    "7.1": "1-3",
    "7.2": "1-4",
    "7.3": "1-2",
    "7.4": "1-5",
    "7.5": "1-2",
    "7.6": "1-2",
    "8.1": "1-2",
    "8.2": "1-3",
    "8.3": "1",
    "8.4": "1",
    "9.1": "1-3",
    "9.2": "1-4",
    "10.1": "1-2",
    "10.2": "1-2",
    "10.3": "1-4",
    "10.4": "1-11",
    "10.5": "1-5",
    "10.6": "1-2",
    "10.7": "1-3",
    "11.1": "1-2",
    "11.2": "1-3",
    "11.3": "1-3",
    "11.4": "1-4",
    "11.5": "1",
    "11.6": "1",
    "12.1": "1-3",
    "12.2": "1-2",
    "12.3": "1-4",
    "13.1": "1",
    "13.2": "1-5",
    "13.3": "1-2",
    "13.4": "1-5",
    "14.1": "1-2",
    "14.2": "1-4",
    "14.3": "1-3",
    "15.1": "1-3",
    "15.2": "1-3",
    "15.3": "1-7",
    "16.1": "1",
    "16.2": "1-5",
    "16.3": "1-4",
    "16.4": "1-3",
    "16.5": "1-3",
    "17.1": "1",
    "17.2": "1-4",
    "17.3": "1-2",
}


def items() -> set[str]:
    """The items of levels 1 and 2, e.g. "V1.2.3"."""
    found = set()
    for section, ranges in SECTIONS.items():
        for part in ranges.split():
            first, _, last = part.partition("-")
            found |= {f"V{section}.{number}" for number in range(int(first), int(last or first) + 1)}
    return found


def rows() -> list[list[str]]:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| V")]


def place(shown: str) -> tuple[Path, str]:
    """The file that a row names, and the test in it."""
    name, _, test = shown.partition("::")
    name = re.sub(r"^m/", "motcua/", re.sub(r"^t/", "tests/", name))
    return ROOT / name, test


def test_every_item_of_levels_one_and_two_is_in_the_list_once() -> None:
    named = [item for row in rows() for item in row[0].split(", ")]
    assert sorted(named) == sorted(set(named))
    assert set(named) == items()
    assert len(named) == 253


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_every_row_says_where_it_stands_and_what_shows_it(row: list[str]) -> None:
    _, state, how, shown = row
    assert state in STATES
    assert how
    assert shown or state == "n/a"
    assert state != "met" or "::" in shown or row[0] in TOLD
    path, test = place(shown)
    assert path.exists()
    assert not test or f"def {test}(" in path.read_text(encoding="utf-8")


def holes() -> list[str]:
    """The rows of the table of recurring holes."""
    text = LIST.read_text(encoding="utf-8").partition("## Recurring holes")[2].partition("\n## ")[0]
    return [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| Hole")]


def test_every_recurring_hole_has_tests_that_exist() -> None:
    assert len(holes()) > 20
    for row in holes():
        named = [place(one) for one in row.strip("|").split("|")[2].strip().split(", ")]
        assert named, row
        for path, test in named:
            assert f"def {test}(" in path.read_text(encoding="utf-8"), row
