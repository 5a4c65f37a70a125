"""What pages for signed-in citizens share: the door, the way back, and for whom the person acts."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.accounts.models import User
from motcua.accounts.queries import Party, parties_of, party
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound, RuleViolation, TooMany
from motcua.core.moments import today
from motcua.core.web import hx_redirect

View = Callable[..., HttpResponse]
ACTING_FOR = "acting_for"
# The name under which the pages of filing are mounted a second time, for staff who help somebody (`urls.assisting`).
ASSISTING = "assisting"


class CitizenRequest(HttpRequest):
    """Behind `citizen_required`. Only a type: never made by hand."""

    user: User


def citizen_required(view: View) -> View:
    """Lead anybody but a signed-in citizen to the citizens' sign-in and back again; staff too, who act there as nobody."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if getattr(request.user, "is_citizen", False):
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method == "GET" else ""
        query = f"?{urlencode({'next': back})}" if back else ""
        return hx_redirect(request, reverse("portal:sign_in") + query)

    return inner


class HelperRequest(HttpRequest):
    """Behind `helper_required`. Only a type: never made by hand."""

    user: User
    authority: Authority


def helper_required(view: View) -> View:
    """Staff who may help citizens to file; to others there is no such page. Whom they help now is asked by queries and acts."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.authority.require_any(Permission.DOSSIER_ASSIST)  # type: ignore[attr-defined]  # by middleware
        request.filing_base = "portal/assisting/_base.html"  # type: ignore[attr-defined]  # read by the templates
        return view(request, *args, **kwargs)

    return login_required(inner)


def filer_required(view: View) -> View:
    """The door of a page of filing: a citizen's at their own addresses, a helper's at those for staff. The page is the same;
    where it stands says who sits there.
    """
    own, helping = citizen_required(view), helper_required(view)

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return (helping if is_helping(request) else own)(request, *args, **kwargs)

    return inner


def is_helping(request: HttpRequest) -> bool:
    """Whether this page stands among those for staff who help somebody."""
    return bool(request.resolver_match and request.resolver_match.namespace == ASSISTING)


def goes_to(request: HttpRequest, name: str, *args: Any) -> HttpResponseRedirect:
    """To another page of filing, among the same pages as this one."""
    here = request.resolver_match.namespace if request.resolver_match else None
    return HttpResponseRedirect(reverse(f"portal:{name}", args=args, current_app=here))


def safe_next(request: HttpRequest, to: str, default: str) -> str:
    """An address on this site to go to; anything else becomes the default (no open redirect)."""
    ours = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return to if ours and to.startswith("/") else reverse(default)


def acting_for(request: CitizenRequest, procedure: str = "") -> Party:
    """For whom the person acts in this session, checked anew each time: a right that has ended leaves themselves."""
    day = today()
    key = str(request.session.get(ACTING_FOR, "self"))
    try:
        return party(request.user, key, day, procedure)
    except NotFound:
        return parties_of(request.user, day, procedure)[0]


def answers_in_json(view: View) -> View:
    """Tell the script of a page in JSON what a rule forbids, and when to go on; it shows the sentence."""

    @wraps(view)
    def inner(request: CitizenRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except TooMany as error:
            wait = {"message": error.message, "wait": error.wait}
            return JsonResponse(wait, status=429, headers={"Retry-After": str(error.wait)})
        except RuleViolation as error:
            return JsonResponse({"message": error.message}, status=422)
        except NotFound as error:
            return JsonResponse({"message": error.message}, status=404)

    return inner
