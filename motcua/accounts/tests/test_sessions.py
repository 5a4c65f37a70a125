"""Where a person is signed in, and signing out everywhere else."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.accounts import actions
from motcua.accounts.models import User
from motcua.accounts.queries import sessions_of
from motcua.accounts.rules.devices import device
from motcua.audit.models import Event
from motcua.core.moments import now

PASSWORD = "Mua thu Ha Noi 2026"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1"
)
PROFILE, END = reverse("accounts:profile"), reverse("accounts:end_sessions")


@pytest.fixture
def officer(db: None) -> User:
    return User.objects.create_user("lan", PASSWORD, full_name="Trần Thị Lan")


def browser(agent: str, address: str = "10.0.0.5") -> Client:
    """A browser in which the officer has signed in."""
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
    client.post(reverse("account_login"), {"login": "lan", "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (WINDOWS, "Chrome trên Windows"),
        (WINDOWS + " Edg/141.0", "Edge trên Windows"),
        (PHONE, "Safari trên iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/141 Mobile Safari/537", "Chrome trên Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140) Gecko Firefox/140.0", "Firefox trên Linux"),
        ("curl/8", "Trình duyệt"),
        ("", "Trình duyệt"),
    ],
)
def test_a_browser_is_named_so_that_its_owner_knows_it(agent: str, words: str) -> None:
    assert device(agent) == words


def test_the_account_page_lists_where_one_is_signed_in_this_session_first(officer: User) -> None:
    browser(PHONE, "10.0.0.9")
    here = browser(WINDOWS)
    page = here.get(PROFILE).content.decode()
    assert page.index("Chrome trên Windows") < page.index("phiên này") < page.index("Safari trên iPhone")
    assert "10.0.0.9" in page
    assert "Đăng xuất khỏi mọi thiết bị khác" in page


def test_signing_out_everywhere_else_leaves_this_session_and_is_logged(officer: User) -> None:
    there, here = browser(PHONE, "10.0.0.9"), browser(WINDOWS)
    stranger = User.objects.create_user("minh", PASSWORD, full_name="Minh")
    other = Client()
    other.post(reverse("account_login"), {"login": "minh", "password": PASSWORD})
    shown = here.post(END, follow=True).content.decode()
    assert "Đã đăng xuất ở 1 thiết bị khác." in shown
    assert "Đăng xuất khỏi mọi thiết bị khác" not in shown
    assert there.get(PROFILE).status_code == 302
    assert here.get(PROFILE).status_code == 200
    assert other.get(PROFILE).status_code == 200
    event = Event.objects.get(chain=f"user/{officer.pk}", kind="user.sessions_ended")
    assert (event.data["count"], event.data["ip"]) == (1, "10.0.0.5")
    assert not Event.objects.filter(chain=f"user/{stranger.pk}", kind="user.sessions_ended").exists()


def test_with_no_other_session_nothing_is_logged(officer: User) -> None:
    assert "ở thiết bị nào khác" in browser(WINDOWS).post(END, follow=True).content.decode()
    assert not Event.objects.filter(kind="user.sessions_ended").exists()


def test_sessions_that_have_ended_are_no_longer_listed(officer: User) -> None:
    gone, here = browser(PHONE), browser(WINDOWS)
    gone.post(reverse("account_logout"))
    assert [one.device for one in sessions_of(officer, here.session.session_key)] == ["Chrome trên Windows"]
    actions.reset_password(officer, actor=officer, at=now())
    officer.refresh_from_db()
    assert sessions_of(officer, None) == []


def test_it_takes_a_press_of_the_button(officer: User) -> None:
    assert browser(WINDOWS).get(END).status_code == 405
