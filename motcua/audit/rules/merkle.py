"""Merkle trees as in RFC 6962 section 2.1: leaves and nodes are hashed apart, the left part is a full tree.

Built from a stream of leaves with a stack of log2(n) subtrees, so that a million events need no memory.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Step:
    """One step from a leaf to the root: the neighbour's hash in hex and the side on which it stands."""

    side: str
    hash: str


Path = tuple[Step, ...]


def leaf_hash(leaf: str) -> bytes:
    """Hash of a leaf; the leaf is an event's hash as hex text."""
    return sha256(b"\x00" + leaf.encode()).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows leaf by leaf; it remembers the paths of the leaves whose key is watched."""

    def __init__(self, watch: Iterable[Hashable] = ()) -> None:
        self.count = 0
        self._paths: dict[Hashable, list[Step]] = {key: [] for key in watch}
        self._stack: list[tuple[int, bytes, tuple[Hashable, ...]]] = []

    def add(self, leaf: str, key: Hashable = None) -> None:
        """Add the next leaf; `key` names it when it is watched."""
        level, node = 0, leaf_hash(leaf)
        watched: tuple[Hashable, ...] = (key,) if key in self._paths else ()
        while self._stack and self._stack[-1][0] == level:
            node, watched = self._join(self._stack.pop()[1:], (node, watched))
            level += 1
        self._stack.append((level, node, watched))
        self.count += 1

    def close(self) -> tuple[str, dict[Hashable, Path]]:
        """The root in hex (of nothing: SHA-256 of nothing) and the watched paths. Call it once, last."""
        if not self._stack:
            return sha256(b"").hexdigest(), {}
        _, node, watched = self._stack.pop()
        while self._stack:
            node, watched = self._join(self._stack.pop()[1:], (node, watched))
        return node.hex(), {key: tuple(self._paths[key]) for key in watched}

    def _join(
        self, left: tuple[bytes, tuple[Hashable, ...]], right: tuple[bytes, tuple[Hashable, ...]]
    ) -> tuple[bytes, tuple[Hashable, ...]]:
        for key in left[1]:
            self._paths[key].append(Step("right", right[0].hex()))
        for key in right[1]:
            self._paths[key].append(Step("left", left[0].hex()))
        return node_hash(left[0], right[0]), left[1] + right[1]


def root_of(leaves: Iterable[str]) -> str:
    """The root over all leaves, in hex."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.close()[0]


def root_by_path(leaf: str, path: Iterable[Step]) -> str:
    """The root, in hex, that a leaf and its path lead to."""
    node = leaf_hash(leaf)
    for step in path:
        other = bytes.fromhex(step.hash)
        node = node_hash(other, node) if step.side == "left" else node_hash(node, other)
    return node.hex()
