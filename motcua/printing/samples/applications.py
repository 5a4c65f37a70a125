"""A sample application form filled in online."""

from motcua.printing.samples.common import SITE

APPLICATION = {
    "form_title": "Tờ khai đăng ký khai sinh",
    "form_number": "Mẫu tờ khai đăng ký khai sinh",
    "agency": "",
    "addressed": "Ủy ban nhân dân xã Kim Sơn",
    "place": "Kim Sơn",
    "date": "2026-01-05",
    "code": "H99.12-260105-0007",
    "verify_url": f"{SITE}/kiem-tra/mau",
    "sections": [
        {
            "title": "1. Người yêu cầu",
            "items": [
                {"kind": "row", "label": "Họ, chữ đệm, tên", "value": "Nguyễn Thị Ngọc Ánh"},
                {
                    "kind": "row",
                    "label": "Nơi cư trú",
                    "value": "Thôn Đông Bình, Xã Kim Sơn, Thành phố Đà Nẵng",
                },
                {"kind": "row", "label": "Ghi chú", "value": ""},
            ],
        },
        {
            "title": "2. Những người cùng hộ",
            "items": [
                {
                    "kind": "table",
                    "label": "Danh sách",
                    "head": ["Họ và tên", "Ngày sinh", "Quan hệ"],
                    "cells": [
                        ["Trần Văn Bình", "01/02/1990", "Chồng"],
                        ["Trần Nguyễn Ngọc Khuê", "05/01/2020", "Con"],
                    ],
                },
                {
                    "kind": "ticked",
                    "label": "Tôi cam đoan nội dung khai trên đây là đúng sự thật.",
                    "value": "x",
                },
            ],
        },
    ],
    "signatures": [
        {"title": "Người yêu cầu", "name": "Nguyễn Thị Ngọc Ánh", "at": "2026-01-05T20:14:00+07:00"}
    ],
}
