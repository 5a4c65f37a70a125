"""Who files online sees the pictures that will be sent, upright and brightened; nobody else can open them by their address."""

import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from motcua.accounts.testing import make_citizen
from motcua.filing.rules import steps
from motcua.filing.testing import PDF, Online, make_online, photo
from motcua.procedures.models import Paper


@pytest.fixture
def online(db: None, settings: Any) -> Online:
    settings.UPLOAD_UNSCANNED = "accept"
    return make_online()


def test_the_picture_that_will_be_sent_is_seen_before_it_is_sent(online: Online, client: Client) -> None:
    client.force_login(online.citizen)
    made = online.begin()
    slot = f"paper/{Paper.objects.filter(version=online.version).earliest('position').pk}"
    address = reverse("portal:file_attach", args=[made.pk])
    for file in (SimpleUploadedFile("giay.jpg", photo()), SimpleUploadedFile("don.pdf", PDF)):
        assert client.post(address, {"slot": slot, "file": file}).status_code == 302
    page = client.get(reverse("portal:file_step", args=[made.pk, steps.PAPERS])).content.decode()
    (source,) = re.findall(r'<img class="img-fluid" src="([^"]+)" alt="giay\.jpg"', page)
    shown = client.get(unescape(source))
    content = b"".join(shown.streaming_content)  # type: ignore[attr-defined]
    with Image.open(BytesIO(content)) as picture:
        assert picture.format == "JPEG"
    client.force_login(make_citizen("Trần Văn Lạ", "001099000009", "0900000009"))
    assert client.get(unescape(source)).status_code == 404
