"""From which address a request comes, when proxies stand in front."""

from ipaddress import ip_address


def client_address(peer: str, forwarded: str, proxies: int) -> str:
    """The address of the client: of the peer, or what the outermost of our own `proxies` wrote of its peer.

    X-Forwarded-For grows on the right; what stands left of our own proxies' entries is whatever the client claims.
    The peer is returned when the header is too short or holds no address.
    """
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    if proxies < 1 or len(hops) < proxies:
        return peer
    try:
        return str(ip_address(hops[-proxies]))
    except ValueError:
        return peer
