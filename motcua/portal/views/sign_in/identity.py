"""National sign-on: there and back, and the explicit step that links an account there with one here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.accounts import actions, national
from motcua.accounts.models import IdentityProvider, User
from motcua.accounts.queries import linked_user, proven_holder
from motcua.accounts.rules.national import Person
from motcua.core.masks import mask_identity
from motcua.core.moments import now
from motcua.portal import signing_in
from motcua.portal.views.sign_in.entry import welcome

NEW, LINK_HERE, LINK_NUMBER = "new", "link_here", "link_number"


@require_POST
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Off to the provider."""
    return national.begin(request, code)


@never_cache
def back(request: HttpRequest) -> HttpResponse:
    """Back from the provider: straight in when linked, else the question what to do."""
    waits = national.waiting(request)
    if waits is None:
        return redirect("portal:sign_in")
    provider, person = waits
    if user := linked_user(provider, person.subject):
        return _enter(request, provider, person, user)
    step = _step(request, person)
    if request.method == "POST":
        return _take(request, provider, person, step)
    context = {"step": step, "provider": provider, "person": person}
    context["number"] = mask_identity(person.identity_number)
    return render(request, "portal/sign_in/national.html", context)


def _step(request: HttpRequest, person: Person) -> str:
    """What the page asks: link with the account that is signed in, link by the number, or make a new account."""
    if getattr(request.user, "is_citizen", False):
        return LINK_HERE
    return LINK_NUMBER if person.is_proven and proven_holder(person.identity_number) else NEW


def _take(request: HttpRequest, provider: IdentityProvider, person: Person, step: str) -> HttpResponse:
    at, who = now(), request.user
    if step == LINK_HERE and isinstance(who, User):
        actions.link_identity(provider, person, who, actor=who, at=at)
        national.forget(request)
        messages.success(request, _("Đã liên kết định danh điện tử với tài khoản của bạn."))
        return redirect("portal:account")
    if step == LINK_NUMBER:
        user = actions.link_by_number(provider, person, actor=None, at=at)
    else:
        ip = signing_in.network_address(request)
        language = get_language() or "vi"
        user = actions.sign_up_national(provider, person, language=language, ip=ip, actor=None, at=at)
    national.forget(request)
    return welcome(request, user, provider.code)


def _enter(request: HttpRequest, provider: IdentityProvider, person: Person, user: User) -> HttpResponse:
    national.forget(request)
    if user.is_active:
        actions.refresh_identity(provider, person, user, actor=user, at=now())
    return welcome(request, user, provider.code)
