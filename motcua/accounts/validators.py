"""Password validators in the form that Django wants; the rules are in `rules.passwords`."""

from django.core.exceptions import ValidationError

from motcua.accounts.rules.passwords import is_built_on_name, is_common


class VietnameseWordsValidator:
    """Refuse a common Vietnamese word, or the person's own name, with only digits and signs added."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError in Vietnamese when the password is too easy to guess."""
        if is_common(password):
            raise ValidationError(
                "Mật khẩu này là cụm từ phổ biến, dễ đoán. Chọn cụm từ khác.", code="common"
            )
        full_name, username = getattr(user, "full_name", ""), getattr(user, "username", "")
        if is_built_on_name(password, full_name, username):
            raise ValidationError("Mật khẩu dựa trên tên của bạn, dễ đoán. Chọn cụm từ khác.", code="name")

    def get_help_text(self) -> str:
        """What to do, for the page that asks for a new password."""
        return "Không dùng cụm từ phổ biến, tên hoặc tên đăng nhập của bạn."
