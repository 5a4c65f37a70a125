"""Merkle trees: against the definition of RFC 6962 and by properties."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.audit.rules.merkle import Step, Tree, leaf_hash, node_hash, root_by_path, root_of

LEAVES = st.lists(st.integers(0, 9).map(str), min_size=1, max_size=70)


def _by_definition(leaves: list[str]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(_by_definition(leaves[:k]), _by_definition(leaves[k:]))


def test_nothing_has_the_hash_of_nothing():
    assert root_of([]) == sha256(b"").hexdigest()


@pytest.mark.parametrize("count", range(1, 40))
def test_the_streamed_root_is_that_of_the_definition(count):
    leaves = [str(n) for n in range(count)]
    assert root_of(leaves) == _by_definition(leaves).hex()


@given(LEAVES, st.data())
def test_every_leaf_is_proved_by_its_path_and_no_other_leaf_is(leaves, data):
    place = data.draw(st.integers(0, len(leaves) - 1))
    tree = Tree(watch=range(len(leaves)))
    for number, leaf in enumerate(leaves):
        tree.add(leaf, number)
    root, paths = tree.close()
    assert root == root_of(leaves)
    assert root_by_path(leaves[place], paths[place]) == root
    assert root_by_path(leaves[place] + "0", paths[place]) != root


@given(LEAVES, st.data())
def test_a_changed_path_proves_nothing(leaves, data):
    leaves = [f"{number}-{leaf}" for number, leaf in enumerate(leaves)]
    tree = Tree(watch=[0])
    for number, leaf in enumerate([*leaves, "ffff"]):
        tree.add(leaf, number)
    root, paths = tree.close()
    path = list(paths[0])
    place = data.draw(st.integers(0, len(path) - 1))
    bad = {"left": "right", "right": "left"}[path[place].side]
    assert (
        root_by_path(leaves[0], [*path[:place], Step(path[place].side, "00" * 32), *path[place + 1 :]])
        != root
    )
    assert root_by_path(leaves[0], [*path[:place], Step(bad, path[place].hash), *path[place + 1 :]]) != root


@given(LEAVES)
def test_removing_or_swapping_leaves_shows(leaves):
    leaves = [f"{number}-{leaf}" for number, leaf in enumerate([*leaves, "aaaa"])]
    assert root_of(leaves[1:]) != root_of(leaves)
    assert root_of(leaves[:-1]) != root_of(leaves)
    assert root_of(leaves[::-1]) != root_of(leaves)


def test_a_node_cannot_pass_for_a_leaf():
    left, right = leaf_hash("a"), leaf_hash("b")
    assert leaf_hash((left + right).hex()) != node_hash(left, right)
