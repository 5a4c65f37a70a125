"""The page of the demonstration."""

import pytest
from django.urls import include, path

from motcua.config.urls import urlpatterns as everything
from motcua.scenarios.demo import people

urlpatterns = [*everything, path("minh-hoa/", include("motcua.scenarios.urls"))]
pytestmark = pytest.mark.django_db


@pytest.mark.urls(__name__)
def test_the_page_names_everybody_and_the_password(client):
    page = client.get("/minh-hoa/").content.decode()
    assert people.PASSWORD in page
    assert all(f"<code>{p.username}</code>" in page and p.full_name in page for p in people.TODAY)


@pytest.mark.urls(__name__)
def test_every_page_of_a_demonstration_says_that_it_is_one(client):
    assert 'href="/minh-hoa/"' in client.get("/").content.decode()


def test_elsewhere_there_is_no_such_page(client):
    assert client.get("/minh-hoa/").status_code == 404
    assert "minh-hoa" not in client.get("/").content.decode()


def test_whom_to_try_first_are_people_of_the_cast():
    assert {name for name, _ in people.FIRST} <= {person.username for person in people.TODAY}
