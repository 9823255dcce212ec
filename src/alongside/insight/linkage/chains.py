"""Chains: which nodes some pairs join, directly or through others."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Integers = NDArray[np.int64]


def chains(left: Integers | Sequence[int], right: Integers | Sequence[int], *, nodes: int) -> Integers:
    """Return the chain of every node, as a number from 0; the numbers are in no order.

    Args:
        left: node ids of one side of each pair.
        right: of the other side.
        nodes: how many nodes there are.
    """
    ends = (np.asarray(left, dtype=np.int32), np.asarray(right, dtype=np.int32))
    joined = coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(nodes, nodes))
    return np.asarray(connected_components(joined, directed=False)[1], dtype=np.int64)


def by_smallest(chain: Integers) -> Integers:
    """Return the chain of every node, named by its smallest node id."""
    nodes = np.arange(len(chain))
    smallest = np.empty(int(chain.max(initial=-1)) + 1, dtype=np.int64)
    smallest[chain[::-1]] = nodes[::-1]  # of all values put in one place, the last stays: the smallest
    return smallest[chain]
