"""What is held about one person: everything of theirs, nothing of anybody else's."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from motcua.accounts.models import Consent
from motcua.accounts.testing import make_citizen
from motcua.agencies.queries import authority_of
from motcua.audit.actions import record_view
from motcua.core.errors import NotFound
from motcua.dossiers.models import Dossier
from motcua.payments.models import Charge, Refund, RefundDue
from motcua.privacy import actions, queries
from motcua.privacy.testing import AT, Desk, asked

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "001099000001", "001099000002"


def test_my_data_is_mine_alone(desk: Desk) -> None:
    stranger = make_citizen("Trần Văn Lạ", OTHER, "0900000002")
    dossier = Dossier.objects.get(applicant__identity_number=NUMBER)
    record_view(desk.online.world.head, f"dossier/{dossier.pk}", ["phone"], at=AT)
    mine = {one.code: one for one in queries.sections_of(queries.subject_of(desk.citizen, AT))}
    theirs = {one.code: one for one in queries.sections_of(queries.subject_of(stranger, AT))}
    assert mine["ho-so"].rows[0][0] == dossier.code
    assert mine["ai-da-xem"].rows[0][1:] == (desk.online.world.head.full_name, "hồ sơ", "phone")
    assert [len(mine[code].rows) for code in ("ban-nhap", "dong-y", "tin")] == [1, 2, 2]
    assert {code for code, one in theirs.items() if one.rows} == {"tai-khoan"}


def test_a_number_that_was_only_typed_in_opens_nothing(desk: Desk) -> None:
    liar = make_citizen("Kẻ Giả Danh", NUMBER, "0900000003", assurance="low")
    assert not queries.dossiers_about(queries.subject_of(liar, AT))


def test_money_that_went_back_and_that_must_go_back_is_told_to_who_paid_it(desk: Desk) -> None:
    dossier = Dossier.objects.get(applicant__identity_number=NUMBER)
    values = {"agency": desk.online.world.commune, "kind": "phi", "amount": 9000, "payer_name": "Na", "state": "paid", "created_at": AT}  # fmt: skip
    mine, foreign = (
        Charge.objects.create(reference=f"dossier/{pk}", code=f"H{pk}", purpose="Phí", key=f"K{pk}", match_key=f"K{pk}", **values)
        for pk in (dossier.pk, dossier.pk + 1)
    )  # fmt: skip
    for charge in (mine, foreign):
        given = Refund.objects.create(
            charge=charge, amount=1000, method="cash", reason="Thu thừa", document="QĐ 1", made_by=desk.clerk, made_at=AT
        )  # fmt: skip
        duties = [(1000, AT, given), (2000, None, None), (3000, AT, None)]
        for amount, closed, refund in duties:
            RefundDue.objects.create(charge=charge, amount=amount, reason="Giảm", made_at=AT, closed_at=closed, refund=refund)  # fmt: skip
    held = {one.code: one for one in queries.sections_of(queries.subject_of(desk.citizen, AT))}
    when, code = "10/11/2026 09:00", mine.code
    assert list(held["hoan-tra"].rows) == [
        (code, "Phí", "1.000 đ", "Thu thừa", "Đã hoàn trả", when),
        (code, "Phí", "3.000 đ", "Giảm", "Không còn phải hoàn trả", when),
        (code, "Phí", "2.000 đ", "Giảm", "Phải hoàn trả, chưa hoàn", when),
    ]
    assert [row[0] for row in held["khoan-thu"].rows] == [code]


def test_who_looked_is_asked_of_an_index(desk: Desk) -> None:
    plan = queries.looks_at(["dossier/1"]).explain()
    assert connection.vendor == "postgresql" or "USING INDEX event_looked_at" in plan


def test_a_proof_opens_for_who_decides(desk: Desk, settings) -> None:
    settings.UPLOAD_UNSCANNED = "accept"
    proof = SimpleUploadedFile(
        "can-cuoc.pdf",
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
    )
    found = asked(desk, "correct", proof=proof)
    opens = {
        who: queries.may_open_proof(found.proof, who, authority_of(who, AT.date()))
        for who in (desk.officer, desk.clerk)
    }
    assert opens == {desk.officer: True, desk.clerk: False}
    assert not queries.may_open_proof(found.proof, desk.citizen, None)


def test_a_consent_is_withdrawn_for_every_address_and_what_waits_is_held_back(desk: Desk) -> None:
    assert actions.withdraw_consent("survey", actor=desk.citizen, at=AT) == 1
    assert actions.withdraw_consent("survey", actor=desk.citizen, at=AT) == 0
    last = Consent.objects.latest("pk")
    assert (last.user, last.purpose, last.given, last.source, last.channel) == (
        desk.citizen,
        "survey",
        False,
        "account",
        "online",
    )
    for purpose, who in (("assistance", desk.citizen), ("zalo", desk.officer)):
        with pytest.raises(NotFound):
            actions.withdraw_consent(purpose, actor=who, at=AT)
