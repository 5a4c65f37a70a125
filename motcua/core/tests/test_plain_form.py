"""A form that cleans its fields without the objects that draw them says what Django's own would say."""

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from motcua.core.forms import PlainForm


class Fields(forms.Form):
    name = forms.CharField(max_length=5)
    copies = forms.IntegerField(required=False, min_value=0, initial=3)
    present = forms.BooleanField(required=False)
    fixed = forms.CharField(disabled=True, initial="giữ nguyên")
    photo = forms.FileField(required=False)

    def clean_name(self) -> str:
        if self.cleaned_data["name"] == "sai":
            raise forms.ValidationError("Tên sai.")
        return self.cleaned_data["name"].upper()


class Plain(PlainForm, Fields):
    pass


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "p-name=lan&p-copies=2&p-present=on&p-fixed=x",
        "p-name=sai",
        "p-name=quá+dài+rồi&p-copies=-1",
        "p-copies=ba",
    ],
)
@pytest.mark.parametrize("shown", [{}, {"photo": SimpleUploadedFile("cũ.jpg", b"x"), "fixed": "khác"}])
def test_a_plain_form_gives_the_same_values_and_errors(typed: str, shown: dict[str, Any]) -> None:
    plain, usual = (kind(QueryDict(typed), {}, prefix="p", initial=shown) for kind in (Plain, Fields))
    assert plain.errors == usual.errors
    assert plain.cleaned_data == usual.cleaned_data
