"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Name of the product and the public address."""
    return {"product": "Một Cửa", "public_url": settings.PUBLIC_URL}
