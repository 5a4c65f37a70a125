"""The event log: what the standard asks of a XES file, the same in CSV, nobody's name, and who took it in the log."""

import csv
import io
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from motcua.agencies.testing import make_user_with
from motcua.audit.models import Event
from motcua.dossiers.models import Dossier
from motcua.dossiers.testing import World, moment
from motcua.statistics.queries import Scope, eventlog
from motcua.statistics.queries.eventlog import traces
from motcua.statistics.queries.pseudonyms import case
from motcua.statistics.rules.eventlog import (
    EXTENSIONS,
    HEAD,
    Happening,
    Trace,
    Transition,
    as_csv,
    as_xes,
    in_order,
)
from motcua.statistics.rules.periods import parse

NS = "{http://www.xes-standard.org/}"
VALUES = {"string": str, "date": datetime.fromisoformat, "int": int}
# The steps of the standard life cycle, IEEE 1849-2023, 7.2.
LIFE_CYCLE = frozenset(
    [
        "schedule",
        "assign",
        "withdraw",
        "reassign",
        "start",
        "suspend",
        "resume",
        "pi_abort",
        "ate_abort",
        "complete",
        "autoskip",
        "manualskip",
        "unknown",
    ]
)
COMMUNE = ("--agency", "H40.12")
YEAR = ("--period", "2026")


def require_standard(log: ET.Element) -> None:
    """What the standard's schema and text ask: order of elements, types, declared prefixes, globals, classifiers."""
    assert log.tag == f"{NS}log"
    float(log.attrib["xes.version"])
    kinds = [child.tag.removeprefix(NS) for child in log]
    rank = {
        "extension": 0,
        "global": 1,
        "classifier": 2,
        "string": 3,
        "date": 3,
        "int": 3,
        "trace": 4,
        "event": 5,
    }
    assert [rank[kind] for kind in kinds] == sorted(rank[kind] for kind in kinds)
    prefixes = {one.attrib["prefix"]: one.attrib for one in log.findall(f"{NS}extension")}
    assert all(
        one["uri"] == f"http://www.xes-standard.org/{prefix}.xesext" for prefix, one in prefixes.items()
    )
    known = {f"{prefix}:{key}" for _, prefix, keys in EXTENSIONS for key in keys}
    globals_ = {one.attrib["scope"]: attributes(one) for one in log.findall(f"{NS}global")}
    assert set(globals_) == {"trace", "event"}
    for classifier in log.findall(f"{NS}classifier"):
        assert set(classifier.attrib["keys"].split()) <= set(globals_[classifier.attrib["scope"]])
        assert " " not in classifier.attrib["name"]
    for one in log.iter():
        if "key" in one.attrib:
            key = one.attrib["key"]
            assert ":" not in key or (key in known and key.split(":")[0] in prefixes), key
            VALUES[one.tag.removeprefix(NS)](one.attrib["value"])
    for trace in log.findall(f"{NS}trace"):
        assert set(globals_["trace"]) <= set(attributes(trace))
        order = [child.tag == f"{NS}event" for child in trace]
        assert order == sorted(order)
        for event in trace.findall(f"{NS}event"):
            told = attributes(event)
            assert set(globals_["event"]) <= set(told)
            assert told["lifecycle:transition"] in LIFE_CYCLE


def attributes(one: ET.Element) -> dict[str, str]:
    found = [child.attrib for child in one if "key" in child.attrib]
    assert len({a["key"] for a in found}) == len(found)
    return {a["key"]: a["value"] for a in found}


def happening(**changes: Any) -> Happening:
    told = {
        "at": datetime(2026, 11, 2, 1, tzinfo=UTC),
        "activity": "Thẩm tra",
        "transition": Transition.START,
    }
    return Happening(**{**told, "resource": "CB-1", "role": "officer", "group": "UBND xã", **changes})


def trace(*events: Happening, **changes: Any) -> Trace:
    told = {
        "case": "HS-1",
        "procedure": "1.000001",
        "procedure_name": "Khai sinh",
        "field": "Hộ tịch",
        "channel": "Trực tiếp",
    }
    return Trace(**{**told, "agency": "UBND xã", "events": events, **changes})


def test_xes_keeps_to_the_standard_whatever_the_names() -> None:
    odd = trace(
        happening(activity='Ký "duyệt" & <trả>\n\x00\x0b\ufffe', round=2), happening(), procedure_name="=1+1"
    )
    log = ET.fromstring(b"".join(as_xes([odd, trace(case="HS-2")], name="UBND xã & kỳ")))
    require_standard(log)
    first = log.findall(f"{NS}trace")[0].findall(f"{NS}event")[0]
    assert attributes(first) == {
        "concept:name": 'Ký "duyệt" & <trả>\n', "lifecycle:transition": "start", "org:resource": "CB-1", "org:role": "officer",
        "time:timestamp": "2026-11-02T08:00:00.000000+07:00", "org:group": "UBND xã", "stage": "", "round": "2",
    }  # fmt: skip


def test_csv_has_the_same_columns_and_is_no_formula() -> None:
    content = b"".join(as_csv([trace(happening(activity="=cmd()"))])).decode()
    assert content.startswith("\ufeffcase:concept:name,")
    rows = list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))
    assert tuple(rows[0]) == HEAD
    assert (rows[0]["case:concept:name"], rows[0]["concept:name"]) == ("HS-1", "'=cmd()")


def test_events_stand_in_the_order_of_time() -> None:
    late, soon = happening(at=datetime(2026, 11, 3, tzinfo=UTC)), happening()
    assert in_order([late, soon]) == (soon, late)


# From dossiers --------------------------------------------------------------------------------------------------------------


def all_traces(world: World, **asked: Any) -> list[Trace]:
    return list(traces(Scope(world.commune), parse("2026").window, at=moment(days=40), **asked))


@pytest.mark.django_db
def test_each_dossier_tells_its_tasks_and_its_acts(world: World, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(6):
        found = all_traces(world)
    assert len(found) == 3
    told = {event.activity for one in found for event in one.events}
    assert {"Tiếp nhận", "Từ chối giải quyết", "Báo có kết quả"} <= told
    whole = max(found, key=lambda one: len(one.events))
    assert [e.at for e in whole.events] == sorted(e.at for e in whole.events)
    assert {e.transition for e in whole.events} == set(Transition)
    assert {e.group for e in whole.events} >= {world.commune.name}
    assert len(list(all_traces(world, figure="received"))) == 6
    land = world.others["land"]
    assert {one.procedure for one in all_traces(world, figure="received", procedure=land.pk)} == {land.code}


@pytest.mark.django_db
def test_batches_change_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = all_traces(world, figure="received")
    monkeypatch.setattr(eventlog, "BATCH", 2)
    assert all_traces(world, figure="received") == whole


@pytest.mark.django_db
def test_nobody_is_named(world: World) -> None:
    pieces = b"".join(as_xes(all_traces(world, figure="received"), name="x")).decode()
    dossier = Dossier.objects.select_related("applicant").filter(received_by=world.clerk)[0]
    assert case(dossier.pk) in pieces
    for words in (
        dossier.code,
        dossier.applicant.name,
        world.clerk.full_name,
        world.officer.full_name,
        world.officer.username,
    ):
        assert words not in pieces
    named = b"".join(as_csv(all_traces(world, figure="received", codes=True))).decode()
    assert str(dossier.code) in named
    assert world.officer.full_name not in named


def run(*arguments: str) -> str:
    out = StringIO()
    with time_machine.travel(moment(days=60)):
        call_command("eventlog", "export", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["xes", "csv"])
def test_the_command_writes_and_logs(world: World, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"nhat-ky.{kind}"
    assert run(str(path), *COMMUNE, *YEAR).startswith("3 hồ sơ")
    if kind == "xes":
        log = ET.parse(path).getroot()
        require_standard(log)
        assert len(log.findall(f"{NS}trace")) == 3
    else:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
        assert len({row["case:concept:name"] for row in rows}) == 3
    event = Event.objects.get(kind="eventlog.exported")
    assert (event.chain, event.actor_id, event.data["kind"]) == (f"agency/{world.commune.pk}", None, kind)
    assert event.title == "Xuất nhật ký sự kiện của hồ sơ"


@pytest.mark.django_db
def test_codes_want_a_person_with_the_right_and_a_reason(world: World, tmp_path: Path) -> None:
    path, code = str(tmp_path / "a.csv"), str(Dossier.objects.get(status="result_ready").code)
    boss = make_user_with("leader", world.commune)
    run(path, *COMMUNE, *YEAR, "--codes", "--by", boss.username, "--reason", "Đối chiếu hồ sơ giấy")
    assert code in Path(path).read_text(encoding="utf-8")
    assert Event.objects.get(kind="eventlog.exported").data["codes"] is True


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.txt", *COMMUNE, *YEAR), "đuôi .xes hoặc .csv"),
        (("a.xes", *YEAR), "Cho biết mã cơ quan"),
        (("a.xes", *COMMUNE), "Cho biết kỳ báo cáo"),
        (("a.xes", *COMMUNE, *YEAR, "--procedure", "9.9"), "Không có thủ tục mang mã “9.9”"),
        (("a.xes", *COMMUNE, *YEAR, "--figure", "paid"), "Không có chỉ tiêu “paid”"),
        (("a.xes", *COMMUNE, *YEAR, "--codes"), "Cho biết ai xuất"),
        (("a.xes", *COMMUNE, *YEAR, "--codes", "--by", "{clerk}"), "Cho biết lý do"),
        (("a.xes", *COMMUNE, *YEAR, "--codes", "--by", "{clerk}", "--reason", "Muốn xem"), "Không tìm thấy"),
        (("khong/co/a.xes", *COMMUNE, *YEAR), "Không ghi được tệp"),
    ],
)
def test_what_is_wrong_is_said(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=said):
        run(*(part.format(clerk=world.clerk.username) for part in arguments))


# On the page ------------------------------------------------------------------------------------------------------------------


def signed_in(role: str, world: World) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(make_user_with(role, world.commune))
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["xes", "csv"])
def test_who_supervises_takes_the_log_from_the_page(world: World, kind: str) -> None:
    with time_machine.travel(moment(days=40)):
        client = signed_in("leader", world)
        page = client.get(
            reverse("statistics:stages"), {"agency": world.commune.pk, "period": "2026"}
        ).content.decode()
        address = f"{reverse('statistics:eventlog', args=[kind])}?agency={world.commune.pk}&period=2026"
        assert reverse("statistics:eventlog", args=[kind]) in page
        answer = client.post(address)
        content = b"".join(answer)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="nhat-ky-h4012-20251215-20261214.{kind}"'
    assert content.count(b"<trace>" if kind == "xes" else b"\r\n") >= 3
    assert Event.objects.get(kind="eventlog.exported").actor_id is not None


@pytest.mark.django_db
def test_who_only_reads_reports_does_not(world: World) -> None:
    with time_machine.travel(moment(days=40)):
        client = signed_in("auditor", world)
        asked = {"agency": world.commune.pk, "period": "2026"}
        page = client.get(reverse("statistics:stages"), asked).content.decode()
        assert "Nhật ký sự kiện" not in page
        address = reverse("statistics:eventlog", args=["xes"])
        assert client.post(f"{address}?agency={world.commune.pk}&period=2026").status_code == 404
        assert signed_in("leader", world).post(f"{address}?period=xxxx").status_code == 404
        assert (
            signed_in("leader", world).post(reverse("statistics:eventlog", args=["pdf"])).status_code == 404
        )
    assert not Event.objects.filter(kind="eventlog.exported").exists()


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore")
@pytest.mark.skipif(
    not find_spec("pm4py"), reason="thiếu pm4py (pip install pm4py); tệp được kiểm theo quy tắc của chuẩn"
)
def test_pm4py_reads_both_files_alike(world: World, tmp_path: Path) -> None:
    import pandas
    import pm4py

    for kind in ("xes", "csv"):
        run(str(tmp_path / f"a.{kind}"), *COMMUNE, *YEAR)
    read = pm4py.read_xes(str(tmp_path / "a.xes"))
    rows = pandas.read_csv(tmp_path / "a.csv", encoding="utf-8-sig")
    again = pm4py.format_dataframe(rows)
    assert len(read) == len(again) > 0
    assert read["case:concept:name"].nunique() == 3
    done = [
        pm4py.filter_event_attribute_values(log, "lifecycle:transition", ["complete"], level="event")
        for log in (read, again)
    ]
    graphs = [pm4py.discover_dfg(log)[0] for log in done]
    assert graphs[0] == graphs[1] != {}
