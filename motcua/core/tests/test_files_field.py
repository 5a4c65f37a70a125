"""Several files in one field."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.core.forms import FilesField


def files(count: int) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(count)]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_as_many_as_are_allowed_come_as_a_list(count: int) -> None:
    assert len(FilesField(most=2, required=False).clean(files(count))) == count


def test_more_are_refused_in_words_that_a_form_may_choose() -> None:
    for field, said in (
        (FilesField(most=2), "Chọn nhiều nhất 2 tệp."),
        (FilesField(most=2, error_messages={"too_many": "Tối đa %(most)s tệp thôi."}), "Tối đa 2 tệp thôi."),
    ):
        with pytest.raises(forms.ValidationError) as refused:
            field.clean(files(3))
        assert refused.value.messages == [said]


def test_one_must_be_there_where_it_is_required() -> None:
    with pytest.raises(forms.ValidationError):
        FilesField(most=2).clean([])
    with pytest.raises(forms.ValidationError):
        FilesField(most=2).clean([SimpleUploadedFile("rong.txt", b"")])
