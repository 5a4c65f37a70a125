"""What the tests of screens share."""

from django.test import Client
from django.urls import reverse

CODE = "1.900001"


def url(name: str, *args: object) -> str:
    """The address of a page."""
    return reverse(f"procedures:{name}", args=args)


def page(client: Client, name: str, *args: object) -> str:
    """The text of a page that opens."""
    response = client.get(url(name, *args))
    assert response.status_code == 200
    return response.content.decode()
