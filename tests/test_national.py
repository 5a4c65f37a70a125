"""National sign-on against a real OpenID provider (allauth's) in a second process: code flow, PKCE, claims, explicit links."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from motcua.accounts import national
from motcua.accounts.models import IdentityLink, IdentityProvider, Profile, User
from motcua.accounts.testing import make_citizen
from motcua.core.moments import today

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent
BACK, START, ACCOUNT = reverse("portal:national"), reverse("portal:sign_in"), reverse("portal:account")
CLAIMS = {"identity_number": "so_dinh_danh", "full_name": "ho_ten", "birth_date": "ngay_sinh", "gender": "gioi_tinh", "level": "muc"}  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The provider's address."""
    home = tmp_path_factory.mktemp("idp")
    key = rsa.generate_private_key(65537, 2048)
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (home / "key.pem").write_bytes(pem)
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    callback = "http://testserver" + reverse("openid_connect_callback", args=["vneid"])
    environment = {**os.environ, "IDP_HOME": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.idp.serve", str(port), callback]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            requests.get(f"{address}/.well-known/openid-configuration", timeout=5)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the provider does not answer")


@pytest.fixture
def provider(server: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> IdentityProvider:
    """The provider as agreed with it; loopback is let through in tests only."""
    cache.clear()
    settings.OIDC_PRIVATE_HOSTS = True
    monkeypatch.setenv("MOTCUA_OIDC_VNEID", "bi mat cua ung dung")
    return IdentityProvider.objects.create(
        code="vneid", name="Định danh điện tử", issuer=server, client_id="motcua", secret_env="MOTCUA_OIDC_VNEID",
        claims=CLAIMS, levels={"1": "low", "2": "substantial"}, valid_from=today(),
    )  # fmt: skip


def go(client: Client, server: str, who: str = "na") -> Any:
    """There and back, as a browser does it."""
    off = client.post(reverse("portal:national_begin", args=["vneid"]))
    assert off.status_code == 302
    asked = parse_qs(urlsplit(off["Location"]).query)
    assert (asked["response_type"], asked["code_challenge_method"]) == (["code"], ["S256"])
    there = requests.Session()
    there.get(f"{server}/vao/{who}/", timeout=20)
    answer = there.get(off["Location"], allow_redirects=False, timeout=20)
    assert answer.status_code == 302, answer.text[:2000]
    back = urlsplit(answer.headers["Location"])
    assert back.netloc == "testserver"
    return client.get(f"{back.path}?{back.query}")


def test_a_new_person_makes_an_account_with_a_proven_number(
    client: Client, provider: IdentityProvider, server: str
) -> None:
    assert "Định danh điện tử" in client.get(START).content.decode()
    assert go(client, server)["Location"] == BACK
    page = client.get(BACK).content.decode()
    assert "Lập tài khoản mới?" in page
    assert "001099000001" not in page
    assert not User.objects.exists()
    assert client.post(BACK)["Location"] == ACCOUNT
    profile = Profile.objects.get()
    assert (profile.identity_number, profile.assurance, profile.gender, f"{profile.birth_date}") == ("001099000001", "substantial", "female", "1999-01-31")  # fmt: skip
    assert (profile.user.full_name, profile.email, profile.user.has_usable_password()) == (
        "Nguyễn Thị Na",
        "",
        False,
    )
    client.post(reverse("portal:sign_out"))
    assert go(client, server)["Location"] == BACK
    assert client.get(BACK)["Location"] == ACCOUNT
    assert User.objects.count() == 1


def test_an_account_with_the_same_proven_number_is_linked_only_when_the_person_says_so(
    client: Client, provider: IdentityProvider, server: str
) -> None:
    user = make_citizen()
    go(client, server)
    assert "Liên kết với tài khoản đã có?" in client.get(BACK).content.decode()
    assert not IdentityLink.objects.exists()
    assert client.post(BACK)["Location"] == ACCOUNT
    assert IdentityLink.objects.get().user == user
    assert client.get(ACCOUNT).status_code == 200


def test_the_same_mailbox_links_nobody(client: Client, provider: IdentityProvider, server: str) -> None:
    other = make_citizen("Người Khác", "001099000009", "0900000009", email="na@example.vn")
    go(client, server)
    assert "Lập tài khoản mới?" in client.get(BACK).content.decode()
    client.post(BACK)
    assert IdentityLink.objects.get().user != other


def test_at_the_lowest_level_a_number_proves_nothing(
    client: Client, provider: IdentityProvider, server: str
) -> None:
    user = make_citizen()
    go(client, server, "thap")
    assert "Lập tài khoản mới?" in client.get(BACK).content.decode()
    client.post(BACK)
    made = IdentityLink.objects.get().user
    assert made != user
    assert (made.profile.identity_number, made.profile.is_proven) == ("", False)


def test_who_is_signed_in_links_their_own_account_and_is_proven_by_it(
    provider: IdentityProvider, server: str
) -> None:
    user, client = make_citizen(identity="", assurance="low"), Client()
    client.force_login(user)
    go(client, server)
    assert "đang đăng nhập tài khoản" in client.get(BACK).content.decode()
    assert client.post(BACK)["Location"] == ACCOUNT
    user.profile.refresh_from_db()
    assert user.profile.is_proven
    page = client.get(ACCOUNT).content.decode()
    assert "Bỏ liên kết" in page
    client.post(reverse("portal:account_unlink", args=[IdentityLink.objects.get().pk]))
    assert not IdentityLink.objects.exists()


def test_an_account_of_another_number_is_not_linked(provider: IdentityProvider, server: str) -> None:
    user, client = make_citizen("Khác", "001099000009", "0900000009"), Client()
    client.force_login(user)
    go(client, server)
    assert client.post(BACK).status_code == 422
    assert not IdentityLink.objects.exists()


def test_a_forged_or_repeated_answer_opens_nothing(
    client: Client, provider: IdentityProvider, server: str
) -> None:
    back = reverse("openid_connect_callback", args=["vneid"])
    for query in ("?code=x&state=y", "?error=access_denied", ""):
        assert client.get(back + query)["Location"] == START
    off = client.post(reverse("portal:national_begin", args=["vneid"]))
    state = parse_qs(urlsplit(off["Location"]).query)["state"][0]
    assert Client().get(f"{back}?code=x&state={state}")["Location"] == START
    assert client.get(f"{back}?code=x&state={state}")["Location"] == START
    assert "Chưa đăng nhập được" in client.get(START).content.decode()
    assert client.get(BACK)["Location"] == START
    assert not User.objects.exists()


def test_without_the_setting_no_request_reaches_a_private_address(
    client: Client, provider: IdentityProvider, settings: Any
) -> None:
    settings.OIDC_PRIVATE_HOSTS = False
    assert client.post(reverse("portal:national_begin", args=["vneid"]))["Location"] == START
    session = national.NationalAdapter().get_requests_session()
    for address in (provider.issuer, "https://127.0.0.1/", "https://localhost/", "http://169.254.169.254/"):
        with pytest.raises(requests.ConnectionError):
            session.get(address)


def test_a_provider_that_is_no_longer_used_is_not_asked(client: Client, provider: IdentityProvider) -> None:
    provider.valid_from = provider.valid_to = today().replace(year=2020)
    provider.save()
    assert client.post(reverse("portal:national_begin", args=["vneid"])).status_code == 422
    assert client.get(reverse("openid_connect_callback", args=["vneid"])).status_code in (404, 422)
    assert "Định danh điện tử" not in client.get(START).content.decode()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("MOTCUA_OIDC_VNEID", "bi mat cua ung dung"), ("MOTCUA_SECRET_KEY", ""), ("PATH", "")],
)
def test_no_other_secret_of_the_process_leaves_through_a_provider(
    provider: IdentityProvider, name: str, wanted: str
) -> None:
    provider.secret_env = name
    assert national.secret_of(provider) == wanted
