"""Digital signatures on PDF: PAdES B-B by pyHanko, B-T with a time stamp authority; and their check.

What the visible mark says follows NĐ 30/2020/NĐ-CP, Phụ lục I: name of the agency and time of signing,
dd-mm-yyyy hh:mm:ss +07:00, in letters of 10 pt on A4.
"""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from motcua.core.errors import RuleViolation
from motcua.core.moments import VIETNAM, now
from motcua.printing.actions import Place, render_mark
from motcua.printing.keys import TEST_MARK, identity_of, trusted_roots

POINTS = 72 / 25.4  # a millimetre


@dataclass(frozen=True)
class SignatureReport:
    """What a check of a PDF found, about its last signature; `intact` and `covers_whole_document` about all of it."""

    signatures: int
    intact: bool  # every signature fits the bytes that it covers
    covers_whole_document: bool  # nothing was added after the last signature
    trusted: bool  # the certificate leads to a known authority
    test: bool  # by the test authority: no legal value
    signer: str
    signed_at: datetime | None  # as the signer says it, or by the time stamp
    reason: str
    message: str  # Vietnamese, one sentence for the person

    @property
    def good(self) -> bool:
        """Signed, unchanged, and by a known authority (which may be the test one: see `test`)."""
        return self.signatures > 0 and self.intact and self.covers_whole_document and self.trusted


def sign_pdf(
    pdf: bytes, *, reason: str, signer_name: str, at: datetime, agency: str = "", place: Place | None = None
) -> bytes:
    """`pdf` with one more signature by `signer_name` at the aware moment `at`, visible at `place` when given.

    Earlier signatures stay valid (the file is only added to). Raises RuleViolation when the key or the file is unfit.
    """
    identity = identity_of(signer_name, agency)
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        field = f"ChuKy{len(writer.prev.embedded_signatures) + 1}"
        signer = _SignerAt(
            PdfSignatureMetadata(
                field_name=field,
                md_algorithm="sha256",
                subfilter=SigSeedSubFilter.PADES,
                reason=reason,
                name=signer_name,
            ),
            signer=identity.signer,
            timestamper=HTTPTimeStamper(settings.TSA_URL) if settings.TSA_URL else None,
            stamp_style=_mark(place, signer_name, agency, at, identity.test) if place else None,
            new_field_spec=_field(field, writer, place),
        )
        signer.system_time = at.astimezone(VIETNAM)
        signed: bytes = signer.sign_pdf(writer).getvalue()
        return signed
    except TimestampRequestError as error:
        raise RuleViolation("Máy chủ cấp dấu thời gian không trả lời. Hãy ký lại sau ít phút.") from error
    except (SigningError, PdfError) as error:
        raise RuleViolation("Không ký số được tệp PDF này. Hãy tạo lại tệp rồi ký lại.") from error


class _SignerAt(PdfSigner):
    """A signer whose clock is the moment given: an act takes its time from its caller."""

    system_time: datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self.system_time
        return session


class _PageInMemory(ImportedPdfPage):
    """The first page of a PDF held in memory, as content of an appearance."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(file_name="")  # type: ignore[no-untyped-call]  # pyHanko has no types here
        self.pdf = pdf

    def render(self) -> bytes:
        target = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self.pdf)))
        self.resources.xobject["/Mark"] = target
        left, bottom, right, top = target.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return b"/Mark Do"


def _mark(place: Place, signer: str, agency: str, at: datetime, test: bool) -> StaticStampStyle:
    """The visible mark, set in Tinos by the same engine as the form."""
    page = render_mark(place, signer=signer, agency=agency, at=at, test=TEST_MARK if test else "")
    filled = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins(0, 0, 0, 0)
    )
    return StaticStampStyle(border_width=0, background=_PageInMemory(page), background_layout=filled)


def _field(name: str, writer: IncrementalPdfFileWriter, place: Place | None) -> SigFieldSpec:
    """The signature field, under `place` (the middle of the mark's upper edge), or invisible."""
    if place is None:
        return SigFieldSpec(name)
    page = writer.prev.root["/Pages"]["/Kids"][place.page - 1]
    height = float(page["/MediaBox"][3])
    left = (place.x - place.width / 2) * POINTS
    top = height - place.y * POINTS
    right, bottom = left + place.width * POINTS, top - place.height * POINTS
    return SigFieldSpec(
        name, on_page=place.page - 1, box=(round(left), round(bottom), round(right), round(top))
    )


def check_pdf(pdf: bytes, *, at: datetime | None = None) -> SignatureReport:
    """What the signatures of `pdf` prove at the moment `at` (now when not given). Never raises for a bad file."""
    try:
        reader = PdfFileReader(BytesIO(pdf))
        signatures = list(reader.embedded_signatures)
        statuses = [_status(one, at or now()) for one in signatures]
    except (PdfError, SignatureValidationError, ValueError, KeyError, TypeError, AttributeError):
        return _broken("Tệp PDF bị hỏng hoặc chữ ký số không đọc được.")
    if not statuses:
        return _broken("Tệp PDF không có chữ ký số.")
    return _report(signatures[-1], statuses)


def _status(signature: Any, at: datetime) -> Any:
    """pyHanko's judgement of one signature, without going to the network."""
    context = ValidationContext(
        trust_roots=trusted_roots(), allow_fetching=False, moment=at, revocation_mode="soft-fail"
    )
    return validate_pdf_signature(signature, signer_validation_context=context)


def _report(last: Any, statuses: list[Any]) -> SignatureReport:
    status = statuses[-1]
    intact = all(one.intact and one.valid for one in statuses)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    test = TEST_MARK in status.signing_cert.issuer.human_friendly
    stamp = status.timestamp_validity
    return SignatureReport(
        signatures=len(statuses),
        intact=intact,
        covers_whole_document=whole,
        trusted=status.trusted,
        test=test,
        signer=str(last.sig_object.get("/Name", status.signing_cert.subject.native.get("common_name", ""))),
        signed_at=stamp.timestamp if stamp else status.signer_reported_dt,
        reason=str(last.sig_object.get("/Reason", "")),
        message=_message(intact, whole, status.trusted, test),
    )


def _message(intact: bool, whole: bool, trusted: bool, test: bool) -> str:
    if not intact:
        return "Nội dung đã bị thay đổi sau khi ký: chữ ký số không còn giá trị."
    if not whole:
        return "Tệp có phần được thêm vào sau chữ ký số cuối cùng."
    if not trusted:
        return "Nội dung nguyên vẹn nhưng chứng thư số không thuộc tổ chức chứng thực được tin cậy."
    if test:
        return "Nội dung nguyên vẹn; chữ ký bằng chứng thư thử nghiệm, không có giá trị pháp lý."
    return "Chữ ký số hợp lệ, nội dung nguyên vẹn."


def _broken(message: str) -> SignatureReport:
    return SignatureReport(0, False, False, False, False, "", None, "", message)
