"""What the log calls the records of this app."""

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Role
from motcua.agencies.rules.settings import BY_KEY
from motcua.audit.queries import by_text


def people(rests: list[str]) -> dict[str, str]:
    """Accounts by their person and sign-in name."""
    rows = User.objects.filter(pk__in=[rest for rest in rests if rest.isdigit()])
    return {str(row.pk): f"{row.full_name} ({row.username})" for row in rows}


def agencies(rests: list[str]) -> dict[str, str]:
    """Agencies by name and identifier code."""
    rows = Agency.objects.filter(pk__in=[rest for rest in rests if rest.isdigit()])
    return {str(row.pk): f"{row.name} ({row.code})" if row.code else row.name for row in rows}


def settings(rests: list[str]) -> dict[str, str]:
    """Settings by what their page calls them."""
    return {key: f"“{BY_KEY[key].label}”" for key in rests if key in BY_KEY}


NAMERS = {
    "agency": agencies,
    "calendar": agencies,
    "role": by_text(Role.objects.all),
    "setting": settings,
    "user": people,
    "views": people,
}
