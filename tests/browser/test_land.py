"""Land registered for the first time: the tax office sets what is owed, it is paid by QR, the clock rests until then; the
fee for the certificate is paid at a gateway, which runs in a process of its own.
"""

import io
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from motcua.agencies.testing import make_agency, make_seat, make_user_with
from motcua.dossiers.models import Dossier, DossierForm, ResultPaper
from motcua.dossiers.testing import make_procedure, make_process, moment
from motcua.eforms.starting import text_of
from motcua.eforms.testing import make_form
from motcua.notifications.models import Message
from motcua.payments import actions as payments
from motcua.payments.models import Charge, PaymentOrder, Receipt, StatementLayout
from motcua.payments.rules.vietqr import fields
from motcua.places.testing import make_units
from motcua.procedures.models import Paper, ProcedureVersion
from tests.browser.conftest import Seat
from tests.browser.filling import PHONE, fill, go_on, live_at, look
from tests.browser.gateways import running
from tests.world import NOW, Province

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Sit = Callable[[str], Seat]
CODE, OWED = "1.013978", 12_500_000
LATER = NOW + timedelta(days=2)  # Thursday: two working days on
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture
def land(stage: Province, settings: Any, live_server: Any) -> ProcedureVersion:
    """The procedure, filed online with the form that ships; a tax desk; an account and a book for receipts."""
    settings.UPLOAD_UNSCANNED, settings.PUBLIC_URL = "accept", live_server.url
    make_units(NOW)
    world, cast = stage.base, stage.cast
    tax = make_agency("Thuế cơ sở 3", world.province, kind="vertical", sector="tax")
    make_seat(world.office, tax)
    stage.cast.taxman = make_user_with("tax_desk", tax, full_name="Trương Thị Thuế")  # type: ignore[attr-defined]
    procedure = make_procedure(CODE, world.commune, amount="20", name="Đăng ký đất đai lần đầu")
    make_process(
        procedure,
        None,
        [
            ("review", [("resolving", "officer", "16")]),
            ("finance", [("tax", "tax_desk", "16")]),
            ("signature", [("resolving", "leader", "8")]),
            ("result", [("office", "receptionist", "4")]),
        ],
    )
    version = procedure.versions.get()
    ProcedureVersion.objects.filter(pk=version.pk).update(online_level="full")
    Paper.objects.create(version=version, position=3, name="Giấy tờ về quyền sử dụng đất")
    make_form(
        version, json.loads(text_of("dat-dai")), paper=Paper.objects.get(version=version, name="Tờ khai")
    )
    payments.open_book(world.commune, symbol="AP-26", year=2026, source="TB 01", actor=cast.head, at=moment())
    account = {"bank_bin": "970436", "bank_name": "Ngân hàng Mẫu", "account_number": "0000000001"}
    payments.open_account(world.commune, **account, holder="UBND XA AN PHU", valid_from=date(2026, 1, 1), source="TB 02", actor=cast.head, at=moment())  # fmt: skip
    return version


@pytest.fixture
def gateway(stage: Province) -> Iterator[None]:
    """A gateway that the commune uses: the simulator, whose clock says Thursday."""
    with running(stage, LATER):
        yield


def on_phone(seat: Seat) -> Seat:
    """The same seat, as small as a phone."""
    seat.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return seat


@pytest.mark.both_engines
def test_land_is_registered_and_what_is_owed_for_it_is_paid_by_qr(
    stage: Province, land: ProcedureVersion, gateway: None, sit: Sit, tmp_path: Path
) -> None:
    citizen = on_phone(sit("citizen"))
    found = file_it(citizen, stage, tmp_path)
    dossier = Dossier.objects.get(channel="online")
    (plot,) = DossierForm.objects.get(dossier=dossier).answers["thua_dat"]["cac_thua"]
    assert (plot["thua_so"], str(plot["dien_tich"])) == ("12", "150.5")
    until_owed(sit, dossier)
    first, code = Dossier.objects.get(pk=dossier.pk).due_at, dossier_page_to_pay(citizen, dossier, found)
    with time_machine.travel(LATER, tick=True):
        found += settle_by_statement(sit("cashier"), code)
        dossier.refresh_from_db()
        assert (dossier.status, dossier.payment) == ("in_review", "paid")
        assert first is not None
        assert dossier.due_at == first + timedelta(
            days=2
        )  # Wednesday, then Friday: it rested two working days
        citizen = on_phone(sit("citizen"))
        found += to_the_fee(sit, citizen, dossier)
        found += pay_at_gateway(citizen, dossier)
        citizen.go("portal:held")
        assert "88/GCN" in citizen.text
    assert sorted(Receipt.objects.values_list("amount", flat=True)) == [100_000, OWED]
    assert found == []


def file_it(citizen: Seat, stage: Province, tmp_path: Path) -> list[str]:
    """The form page by page, with one plot, and the paper."""
    page = citizen.page
    citizen.go("portal:file_start", CODE)
    page.get_by_role("button", name="Bắt đầu soạn hồ sơ").click()
    page.get_by_label(stage.base.office.name).check()
    go_on(page, "Bạn nộp hồ sơ cho ai?")
    go_on(page, "Thông tin của bạn")
    fill(page, {"address": "Thôn Đông, xã An Phú"})
    go_on(page, "Người sử dụng đất")
    fill(page, {"nguoi_su_dung.loai_chu": "ca_nhan"})
    live_at(page, "nguoi_su_dung.dia_chi")
    go_on(page, "Các thửa đất")
    plot = "thua_dat.cac_thua.0"
    live_at(page, f"{plot}.thua_dia_chi")
    fill(page, {f"{plot}.thua_so": "12", f"{plot}.to_ban_do": "7", f"{plot}.muc_dich": "o"})
    fill(page, {f"{plot}.dien_tich": "150,5", f"{plot}.dt_o": "100", f"{plot}.tu_thoi_diem": "10/1993"})
    fill(page, {"thua_dat.nguon_goc": "thua_ke", "thua_dat.tranh_chap": "no"})
    found = look(citizen, "plots")
    go_on(page, "Nhà ở, công trình trên đất")
    fill(page, {"tai_san.co_nha": "no"})
    go_on(page, "Nghĩa vụ tài chính")  # asked because there is land to live on
    fill(page, {"nghia_vu.ghi_no": "no"})
    go_on(page, "Giấy tờ và cam đoan")
    fill(page, {"cam_ket.cam_doan": "1", "cam_ket.chu_ky.agree": "1", "cam_ket.chu_ky.name": "Nguyễn Thị Na"})
    go_on(page, "Giấy tờ gửi kèm")
    paper = tmp_path / "so-do.pdf"
    paper.write_bytes(PDF)
    with page.expect_navigation():
        panel = page.locator("section", has_text="Giấy tờ về quyền sử dụng đất")
        panel.locator("input[multiple]").set_input_files(paper)
    go_on(page, "Nhận kết quả")
    page.get_by_label("Bản điện tử").check()
    go_on(page, "Kiểm tra lại trước khi nộp")
    go_on(page, "Đã nộp hồ sơ", button="Nộp hồ sơ")
    return found


def until_owed(sit: Sit, dossier: Dossier) -> None:
    """Accepted, checked, and the tax office says what is owed."""
    clerk, officer, taxman = sit("clerk"), sit("officer"), sit("taxman")
    clerk.act(dossier, "accept", button="Tiếp nhận")
    clerk.act(dossier, "hand_over", button="Chuyển")
    officer.act(dossier, "take_over", button="Ký nhận")
    officer.act(dossier, "complete_task", button="Hoàn thành", note="Đã lập phiếu chuyển thông tin địa chính")
    taxman.act(dossier, "take_over", button="Ký nhận")
    notice = {"amount_dong": "12.500.000", "notice_number": "35/TB-CT", "payable_here": "x"}
    taxman.act(dossier, "issue_obligation", button="Ghi thông báo nghĩa vụ", **notice)
    dossier.refresh_from_db()
    assert dossier.status == "wait_finance"


def dossier_page_to_pay(citizen: Seat, dossier: Dossier, found: list[str]) -> str:
    """From the message to the code on the page; what the bank's app reads from it as the purpose."""
    told = Message.objects.filter(reference=f"dossier/{dossier.pk}", kind="obligation", channel="sms").get()
    assert "/nop-tien/" in told.body
    citizen.go("portal:mine_dossier", dossier.pk)
    assert "Thời hạn tạm dừng" in citizen.text
    found += look(citizen, "owing")
    citizen.page.get_by_role("link", name="Phí, lệ phí của hồ sơ này").click()
    expect(citizen.page.locator("h1")).to_contain_text("12.500.000")
    found += look(citizen, "charges")
    picture = Image.open(io.BytesIO(citizen.page.locator("main svg[role=img]").first.screenshot()))
    (code,) = zxingcpp.read_barcodes(picture)
    read, charge = fields(code.text), Charge.objects.get(reference=f"dossier/{dossier.pk}")
    assert (read["53"], read["54"]) == ("704", str(OWED))
    assert charge.key in read["62"]
    assert "0000000001" in read["38"]
    return charge.key


def settle_by_statement(cashier: Seat, purpose: str) -> list[str]:
    """The bank's statement of the morning, taken in."""
    lines = f"Ngày giao dịch,Số giao dịch,Nội dung,Số tiền ghi nợ,Số tiền ghi có\n12/11/2026 08:15,FT26316001,{purpose} NGUYEN THI NA,,{OWED}\n"
    cashier.go("payments:import_statement")
    form = cashier.page.locator("main form")
    form.locator("[name=layout]").select_option(str(StatementLayout.objects.get(kind="csv").pk))
    file = {"name": "sao-ke.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    form.locator("[name=file]").set_input_files(files=[file])  # type: ignore[list-item]
    cashier.send(form, "Nhập và đối soát")
    return look(cashier, "statement")


def to_the_fee(sit: Sit, citizen: Seat, dossier: Dossier) -> list[str]:
    """Signed; a fee for the certificate is still to be paid, so that the result waits."""
    taxman, leader, officer = sit("taxman"), sit("leader"), sit("officer")
    taxman.act(dossier, "complete_task", button="Hoàn thành", note="Đã hoàn thành nghĩa vụ tài chính")
    leader.act(dossier, "sign", button="Ký kết quả", number="88/GCN", electronic="x")
    assert ResultPaper.objects.get(dossier=dossier).file is not None
    officer.go("dossiers:demand_fee", dossier.pk)
    form = officer.page.locator("main form[method=post]").last
    form.get_by_label("Lệ phí", exact=True).check()
    fee = {"purpose": "Lệ phí cấp Giấy chứng nhận", "amount_dong": "100.000"}
    officer.fill(form, {**fee, "legal_basis": "Nghị quyết 05/2025/NQ-HĐND"})
    officer.send(form, "Lập khoản thu")
    sit("clerk").act(dossier, "mark_ready", button="Báo có kết quả")
    citizen.go("portal:mine_dossier", dossier.pk)
    assert "Kết quả được trả khi đã nộp đủ" in citizen.text
    return look(citizen, "result waits for the fee")


def pay_at_gateway(citizen: Seat, dossier: Dossier) -> list[str]:
    """To the gateway's own page and back; its callback has settled the order meanwhile."""
    page = citizen.page
    page.get_by_role("link", name="Phí, lệ phí của hồ sơ này").click()
    page.get_by_role("button", name="Trả qua Cổng Mẫu").click()
    found = look(citizen, "order")
    page.get_by_role("link", name="Sang trang Cổng Mẫu để trả").click()
    page.get_by_role("button", name="Trả thành công", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Đã nộp tiền")
    assert PaymentOrder.objects.get().state == "paid"
    assert Dossier.objects.get(pk=dossier.pk).payment == "paid"
    return found + look(citizen, "order paid")
