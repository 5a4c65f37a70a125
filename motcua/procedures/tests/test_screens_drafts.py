"""The screens of a draft: nothing is lost that nobody touched, limits by case, rows that are wrong."""

from datetime import date

import pytest

from motcua.procedures import actions
from motcua.procedures.models import ChannelRule, ProcedureVersion
from motcua.procedures.queries.diffs import paper_line
from motcua.procedures.rules import portal_files
from motcua.procedures.testing import make_version
from motcua.procedures.tests.conftest import AT
from motcua.procedures.tests.samples import entry, json_text
from motcua.procedures.tests.screens import CODE, page, url

pytestmark = pytest.mark.usefixtures("frozen_day")
LIMITS = [
    ["truc_tuyen", 3.0, "Ngày làm việc", 0],
    ["truc_tiep", 5.0, "Ngày làm việc", 8000],
    ["truc_tiep", 1.5, "Tuần trăng", None],
    ["truc_tiep", 10.0, "Ngày", 20000],
]


def field_values(client, part: str) -> dict[str, str]:
    """Every value that the form of a part shows, as a browser would send it back."""
    response = client.get(url("draft_part", CODE, part))
    assert response.status_code == 200
    rows = response.context["rows"]
    found = {f"dong-{name}": str(value) for name, value in rows.management_form.initial.items()}
    for form in rows:
        for bound in form:
            value = bound.value()
            if isinstance(value, bool):
                found |= {bound.html_name: "on"} if value else {}
            elif value not in (None, ""):
                shown = bound.field.widget.format_value(value)
                found[bound.html_name] = str(shown[0] if isinstance(shown, list) else shown)
    return found


@pytest.fixture
def imported(world, keeper) -> ProcedureVersion:
    """A procedure from a file, with several limits in one channel, and a draft of its next version."""
    parsed = portal_files.read(json_text(entry(cach_thuc=LIMITS)).encode())
    actions.import_catalogue(parsed, actor=world.system, at=AT)
    keeper.post(url("draft_start", CODE))
    return ProcedureVersion.objects.get(status="draft")


def stored(version: ProcedureVersion) -> list[tuple]:
    rows = ChannelRule.objects.filter(version=version).order_by("channel")
    return [(r.channel, r.amount, r.unit, r.unit_text, r.fee_dong, r.description, r.variants) for r in rows]


def test_limits_that_nobody_touches_stay_as_they_are(keeper, imported):
    before = stored(imported)
    assert [len(row[-1]) for row in before] == [2, 0]
    sent = field_values(keeper, "cach-thuc")
    assert keeper.post(url("draft_part", CODE, "cach-thuc"), sent).url == url("draft", CODE)
    assert stored(imported) == before
    sent["dong-0-description"] = "Nộp qua Cổng"
    keeper.post(url("draft_part", CODE, "cach-thuc"), sent)
    assert stored(imported)[0] == before[0]
    assert stored(imported)[1][-2] == "Nộp qua Cổng"


def test_another_part_leaves_the_limits_alone(keeper, imported):
    before, papers = stored(imported), list(imported.papers.values("pk", "name"))
    sent = field_values(keeper, "giay-to")
    keeper.post(url("draft_part", CODE, "giay-to"), sent | {"dong-0-name": "Tờ khai mới"})
    assert stored(imported) == before
    assert [p["pk"] for p in papers] == [p.pk for p in imported.papers.all()]
    assert imported.papers.first().name == "Tờ khai mới"


def test_a_limit_for_a_case_is_edited_added_and_removed_on_the_screen(keeper, imported):
    sent = field_values(keeper, "cach-thuc")
    extra = next(n for n in range(9) if f"dong-{n}-channel" not in sent)
    changed = sent | {
        "dong-2-case": "Có xác minh", "dong-2-unit": "working_hour", "dong-3-DELETE": "on",
        f"dong-{extra}-channel": "online", f"dong-{extra}-case": "Khu vực biên giới", f"dong-{extra}-amount": "7,5",
        f"dong-{extra}-unit": "working_day",
    }  # fmt: skip
    assert keeper.post(url("draft_part", CODE, "cach-thuc"), changed).status_code == 302
    counter, online = stored(imported)
    # The unit is known now, so the words of the unknown one are gone.
    assert counter[-1] == [{"amount": "1.5", "unit": "working_hour", "case": "Có xác minh"}]
    assert online[-1] == [{"amount": "7.5", "unit": "working_day", "case": "Khu vực biên giới"}]
    text = page(keeper, "draft", CODE)
    assert "Trực tuyến (Khu vực biên giới)" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"dong-0-case": "Có xác minh"}, "chưa có thời hạn chung"),
        ({"dong-2-unit": "month"}, "không nguyên"),
        ({"dong-2-case": "Có xác minh", "dong-3-case": "Có xác minh"}, "ghi hai lần"),
    ],
)
def test_limits_that_reception_could_not_choose_between_are_refused(keeper, imported, changes, words):
    before = stored(imported)
    answer = keeper.post(url("draft_part", CODE, "cach-thuc"), field_values(keeper, "cach-thuc") | changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert stored(imported) == before


def test_a_paper_that_is_taken_out_is_gone_and_the_others_keep_their_place(keeper, imported):
    kept = imported.papers.last()
    sent = field_values(keeper, "giay-to") | {"dong-0-DELETE": "on"}
    keeper.post(url("draft_part", CODE, "giay-to"), sent)
    assert [(p.pk, p.position) for p in imported.papers.all()] == [(kept.pk, 1)]


def test_a_note_beside_a_paper_is_typed_shown_and_told_among_what_changed(keeper, imported):
    sent = field_values(keeper, "giay-to") | {"dong-0-note": "Ghi cả tên đệm"}
    keeper.post(url("draft_part", CODE, "giay-to"), sent)
    paper = imported.papers.first()
    assert (paper.note, paper.note_only) == ("Ghi cả tên đệm", False)
    assert "Ghi chú: Ghi cả tên đệm" in page(keeper, "draft", CODE)
    assert field_values(keeper, "giay-to")["dong-0-note"] == "Ghi cả tên đệm"
    assert paper_line(paper).endswith(". Ghi chú: Ghi cả tên đệm")


def test_a_document_keeps_its_day_and_its_title(keeper, imported):
    imported.legal_bases.update(title="Về thử", issued_on=date(2020, 1, 2))
    keeper.post(url("draft_part", CODE, "can-cu"), field_values(keeper, "can-cu"))
    basis = imported.legal_bases.get()
    assert (basis.title, basis.issued_on) == ("Về thử", date(2020, 1, 2))


def test_rows_that_are_left_alone_are_not_lost(world, keeper):
    make_version(CODE)
    keeper.post(url("draft_start", CODE))
    for part in ("cach-thuc", "giay-to", "ket-qua", "can-cu"):
        keeper.post(url("draft_part", CODE, part), field_values(keeper, part))
    draft = ProcedureVersion.objects.get(status="draft")
    counts = [getattr(draft, name).count() for name in ("channels", "papers", "results", "legal_bases")]
    assert counts == [3, 1, 1, 1]
