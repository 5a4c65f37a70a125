"""What a national sign-on says, read through its mapping."""

from datetime import date

import pytest

from motcua.accounts.rules.national import Person, mapping_problem, merged, person
from motcua.core.errors import RuleViolation


def test_the_token_comes_before_the_endpoint_when_both_speak_of_one_person() -> None:
    assert merged({"sub": "1", "acr": "2"}, {"sub": "1", "acr": "1", "name": "Na"}) == {
        "sub": "1",
        "acr": "2",
        "name": "Na",
    }
    assert merged({"sub": "1"}, {}) == {"sub": "1"}
    assert merged({}, {"sub": "1"}) == {"sub": "1"}


@pytest.mark.parametrize(
    ("token", "info"),
    [({"sub": "1"}, {"sub": "2"}), ({}, {}), ({"sub": "1"}, {"name": "Na"}), ({"sub": ""}, {"sub": ""})],
)
def test_answers_that_do_not_agree_name_nobody(token: dict[str, str], info: dict[str, str]) -> None:
    with pytest.raises(RuleViolation):
        merged(token, info)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"sub": "1"}, Person("1")),
        ({"sub": 7, "so": "001099000001", "muc": "2"}, Person("7", "001099000001", level="substantial")),
        ({"sub": "1", "so": "12345", "muc": "9"}, Person("1")),
        ({"sub": "1", "muc": "1", "gender": "Nam"}, Person("1", gender="male")),
        ({"sub": "1", "gender": "x", "birthdate": "31/01/1999"}, Person("1", birth_date=date(1999, 1, 31))),
        ({"sub": "1", "birthdate": "1999-02-30"}, Person("1")),
        ({"sub": "1", "muc": "3"}, Person("1")),
    ],
)
def test_claims_are_read_by_the_mapping_and_what_has_no_form_is_left_out(
    said: dict[str, object], wanted: Person
) -> None:
    levels = {"1": "low", "2": "substantial", "3": "absolute"}
    assert person(said, {"identity_number": "so", "level": "muc"}, levels) == wanted


@pytest.mark.parametrize(
    ("number", "level", "proven"),
    [("001099000001", "high", True), ("001099000001", "low", False), ("", "high", False)],
)
def test_a_number_is_proven_above_the_lowest_level_only(number: str, level: str, proven: bool) -> None:
    assert Person("1", number, level=level).is_proven is proven


@pytest.mark.parametrize(
    ("claims", "levels", "word"),
    [
        ({"full_name": "name"}, {"2": "high"}, ""),
        ({"mail": "email"}, {}, "Không có mục mail"),
        ({"full_name": ""}, {}, "tên bằng chữ"),
        ({}, {"2": 2}, "tên bằng chữ"),
        ({}, {"2": "top"}, "Không có mức top"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_said(
    claims: dict[str, object], levels: dict[str, object], word: str
) -> None:
    said = mapping_problem(claims, levels)
    assert word in said
    assert bool(said) is bool(word)
