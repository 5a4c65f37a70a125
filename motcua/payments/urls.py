"""Addresses of money."""

from django.urls import path

from motcua.payments.views import books, collecting, days, receipts

app_name = "payments"
urlpatterns = [
    path("", collecting.cashier_day, name="today"),
    path("thu/", collecting.collect, name="collect"),
    path("khoan/<int:charge_id>/", collecting.charge, name="charge"),
    path("khoan/<int:charge_id>/mien/", collecting.exempt, name="exempt"),
    path("khoan/<int:charge_id>/hoan/", collecting.refund, name="refund"),
    path("bien-lai/", receipts.register, name="register"),
    path("bien-lai/<int:receipt_id>/", receipts.receipt, name="receipt"),
    path("bien-lai/<int:receipt_id>/in/", receipts.receipt_pdf, name="receipt_pdf"),
    path("bien-lai/<int:receipt_id>/huy/", receipts.cancel, name="cancel_receipt"),
    path("ngay-thu/", days.days, name="days"),
    path("ngay-thu/<int:day_id>/", days.day, name="day"),
    path("ngay-thu/<int:day_id>/khoa/", days.close, name="close_day"),
    path("quyen/", books.books, name="books"),
    path("quyen/moi/", books.new_book, name="new_book"),
    path("quyen/<int:book_id>/dong/", books.close_book, name="close_book"),
    path("tai-khoan/", books.accounts, name="accounts"),
    path("tai-khoan/moi/", books.new_account, name="new_account"),
    path("tai-khoan/<int:account_id>/ngung/", books.end_account, name="end_account"),
    path("chuyen-khoan/", books.transfers, name="transfers"),
    path("chuyen-khoan/moi/", books.new_transfer, name="new_transfer"),
    path("chuyen-khoan/<int:transfer_id>/", books.resolve, name="resolve_transfer"),
]
