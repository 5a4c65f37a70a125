"""What the screens of the catalogue share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.models import Agency
from motcua.agencies.queries import agencies_at
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest as StaffRequest
from motcua.core import pages
from motcua.core.attempts import attempt
from motcua.core.errors import NotFound
from motcua.core.moments import now, today
from motcua.procedures.queries.access import holds_at_top, require_in

View = Callable[..., HttpResponse]
sent, form_page = pages.data, pages.form_page  # as the pages of every app have them


def officers(view: View) -> View:
    """For signed-in officers; a citizen finds nothing here (the public catalogue is on the portal)."""

    @wraps(view)
    def wrapped(request: StaffRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.is_staff_member:
            raise NotFound()
        return view(request, **kwargs)

    return login_required(wrapped)


def page(view: View) -> View:
    """A page that only reads."""
    return officers(require_safe(view))


def form_view(permission: str, *, top: bool = False) -> Callable[[View], View]:
    """A page with a form, for those who hold the permission somewhere, or with `top` where the shared catalogue is kept.

    For everyone else there is no such page. Forms about one agency's matter ask again with `require_in`.
    """

    def decorated(view: View) -> View:
        @wraps(view)
        def wrapped(request: StaffRequest, **kwargs: Any) -> HttpResponse:
            if top:
                require_in(request.authority, permission)
            request.authority.require_any(permission)
            return view(request, **kwargs)

        return officers(require_http_methods(["GET", "POST"])(wrapped))

    return decorated


def button(view: View) -> View:
    """A single act, sent by a button."""
    return officers(require_POST(view))


def uploaded(request: StaffRequest) -> Any:
    """The files that were sent, or None while a form is only opened."""
    return request.FILES if request.method == "POST" else None


def done(request: StaffRequest, form: Any, act: Callable[..., Any], *args: Any, **values: Any) -> Any:
    """The result of the act when the form was sent, is well formed and no rule forbids it; else None, errors in the form."""
    return attempt(form, act, *args, actor=request.user, at=now(), **values)


def ready(request: StaffRequest, form: Any) -> bool:
    """Whether the form was sent and is well formed."""
    return request.method == "POST" and form.is_valid()


def went(request: StaffRequest, message: str, to: str, *args: Any) -> HttpResponse:
    """Say what was done, and go to a named page."""
    return pages.went(request, message, reverse(to, args=args))


def may(request: StaffRequest) -> dict[str, bool]:
    """What the person may do with the shared catalogue, for showing buttons; the acts check again."""
    names = {
        "edit": Permission.CATALOGUE_EDIT,
        "publish": Permission.CATALOGUE_PUBLISH,
        "take": Permission.CATALOGUE_IMPORT,
    }
    held = {name: holds_at_top(request.authority, permission) for name, permission in names.items()}
    anywhere = {
        "process": Permission.PROCESS_EDIT,
        "post": Permission.POSTING_RECORD,
        "local": Permission.CATALOGUE_EDIT,
    }
    return held | {name: request.authority.has(permission) for name, permission in anywhere.items()}


def my_agencies(request: StaffRequest, permission: str) -> QuerySet[Agency]:
    """Agencies in force in which the person holds a permission."""
    return agencies_at(today()).filter(request.authority.where(permission)).order_by("path")
