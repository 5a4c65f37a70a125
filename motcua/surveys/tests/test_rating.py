"""Votes: one for each dossier, seen in batches, leading back to nobody."""

import re
from datetime import date
from threading import Barrier, Thread

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from motcua.agencies.actions import set_setting
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import notice_token
from motcua.dossiers.testing import make_world, moment, receive, returned
from motcua.notifications.keys import address_key
from motcua.notifications.models import Contact, Message
from motcua.printing import tokens
from motcua.surveys import actions
from motcua.surveys.models import Ballot, SpentRight, Topic
from motcua.surveys.queries import rate_link, rate_token, rateable
from motcua.surveys.queries.ratings import board, rows_behind
from motcua.surveys.testing import finished, install, vote

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


@pytest.fixture
def world(db):
    world = make_world()
    world.others["system"] = install()
    return world


def release(world, days=32):
    return actions.release_ballots(actor=world.others["system"], at=moment(days=days))


def test_a_dossier_has_one_vote_and_the_first_one_counts(world):
    dossier = finished(world)
    assert vote(dossier, 5) is True
    assert vote(dossier, 1) is False
    [ballot] = Ballot.objects.filter(about="agency")
    assert ballot.marks == {"overall": 5}
    assert SpentRight.objects.count() == 1


def test_the_slip_and_the_message_lead_to_the_same_vote(world):
    dossier = finished(world)
    slip = notice_token(dossier.notices.get(kind="receipt_slip").pk)
    assert rateable(slip, moment(days=2)) == rateable(rate_token(dossier.pk), moment(days=2)) == dossier
    assert actions.rate(slip, marks={"overall": "4"}, actor=world.clerk, at=moment(days=2))
    assert vote(dossier) is False
    assert rate_link(dossier).endswith(f"/danh-gia/{rate_token(dossier.pk)}/")


@pytest.mark.parametrize("days", [0, 92])
def test_before_the_result_and_long_after_it_there_is_nothing_to_rate(world, days):
    dossier = finished(world)
    with pytest.raises(NotFound):
        vote(dossier, at=moment(days=days))


def test_an_unfinished_dossier_and_tokens_of_other_papers_open_nothing(world):
    dossier = receive(world)
    other = tokens.token(tokens.CONTROL_SLIP, dossier.pk, 1)
    forged = rate_token(dossier.pk)[:-1] + "z"
    for token in (
        rate_token(dossier.pk),
        other,
        forged,
        "",
        "r1",
        rate_token(10**9),
        tokens.token(tokens.SLIP, 10**9),
    ):
        with pytest.raises(NotFound):
            rateable(token, moment(days=2))


def test_how_long_one_may_rate_is_a_setting(world):
    set_setting(
        "rating_days",
        10,
        agency=world.commune,
        valid_from=date(2026, 11, 2),
        source="Quy chế",
        actor=world.admin,
        at=moment(),
    )
    dossier = finished(world)
    with pytest.raises(NotFound):
        vote(dossier, at=moment(days=12))


def test_a_vote_without_an_overall_mark_spends_nothing(world):
    dossier = finished(world)
    with pytest.raises(RuleViolation):
        actions.rate(rate_token(dossier.pk), marks={"time": "3"}, actor=None, at=moment(days=2))
    assert vote(dossier)


def test_a_vote_has_parts_for_agency_field_and_the_officers_met_but_not_who_signed(world):
    dossier = returned(world)
    assert vote(
        dossier,
        2,
        marks={"attitude": "1", "time": "5"},
        reasons=["attitude_rude", "time_late"],
        words="  Chờ   lâu ",
    )
    by = {b.about: b for b in Ballot.objects.exclude(about="officer")}
    assert by["agency"].marks == {"overall": 2, "attitude": 1, "time": 5}
    assert by["agency"].reasons == ["attitude_rude"]
    assert by["agency"].words == "Chờ lâu"
    assert by["field"].marks == {"overall": 2}
    officers = Ballot.objects.filter(about="officer")
    assert set(officers.values_list("officer", flat=True)) == {world.clerk.pk, world.officer.pk}
    assert all(b.marks == {"overall": 2, "attitude": 1} for b in officers)


# Who voted ---------------------------------------------------------------------------------------------------------------


def test_no_column_leads_from_a_vote_to_a_dossier_a_person_or_a_moment():
    links = {f.name for f in Ballot._meta.fields if f.is_relation}
    assert links == {"agency", "field", "officer"}
    assert {f.name for f in Ballot._meta.fields} == links | {
        "id",
        "about",
        "month",
        "released",
        "marks",
        "reasons",
        "words",
    }
    assert [f.name for f in SpentRight._meta.fields] == ["mark"]
    pointing = [
        f for m in apps.get_models() for f in m._meta.fields if f.related_model in (Ballot, SpentRight)
    ]
    assert pointing == []


def test_a_vote_leaves_nothing_in_the_log(world):
    dossier = finished(world)
    before = Event.objects.count()
    vote(dossier)
    assert Event.objects.count() == before


def test_votes_are_seen_only_when_the_month_is_over_and_there_are_enough(world):
    for number in range(4):
        vote(finished(world, number), 5)
    assert release(world, days=20) == 0, "the month of the votes still runs"
    assert release(world) == 0, "four are too few"
    vote(finished(world, 9, at=moment(days=30)), 1, at=moment(days=32))
    assert release(world, days=40) == 0
    assert board(world.commune, NOVEMBER, date(2026, 12, 31)).votes == 0
    assert release(world, days=62) == 10, (
        "five of the agency and five of its field; those of the clerk are too few"
    )
    found = board(world.commune, NOVEMBER, date(2026, 12, 31))
    assert found.votes == 5
    assert board(world.commune, NOVEMBER, date(2026, 11, 30)).votes == 0, "they came out with December"
    assert [line.tally.valid for line in found.fields] == [5]
    assert found.officers == ()
    with pytest.raises(NotFound):
        rows_behind(world.commune, NOVEMBER, DECEMBER, "officer", str(world.clerk.pk))


def test_votes_come_out_under_new_keys_in_the_order_of_the_keys(world):
    for number in range(6):
        vote(finished(world, number), number % 5 + 1)
    before = set(Ballot.objects.values_list("pk", flat=True))
    assert release(world) == 12
    kept = list(Ballot.objects.filter(released=True, about="agency"))
    assert not before & {b.pk for b in kept}
    table = Ballot._meta.db_table
    order = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} WHERE released AND about = 'agency' ORDER BY {order}")
        lying = [str(row[0]).replace("-", "") for row in cursor.fetchall()]
    assert lying == sorted(lying)


def test_only_the_machine_lets_votes_come_out(world):
    with pytest.raises(NotFound):
        actions.release_ballots(actor=world.admin, at=moment())
    with pytest.raises(NotFound):
        actions.install_topics(actor=world.admin, at=moment())
    install()
    assert Topic.objects.count() == 8


def story(who_is_angry: int) -> list[str]:
    """Twelve dossiers, one angry voter; what every staff page about ratings says afterwards."""
    world = make_world()
    world.others["system"] = install()
    for number in range(12):
        angry = number == who_is_angry
        reasons = ["attitude_rude"] if angry else []
        vote(
            finished(world, number),
            1 if angry else 5,
            marks={"attitude": "1" if angry else "5"},
            reasons=reasons,
        )
    release(world)
    client = Client()
    client.force_login(world.boss)
    pages = []
    for path in ("danh-gia/", "danh-gia/phieu/?about=agency", "danh-gia/phieu/?about=field", "danh-gia/phieu/?about=officer", "danh-gia/tep/"):  # fmt: skip
        joined = "&" if "?" in path else "?"
        keys = {"field": Dossier.objects.first().field_id, "officer": world.clerk.pk}
        key = next((f"&key={v}" for k, v in keys.items() if f"about={k}" in path), "")
        answer = client.get(
            f"/quan-ly-khao-sat/{path}{joined}agency={world.commune.pk}&first=2026-11&last=2026-11{key}"
        )
        assert answer.status_code == 200, path
        text = answer.content.decode().replace(world.boss.username, "")
        assert not [d.code for d in Dossier.objects.all() if d.code in text]
        assert "Người Dân Số" not in text
        pages.append(
            "\n".join(
                sorted(
                    line
                    for line in re.split(r"\n|(?=<tr)|(?=</tbody)", strip_numbers(text))
                    if "csrf" not in line.lower()
                )
            )
        )
    return pages


@pytest.mark.django_db
def test_staff_see_the_same_whoever_was_angry():
    """The strongest form of "nobody can tell": exchange two voters, and no page changes by a letter."""
    seen = []
    for who in (2, 11):
        with transaction.atomic():
            seen.append(story(who))
            transaction.set_rollback(True)
    assert seen[0] == seen[1]


def strip_numbers(page: str) -> str:
    """Without the keys of rows, which differ between two worlds."""
    return re.sub(r"""([=/]"?)\d+""", r"\1", page)


@pytest.mark.django_db(transaction=True)
def test_of_two_votes_at_once_one_counts():
    if connection.vendor == "sqlite":
        pytest.skip("one writer")
    world = make_world()
    install()
    dossier = finished(world)
    barrier, counted = Barrier(2), []

    def cast(mark: int) -> None:
        barrier.wait()
        counted.append(vote(dossier, mark))
        connection.close()

    threads = [Thread(target=cast, args=[mark]) for mark in (1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counted) == [False, True]
    assert Ballot.objects.filter(about="agency").count() == SpentRight.objects.count() == 1


def test_who_agreed_is_asked_to_rate_the_day_after_and_nobody_twice(world):
    agreed, other = finished(world, 1), finished(world, 2)
    key = address_key("phone", agreed.applicant.phone)
    Contact.objects.create(medium="phone", key=key, masked="09…", survey=True)
    system = world.others["system"]
    assert actions.call_for_ratings(actor=system, at=moment(days=1)) == 0, "the result came today"
    assert actions.call_for_ratings(actor=system, at=moment(days=2)) == 1
    assert actions.call_for_ratings(actor=system, at=moment(days=2, hours=1)) == 0
    message = Message.objects.get(kind="survey")
    assert rate_link(agreed) in message.body
    assert message.reference != f"dossier/{other.pk}"
    with pytest.raises(NotFound):
        actions.call_for_ratings(actor=world.admin, at=moment(days=3))


def test_the_message_of_a_result_handed_over_leads_to_the_vote(world):
    dossier = returned(world)
    assert rate_link(dossier) in Message.objects.get(kind="returned", channel="sms").body
