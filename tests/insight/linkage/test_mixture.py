"""The mixture on simulated pairs whose kinds and levels are known: what was put in comes out."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.insight.linkage.mixture import PRIOR_PAIRS, Mixture, fit

SAME = ((0.85, 0.1, 0.05), (0.9, 0.1), (0.9, 0.07, 0.03), (0.7, 0.3), (0.6, 0.4))
HOUSEHOLD = ((0.01, 0.02, 0.97), (0.85, 0.15), (0.005, 0.015, 0.98), (0.97, 0.03), (0.3, 0.7))
STRANGERS = ((0.004, 0.016, 0.98), (0.003, 0.997), (0.0005, 0.0095, 0.99), (0.001, 0.999), (0.0002, 0.9998))
"""Forename, surname, birth, home, telephone."""
START_SAME = ((0.6, 0.2, 0.2), (0.8, 0.2), (0.8, 0.1, 0.1), (0.6, 0.4), (0.8, 0.2))
START_HOUSEHOLD = ((0.02, 0.05, 0.93), (0.7, 0.3), (0.02, 0.05, 0.93), (0.8, 0.2), (0.4, 0.6))
CAPS = ((0.03, 0.05, 1.0), (), (0.03, 0.05, 1.0), (), ())
POSSIBLE = 50_000_000.0


@dataclass(frozen=True)
class Simulated:
    """Distinct patterns, how many pairs show each, and how many of those are one person's."""

    patterns: np.ndarray
    counts: np.ndarray
    same: np.ndarray
    chance: list[np.ndarray]


def simulate(
    *, same: int, household: int, seed: int = 3, unknown: float = 0.1, possible: float = POSSIBLE
) -> Simulated:
    """Draw pairs of each kind; keep those that agree on some two things, as blocking does."""
    rng = np.random.Generator(np.random.PCG64(seed))
    strangers = 1_000_000  # drawn where they agree on two things, and weighed to ``possible``
    kinds = [(same, SAME), (household, HOUSEHOLD), (strangers, STRANGERS)]
    rows, kind = [], []
    for number, (size, levels) in enumerate(kinds):
        drawn = np.stack([rng.choice(len(each), size, p=each) for each in levels], axis=1).astype(np.int8)
        drawn[rng.random(drawn.shape) < unknown] = -1
        rows.append(drawn)
        kind.append(np.full(size, number))
    patterns, of = np.concatenate(rows), np.concatenate(kind)
    weight = np.where(of == 2, possible / strangers, 1.0)
    blocked = (patterns == 0).sum(axis=1) >= 2
    patterns, of, weight = patterns[blocked], of[blocked], weight[blocked]
    distinct, at = np.unique(patterns, axis=0, return_inverse=True)
    return Simulated(
        distinct,
        np.bincount(at.ravel(), weights=weight),
        np.bincount(at.ravel(), weights=(of == 0).astype(float)),
        [np.array(each) for each in STRANGERS],
    )


def fitted(
    seen: Simulated, *, possible: float = POSSIBLE, caps: tuple[tuple[float, ...], ...] = CAPS
) -> Mixture:
    return fit(
        seen.patterns,
        seen.counts,
        chance=seen.chance,
        possible_pairs=possible,
        start_same=START_SAME,
        start_household=START_HOUSEHOLD,
        household_at_most=caps,
    )


@pytest.fixture(scope="module")
def seen() -> Simulated:
    return simulate(same=20_000, household=30_000)


@pytest.fixture(scope="module")
def model(seen: Simulated) -> Mixture:
    return fitted(seen)


@pytest.mark.proves("FIND-20")
def test_the_number_of_each_kind_and_the_levels_of_each_come_out_as_they_were_put_in(model: Mixture) -> None:
    # candidates alone were seen: of one person's pairs nearly all, of a household's those that share name and home
    assert model.prior_same * POSSIBLE == pytest.approx(20_000, rel=0.06)
    for found, true in zip(model.same, SAME, strict=True):
        assert found == pytest.approx(true, abs=0.04)
    for found, true in zip(
        model.household[:1] + model.household[2:3], HOUSEHOLD[:1] + HOUSEHOLD[2:3], strict=True
    ):
        assert found == pytest.approx(true, abs=0.03)


@pytest.mark.proves("FIND-20")
def test_of_the_pairs_called_so_likely_so_many_are_one_person(seen: Simulated, model: Mixture) -> None:
    likely, _ = model.posterior(seen.patterns)
    for low, high in ((0.2, 0.8), (0.9, 0.98), (0.98, 1.0)):
        band = (likely >= low) & (likely < high)
        assert seen.counts[band].sum() > 100
        said = float((likely * seen.counts)[band].sum() / seen.counts[band].sum())
        right = float(seen.same[band].sum() / seen.counts[band].sum())
        assert right == pytest.approx(said, abs=0.08 if low < 0.9 else 0.03)


def test_two_of_a_household_are_not_taken_for_one_person_nor_for_strangers(
    seen: Simulated, model: Mixture
) -> None:
    brothers = np.array([[2, 0, 2, 0, -1]], dtype=np.int8)
    same, household = model.posterior(brothers)
    assert household[0] > 0.95
    assert same[0] < 0.01


def test_the_household_does_not_take_one_persons_pairs_although_they_share_the_home() -> None:
    likely, household = fitted(simulate(same=20_000, household=500)).posterior(
        np.array([[0, 0, 0, 0, -1]], dtype=np.int8)
    )
    assert likely[0] > 0.99
    assert household[0] < 0.01


def test_a_level_a_household_cannot_be_beyond_is_kept_to_and_its_rest_is_a_difference(model: Mixture) -> None:
    mixed = fitted(simulate(same=20_000, household=0), caps=CAPS)
    for of in (model, mixed):
        for found, cap in zip(of.household, CAPS, strict=True):
            assert found.sum() == pytest.approx(1)
            if cap:
                assert (found[:-1] <= np.array(cap[:-1]) + 1e-12).all()


def test_where_there_are_no_households_nearly_nobody_is_said_to_be_of_one() -> None:
    seen = simulate(same=20_000, household=0)
    model = fitted(seen)
    same, household = model.posterior(seen.patterns)
    assert float((household * seen.counts).sum()) < 0.05 * 20_000
    assert float((same * seen.counts).sum()) == pytest.approx(20_000, rel=0.08)


def test_each_round_explains_the_pairs_no_worse(seen: Simulated, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    for rounds in (1, 2, 4, 8, 16, 40):
        monkeypatch.setattr("alongside.insight.linkage.mixture.MOST_ROUNDS", rounds)
        told.append(_log_likelihood(fitted(seen), seen))
    assert all(later >= earlier - 1e-6 * abs(earlier) for earlier, later in pairwise(told))
    assert told[-1] > told[0]


def _log_likelihood(model: Mixture, seen: Simulated) -> float:
    """What the rounds climb: pairs that are no candidates are strangers', and the starts count as a few pairs."""
    logs = np.zeros((len(seen.patterns), 3))
    for column in range(seen.patterns.shape[1]):
        level = seen.patterns[:, column]
        for kind, levels in enumerate((model.same, model.household, model.unrelated)):
            logs[:, kind] += np.where(level >= 0, np.log(levels[column])[level], 0.0)
    priors = np.array([model.prior_same, model.prior_household, 1 - model.prior_same - model.prior_household])
    usual = ((START_SAME, model.same), (START_HOUSEHOLD, model.household))
    starts = sum(
        PRIOR_PAIRS * float(np.asarray(start) @ np.log(found))
        for kind, shares in usual
        for start, found in zip(kind, shares, strict=True)
    )
    others = (POSSIBLE - seen.counts.sum()) * np.log(priors[2])
    return float((seen.counts * np.log(np.exp(logs) @ priors)).sum() + others + starts + np.log(priors).sum())


def test_a_few_pairs_do_not_carry_the_weights_away_from_what_is_usual() -> None:
    few = Simulated(
        np.array([[0, 0, 0, 1, -1]], dtype=np.int8),
        np.array([3.0]),
        np.array([3.0]),
        [np.array(each) for each in STRANGERS],
    )
    model = fitted(few, possible=2_000.0)
    for found, start in zip(model.same, START_SAME, strict=True):
        assert found == pytest.approx(start, abs=0.15)
        assert (found > 0.01).all()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.tuples(*(st.integers(-1, len(each) - 1) for each in SAME)), st.integers(1, 50)),
        max_size=8,
        unique_by=lambda pair: pair[0],
    ),
    st.integers(0, 1000),
)
def test_however_few_or_odd_the_pairs_every_probability_is_one(
    pairs: list[tuple[tuple[int, ...], int]], further: int
) -> None:
    patterns = np.array([levels for levels, _ in pairs], dtype=np.int8).reshape(-1, len(SAME))
    counts = np.array([number for _, number in pairs], dtype=float)
    seen = Simulated(patterns, counts, counts, [np.array(each) for each in STRANGERS])
    model = fitted(seen, possible=max(counts.sum() + further, 1.0))
    same, household = model.posterior(patterns)
    assert ((same >= 0) & (household >= 0) & (same + household <= 1 + 1e-9)).all()
    for kind in (model.same, model.household, model.unrelated):
        assert all(level.sum() == pytest.approx(1) and (level >= 0).all() for level in kind)


def test_strangers_who_share_two_names_at_once_are_less_surely_one_person_where_that_is_counted() -> None:
    """Chance agreement on forename and surname comes together: counted, the probability tells the truth."""
    seen = simulate(same=5_000, household=0, unknown=0.0)
    both = (seen.patterns[:, 0] == 0) & (seen.patterns[:, 1] == 0)
    extra = 30.0
    only_names = both & (seen.patterns[:, 2:] != 0).all(axis=1)
    counts = seen.counts.copy()
    strangers = counts - seen.same
    counts[both] += strangers[both] * (extra - 1)
    crowd = Simulated(seen.patterns, counts, seen.same, seen.chance)
    offsets = np.where(both, np.log(extra), 0.0)
    parts = dict(
        chance=crowd.chance, possible_pairs=POSSIBLE, start_same=START_SAME, start_household=START_HOUSEHOLD,
        household_at_most=CAPS,
    )  # fmt: skip
    blind = fit(crowd.patterns, crowd.counts, **parts).posterior(crowd.patterns)[0]
    told = fit(crowd.patterns, crowd.counts, offsets=offsets, **parts).posterior(crowd.patterns, offsets)[0]
    right = float(crowd.same[both].sum())
    assert abs(float((told * counts)[both].sum()) - right) < abs(float((blind * counts)[both].sum()) - right)
    assert float((told * counts)[both].sum()) == pytest.approx(right, rel=0.1)
    assert only_names.any()
