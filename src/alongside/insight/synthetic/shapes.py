"""The shapes of households, and the parts people have in them."""

import numpy as np

SHAPES: dict[str, float] = {
    "single": 0.165,
    "older single": 0.125,
    "couple": 0.165,
    "older couple": 0.115,
    "family": 0.215,
    "lone parent": 0.08,
    "three generations": 0.035,
    "couple with grown children": 0.06,
    "shared house": 0.030,
    "hostel": 0.0004,
    "no fixed abode": 0.0025,
}
"""Shapes of households and their shares."""
SHAPE_NAMES = tuple(SHAPES)
(
    SINGLE,
    OLDER_SINGLE,
    COUPLE,
    OLDER_COUPLE,
    FAMILY,
    LONE_PARENT,
    THREE_GENERATIONS,
    GROWN,
    SHARED_HOUSE,
    HOSTEL,
    HOMELESS,
) = range(11)
FIRST, PARTNER, CHILD, GRANDPARENT, HOUSEMATE = range(5)
YEAR = 365.25
TENURE = np.array(
    [  # owned, rented, social, by shape
        [0.42, 0.34, 0.24],
        [0.66, 0.06, 0.28],
        [0.62, 0.28, 0.10],
        [0.82, 0.04, 0.14],
        [0.62, 0.22, 0.16],
        [0.20, 0.34, 0.46],
        [0.56, 0.22, 0.22],
        [0.72, 0.12, 0.16],
        [0.0, 0.92, 0.08],
        [0.0, 0.0, 1.0],
        [0.0, 0.0, 1.0],
    ]
)
