"""Addresses of a citizen's account: sign-in, profile, companies, authorisations."""

from django.urls import path

from motcua.portal.views.sign_in import account, entry, identity, parties

urlpatterns = [
    path("dang-nhap/", entry.start, name="sign_in"),
    path("dang-nhap/ma/", entry.code, name="sign_in_code"),
    path("dang-nhap/ma/gui-lai/", entry.again, name="sign_in_again"),
    path("dang-nhap/ten/", entry.name, name="sign_in_name"),
    path("dang-nhap/dinh-danh/", identity.back, name="national"),
    path("dang-nhap/dinh-danh/<slug:code>/", identity.begin, name="national_begin"),
    path("dang-xuat/", entry.sign_out, name="sign_out"),
    path("tai-khoan-cua-toi/", account.account, name="account"),
    path("tai-khoan-cua-toi/sua/", account.edit, name="account_edit"),
    path("tai-khoan-cua-toi/dia-chi/", account.address, name="account_address"),
    path("tai-khoan-cua-toi/dia-chi/ma/", account.address_code, name="account_code"),
    path("tai-khoan-cua-toi/thiet-bi/", account.end_sessions, name="account_end_sessions"),
    path("tai-khoan-cua-toi/lien-ket/<int:pk>/bo/", account.unlink, name="account_unlink"),
    path("tai-khoan-cua-toi/ho-so-lap-ho/", account.assisted, name="assisted"),
    path("tai-khoan-cua-toi/lam-thay/", parties.acting, name="acting"),
    path("to-chuc-cua-toi/", parties.organisations, name="organisations"),
    path("to-chuc-cua-toi/khai/", parties.organisation_new, name="organisation_new"),
    path("to-chuc-cua-toi/<int:pk>/", parties.organisation, name="organisation"),
    path("to-chuc-cua-toi/loi-moi/<int:pk>/", parties.invitation_answer, name="invitation_answer"),
    path(
        "to-chuc-cua-toi/<int:pk>/loi-moi/<int:invitation>/huy/",
        parties.invitation_cancel,
        name="invitation_cancel",
    ),
    path(
        "to-chuc-cua-toi/<int:pk>/nguoi/<int:user>/thoi/",
        parties.representation_end,
        name="representation_end",
    ),
    path("uy-quyen/", parties.authorisations, name="authorisations"),
    path("uy-quyen/moi/", parties.authorise, name="authorise"),
    path("uy-quyen/<int:pk>/thu-hoi/", parties.revoke, name="authorisation_revoke"),
]
