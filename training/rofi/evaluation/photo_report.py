"""The table of real photographs: who is recognised, what is linked, and whether it still looks like a photo."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from rofi.evaluation.judges import NAMES
from rofi.evaluation.metrics import Interval
from rofi.evaluation.parts import INSIDE, OUTSIDE, WHOLE, WITHOUT_EYES
from rofi.evaluation.photos import CUT, Measured
from rofi.evaluation.rates import accepted, by_person, distances, identified
from rofi.evaluation.report import as_json as intervals_as_json
from rofi.evaluation.report import percent, show
from rofi.evaluation.telltale import auc, telltale

CHILD, GROWN_UP = 13, 18
# Nearer than this to even, faceres calls other views of the very same photo the other sex.
WAVERING = 0.1
LEAST_PAIRS = 8
AIMS = {
    "Rank-1 fails, dlib, %": "≥ 97",
    "Rank-1 fails, fr_feature, %": "≥ 97",
    "Rank-1 fails, faceres, %": "≥ 85",
    "a stranger at FAR 1 %, dlib, %": "≥ 99",
    "a stranger at FAR 1 %, fr_feature, %": "≥ 97",
    "a stranger at FAR 1 %, faceres, %": "≥ 92",
    "refused by the page, %": "≤ 3",
    **{f"linked under two keys at FAR 1 %, {judge}, %": "≤ 8" for judge in NAMES},
    "sharpness inside the drawn face over the original's, median": "0.6 to 1.3",
    "age off, years": "≤ 5",
    "children under 13 called over 18, %": "≤ 10",
    "sex agrees, %": "≥ 93",
    "landmarks found again, %": "100",
    "eyelids moved, % of the eyes' distance": "≤ 1.0",
    "irises moved, % of the eyes' distance": "≤ 1.0",
}


@dataclass(frozen=True)
class Figure:
    """A value with its 95 % interval, and of how many photos."""

    interval: Interval
    count: int


class Photos:
    """Measured photos, and the figures made of them."""

    def __init__(self, rows: list[Measured]) -> None:
        self.rows = [row for row in rows if not row.only_gallery]
        self.gallery = [row for row in rows if "original" in row.embeddings]
        self.released = [row for row in self.rows if row.released]

    def figures(self) -> dict[str, Figure]:
        """Every row of the table by name."""
        table: dict[str, Figure] = {}
        for judge in NAMES:
            table[f"Rank-1 fails, {judge}, %"] = self.not_identified("protected", judge)
        for judge in NAMES:
            table[f"a stranger at FAR 1 %, {judge}, %"] = self.strangers("protected", judge)
        table["refused by the page, %"] = self.share(self.rows, [not row.released for row in self.rows])
        table["people tried for a photo"] = self.mean(self.released, [row.tried for row in self.released])
        for judge in NAMES:
            table[f"linked under two keys at FAR 1 %, {judge}, %"] = self.linked(WHOLE, judge)
        table |= self._appearance()
        table |= {f"blank face: Rank-1 fails, {judge}, %": self.not_identified("blank face", judge) for judge in NAMES}
        table |= {
            f"blank face: a stranger at FAR 1 %, {judge}, %": self.strangers("blank face", judge) for judge in NAMES
        }
        for part in (INSIDE, WITHOUT_EYES, OUTSIDE):
            for judge in NAMES:
                table[f"linked {part}, two keys, {judge}, %"] = self.linked(part, judge)
        for judge in NAMES:
            table[f"linked by Rank-1, two keys, {judge}, %"] = self.linked_first(judge)
        for judge in NAMES:
            table[f"linked under one key at FAR 1 %, {judge}, %"] = self.linked_same_key(judge)
        if all(CUT in row.embeddings for row in self.gallery):
            for judge in NAMES:
                table[f"{CUT} in the gallery: Rank-1 fails, {judge}, %"] = self.not_identified("protected", judge, CUT)
        for strip in ("eyes of the original", "eyes of the protected photo"):
            table |= {f"{strip} alone: Rank-1 fails, {judge}, %": self.not_identified(strip, judge) for judge in NAMES}
        return table

    def refusals(self) -> Counter[str]:
        """How many photos the page refuses, by reason."""
        return Counter(row.refused for row in self.rows if row.refused is not None)

    def share(self, rows: list[Measured], hits: list[bool]) -> Figure:
        """A share of photos in percent."""
        values = np.array(hits, float)
        return Figure(percent(by_person(_people(rows), lambda chosen: values[chosen].mean())), len(rows))

    def mean(self, rows: list[Measured], values: list[float]) -> Figure:
        """A mean over the photos where it could be measured."""
        known = [i for i, value in enumerate(values) if not np.isnan(value)]
        numbers = np.array(values, float)[known]
        people = _people(rows)[known]
        return Figure(by_person(people, lambda chosen: numbers[chosen].mean(), share=False), len(known))

    def not_identified(self, what: str, judge: str, known: str = "original") -> Figure:
        """Share whose nearest original is another person's. known: what the gallery has of originals."""
        rows = [row for row in self.released if what in row.embeddings]
        probes = _stack(rows, what, judge)
        gallery = _stack(self.gallery, known, judge)
        hits = identified(probes, gallery, _people(rows), _people(self.gallery))
        return self.share(rows, list(~hits))

    def strangers(self, what: str, judge: str) -> Figure:
        """Share farther from their own original than one pair of strangers' originals in a hundred."""
        rows = [row for row in self.released if what in row.embeddings]
        originals, probes = _stack(rows, "original", judge), _stack(rows, what, judge)
        return self._accepted(rows, np.linalg.norm(originals - probes, axis=1), distances(originals, originals), 1)

    def linked(self, part: str, judge: str) -> Figure:
        """Share of pairs of one person under two keys nearer than one protected pair of strangers in a hundred."""
        rows = [row for row in self.released if part in row.parts]
        one, other = (np.stack([row.parts[part][i][judge] for row in rows]) for i in (0, 1))
        return self._accepted(rows, np.linalg.norm(one - other, axis=1), distances(one, other), 0)

    def linked_first(self, judge: str) -> Figure:
        """Share whose nearest protected photo under the other keys is the same person's."""
        rows = [row for row in self.released if WHOLE in row.parts]
        one, other = (np.stack([row.parts[WHOLE][i][judge] for row in rows]) for i in (0, 1))
        people = _people(rows)
        return self.share(rows, list(identified(other, one, people, people)))

    def linked_same_key(self, judge: str) -> Figure:
        """The same where both photos have one key, as in a visit."""
        what = "another photo, same key"
        rows = [row for row in self.released if what in row.embeddings]
        one, other = _stack(rows, "protected", judge), _stack(rows, what, judge)
        return self._accepted(rows, np.linalg.norm(one - other, axis=1), distances(one, other), 0)

    def _accepted(self, rows: list[Measured], own: np.ndarray, between: np.ndarray, fails: int) -> Figure:
        people = _people(rows)

        def statistic(chosen: np.ndarray) -> float:
            return abs(fails - accepted(own, between, people, chosen))

        return Figure(percent(by_person(people, statistic)), len(rows))

    def _appearance(self) -> dict[str, Figure]:
        rows = [row for row in self.released if row.before and row.after]
        sharp = np.array([row.sharpness for row in rows])
        sharp_people = _people(rows)[~np.isnan(sharp)]
        known = sharp[~np.isnan(sharp)]
        median = by_person(sharp_people, lambda chosen: float(np.median(known[chosen])), share=False)
        children = [row for row in rows if row.before.age < CHILD]
        sure = [row for row in rows if abs(row.before.male - 0.5) > WAVERING]
        found = [not np.isnan(row.lids) for row in self.released]
        return {
            "sharpness inside the drawn face over the original's, median": Figure(median, len(known)),
            "age off, years": self.mean(rows, [abs(row.after.age - row.before.age) for row in rows]),
            "children under 13 called over 18, %": self.share(children, [row.after.age > GROWN_UP for row in children]),
            "sex agrees, %": self.share(rows, [_same_sex(row) for row in rows]),
            "sex agrees where faceres does not waver, %": self.share(sure, [_same_sex(row) for row in sure]),
            "told from originals by a small classifier, AUC": self._telltale(rows),
            "landmarks found again, %": self.share(self.released, found),
            "eyelids moved, % of the eyes' distance": self.mean(rows, [100 * row.lids for row in rows]),
            "irises moved, % of the eyes' distance": self.mean(rows, [100 * row.irises for row in rows]),
        }

    def _telltale(self, rows: list[Measured]) -> Figure:
        if len(rows) < LEAST_PAIRS:
            return Figure((np.nan, np.nan, np.nan), len(rows))
        scores = telltale(*(np.stack([row.crops[i] for row in rows]) for i in (0, 1)))
        return Figure(by_person(_people(rows), lambda chosen: auc(scores[chosen]), share=False), len(rows))


def markdown(photos: Photos, figures: dict[str, Figure]) -> str:
    """The table, and the photos that were refused."""
    lines = ["| figure | aim | measured (95 % interval) | photos |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {AIMS.get(name, '')} | {show(figure.interval)} | {figure.count} |"
        for name, figure in figures.items()
    ]
    refusals = photos.refusals()
    lines += ["", "Refused: " + ("; ".join(f"{count} {reason}" for reason, count in refusals.items()) or "none") + "."]
    takes = sum(row.own_take for row in photos.rows)
    lines.append(
        f"Linkage: {takes} of {len(photos.rows)} photos are their person's only one and are compared with another take "
        "of themselves (other crop, turn, light, size and JPEG), the others with another photo of the person."
    )
    return "\n".join(lines)


def as_json(figures: dict[str, Figure]) -> dict[str, dict[str, object]]:
    """The table with null for what could not be measured, since JSON has no NaN."""
    intervals = intervals_as_json({name: figure.interval for name, figure in figures.items()})
    return {name: {"interval": intervals[name], "photos": figure.count} for name, figure in figures.items()}


def _same_sex(row: Measured) -> bool:
    return (row.before.male > 0.5) == (row.after.male > 0.5)


def _people(rows: list[Measured]) -> np.ndarray:
    return np.array([row.person for row in rows])


def _stack(rows: list[Measured], what: str, judge: str) -> np.ndarray:
    return np.stack([row.embeddings[what][judge] for row in rows])
