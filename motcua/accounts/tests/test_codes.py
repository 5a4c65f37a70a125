"""One-time codes: issued alike for everybody, taken once, not guessed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.accounts import actions
from motcua.accounts.actions.codes import WRONG
from motcua.accounts.models import OneTimeCode
from motcua.accounts.rules import codes
from motcua.accounts.testing import make_citizen
from motcua.audit.models import Event
from motcua.core.errors import RuleViolation

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
PHONE = codes.Address("phone", "+84900000001")
MAIL = codes.Address("email", "na@example.vn")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("0900 000 001", PHONE),
        ("+84 900000001", PHONE),
        (" Na@Example.VN ", MAIL),
        ("0162 345 6789", codes.Address("phone", "+84323456789")),
    ],
)
def test_an_address_is_a_phone_or_a_mailbox_in_one_spelling(typed: str, wanted: codes.Address) -> None:
    assert codes.address(typed) == wanted


@pytest.mark.parametrize(
    "typed",
    ["", "12345", "024 3825 1234", "19001234", "na@", "na@vn", "a b@example.vn", "na@example.vn\r\nBcc: x@y.vn", "@example.vn", "n" * 260 + "@a.vn"],
)  # fmt: skip
def test_what_gets_no_code_is_refused_with_a_reason(typed: str) -> None:
    with pytest.raises(RuleViolation):
        codes.address(typed)


def test_a_mailbox_has_no_phone_and_the_other_way_round() -> None:
    assert (PHONE.phone, PHONE.email, MAIL.phone, MAIL.email) == ("+84900000001", "", "", "na@example.vn")


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "1 giây"), (29, "30 giây"), (600, "11 phút"), (86_000, "24 giờ")]
)
def test_how_long_to_wait_is_said_in_words(seconds: int, words: str) -> None:
    assert codes.wait_words(timedelta(seconds=seconds)) == words


@given(st.lists(st.integers(0, 100_000), max_size=40))
def test_however_one_asks_no_window_ever_holds_more_codes_than_its_limit(gaps: list[int]) -> None:
    taken: list[datetime] = []
    moment = AT
    for gap in gaps:
        moment += timedelta(seconds=gap % 4_000)
        if not codes.wait(taken, codes.PER_ADDRESS, moment):
            taken.append(moment)
    for limit in codes.PER_ADDRESS:
        for start in taken:
            assert sum(start <= one < start + limit.within for one in taken) <= limit.codes


def test_after_the_wait_one_may_ask_again_and_not_a_second_before() -> None:
    asked = [AT + timedelta(minutes=n) for n in range(5)]
    at = AT + timedelta(minutes=5)
    left = codes.wait(asked, codes.PER_ADDRESS, at)
    assert left == timedelta(minutes=10)
    assert codes.wait(asked, codes.PER_ADDRESS, at + left - timedelta(seconds=1))
    assert not codes.wait(asked, codes.PER_ADDRESS, at + left)


def issue(address: codes.Address = PHONE, at: datetime = AT, ip: str = "10.0.0.1") -> actions.Issued:
    return actions.issue_code(address, "sign_in", ip=ip, actor=None, at=at)


def use(issued: actions.Issued, code: str = "", at: datetime = AT, address: codes.Address = PHONE) -> object:
    return actions.use_code(issued.row.pk, address, code or issued.code, ip="10.0.0.1", actor=None, at=at)


@pytest.mark.django_db
def test_a_code_has_six_digits_and_neither_it_nor_the_address_is_kept() -> None:
    issued = issue()
    assert len(issued.code) == 6
    assert issued.code.isdigit()
    kept = " ".join(str(value) for value in OneTimeCode.objects.values().get().values())
    assert issued.code not in kept
    assert "900000001" not in kept


@pytest.mark.django_db
def test_a_code_is_taken_once_even_with_blanks() -> None:
    issued = issue()
    assert use(issued, f"{issued.code[:3]} {issued.code[3:]}")
    with pytest.raises(RuleViolation, match="không đúng hoặc đã hết hạn"):
        use(issued)


@pytest.mark.django_db
def test_a_code_runs_out_after_five_minutes() -> None:
    issued = issue()
    with pytest.raises(RuleViolation):
        use(issued, at=AT + timedelta(minutes=5))
    assert use(issued, at=AT + timedelta(minutes=4, seconds=59))


@pytest.mark.django_db
def test_five_wrong_guesses_kill_a_code_and_the_right_one_no_longer_helps() -> None:
    issued = issue()
    wrong = f"{(int(issued.code) + 1) % 10**6:06d}"
    for _ in range(5):
        with pytest.raises(RuleViolation):
            use(issued, wrong)
    with pytest.raises(RuleViolation):
        use(issued)
    assert OneTimeCode.objects.get().tries == 5


@pytest.mark.django_db
def test_a_newer_code_ends_the_older_one_and_no_code_is_good_for_another_address() -> None:
    first = issue()
    second = issue(at=AT + timedelta(minutes=1))
    with pytest.raises(RuleViolation):
        use(first)
    with pytest.raises(RuleViolation):
        use(second, address=codes.Address("phone", "+84900000002"))
    assert use(second, at=AT + timedelta(minutes=1))


@pytest.mark.django_db
def test_one_address_gets_five_codes_in_fifteen_minutes_whoever_asks_from_wherever() -> None:
    for number in range(5):
        issue(at=AT + timedelta(minutes=number), ip=f"10.0.0.{number}")
    with pytest.raises(RuleViolation, match="Chờ 11 phút"):
        issue(at=AT + timedelta(minutes=5), ip="10.0.0.9")
    assert issue(codes.Address("phone", "+84900000002"), at=AT + timedelta(minutes=5))


@pytest.mark.django_db
def test_one_network_address_gets_sixty_codes_an_hour() -> None:
    rows = [
        OneTimeCode(address_key=f"{n}", ip="10.0.0.1", code_hash="x", created_at=AT, expires_at=AT)
        for n in range(60)
    ]
    OneTimeCode.objects.bulk_create(rows)
    with pytest.raises(RuleViolation, match="quá nhiều mã"):
        issue(at=AT + timedelta(minutes=1))
    assert issue(at=AT + timedelta(minutes=1), ip="10.0.0.2")


@pytest.mark.django_db
def test_the_log_of_a_known_account_tells_of_codes_and_wrong_guesses_without_the_code() -> None:
    user = make_citizen()
    issued = issue()
    with pytest.raises(RuleViolation) as refused:
        use(issued, f"{(int(issued.code) + 1) % 10**6:06d}")
    assert refused.value.message == WRONG
    rows = list(Event.objects.filter(chain=f"user/{user.pk}").order_by("seq"))
    assert [row.kind for row in rows] == ["user.code_sent", "user.code_failed"]
    assert issued.code not in str([row.data for row in rows])


@pytest.mark.django_db
def test_old_codes_are_forgotten_and_those_that_limits_look_at_stay() -> None:
    issue()
    issue(at=AT + timedelta(days=3))
    assert actions.forget_codes(before=AT + timedelta(days=3), actor=None) == 1
    assert OneTimeCode.objects.count() == 1
