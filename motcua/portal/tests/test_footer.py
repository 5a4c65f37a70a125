"""The foot of every public page: whose site it is, and where help is."""

import pytest
from django.urls import reverse

from motcua.notifications.rules.texts import TEXTS

pytestmark = pytest.mark.django_db


def test_the_foot_leads_to_help_and_says_whose_site_it_is(client, settings):
    settings.SITE = {"name": "UBND xã Đồng Sơn", "address": "Số 1 đường Mẫu", "phone": "0900000300"}
    for name in ("portal:home", "portal:track", "portal:help"):
        page = client.get(reverse(name)).content.decode()
        foot = page[page.index("<footer") :]
        assert f'href="{reverse("portal:help")}"' in foot, name
        assert f'href="{reverse("statistics:opendata")}"' in foot, name
        for said in ("UBND xã Đồng Sơn", "Số 1 đường Mẫu", 'href="tel:0900000300"'):
            assert said in foot, name


def test_without_a_name_the_product_stands_there_and_nothing_empty(client, settings):
    settings.SITE = {"name": "", "address": "", "phone": ""}
    page = client.get(reverse("portal:home")).content.decode()
    foot = page[page.index("<footer") :]
    assert "<strong>Một Cửa</strong></p>" in foot


def test_a_message_that_speaks_of_rating_leads_there():
    speaking = [text for text in TEXTS.values() if any("ánh giá" in part for part in text)]
    assert speaking
    for text in speaking:
        assert any("{rate}" in part or "{link}" in part for part in text), text
