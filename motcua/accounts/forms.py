"""Forms of sign-in: allauth's, with Vietnamese words and our markup."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts


def _say(form: forms.Form, name: str, label: str, hint: str = "", **attrs: str) -> None:
    """Give a field its Vietnamese label and hint; no placeholder, the label stays visible."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


def _say_code(form: forms.Form, hint: str) -> None:
    _say(
        form,
        "code",
        "Mã xác thực",
        hint,
        inputmode="numeric",
        autocomplete="one-time-code",
        **{"class": "w-code"},
    )
    form.fields["code"].widget.attrs["data-autofocus"] = ""


class LoginForm(account_forms.LoginForm):
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", "Tên đăng nhập", autocapitalize="none", spellcheck="false")
        _say(self, "password", "Mật khẩu")
        self.fields["login"].error_messages["required"] = "Nhập tên đăng nhập."
        self.fields["password"].error_messages["required"] = "Nhập mật khẩu."


class ChangePasswordForm(account_forms.ChangePasswordForm):
    """The present password and, twice, the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", "Mật khẩu hiện tại")
        _say(self, "password1", "Mật khẩu mới", " ".join(password_validators_help_texts()))
        _say(self, "password2", "Nhập lại mật khẩu mới")

    def clean(self) -> dict[str, Any]:
        """The two new passwords are the same, and not the present one."""
        cleaned = forms.Form.clean(self) or {}
        old, new, again = (cleaned.get(name) for name in ("oldpassword", "password1", "password2"))
        if new and again and new != again:
            self.add_error("password2", "Hai lần nhập mật khẩu mới không giống nhau.")
        if new and old and new == old:
            self.add_error("password1", "Mật khẩu mới phải khác mật khẩu hiện tại.")
        return cleaned


class ReauthenticateForm(account_forms.ReauthenticateForm):
    """The password again, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", "Mật khẩu")


class CodeForm(mfa_forms.AuthenticateForm):
    """The code of the authenticator app, or a recovery code, at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self, "Mã 6 chữ số trên ứng dụng, hoặc một mã dự phòng.")


class CodeAgainForm(mfa_forms.ReauthenticateForm):
    """The code again, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self, "Mã 6 chữ số trên ứng dụng, hoặc một mã dự phòng.")


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    """The first code, which proves that the app has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self, "Mã 6 chữ số mà ứng dụng đang hiển thị.")
