"""Every page of this app and who may open it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from motcua.accounts.models import IdentityProvider
from motcua.agencies import urls
from motcua.agencies.models import (
    Assignment,
    Post,
    Seat,
)
from motcua.agencies.testing import give_role, make_agency, make_role, make_seat, make_user_with
from motcua.agencies.tests.conftest import World

NONE, CLERK, LOCAL, CHIEF = range(4)
PEOPLE = ("nobody", "clerk", "local", "chief")

# name of the page: the least powerful of PEOPLE who may open it (a stranger to the agency never may).
PAGES = {
    "tree": LOCAL,
    "ended": LOCAL,
    "create": LOCAL,
    "agency": LOCAL,
    "create_under": LOCAL,
    "edit": LOCAL,
    "move": LOCAL,
    "end": LOCAL,
    "open_office": LOCAL,
    "create_post": LOCAL,
    "settings_of": LOCAL,
    "setting_of": LOCAL,
    "office": LOCAL,
    "close_office": LOCAL,
    "seat": LOCAL,
    "end_seat": LOCAL,
    "post": LOCAL,
    "end_post": LOCAL,
    "people": LOCAL,
    "create_person": LOCAL,
    "person": LOCAL,
    "edit_person": LOCAL,
    "assign": LOCAL,
    "reset_password": LOCAL,
    "reset_totp": LOCAL,
    "deactivate": LOCAL,
    "reactivate": LOCAL,
    "end_assignment": LOCAL,
    "roles": LOCAL,
    "create_role": CHIEF,
    "role": CHIEF,
    "settings": LOCAL,
    "setting": LOCAL,
    "delegations": NONE,
    "identity_providers": CHIEF,
    "identity_provider_new": CHIEF,
    "identity_provider": CHIEF,
}
PERSON_PAGES = ("person", "edit_person", "assign", "reset_password", "reset_totp", "deactivate", "reactivate")
OF_ONE_AGENCY = (
    *("create_under", "edit", "move", "end", "open_office", "create_post", "settings_of", "setting_of"),
    *("office", "close_office", "seat", "end_seat", "post", "end_post", "end_assignment"),
    *PERSON_PAGES,
)
POST_ONLY = {"confirm_organisation", "revoke_role", "withdraw_setting", "revoke_delegation"}


def arguments(world: World) -> dict[str, list[object]]:
    """What each address needs."""
    agency = [world.commune.pk]
    post = Post.objects.get(assignments__user=world.clerk)
    return {
        **dict.fromkeys(
            ["agency", "create_under", "edit", "move", "end", "open_office", "create_post", "settings_of"],
            agency,
        ),
        "setting_of": [world.commune.pk, "due_soon_days"],
        "setting": ["due_soon_days"],
        **{name: [world.office.pk] for name in ("office", "close_office", "seat")},
        "end_seat": [Seat.objects.first().pk],
        **{name: [post.pk] for name in ("post", "end_post")},
        **{name: [world.clerk.pk] for name in PERSON_PAGES},
        "end_assignment": [Assignment.objects.get(user=world.clerk).pk],
        "role": [make_role("cashier").code],
        "identity_provider": [provider().pk],
    }


def provider() -> IdentityProvider:
    """A source of national sign-on."""
    given = {"name": "Nguồn thử", "issuer": "https://dinhdanh.example/", "valid_from": date(2026, 1, 1)}
    return IdentityProvider.objects.get_or_create(code="quoc-gia", defaults=given)[0]


def test_the_table_names_every_page() -> None:
    names = {pattern.name for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)}
    at_the_counter = {
        "organisations",
        "prove_citizen",
    }  # for who receives and nobody above: tests/test_permissions.py
    assert names == PAGES.keys() | POST_ONLY | at_the_counter


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", [*PEOPLE, "anonymous"])
def test_a_page_opens_for_those_who_may_and_is_missing_for_the_rest(
    client: Client, world: World, name: str, who: str
) -> None:
    if who != "anonymous":
        client.force_login(getattr(world, who))
    answer = client.get(reverse(f"agencies:{name}", args=arguments(world).get(name, [])))
    wanted = 302 if who == "anonymous" else 200 if PEOPLE.index(who) >= PAGES[name] else 404
    assert answer.status_code == wanted


@pytest.mark.parametrize("name", OF_ONE_AGENCY)
def test_an_administrator_of_another_commune_finds_nothing_of_this_one(
    client: Client, world: World, name: str
) -> None:
    client.force_login(make_user_with("agency_administrator", world.other, subtree=True))
    assert client.get(reverse(f"agencies:{name}", args=arguments(world)[name])).status_code == 404


@pytest.mark.parametrize("name", sorted(POST_ONLY))
def test_a_link_alone_changes_nothing(client: Client, world: World, name: str) -> None:
    client.force_login(world.chief)
    assert client.get(reverse(f"agencies:{name}", args=[1])).status_code == 405


def test_lists_ask_a_fixed_number_of_statements(client: Client, world: World) -> None:
    client.force_login(world.chief)

    def count(name: str, *args: object) -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(f"agencies:{name}", args=args))
        return len(asked)

    pages = [("tree",), ("people",), ("agency", world.commune.pk), ("roles",), ("settings",)]
    before = [count(*page) for page in pages]
    for number in range(8):
        extra = make_agency(f"Phòng {number}", world.commune, kind="division")
        person = make_user_with("officer", extra)
        give_role(person, "cashier", world.commune, is_main=False)
        make_seat(world.office, extra)
    assert [count(*page) for page in pages] == before
    assert max(before) <= 14


def test_no_page_carries_inline_style_or_script(client: Client, world: World) -> None:
    client.force_login(world.chief)
    for name in PAGES:
        page = client.get(reverse(f"agencies:{name}", args=arguments(world).get(name, []))).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page), name


@pytest.mark.parametrize("name", sorted((PAGES.keys() | POST_ONLY) - {"setting", "role"}))
def test_what_does_not_exist_is_missing(client: Client, world: World, name: str) -> None:
    needed = {**arguments(world), **{name: [1] for name in POST_ONLY}}.get(name)
    if needed:
        client.force_login(world.chief)
        method = client.post if name in POST_ONLY else client.get
        assert method(reverse(f"agencies:{name}", args=[999_999, *needed[1:]])).status_code == 404
    else:
        assert name in {
            "identity_providers",
            "identity_provider_new",
            "tree",
            "ended",
            "create",
            "people",
            "create_person",
            "roles",
            "create_role",
            "settings",
            "delegations",
        }
