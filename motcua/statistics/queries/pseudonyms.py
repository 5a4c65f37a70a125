"""Names that tell two people or dossiers apart without telling who they are: keyed by the installation's secret, the same in each export."""

from functools import lru_cache

from django.utils.crypto import salted_hmac

LENGTH = 12  # hex digits: among a hundred million two of the same are unlikely


@lru_cache(maxsize=10_000)
def officer(pk: int | None) -> str:
    """ "CB-5f0c2a91b3d4" for an account; "" for none."""
    return f"CB-{_mark('officer', pk)}" if pk is not None else ""


def case(pk: int) -> str:
    """ "HS-5f0c2a91b3d4" for a dossier."""
    return f"HS-{_mark('dossier', pk)}"


def _mark(kind: str, pk: int) -> str:
    return salted_hmac(f"motcua.statistics.{kind}", str(pk), algorithm="sha256").hexdigest()[:LENGTH]
