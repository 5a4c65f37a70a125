"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Name of the product, the public address, and whose site it is (MOTCUA_SITE_NAME and so on)."""
    whose = {f"site_{name}": text for name, text in settings.SITE.items()}
    return {"product": "Một Cửa", "public_url": settings.PUBLIC_URL, **whose}
