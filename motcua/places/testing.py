"""Help for tests: a few administrative units of both sets, written straight into the tables."""

from datetime import datetime

from motcua.places.actions import load_units
from motcua.places.models import Unit

SAMPLE = {
    "source": "thử",
    "before": [
        ["49", "Tỉnh Quảng Nam", [["512", "Huyện Quế Sơn", [["20680", "Xã Quế Xuân 1"], ["20683", "Xã Quế Xuân 2"]]]]],
        ["48", "Thành phố Đà Nẵng", [["490", "Quận Liên Chiểu", [["20194", "Phường Hòa Hiệp Bắc"]]], ["498", "Huyện Hoàng Sa", []]]],
    ],
    "since": [
        ["48", "Thành phố Đà Nẵng", [["20194", "Phường Hải Vân"], ["20680", "Xã Xuân Phú"], ["20701", "Xã Quế Sơn"], ["20702", "Phường Quế Sơn"], ["20333", "Đặc khu Hoàng Sa"]]],
    ],
    "provinces": [["49", "48"], ["48", "48"]],
    "districts": [["498", "20333"]],
    "communes": [["20680", [["20680", 1], ["20701", 0]]], ["20683", [["20680", 1]]], ["20194", [["20194", 1]]]],
}  # fmt: skip


def make_units(at: datetime) -> Unit:
    """Two provinces before, one since; returns the latter."""
    load_units(actor=None, at=at, data=SAMPLE)
    return Unit.objects.get(level=Unit.Level.PROVINCE, valid_to=None)
