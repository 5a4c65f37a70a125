"""What a citizen types on the pages of an own dossier."""

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import FilesField
from motcua.core.text import nfc
from motcua.dossiers.rules.talk import LONGEST, MOST_FILES


class MessageForm(forms.Form):
    """A message to the office."""

    body = forms.CharField(
        label=_("Nội dung"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Nhập nội dung tin nhắn.")},
    )
    files = FilesField(  # type: ignore[assignment]  # a field; the posted files are of the instance
        label=_("Tệp kèm theo"),
        most=MOST_FILES,
        required=False,
        error_messages={"too_many": _("Mỗi tin nhắn kèm nhiều nhất 5 tệp.")},
        max_length=200,
        help_text=_("Ảnh hoặc PDF, nhiều nhất 5 tệp."),
    )

    def clean_body(self) -> str:
        return "\n".join(nfc(line) for line in self.cleaned_data["body"].splitlines())


class WithdrawForm(forms.Form):
    """Why one takes the dossier back; nobody has to say."""

    reason = forms.CharField(
        label=_("Lý do"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReplyForm(forms.Form):
    """Only a place for errors of the reply as a whole: its fields are those of the form and the papers asked for."""
