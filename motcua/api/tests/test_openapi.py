"""The description of the public interfaces is whole, and what is described happens: tried with made-up requests by schemathesis."""

from collections.abc import Iterator
from itertools import count

import hypothesis
import pytest
import schemathesis
import time_machine
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import get_resolver
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    negative_data_rejection,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from schemathesis.schemas import APIOperation

from motcua.api import queries
from motcua.api.actions import create_key, post_request
from motcua.api.rules.openapi import TABLE
from motcua.dossiers.testing import moment
from motcua.feedback.models import Feedback
from motcua.feedback.testing import answered, data, make_hall, published
from motcua.places.testing import make_units

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    negative_data_rejection, unsupported_method,
]  # fmt: skip
EXAMPLES = hypothesis.settings(
    derandomize=True, database=None, deadline=None, phases=[hypothesis.Phase.generate],
    suppress_health_check=list(hypothesis.HealthCheck),
)  # fmt: skip
SERVER = "http://testserver"


def test_the_table_names_every_address_of_the_api_and_every_file_of_open_data() -> None:
    def named(namespace: str, words: tuple[str, ...] = ("",)) -> set[str]:
        own = get_resolver().namespace_dict[namespace][1].reverse_dict
        return {f"{namespace}:{name}" for name in own if isinstance(name, str) and name.endswith(words)}

    expected = named("api") | named("portal", ("rss", "atom")) | {"eforms:units"}
    expected |= {name for name in named("statistics", ("file",)) if name.startswith("statistics:opendata")}
    assert {operation.name for operation in TABLE} == expected


def test_the_description_is_served_with_the_addresses_of_the_map(client: Client) -> None:
    answer = client.get("/api/openapi.json")
    said = answer.json()
    assert (answer["Access-Control-Allow-Origin"], said["openapi"]) == ("*", "3.1.0")
    assert set(said["paths"]["/api/open311/v2/requests.{form}"]) == {"get", "post"}
    assert "/bao-cao/du-lieu-mo/{month}/{agency_id}/tai-ve/{kind}/" in said["paths"]
    assert client.post("/api/openapi.json").status_code == 405


@pytest.fixture
def connected() -> Iterator[None]:
    """As for the test client: the end of a request does not close the test's own connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def known(db, connected) -> dict[str, dict[str, list]]:
    """What is there, by parameter, so that made-up requests also find something."""
    hall = make_hall()
    rows = [published(hall), published(hall, topic="vuong-mac"), answered(hall)]
    make_units(at=moment())
    key, secret = create_key("Ứng dụng", hall.commune, actor=hall.world.admin, at=moment())
    sent = post_request(key, data(hall, channel="api"), actor=None, at=moment()).feedback
    with time_machine.travel(moment(days=5), tick=False):
        yield {
            "api:service": {"code": ["hanh-vi", "vuong-mac"]},
            "api:request": {"code": [row.code for row in rows]},
            "api:requests": {
                "api_key": [secret], "service_code": ["hanh-vi", "vuong-mac"], "jurisdiction_id": ["H40.12"],
                "phone": ["0912345670"], "address_string": ["Thôn 1"], "start_date": ["2026-11-01", ""],
                "end_date": ["2026-11-05T00:00:00Z", ""],
            },
            "api:token": {"token": [str(sent.key)]},
            "statistics:opendata_file": {"month": ["2026-10"]},
            "statistics:opendata_agency_file": {"month": ["2026-10"], "agency_id": [hall.commune.pk]},
        }  # fmt: skip


def aimed(case: schemathesis.Case, there: dict[str, list], number: int) -> schemathesis.Case:
    """The case with what is there in place of what was made up."""
    chosen = {name: values[number % len(values)] for name, values in there.items()}
    for name in set(case.path_parameters or {}) & set(chosen):
        case.path_parameters[name] = chosen[name]
    if isinstance(case.body, dict):
        case.body = {**case.body, **chosen}
    elif case.query:
        case.query.update({name: chosen[name] for name in set(case.query) & set(chosen)})
    return case


def test_whatever_is_asked_is_answered_as_described(known) -> None:
    schema = schemathesis.openapi.from_dict(queries.description())
    schema.app = WSGIHandler()
    before, unused = Feedback.objects.count(), []
    for result, described in zip(schema.get_all_operations(), TABLE, strict=True):
        operation = result.ok()
        assert (operation.path, operation.method) == (queries.path_of(described.name), described.method)
        if described.path or described.query:
            ask(operation, GenerationMode.NEGATIVE, {}, 7)
        statuses = ask(operation, GenerationMode.POSITIVE, known.get(described.name, {}), 14)
        unused += [operation.label] if not statuses & {200, 201} else []
    assert unused == []
    assert Feedback.objects.count() > before


def ask(operation: APIOperation, mode: GenerationMode, there: dict[str, list], most: int) -> set[int]:
    """What was answered to so many made-up requests, each checked against the description."""
    seen, number = set(), count()

    @hypothesis.settings(EXAMPLES, max_examples=most)
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def tried(case: schemathesis.Case) -> None:
        cache.clear()  # the brake has tests of its own
        turn = next(number)
        case = aimed(case, there, turn // 2) if turn % 2 else case
        answer = case.call(base_url=SERVER, headers={"Accept-Encoding": "identity"})
        seen.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    tried()
    return seen
