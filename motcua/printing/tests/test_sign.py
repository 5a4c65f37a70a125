"""Signing and checking: whole files, changed files, several signers, test keys that say so, real keys from a file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.sign.timestamps import DummyTimeStamper

from motcua.core.errors import RuleViolation
from motcua.printing import keys, samples, sign
from motcua.printing.actions import render, render_to_sign
from motcua.printing.sign import check_pdf, sign_pdf
from motcua.printing.tests.tools import needs_poppler, text_of

AT = datetime(2026, 1, 5, 1, 30, tzinfo=UTC)
SIGNER = {"signer_name": "Phạm Thị Thu Hà", "agency": "Ủy ban nhân dân xã Kim Sơn", "reason": "Ký ban hành"}


@pytest.fixture(autouse=True)
def keys_of_this_test(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path


@pytest.fixture(scope="module")
def form() -> bytes:
    return render("result_notice", samples.CERTIFICATE)


def test_signed_form_is_whole_and_names_signer_reason_and_time(form: bytes) -> None:
    report = check_pdf(sign_pdf(form, at=AT, **SIGNER))
    assert report.good
    assert report.test
    assert report.signatures == 1
    assert report.signer == "Phạm Thị Thu Hà"
    assert report.reason == "Ký ban hành"
    assert report.signed_at == AT
    assert "thử nghiệm, không có giá trị pháp lý" in report.message


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.85])
def test_one_changed_byte_is_found(form: bytes, share: float) -> None:
    signed = bytearray(sign_pdf(form, at=AT, **SIGNER))
    signed[int(len(form) * share)] ^= 1
    report = check_pdf(bytes(signed))
    assert not report.good
    assert not report.intact


def test_what_is_added_behind_the_signature_is_found(form: bytes) -> None:
    report = check_pdf(sign_pdf(form, at=AT, **SIGNER) + b"\n% more")
    assert report.intact
    assert not report.covers_whole_document
    assert "thêm vào sau" in report.message


def test_two_officers_sign_one_after_the_other(form: bytes) -> None:
    once = sign_pdf(form, at=AT, **SIGNER)
    twice = sign_pdf(
        once, at=AT + timedelta(hours=1), signer_name="Văn thư", agency=SIGNER["agency"], reason="Phát hành"
    )
    report = check_pdf(twice)
    assert report.good
    assert (report.signatures, report.signer) == (2, "Văn thư")
    assert twice.startswith(once)


@needs_poppler
def test_mark_stands_in_the_form_with_time_and_zone() -> None:
    pdf, place = render_to_sign("result_notice", samples.RESULT)
    signed = sign_pdf(pdf, at=AT, place=place, **SIGNER)
    text = text_of(signed, "-layout")
    assert "Thời gian ký: 05-01-2026 08:30:00 +07:00" in text
    assert "Chứng thư thử nghiệm, không có giá trị pháp lý" in text
    assert text.index("PHÓ CHỦ TỊCH") < text.index("Ký bởi") < text.rindex("Phạm Thị Thu Hà")


@needs_poppler
def test_long_names_shrink_the_mark_instead_of_losing_lines() -> None:
    pdf, place = render_to_sign("apology_notice", samples.APOLOGY)
    agency = samples.LONG_PERSON["applicant"]
    signed = sign_pdf(pdf, at=AT, place=place, reason="Ký", signer_name=agency[:90], agency=agency)
    assert "không có giá trị pháp lý" in text_of(signed)


@pytest.mark.parametrize("pdf", [b"", b"no pdf", b"%PDF-1.7\n%%EOF"])
def test_bad_file_is_reported_not_raised(pdf: bytes) -> None:
    report = check_pdf(pdf)
    assert not report.good
    assert "bị hỏng" in report.message


def test_unsigned_form_is_reported(form: bytes) -> None:
    assert check_pdf(form).message == "Tệp PDF không có chữ ký số."


def test_bad_file_is_not_signed() -> None:
    with pytest.raises(RuleViolation, match="Không ký số được"):
        sign_pdf(b"no pdf", at=AT, **SIGNER)


def test_authority_of_another_house_is_not_trusted(form: bytes, settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "other"
    signed = sign_pdf(form, at=AT, **SIGNER)
    settings.HOME = tmp_path / "here"
    report = check_pdf(signed)
    assert report.intact
    assert not report.trusted
    assert "không thuộc tổ chức chứng thực" in report.message


def test_keys_are_made_once_and_are_private(form: bytes, tmp_path: Path) -> None:
    sign_pdf(form, at=AT, **SIGNER)
    made = {path: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    keys._test_signer.cache_clear()
    sign_pdf(form, at=AT, **SIGNER)
    assert made == {path: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    assert len(made) == 2
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}


def test_test_certificates_say_that_they_are(tmp_path: Path) -> None:
    identity = keys.identity_of("Lê Quang Dũng", "Ủy ban nhân dân xã Kim Sơn")
    subject = identity.signer.signing_cert.subject.human_friendly
    assert identity.test
    assert "Lê Quang Dũng (THỬ NGHIỆM)" in subject
    assert "KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in subject


def test_first_of_two_processes_makes_the_keys(tmp_path: Path) -> None:
    path = tmp_path / "root.pem"
    first = keys._kept(path, keys._new_root)

    def late() -> keys.KeyAndCertificate:
        return keys._new_root()

    path_absent = type(path).exists
    try:
        type(path).exists = lambda self: False  # both saw no file
        second = keys._kept(path, late)
    finally:
        type(path).exists = path_absent
    assert first[1] == second[1]
    assert [p.name for p in tmp_path.iterdir()] == ["root.pem"]


def real_key(folder: Path) -> tuple[Path, Path]:
    """A PKCS#12 file of an authority that is not the test one, and that authority's certificate."""
    key, root = keys._new_root()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Chứng thực công cộng giả định")])
    root = (
        keys._builder(name, name, key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(keys._usage(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(key, root.signature_hash_algorithm)
    )
    leaf_key, leaf = keys._new_leaf((key, root), "Ủy ban nhân dân xã Kim Sơn", "")
    lock = serialization.BestAvailableEncryption(b"mat khau")
    file, trust = folder / "khoa.p12", folder / "goc.pem"
    file.write_bytes(pkcs12.serialize_key_and_certificates(b"khoa", leaf_key, leaf, [root], lock))
    trust.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    return file, trust


def test_configured_file_signs_and_is_no_test(form: bytes, settings: Any, tmp_path: Path) -> None:
    file, trust = real_key(tmp_path)
    settings.SIGN_P12, settings.SIGN_P12_PASSWORD, settings.SIGN_ROOTS = str(file), "mat khau", str(trust)
    report = check_pdf(sign_pdf(form, at=AT, **SIGNER))
    assert report.good
    assert not report.test
    assert report.message == "Chữ ký số hợp lệ, nội dung nguyên vẹn."


def test_wrong_password_says_what_to_check(form: bytes, settings: Any, tmp_path: Path) -> None:
    file, _ = real_key(tmp_path)
    settings.SIGN_P12, settings.SIGN_P12_PASSWORD = str(file), "sai"
    with pytest.raises(RuleViolation, match="MOTCUA_SIGN_P12"):
        sign_pdf(form, at=AT, **SIGNER)


def test_silent_time_stamp_authority_is_named(form: bytes, settings: Any) -> None:
    settings.TSA_URL = "http://127.0.0.1:9/tsa"
    with pytest.raises(RuleViolation, match="dấu thời gian"):
        sign_pdf(form, at=AT, **SIGNER)


def test_time_stamp_gives_the_time(form: bytes, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TSA_URL = "http://tsa.example.vn"
    stamped_at = AT + timedelta(seconds=5)
    authority = time_stamp_authority()
    dummy = DummyTimeStamper(*authority, fixed_dt=stamped_at)
    monkeypatch.setattr(sign, "HTTPTimeStamper", lambda url: dummy)
    assert check_pdf(sign_pdf(form, at=AT, **SIGNER)).signed_at == stamped_at


def time_stamp_authority() -> tuple[Any, Any]:
    """A certificate that may stamp times, and its key."""
    root_key, root = keys._kept(keys._folder() / "test-root.pem", keys._new_root)
    key = rsa.generate_private_key(65537, 2048)  # the dummy authority knows no other kind
    purpose = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = (
        keys._builder(keys._name("Dấu thời gian"), root.subject, key)
        .add_extension(keys._usage(digital_signature=True), critical=True)
        .add_extension(purpose, critical=True)
        .sign(root_key, root.signature_hash_algorithm)
    )
    as_asn1 = keys.translate_pyca_cryptography_cert_to_asn1, keys.translate_pyca_cryptography_key_to_asn1
    return as_asn1[0](certificate), as_asn1[1](key)


def device(name: str, agency: str) -> object:
    """Stands for an HSM: gives a signer by name."""
    return keys._test_signer(keys._folder(), name, agency)


def test_device_is_asked_by_its_dotted_name(form: bytes, settings: Any) -> None:
    settings.SIGNER = f"{__name__}.device"
    assert not keys.identity_of("Lê Quang Dũng").test
    assert check_pdf(sign_pdf(form, at=AT, **SIGNER)).intact
