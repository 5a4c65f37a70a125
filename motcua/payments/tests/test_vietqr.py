"""VietQR codes: the known vectors, and properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.payments.rules.vietqr import crc16, fields, vietqr

NAPAS_SAMPLE = (
    "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN"
    "62340107NPS68690819thanh toan don hang63042E2E"
)
STATIC = "00020101021138540010A00000072701240006970436011001234567890208QRIBFTTA53037045802VN63046A15"
DYNAMIC = (
    "00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA5303704540480005802VN"
    "62260822LP H203012 261123 00076304BE5E"
)


def test_the_checksum_has_its_published_check_value():
    assert crc16(b"123456789") == "29B1"


@pytest.mark.parametrize("text", [NAPAS_SAMPLE, STATIC, DYNAMIC])
def test_known_codes_have_a_right_checksum(text):
    assert crc16(text[:-4].encode()) == text[-4:]


def test_the_sample_of_napas_is_made_letter_by_letter():
    made = vietqr("970403", "0011012345678", amount=180_000, purpose="thanh toan don hang", bill="NPS6869")
    assert made == NAPAS_SAMPLE


def test_a_static_code_leaves_the_amount_to_the_payer():
    assert vietqr("970436", "0123456789") == STATIC


def test_a_dynamic_code_names_amount_and_dossier():
    assert vietqr("970436", "0123456789", amount=8000, purpose="LP H203012 261123 0007") == DYNAMIC


def test_a_code_to_a_card_says_so():
    assert "0208QRIBFTTC" in vietqr("970436", "9704361234567890", card=True)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"bank_bin": "97043"}, "BIN"),
        ({"bank_bin": "97043A"}, "BIN"),
        ({"account": ""}, "số tài khoản"),
        ({"account": "1" * 20}, "số tài khoản"),
        ({"account": "12 34"}, "số tài khoản"),
        ({"amount": -1}, "số tiền"),
        ({"amount": 10**13}, "số tiền"),
        ({"purpose": "a" * 26}, "nội dung"),
        ({"purpose": "lệ phí"}, "nội dung"),
        ({"bill": "H40.12"}, "nội dung"),
    ],
)
def test_what_a_bank_would_not_read_is_refused(values, message):
    with pytest.raises(ValueError, match=message):
        vietqr(**{"bank_bin": "970436", "account": "0123456789", **values})


@pytest.mark.parametrize("text", [DYNAMIC[:-1] + "F", DYNAMIC.replace("8000", "9000"), "é" + DYNAMIC, ""])
def test_a_changed_code_is_refused(text):
    with pytest.raises(ValueError, match="mã kiểm tra"):
        fields(text)


@pytest.mark.parametrize("text", ["0099x", "00xx01"])
def test_a_code_with_wrong_lengths_is_refused(text):
    with pytest.raises(ValueError, match="độ dài"):
        fields(text + crc16(text.encode()))


@given(
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.from_regex(r"[A-Za-z0-9]{1,19}", fullmatch=True),
    st.integers(0, 10**13 - 1),
    st.from_regex(r"[A-Z0-9 ]{0,25}", fullmatch=True),
)
def test_what_goes_in_comes_out(bank_bin, account, amount, purpose):
    found = fields(vietqr(bank_bin, account, amount=amount, purpose=purpose))
    assert found["01"] == ("12" if amount else "11")
    assert found.get("54", "0") == str(amount)
    assert found["38"].startswith("0010A000000727")
    assert account in found["38"]
    assert found.get("62", "") == (f"08{len(purpose):02d}{purpose}" if purpose else "")
