"""Addresses of paying."""

from django.urls import URLPattern, path

from motcua.portal.views import paying

urlpatterns: list[URLPattern] = [
    path("nop-tien/giao-dich/<uuid:key>/", paying.pay_order, name="pay_order"),
    path("nop-tien/giao-dich/<uuid:key>/bien-lai.pdf", paying.order_receipt, name="pay_order_receipt"),
    path("nop-tien/<str:token>/", paying.pay, name="pay"),
    path("nop-tien/<str:token>/cong/", paying.pay_online, name="pay_online"),
    path("nop-tien/<str:token>/bien-lai/<int:receipt_id>.pdf", paying.receipt, name="pay_receipt"),
]
