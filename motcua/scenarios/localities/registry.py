"""The localities by name."""

from motcua.scenarios.localities import cu_mgar, kim_long, que_son, thanh_binh, thuan_bac
from motcua.scenarios.localities.plan import Locality

LOCALITIES: dict[str, Locality] = {
    module.LOCALITY.name: module.LOCALITY for module in (que_son, thanh_binh, kim_long, thuan_bac, cu_mgar)
}
