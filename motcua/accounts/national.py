"""National sign-on by allauth's OpenID Connect: providers are our rows, requests go through the guard of outbound addresses,
and what comes back only leads to an explicit step of ours. allauth itself signs nobody in and makes no account.
"""

import functools
import os
import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

from motcua.accounts.models import IdentityProvider
from motcua.accounts.queries import providers_at
from motcua.accounts.rules.national import Person, merged, person
from motcua.core import outbound
from motcua.core.errors import RuleViolation
from motcua.core.moments import now, today

WAITING = "national"
WAITS_SECONDS = 10 * 60
SECONDS = 10
# Only such variables may be named on a page: no other secret of the process leaves through a provider.
ENV_NAME = re.compile(r"MOTCUA_OIDC_[A-Z0-9_]{1,40}")


def secret_of(provider: IdentityProvider) -> str:
    """The secret shared with a provider."""
    name = provider.secret_env
    return os.environ.get(name, "") if ENV_NAME.fullmatch(name) else ""


class NationalAdapter(DefaultSocialAccountAdapter):
    """Providers of our table; a sign-in there becomes a person waiting in the session for a step of ours."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> Any:
        """The providers in force as allauth wants them; nothing is stored in its own tables."""
        rows = [row for row in providers_at(today()) if provider in (None, row.code, "openid_connect")]
        return [_app(row) for row in rows if client_id in (None, row.client_id)]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Never further than here: what the provider said waits in the session, and our page asks what to do with it."""
        provider = _row(sociallogin.account.provider)
        said = sociallogin.account.extra_data
        claims = merged(said.get("id_token") or {}, said.get("userinfo") or {})
        _keep(request, provider, person(claims, provider.claims, provider.levels))
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse(settings.NATIONAL_RETURN)))

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any) -> None:
        """Say so and go back to our page of signing in."""
        raise ImmediateHttpResponse(_failed(request))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never by allauth."""
        return False

    def get_requests_session(self) -> requests.Session:
        """A session that reaches only where outbound requests may go: judged and pinned, no redirects, no proxies, little read."""
        session = requests.Session()
        session.trust_env, session.max_redirects = False, 0
        guard = _Guard()
        session.mount("https://", guard)
        session.mount("http://", guard)
        session.request = functools.partial(session.request, timeout=SECONDS)  # type: ignore[method-assign]
        return session


def _app(row: IdentityProvider) -> SocialApp:
    options = {
        "server_url": row.issuer,
        "scope": row.scope.split(),
        "oauth_pkce_enabled": True,
        "fetch_userinfo": True,
    }
    return SocialApp(
        provider="openid_connect",
        provider_id=row.code,
        name=row.name,
        client_id=row.client_id,
        secret=secret_of(row),
        settings=options,
    )


def _row(code: str) -> IdentityProvider:
    for row in providers_at(today()):
        if row.code == code:
            return row
    raise RuleViolation("Cách đăng nhập này không còn dùng.")


def _failed(request: HttpRequest) -> HttpResponse:
    messages.error(
        request,
        _("Chưa đăng nhập được bằng định danh điện tử. Thử lại, hoặc dùng số điện thoại, thư điện tử."),
    )
    return HttpResponseRedirect(reverse(settings.CITIZEN_SIGN_IN))


def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Send the browser to a provider, with PKCE and a state of its own. Raises RuleViolation for one not in force."""
    row = _row(code)
    provider = NationalAdapter(request).get_provider(request, provider=row.code)
    try:
        answer: HttpResponse = provider.redirect(request, "login")
    except (requests.RequestException, OSError, ValueError, KeyError):
        return _failed(request)
    return answer


def form_targets() -> list[str]:
    """Where our form may lead on to: browsers hold a redirect after a form against the page's policy."""
    found = []
    for row in providers_at(today()):
        parts = urlsplit(row.issuer)
        found.append(f"{parts.scheme}://{parts.netloc}")
    return sorted(set(found))


def _keep(request: HttpRequest, provider: IdentityProvider, found: Person) -> None:
    request.session[WAITING] = {
        "provider": provider.code,
        "at": int(now().timestamp()),
        "subject": found.subject,
        "identity_number": found.identity_number,
        "full_name": found.full_name,
        "birth_date": found.birth_date.isoformat() if found.birth_date else "",
        "gender": found.gender,
        "level": found.level,
    }


def waiting(request: HttpRequest) -> tuple[IdentityProvider, Person] | None:
    """Who has signed in at a provider within the last ten minutes and was asked what to do."""
    kept = request.session.get(WAITING)
    if not kept or now().timestamp() - kept["at"] > WAITS_SECONDS:
        return None
    names = ("subject", "identity_number", "full_name", "gender", "level")
    born = date.fromisoformat(kept["birth_date"]) if kept["birth_date"] else None
    return _row(kept["provider"]), Person(**{name: kept[name] for name in names}, birth_date=born)


def forget(request: HttpRequest) -> None:
    """The step was taken: what the provider said is not kept."""
    request.session.pop(WAITING, None)


class _Pinned(HTTPConnection):
    """Connects to the very address that was judged, whatever the name says a moment later."""

    def _new_conn(self) -> Any:
        private = settings.OIDC_PRIVATE_HOSTS
        try:
            self._dns_host = outbound.resolve(self.host, int(self.port), private=private)
        except outbound.NotSent as error:
            raise NewConnectionError(self, str(error)) from error
        return super()._new_conn()


class _PinnedTLS(_Pinned, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Pinned


class _PoolTLS(HTTPSConnectionPool):
    ConnectionCls = _PinnedTLS


class _Guard(HTTPAdapter):
    """requests' way out, past the same guard as every other outbound request (`core.outbound`)."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _PoolTLS}

    def send(self, request: Any, *args: Any, **kwargs: Any) -> requests.Response:
        if said := outbound.address_problem(str(request.url), private=settings.OIDC_PRIVATE_HOSTS):
            raise requests.ConnectionError(said)
        kwargs["stream"] = True
        answer = super().send(request, *args, **kwargs)
        body = answer.raw.read(outbound.MOST + 1, decode_content=True)
        answer.close()
        if len(body) > outbound.MOST:
            raise requests.ConnectionError("trả lời quá dài")
        answer._content, answer._content_consumed = body, True
        return answer
