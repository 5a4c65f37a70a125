"""Numbers of people and enterprises. Every number here is made up: runs of zeros, endings 000001."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core import identity
from motcua.core.countries import COUNTRIES, country_choices, country_code, country_name
from motcua.core.errors import RuleViolation
from motcua.core.text import fold


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("038200000001", "038200000001"),
        (" 038 200 000 001 ", "038200000001"),
        ("038.200.000.001", "038200000001"),
        ("101300000001", "101300000001"),
        ("200000001", "200000001"),
        ("b0000001", "B0000001"),
        ("C00000001", "C00000001"),
        ("tk 0000001", "TK0000001"),
        ("C01X00T47", "C01X00T47"),
        ("12AB34567", "12AB34567"),
    ],
)
def test_identity_numbers_are_accepted_and_compacted(typed, kept):
    assert identity.identity_number(typed) == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("003200000001", "003 không phải mã nơi đăng ký khai sinh"),
        ("0382000001", "có 10 chữ số"),
        ("XX", "không đúng dạng"),
        ("ABCDEF12", "không đúng dạng"),
        ("B1234567890", "không đúng dạng"),
        ("12345678", "có 8 chữ số"),
        ("", "không đúng dạng"),
        ("٠٣٨٢٠٠٠٠٠٠٠١", "có 12 chữ số"),
    ],
)
def test_other_identity_numbers_are_refused_with_a_reason(typed, words):
    with pytest.raises(RuleViolation, match=words):
        identity.identity_number(typed)


@pytest.mark.parametrize(
    ("number", "birth", "gender", "warnings"),
    [
        ("038200000001", date(2000, 2, 1), "Nam", 0),
        ("038301000001", date(2001, 2, 1), "Nữ", 0),
        ("038090000001", date(1990, 2, 1), "male", 0),
        ("038190000001", date(1990, 2, 1), "nu", 0),
        ("038200000001", date(1999, 2, 1), "Nam", 1),
        ("038200000001", date(2000, 2, 1), "Nữ", 1),
        ("038301000001", date(1999, 2, 1), "Nam", 2),
        ("038200000001", None, "", 0),
        ("200000001", date(1999, 2, 1), "Nữ", 0),
    ],
)
def test_a_contradiction_warns_and_never_refuses(number, birth, gender, warnings):
    assert len(identity.identity_warnings(number, birth, gender)) == warnings


@given(st.dates(date(1900, 1, 1), date(2399, 12, 31)), st.booleans(), st.integers(0, 999_999))
def test_a_number_made_from_the_birth_date_never_warns(birth, male, tail):
    digit = (birth.year - 1900) // 100 * 2 + (0 if male else 1)
    number = f"001{digit}{birth.year % 100:02}{tail:06}"
    assert identity.identity_warnings(number, birth, "Nam" if male else "Nữ") == []


def test_the_qr_of_a_card_is_read_by_position():
    text = "038200000001||Nguyễn Văn A|01022000|Nam|Thôn 1, Xã X, Huyện Y, Thanh Hóa|15082021"
    card = identity.parse_cccd_qr(text)
    assert (card.number, card.old_number, card.name) == ("038200000001", "", "Nguyễn Văn A")
    assert (card.birth_date, card.issued_on) == (date(2000, 2, 1), date(2021, 8, 15))
    assert (card.gender, card.address) == ("Nam", "Thôn 1, Xã X, Huyện Y, Thanh Hóa")
    assert card.warnings == ()


def test_the_qr_is_read_with_newer_fields_stray_ends_and_letters_in_pieces():
    text = "\ufeff 038200000001 | 200000001|Nguye\u0302\u0303n  Văn A|2000|Nữ|Xã X|32132021|mới|thêm\r\n"
    card = identity.parse_cccd_qr(text)
    assert card.name == "Nguyễn Văn A"
    assert (card.birth_date, card.issued_on) == (None, None)
    assert card.warnings == ("Số định danh ứng với giới tính nam, nhưng khai là nữ.",)


@pytest.mark.parametrize("text", ["", "H40.12-250715-0001", "a|b|c", "9|||||||"])
def test_another_qr_is_refused(text):
    with pytest.raises(RuleViolation):
        identity.parse_cccd_qr(text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0100109106", "0100109106"),
        ("0300588569", "0300588569"),
        ("0101248141", "0101248141"),
        ("0100684378", "0100684378"),
        ("0102859048", "0102859048"),
        ("0100109106-001", "0100109106-001"),
        ("0100109106001", "0100109106-001"),
        ("038200000001", "038200000001"),
    ],
)
def test_tax_codes_are_accepted_in_every_length(typed, kept):
    assert identity.tax_code(typed) == kept


@pytest.mark.parametrize(
    "typed", ["0100109107", "0100109106-000", "010010910", "", "003200000001", "0100109106-01"]
)
def test_other_tax_codes_are_refused(typed):
    with pytest.raises(RuleViolation):
        identity.tax_code(typed)


@given(st.integers(10_000_000, 999_999_999))
def test_one_wrong_digit_in_a_tax_code_is_noticed(stem):
    digits = [int(d) for d in f"{stem:09}"]
    check = 10 - sum(w * d for w, d in zip((31, 29, 23, 19, 17, 13, 7, 5, 3), digits, strict=True)) % 11
    if check == 10 or stem % 10_000_000 == 0:
        return
    number = f"{stem:09}{check}"
    assert identity.tax_code(number) == number
    wrong = f"{stem:09}{(check + 1) % 10}"
    with pytest.raises(RuleViolation):
        identity.tax_code(wrong)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0900000001", "+84900000001"),
        ("090 000 00 01", "+84900000001"),
        ("+84 900 000 001", "+84900000001"),
        ("84900000001", "+84900000001"),
        ("0084900000001", "+84900000001"),
        ("+84 (0)900-000-001", "+84900000001"),
        ("0320000001", "+84320000001"),
        ("01620000001", "+84320000001"),
        ("01990000001", "+84590000001"),
        ("02400000001", "+842400000001"),
        ("(0235) 000.0001", "+842350000001"),
        ("842350000001", "+842350000001"),
        ("19000001", "19000001"),
        ("1800000001", "1800000001"),
    ],
)
def test_phones_become_one_shape(typed, kept):
    assert identity.phone(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "12345", "0400000001", "090000001", "09000000011", "0240000001", "+1 202 555 0100"]
)
def test_other_phones_are_refused(typed):
    with pytest.raises(RuleViolation, match="Số điện thoại không đúng"):
        identity.phone(typed)


@given(st.sampled_from(["03", "05", "07", "08", "09"]), st.integers(0, 99_999_999))
def test_a_phone_normalised_twice_is_the_same(head, tail):
    once = identity.phone(f"{head}{tail:08}")
    assert identity.phone(once) == once
    assert identity.phone(identity.phone_text(once)) == once


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+84900000001", "0900 000 001"),
        ("+842400000001", "024 0000 0001"),
        ("+842350000001", "0235 000 0001"),
        ("19000001", "19000001"),
    ],
)
def test_phones_are_shown_in_groups(number, shown):
    assert identity.phone_text(number) == shown


@pytest.mark.parametrize(
    ("mask", "whole", "shown"),
    [
        (identity.mask_identity, "038012345656", "0380******56"),
        (identity.mask_identity, "12345", "*****"),
        (identity.mask_identity, "TK1234567", "TK*****67"),
        (identity.mask_phone, "+84912345621", "09••••••21"),
        (identity.mask_phone, "0912345621", "09••••••21"),
        (identity.mask_phone, "113", "•••"),
        (identity.mask_name, "Nguyễn Văn An", "Nguyễn V. A."),
        (identity.mask_name, "Đỗ", "Đỗ"),
        (identity.mask_name, "", ""),
    ],
)
def test_masks_show_only_a_part(mask, whole, shown):
    assert mask(whole) == shown


@pytest.mark.parametrize(
    ("number", "country", "found"),
    [
        ("", "JPN", ("", "")),
        (" 001 099 000 001 ", "", ("001099000001", "")),
        ("tk 1234567", "JPN", ("TK1234567", "JPN")),
        ("123456789", "USA", ("123456789", "USA")),  # all digits: a passport there, an old card's number here
        ("C01X00T47", "DEU", ("C01X00T47", "DEU")),
    ],
)
def test_a_document_is_a_personal_number_or_the_passport_of_a_country(number, country, found):
    one = identity.document(number, country)
    assert (one.number, one.country) == found


@pytest.mark.parametrize(
    ("number", "country", "field", "words"),
    [
        ("TK1234567", "", "identity_number", "chọn nước cấp hộ chiếu"),
        ("123456789", "", "identity_number", "12 chữ số"),
        ("TK1234567", "ZZZ", "document_country", "Chọn nước cấp"),
        ("001099000001", "JPN", "identity_number", "từ 6 đến 9"),
        ("ABCDEFGH", "JPN", "identity_number", "ít nhất 3 chữ số"),
    ],
)
def test_a_document_that_is_none_is_refused_at_its_field(number, country, field, words):
    with pytest.raises(RuleViolation, match=words) as refused:
        identity.document(number, country)
    assert refused.value.field == field


def test_the_same_number_of_two_countries_names_two_people():
    keys = {identity.document_key("AB123456", country) for country in ("JPN", "DEU", "")}
    assert keys == {"JPN AB123456", "DEU AB123456", "AB123456"}
    assert identity.document_key("", "JPN") == ""


def test_every_issuer_of_passports_has_three_letters_and_a_name_in_both_languages():
    assert all(re.fullmatch(r"[A-Z]{3}", code) and all(names) for code, names in COUNTRIES.items())
    assert (country_name("DEU"), country_name("DEU", "en"), country_name("?"), country_name("")) == (
        "Đức",
        "Germany",
        "?",
        "",
    )
    assert country_choices()[0] == ("SAU", "Ả Rập Xê Út")
    assert [name for _, name in country_choices("en")][:2] == ["Afghanistan", "Albania"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Nhật Bản", "JPN"), (" nhat  ban ", "JPN"), ("japan", "JPN"), ("jpn", "JPN"), ("NGA", "NGA"), ("Nga", "RUS"), ("nga", "RUS"), (" ", ""), ("Nhật Bổn", None)],
)  # fmt: skip
def test_a_country_is_known_by_its_name_with_or_without_marks_or_by_its_letters(typed, code):
    assert country_code(typed) == code


def test_no_name_stands_for_two_countries():
    names = [{fold(name) for name in pair} for pair in COUNTRIES.values()]
    assert sum(map(len, names)) == len(set().union(*names))
