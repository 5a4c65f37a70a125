"""Names, passwords and addresses, without a database."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from motcua.accounts.lockout import counted_name
from motcua.accounts.rules.addresses import client_address
from motcua.accounts.rules.names import username
from motcua.accounts.rules.passwords import is_built_on_name, is_common, letters_of
from motcua.accounts.validators import VietnameseWordsValidator
from motcua.core.errors import RuleViolation


@pytest.mark.parametrize(
    ("typed", "name"), [("Lan.Tran", "lan.tran"), (" an ", "an"), ("0an_b-c", "0an_b-c")]
)
def test_a_sign_in_name_is_small_letters(typed: str, name: str) -> None:
    assert username(typed) == name


@pytest.mark.parametrize("typed", ["", "a", ".an", "lan tran", "lân", "a" * 61, "an\n.b"])
def test_a_sign_in_name_that_is_hard_to_type_is_refused(typed: str) -> None:
    with pytest.raises(RuleViolation):
        username(typed)


@pytest.mark.parametrize(
    "password", ["Mật khẩu 2026!", "MOTCUA-123456789", "Anh yêu em 1234567", "password1234567"]
)
def test_common_words_with_digits_and_signs_are_common(password: str) -> None:
    assert is_common(password)


@pytest.mark.parametrize("password", ["Con đường đến trường 81", "matkhau cua toi la mua", ""])
def test_longer_phrases_are_not(password: str) -> None:
    assert not is_common(password)


@pytest.mark.parametrize(
    "password",
    ["Trần Thị Lan 2026", "lan.tran!!!!!", "Lan 1985", "thilan-0912", "ttlan2026", "LanThiTran"],
)
def test_a_password_made_of_the_persons_name_is_found(password: str) -> None:
    assert is_built_on_name(password, "Trần Thị Lan", "lan.tran")


def test_a_name_is_nothing_to_build_on_when_it_is_empty_or_short() -> None:
    assert not is_built_on_name("123456789012", "", "")
    assert not is_built_on_name("an", "Lê An", "x")
    assert letters_of("Đường 12-B") == "duongb"


def test_the_validator_says_why_in_vietnamese() -> None:
    class Person:
        full_name, username = "Trần Thị Lan", "lan"

    validator = VietnameseWordsValidator()
    validator.validate("Con đường đến trường 81", Person())
    validator.validate("Con đường đến trường 81")
    with pytest.raises(ValidationError, match="phổ biến"):
        validator.validate("matkhau12345")
    with pytest.raises(ValidationError, match="tên của bạn"):
        validator.validate("tranthilan12345", Person())
    assert "tên đăng nhập" in validator.get_help_text()


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        ("1.2.3.4", 0, "10.0.0.1"),
        ("1.2.3.4", 1, "1.2.3.4"),
        ("6.6.6.6, 1.2.3.4", 1, "1.2.3.4"),
        ("6.6.6.6, 1.2.3.4, 10.0.0.2", 2, "1.2.3.4"),
        ("1.2.3.4", 2, "10.0.0.1"),
        ("", 1, "10.0.0.1"),
        ("not an address", 1, "10.0.0.1"),
        ("2001:db8::1", 1, "2001:db8::1"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(forwarded: str, proxies: int, address: str) -> None:
    assert client_address("10.0.0.1", forwarded, proxies) == address


@given(st.text(max_size=60), st.integers(0, 4))
def test_no_header_breaks_the_reading_of_addresses(forwarded: str, proxies: int) -> None:
    assert client_address("10.0.0.1", forwarded, proxies)


def test_failed_tries_are_counted_under_the_name_that_accounts_know(rf) -> None:
    post = rf.post("/", {"login": " LAN "})
    assert counted_name(post) == "lan"
    assert counted_name(post, {"username": "Lan"}) == "lan"
    assert counted_name(None, {"login": "lan"}) == "lan"
    assert counted_name(None) == ""
