"""The plan of a sample: how many answers, how many from each group, who; reckoned so that anybody can do it again.

DOMAIN of the survey: users of the last twelve months, drawn at random, weighted by volume, at least so many from each group
(QĐ 2640/QĐ-BNV năm 2017 [likely]). A sample of a small commune is a large part of all its users, so the finite population
correction is always made.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from hashlib import sha256
from math import isqrt
from typing import TypeVar

Key = TypeVar("Key")
Z = Fraction(196, 100)  # 95 %
_SCALE = 10**12


def sample_size(population: int, error: Decimal) -> int:
    """How many answers keep the margin of error (in points of per cent, at 95 %, share unknown: one half) for so many users."""
    if population <= 0:
        return 0
    e = Fraction(error) / 100
    endless = Z * Z / (4 * e * e)
    needed = endless / (1 + (endless - 1) / population)
    return min(population, -int(-needed // 1))


def margin(population: int, answers: int) -> Decimal | None:
    """The margin of error of so many answers among so many users, in points of per cent; None without answers."""
    if answers <= 0 or population <= 0:
        return None
    if answers >= population:
        return Decimal("0.00")
    variance = Fraction(1, 4 * answers) * Fraction(population - answers, population - 1)
    return points(Z * root(variance) * 100)


def root(value: Fraction) -> Fraction:
    """The square root, to twelve decimals."""
    return Fraction(isqrt(int(value * _SCALE * _SCALE)), _SCALE)


def points(value: Fraction) -> Decimal:
    """Two decimals, half up."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def allocate(volumes: Mapping[Key, int], total: int, minimum: int) -> dict[Key, int]:
    """So many answers divided over groups by their volumes; at least `minimum` from each, never more than it has. The sum is
    `total` or more where the minimum asks for more, never more than all users.
    """
    found = {key: min(volume, minimum) for key, volume in volumes.items()}
    wanted = min(max(total, sum(found.values())), sum(volumes.values()))
    while (left := wanted - sum(found.values())) > 0:
        open_ = [key for key in volumes if found[key] < volumes[key]]
        ideal = {key: Fraction(wanted * volumes[key], sum(volumes.values())) - found[key] for key in open_}
        order = sorted(open_, key=lambda key: (-ideal[key], str(key)))
        for key in order[:left]:
            room = volumes[key] - found[key]
            found[key] += min(room, max(1, min(left, int(ideal[key]))))
            left = wanted - sum(found.values())
            if left <= 0:
                break
    return found


def draw(seed: str, members: Iterable[int]) -> list[int]:
    """The members in the order of the draw: by the hash of the seed with each one's number, which anybody can reckon again."""
    return sorted(members, key=lambda one: (sha256(f"{seed}/{one}".encode()).digest(), one))


def digest(drawn: Sequence[int]) -> str:
    """A fingerprint of who was drawn, in order, for the log."""
    return sha256(",".join(map(str, drawn)).encode()).hexdigest()
