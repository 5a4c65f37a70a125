"""What the screens of the builder share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest as StaffRequest
from motcua.core import pages
from motcua.core.attempts import attempt
from motcua.core.errors import NotFound
from motcua.core.moments import now
from motcua.eforms import queries
from motcua.eforms.models import FormVersion
from motcua.procedures.queries.access import holds_at_top, require_in

View = Callable[..., HttpResponse]
data, form_page = pages.data, pages.form_page


def builders(view: View) -> View:
    """For those who may draft forms; for everyone else there is no such page."""

    @wraps(view)
    def wrapped(request: StaffRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.is_staff_member:
            raise NotFound()
        require_in(request.authority, Permission.FORM_EDIT)
        return view(request, **kwargs)

    return wrapped


def page(view: View) -> View:
    """A page that only reads."""
    return login_required(require_safe(builders(view)))


def form_view(view: View) -> View:
    """A page with a form."""
    return login_required(require_http_methods(["GET", "POST"])(builders(view)))


def button(view: View) -> View:
    """A single act, sent by a button."""
    return login_required(require_POST(builders(view)))


def done(request: StaffRequest, form: Any, act: Callable[..., Any], *args: Any, **values: Any) -> Any:
    """What the act gave when the form was sent, is well formed and no rule forbids it; else None."""
    if request.method != "POST" or not form.is_valid():
        return None
    return attempt(form, act, *args, actor=request.user, at=now(), **values)


def went(request: StaffRequest, message: str, to: str, *args: Any) -> HttpResponse:
    """Say what was done, and go to a named page."""
    return pages.went(request, message, reverse(f"eforms:{to}", args=args))


def draft_of(code: str) -> FormVersion:
    """The open draft of a form. Raises NotFound."""
    return queries.access_draft(code)


def may_publish(request: StaffRequest) -> bool:
    """Whether the person may publish and bind forms; the acts ask again."""
    return holds_at_top(request.authority, Permission.FORM_PUBLISH)
