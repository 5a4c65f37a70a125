"""What the log calls the records of this app."""

from motcua.notifications.models import Provider, Template


def providers(rests: list[str]) -> dict[str, str]:
    """Providers by name."""
    rows = Provider.objects.filter(pk__in=[rest for rest in rests if rest.isdigit()])
    return {str(row.pk): f"“{row.name}”" for row in rows}


def templates(rests: list[str]) -> dict[str, str]:
    """Texts by kind, channel and language."""
    rows = Template.objects.filter(pk__in=[rest for rest in rests if rest.isdigit()])
    return {str(row.pk): str(row) for row in rows}


NAMERS = {"provider": providers, "template": templates}
