"""At sign-in, the dated settings that govern the session are read once and kept in it."""

from typing import Any

from allauth.account.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of, settings_for
from motcua.agencies.rules.settings import BY_KEY
from motcua.core.moments import now, today

KEYS = ("staff_idle_minutes", "totp_for_all_staff")


@receiver(user_logged_in)
def keep_session_settings(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """How long the session may idle, and whether every member of staff needs a second factor."""
    main = authority_of(user, today()).main_agency_id
    agency = Agency.objects.filter(pk=main).first() if main else None
    found = settings_for(KEYS, agency, today())
    request.session["idle_minutes"] = found.get(KEYS[0], BY_KEY[KEYS[0]].default)
    request.session["totp_for_all"] = found.get(KEYS[1], BY_KEY[KEYS[1]].default)
    request.session["seen"] = int(now().timestamp())
