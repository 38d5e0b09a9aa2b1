"""Recognition rates over photos of people, with intervals that take a person for the unit, not a pair."""

from collections.abc import Callable

import numpy as np

from rofi.evaluation.metrics import NOT_MEASURED, RESAMPLES, Interval, rate_confidence

FALSE_ACCEPTS = 0.01
Statistic = Callable[[np.ndarray], float]


def by_person(people: np.ndarray, statistic: Statistic, share: bool = True) -> Interval:
    """A statistic of row numbers with its 95 % interval, bootstrapped by person.

    people: who each row shows, [n]. Of a share, the interval is never narrower than Wilson's for as many people: a
    bootstrap that only ever saw 0 or 1 would claim certainty.
    """
    names, person = np.unique(people, return_inverse=True)
    if not len(names):
        return NOT_MEASURED
    value = statistic(np.arange(len(people)))
    rows = [np.flatnonzero(person == i) for i in range(len(names))]
    rng = np.random.default_rng(0)
    drawn = [
        statistic(np.concatenate([rows[i] for i in rng.integers(len(names), size=len(names))]))
        for _ in range(RESAMPLES)
    ]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    if share:
        _, wilson_low, wilson_high = rate_confidence(np.arange(len(names)) < value * len(names))
        low, high = min(low, wilson_low), max(high, wilson_high)
    return value, float(low), float(high)


def distances(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Euclidean distances [n, m] of embeddings [n, d] and [m, d]."""
    squares = (one**2).sum(1)[:, None] + (other**2).sum(1)[None] - 2 * one @ other.T
    return np.sqrt(np.maximum(squares, 0))


def identified(probes: np.ndarray, gallery: np.ndarray, people: np.ndarray, gallery_people: np.ndarray) -> np.ndarray:
    """Per probe, whether the nearest of the gallery is a photo of the same person."""
    return gallery_people[distances(probes, gallery).argmin(1)] == people


def threshold(strangers: np.ndarray, false_accepts: float = FALSE_ACCEPTS) -> float:
    """The distance below which that share of pairs of strangers is accepted."""
    return float(np.quantile(strangers, false_accepts))


def accepted(own: np.ndarray, between: np.ndarray, people: np.ndarray, chosen: np.ndarray) -> float:
    """Share of own distances [n] that pass where one pair of strangers in a hundred does.

    between: distances [n, n] of which those between two people are the strangers. chosen: the rows that count.
    """
    rows = np.unique(chosen)
    pairs = between[np.ix_(rows, rows)]
    different = people[rows][:, None] != people[rows][None]
    if not different.any():
        return float("nan")
    return float((own[chosen] < threshold(pairs[different])).mean())
