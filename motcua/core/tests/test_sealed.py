"""Secrets that are kept sealed."""

import pytest
from django.test import override_settings

from motcua.core.sealed import Safe

SAFE = Safe("tests", r"MOTCUA_TESTS_[A-Z0-9_]{1,40}")


def test_a_secret_comes_back_and_is_not_kept_in_clear() -> None:
    kept = SAFE.seal("khóa bí mật")
    assert "khóa" not in kept
    assert SAFE.open(kept) == "khóa bí mật"
    assert SAFE.open("") == ""


def test_another_key_or_another_purpose_opens_nothing() -> None:
    kept = SAFE.seal("khóa")
    assert Safe("others", "X").open(kept) == ""
    with override_settings(SECRET_KEY="another"):
        assert SAFE.open(kept) == ""


@pytest.mark.parametrize(
    ("variable", "found"),
    [("MOTCUA_TESTS_SMS", "từ môi trường"), ("MOTCUA_SECRET_KEY", ""), ("MOTCUA_TESTS_NO", "")],
)
def test_only_variables_of_the_purpose_are_read(
    monkeypatch: pytest.MonkeyPatch, variable: str, found: str
) -> None:
    monkeypatch.setenv("MOTCUA_TESTS_SMS", "từ môi trường")
    monkeypatch.setenv("MOTCUA_SECRET_KEY", "không ai được đọc")
    assert SAFE.open(SAFE.seal("đã lưu"), variable) == found
