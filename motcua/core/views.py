"""Pages for errors that Django itself raises."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _page(request: HttpRequest, message: str, status: int) -> HttpResponse:
    return render(request, "core/error.html", {"message": message, "status": status}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "Không tìm thấy trang này. Kiểm tra lại địa chỉ hoặc quay về trang chủ.", 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "Bạn không có quyền làm việc này.", 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "Yêu cầu không hợp lệ. Quay lại và thử lại.", 400)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(request, "Hệ thống gặp lỗi. Dữ liệu đã lưu không bị mất; thử lại sau ít phút.", 500)
