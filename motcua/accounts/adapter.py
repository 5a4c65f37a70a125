"""Sign-in of staff by allauth, in Vietnamese: accounts are made by an administrator, never by sign-up."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.shortcuts import resolve_url

WAIT = "Bạn đã thử quá nhiều lần. Đợi ít phút rồi thử lại."


class StaffAccountAdapter(DefaultAccountAdapter):
    """No sign-up; errors tell nobody which sign-in names exist."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Tên đăng nhập hoặc mật khẩu không đúng.",
        "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu không đúng.",
        "invalid_login": "Tên đăng nhập hoặc mật khẩu không đúng.",
        "enter_current_password": "Mật khẩu hiện tại không đúng.",
        "incorrect_password": "Mật khẩu không đúng.",
        "incorrect_code": "Mã không đúng hoặc đã hết hạn. Nhập mã mới nhất trên điện thoại.",
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether one may be led there; an address that nobody can read is none."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After a change of password: to work."""
        return resolve_url(settings.LOGIN_REDIRECT_URL)


class StaffMFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are kept encrypted under the signing key of the installation."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Mã không đúng hoặc đã hết hạn. Nhập mã mới nhất trên điện thoại.",
        "cannot_delete_authenticator": "Không thể tắt xác thực hai lớp.",
        "cannot_generate_recovery_codes": "Bật xác thực hai lớp trước khi tạo mã dự phòng.",
    }

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """The sign-in name, as the authenticator app shows it."""
        return user.get_username()

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as the app on the phone holds it."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail: the log and the person's own page tell of changes."""


def _cipher() -> Fernet:
    key = hashlib.sha256(b"motcua.accounts.mfa:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
