"""Forms of files."""

from django import forms

from motcua.files.rules.kinds import ACCEPTED


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(label="Tệp", help_text=f"Nhận tệp: {ACCEPTED}.")
