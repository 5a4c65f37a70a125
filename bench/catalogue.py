"""Import of a national catalogue, and the same import again (goals: 10 s, 3 s for 2,202 procedures).

Without a file of its own it makes one of the same form. PYTHONPATH=. python bench/catalogue.py [FILE.csv]
"""

import sys
import tempfile
from pathlib import Path
from time import perf_counter

from django.core.management import call_command

from bench import world as stage

HEAD = (
    "ma_tthc,ten_tthc,linh_vuc,cap_thuc_hien,loai_tthc,so_quyet_dinh,nguon_bo,doi_tuong,co_quan_thuc_hien,truc_tuyen_thoi_gian,"
    "truc_tuyen_don_vi,truc_tuyen_phi_vnd,buu_chinh_thoi_gian,buu_chinh_don_vi,buu_chinh_phi_vnd,truc_tiep_thoi_gian,"
    "truc_tiep_don_vi,truc_tiep_phi_vnd,so_dong_cach_thuc,so_giay_to,ma_ket_qua,so_van_ban,portal_id"
)


def made(count: int = 2202) -> Path:
    """A file of so many invented procedures in the portal's form."""
    limit = "5,Ngày làm việc,0"
    rows = [
        f"7.{n:06d},Thủ tục đo tốc độ số {n},Lĩnh vực {n % 90},Cấp xã,Loại khác,{n}/QĐ-BTP,bo-tu-phap,Công dân Việt Nam,"
        f"Ủy ban nhân dân cấp xã,{limit},{limit},{limit},3,4,KQ.G15.{n:06d},2,"
        for n in range(count)
    ]
    path = Path(tempfile.mkdtemp()) / "catalogue.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return path


def seconds(path: Path) -> float:
    start = perf_counter()
    with open("/dev/null", "w") as nowhere:
        call_command("catalogue", "import", str(path), stdout=nowhere)
    return perf_counter() - start


def main() -> None:
    stage.settings.DEBUG = False
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else made()
    first, again = seconds(path), [seconds(path) for _ in range(3)]
    print(
        f"nhập 2.202 thủ tục: {first:.1f} s (mục tiêu 10); nhập lại không đổi: {sorted(again)[1]:.1f} s (mục tiêu 3)"
    )


if __name__ == "__main__":
    main()
