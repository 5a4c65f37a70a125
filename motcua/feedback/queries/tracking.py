"""What the sender sees with code and secret, or by the link of a message."""

from hashlib import sha256

from django.core import signing
from django.utils.crypto import constant_time_compare

from motcua.core.errors import NotFound
from motcua.feedback.models import Feedback, FeedbackStep, Sender
from motcua.feedback.rules.codes import clean_code, clean_secret

SALT = "feedback.rate"
RATE_SECONDS = 90 * 24 * 3600
NOT_FOUND = "Không có phản ánh nào khớp mã và mã bí mật này. Kiểm tra lại giấy biên nhận."


def secret_hash(code: str, secret: str) -> str:
    """What is stored of a secret."""
    return sha256(f"{code}/{secret}".encode()).hexdigest()


def by_code(code: str, secret: str) -> Feedback:
    """The feedback of a code and its secret. Raises NotFound, the same for a wrong code and for a wrong secret; the caller
    limits the rate of tries.
    """
    named, told = clean_code(code), clean_secret(secret)
    found = Feedback.objects.select_related("agency", "topic").filter(code=named).first() if named else None
    known = found.secret_hash if found else secret_hash("", "-")
    if not constant_time_compare(known, secret_hash(named, told)) or found is None:
        raise NotFound(NOT_FOUND)
    return found


def steps_said(feedback: Feedback) -> list[FeedbackStep]:
    """What the sender is told of the handling, oldest first; never who did it."""
    return list(
        FeedbackStep.objects.filter(feedback=feedback)
        .exclude(said="")
        .select_related("agency")
        .order_by("seq")
    )


def awaits_confirmation(feedback: Feedback) -> bool:
    """Whether the sender was sent a number by which the address is to be confirmed, and has not given it."""
    return Sender.objects.filter(feedback=feedback, confirmed_at=None).exclude(confirm_hash="").exists()


def rate_token(feedback: Feedback) -> str:
    """The link of a message to the answer: this round's only, for ninety days."""
    return signing.dumps(
        [feedback.pk, feedback.steps.filter(act="approve").count()], salt=SALT, compress=True
    )


def by_rate_token(token: str) -> Feedback:
    """The feedback that such a link leads to. Raises NotFound."""
    try:
        pk, number = signing.loads(token, salt=SALT, max_age=RATE_SECONDS)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotFound("Đường dẫn đã hết hạn. Tra cứu bằng mã phản ánh.") from error
    found = Feedback.objects.select_related("agency", "topic").filter(pk=pk).first()
    if found is None or found.steps.filter(act="approve").count() != number:
        raise NotFound("Đường dẫn đã hết hạn. Tra cứu bằng mã phản ánh.")
    return found
