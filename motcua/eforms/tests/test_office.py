"""The test dossier: before a version is published its editor sees what the office will see, and nothing is left of it."""

import re

import pytest
from django.apps import apps
from django.urls import reverse

from motcua.core.moments import now
from motcua.eforms.models import FormBinding, FormVersion
from motcua.eforms.rules.answers import fill, summary
from motcua.eforms.rules.reading import schema_of
from motcua.eforms.rules.sheets import Point, first_read, sheets
from motcua.eforms.testing import ANSWERS, SAMPLE, make_form_version
from motcua.eforms.views.trial import signed
from motcua.printing.tests.tools import flat_text, needs_poppler

CODE = "to-khai-thu"


def url(name, *args):
    return reverse(f"eforms:{name}", args=args)


@pytest.fixture
def draft(keeper):
    make_form_version()
    keeper.post(url("draft", CODE))
    return FormVersion.objects.get(number=2)


def office(keeper, answers=ANSWERS, status=200, **more):
    answer = keeper.post(url("trial_office", CODE, 2), {"_answers": signed(answers), **more})
    assert answer.status_code == status
    return answer.content.decode()


def counted():
    """How many rows each table has, the log of views and sessions left out."""
    kept = (
        one for one in apps.get_models() if one._meta.managed and one._meta.app_label not in ("sessions",)
    )
    return {one._meta.label: one._default_manager.count() for one in kept}


def test_the_trial_goes_on_to_what_the_office_sees_and_leaves_nothing(keeper, draft):
    before = counted()
    sent = {
        "_answers": signed({**ANSWERS, "ky": {}}),
        "ky.chu_ky.name": "Nguyễn Thị Na",
        "ky.chu_ky.agree": "1",
    }
    html = keeper.post(url("trial_section", CODE, 2, "ky"), sent).content.decode()
    form = html[html.index(f'action="{url("trial_office", CODE, 2)}"') :]
    carried = re.search(r'name="_answers" value="([^"]+)"', form)[1]
    html = keeper.post(url("trial_office", CODE, 2), {"_answers": carried}).content.decode()
    for words in ("THỬ: không phải hồ sơ thật", "Nguyễn Thị Na", "001199000001", "16.000 đ", "Cần sửa"):
        assert words in html
    assert 'name="reason-f-nguoi_khai.ho_ten"' in html
    assert "Người dân chưa nộp được" not in html
    assert counted() == before


def test_what_cannot_be_sent_in_yet_is_said(keeper, draft):
    assert "Người dân chưa nộp được: còn" in office(keeper, {"noi_dung": {"so_ban": 200}})
    assert "Người dân chưa nộp được" in keeper.get(url("trial_office", CODE, 2)).content.decode()


def test_the_papers_are_those_of_the_procedure_without_the_one_that_the_form_replaces(keeper, world, draft):
    assert "Chọn thủ tục để thấy" in office(keeper)
    name = world.version.papers.get().name
    html = office(keeper, procedure="1.001193", paper="")
    assert name in html
    assert "tờ khai này thay cho giấy này" not in html
    html = office(keeper, procedure="1.001193", paper="1")
    assert "tờ khai này thay cho giấy này" in html
    assert "Không có thủ tục mã này" in office(keeper, procedure="9.999999")
    bound = FormVersion.objects.get(number=1)
    FormBinding.objects.create(version=world.version, form_version=bound, paper=world.version.papers.get(), bound_at=now())  # fmt: skip
    html = office(keeper)
    assert "tờ khai này thay cho giấy này" in html
    assert 'value="1.001193"' in html


def test_a_form_with_faults_has_no_test_dossier(keeper):
    keeper.post(url("new"), {"name": "Nháp"})
    assert "Chưa điền thử được" in keeper.get(url("trial_office", "nhap", 1)).content.decode()


@needs_poppler
def test_the_printed_form_of_a_trial_says_that_it_is_one(keeper, draft):
    answer = keeper.post(url("trial_pdf", CODE, 2), {"_answers": signed(ANSWERS)})
    words = flat_text(answer.content)
    assert "Mã hồ sơ: THỬ" in words
    assert "Nguyễn Thị Na" in words


def test_a_row_is_pointed_at_as_its_group_and_a_file_as_a_paper():
    fields = [
        {
            "key": "con",
            "type": "group",
            "label": "Con",
            "fields": [{"key": "ten", "type": "text", "label": "Tên"}],
        },
        {"key": "anh", "type": "file", "label": "Ảnh"},
    ]
    schema = schema_of({**SAMPLE, "sections": [{"key": "muc", "title": "Mục", "fields": fields}]})
    given = {"muc": {"con": [{"ten": "An"}, {"ten": "Bình"}], "anh": ["x"]}}
    assert fill(schema, given).errors == {}
    (sheet,) = sheets(schema, first_read(summary(schema, given)), Point)
    assert [(one.line.label, one.point.name, one.point.field) for one in sheet.lines] == [
        ("Con (1): Tên", "Con", "muc.con"),
        ("Con (2): Tên", "Con", "muc.con"),
        ("Ảnh", "Ảnh", ""),
    ]
    assert not sheet.lines[0].point.is_pointed
