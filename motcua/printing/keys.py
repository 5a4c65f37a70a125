"""The keys that sign: a configured PKCS#12 or device, else the test authority (THỬ NGHIỆM) kept in MOTCUA_HOME/keys.

The test authority makes signing and checking work from the first minute. Its certificates say in every name that they
are a test; a signature by them has no legal value, and every report says so.
"""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings
from django.utils.module_loading import import_string
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.keys.internal import (
    translate_pyca_cryptography_cert_to_asn1,
    translate_pyca_cryptography_key_to_asn1,
)
from pyhanko.sign.signers import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from motcua.core.errors import RuleViolation

TEST_MARK = "THỬ NGHIỆM"
TEST_ORGANISATION = "THỬ NGHIỆM - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
# Long enough to sign within the replayed past of the demonstration, and for years to come.
VALID_FROM = datetime(2010, 1, 1, tzinfo=UTC)
VALID_TO = datetime(2049, 12, 31, tzinfo=UTC)

KeyAndCertificate = tuple[ec.EllipticCurvePrivateKey, x509.Certificate]


@dataclass(frozen=True)
class Identity:
    """A signer of pyHanko and whether it is of the test authority."""

    signer: Signer
    test: bool


def identity_of(name: str, agency: str = "") -> Identity:
    """Who signs: the configured device or PKCS#12 file, else a test certificate for this name and agency.

    `settings.SIGNER` names a function `(name, agency) -> pyhanko Signer` for a device (HSM, remote signing).
    Raises RuleViolation (Vietnamese) when the PKCS#12 file cannot be opened.
    """
    if settings.SIGNER:
        return Identity(import_string(settings.SIGNER)(name, agency), test=False)
    if settings.SIGN_P12:
        return Identity(_pkcs12(settings.SIGN_P12, settings.SIGN_P12_PASSWORD), test=False)
    return Identity(_test_signer(_folder(), name, agency), test=True)


def trusted_roots() -> list[Any]:
    """Certificates of authorities that a signature may lead to: those configured, and the test root if it exists."""
    roots = list(load_certs_from_pemder_data(_read(settings.SIGN_ROOTS))) if settings.SIGN_ROOTS else []
    path = _folder() / "test-root.pem"
    if path.exists():
        roots.append(translate_pyca_cryptography_cert_to_asn1(_load(path)[1]))
    return roots


def _folder() -> Path:
    folder = Path(settings.HOME) / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _read(path: str) -> bytes:
    return Path(path).read_bytes()


@lru_cache(maxsize=4)
def _pkcs12(path: str, password: str) -> SimpleSigner:
    """The signer of a PKCS#12 file; pyHanko answers None for a wrong password or file."""
    signer: SimpleSigner | None = SimpleSigner.load_pkcs12(  # type: ignore[no-untyped-call]  # pyHanko has no types here
        path, passphrase=password.encode() or None
    )
    if signer is None:
        raise RuleViolation("Không mở được tệp khóa ký số. Hãy kiểm tra MOTCUA_SIGN_P12 và mật khẩu của tệp.")
    return signer


@lru_cache(maxsize=256)
def _test_signer(folder: Path, name: str, agency: str) -> SimpleSigner:
    """A signer with a test certificate of this name, made on first use."""
    root = _kept(folder / "test-root.pem", _new_root)
    label = hashlib.sha256(f"{name}\n{agency}".encode()).hexdigest()[:16]
    key, certificate = _kept(folder / f"test-{label}.pem", lambda: _new_leaf(root, name, agency))
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko has no types here
    store.register(translate_pyca_cryptography_cert_to_asn1(root[1]))
    return SimpleSigner(
        signing_cert=translate_pyca_cryptography_cert_to_asn1(certificate),
        signing_key=translate_pyca_cryptography_key_to_asn1(key),
        cert_registry=store,
    )


def _kept(path: Path, make: Callable[[], KeyAndCertificate]) -> KeyAndCertificate:
    """The pair in this file; made and written whole, once, when absent (the first of two processes wins)."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
        draft.touch(mode=0o600)
        draft.write_bytes(_as_pem(*make()))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first: its pair counts
        finally:
            draft.unlink()
    return _load(path)


def _load(path: Path) -> KeyAndCertificate:
    data = path.read_bytes()
    key = serialization.load_pem_private_key(data, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key, x509.load_pem_x509_certificate(data)


def _as_pem(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> bytes:
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def _name(common: str, unit: str = "") -> x509.Name:
    """A subject whose organisation says that it is a test."""
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, TEST_ORGANISATION),
        x509.NameAttribute(NameOID.COMMON_NAME, _cut(common, suffix=f" ({TEST_MARK})")),
    ]
    if unit:
        parts.insert(2, x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, _cut(unit)))
    return x509.Name(parts)


def _cut(text: str, suffix: str = "") -> str:
    """The text with its suffix, cut to the 64 bytes that X.520 leaves for a name."""
    room = 64 - len(suffix.encode())
    return text.encode()[:room].decode(errors="ignore").rstrip() + suffix


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID_FROM)
        .not_valid_after(VALID_TO)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(**allowed: bool) -> x509.KeyUsage:
    uses = [
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
    ]
    uses += ["key_cert_sign", "crl_sign", "encipher_only", "decipher_only"]
    return x509.KeyUsage(**{use: allowed.get(use, False) for use in uses})


def _new_root() -> KeyAndCertificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Cơ quan chứng thực Một Cửa")
    builder = _builder(name, name, key).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    builder = builder.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
    return key, builder.sign(key, hashes.SHA256())


def _new_leaf(root: KeyAndCertificate, name: str, agency: str) -> KeyAndCertificate:
    root_key, root_certificate = root
    key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        _builder(_name(name, agency), root_certificate.subject, key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
        )
    )
    return key, builder.sign(root_key, hashes.SHA256())
