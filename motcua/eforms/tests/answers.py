"""Answers to the forms that ship, of people who do not exist."""


def address(text):
    return {"province": "56", "commune": "1", "line": text, "text": text}


BIRTH = {
    "nguoi_yeu_cau": {
        "nyc_ho_ten": "Nguyễn Thị Ngọc Ánh",
        "nyc_giay_to": "001199000001",
        "nyc_cu_tru": address("Thôn Đông Bình, Xã Kim Sơn, Tỉnh Khánh Hòa"),
        "nyc_dien_thoai": "+84912345678",
        "nyc_quan_he": "me",
    },
    "nguoi_duoc_khai_sinh": {
        "con_ho_ten": "Trần Nguyễn Ngọc Khuê",
        "con_ngay_sinh": "2026-10-12",
        "con_gioi_tinh": "nu",
        "con_dan_toc": "Kinh",
        "con_quoc_tich": "Việt Nam",
        "con_noi_sinh": "co_so_y_te",
        "con_co_so": "Bệnh viện đa khoa tỉnh",
        "con_dia_chi_sinh": address("Đường Nguyễn Văn Cừ, Phường Phan Rang, Tỉnh Khánh Hòa"),
        "con_que_quan": address("Xã Kim Sơn, Tỉnh Khánh Hòa"),
        "giay_chung_sinh": "chung_sinh",
    },
    "nguoi_me": {
        "biet_me": "yes",
        "me_ho_ten": "Nguyễn Thị Ngọc Ánh",
        "me_ngay_sinh": "1999-02-03",
        "me_dan_toc": "Kinh",
        "me_quoc_tich": "Việt Nam",
        "me_so_dinh_danh": "001199000001",
        "me_cu_tru": address("Thôn Đông Bình, Xã Kim Sơn, Tỉnh Khánh Hòa"),
    },
    "nguoi_cha": {"biet_cha": "no"},
    "de_nghi": {
        "so_ban_sao": 2,
        "cam_doan": True,
        "chu_ky": {"name": "Nguyễn Thị Ngọc Ánh", "agree": "yes", "at": "2026-11-22T20:14:00+07:00"},
    },
}
LAND = {
    "nguoi_su_dung": {
        "loai_chu": "vo_chong",
        "ten": "Trần Văn Bình",
        "giay_to": "001099000002",
        "vo_chong_ten": "Nguyễn Thị Ngọc Ánh",
        "vo_chong_giay_to": "001199000001",
        "dia_chi": address("Thôn Đông Bình, Xã Kim Sơn, Tỉnh Khánh Hòa"),
        "dien_thoai": "+84912345678",
    },
    "thua_dat": {
        "cac_thua": [
            {
                "thua_so": "12",
                "to_ban_do": "7",
                "thua_dia_chi": address("Thôn Đông Bình, Xã Kim Sơn, Tỉnh Khánh Hòa"),
                "dien_tich": 250.5,
                "muc_dich": "o",
                "tu_thoi_diem": "10/1993",
                "dt_o": 200,
            },
            {
                "thua_dia_chi": address("Xứ đồng Gò Sạn, Xã Kim Sơn, Tỉnh Khánh Hòa"),
                "dien_tich": 1200,
                "muc_dich": "nong_nghiep",
                "tu_thoi_diem": "1995",
            },
        ],
        "nguon_goc": ["thua_ke", "khac"],
        "nguon_goc_khac": "đổi đất với hộ liền kề",
        "tranh_chap": "no",
    },
    "tai_san": {
        "co_nha": "yes",
        "loai_nha": "Nhà ở riêng lẻ",
        "dt_xay_dung": 90,
        "so_tang": 1,
        "co_phep": "no",
    },
    "nghia_vu": {"ghi_no": "yes", "doi_tuong": "ngheo"},
    "cam_ket": {
        "cam_doan": True,
        "chu_ky": {"name": "Trần Văn Bình", "agree": "yes", "at": "2026-11-22T20:14:00+07:00"},
    },
}
