"""The table of figures beside their aims, and the paper's comparison, from the figures of every face."""

from dataclasses import dataclass

import numpy as np

from rofi.evaluation.bench import Figures
from rofi.evaluation.iris_code import MATCH
from rofi.evaluation.judges import NAMES
from rofi.evaluation.metrics import Interval, centred_cosine, confidence, rank1, rate_confidence
from rofi.evaluation.rates import by_person
from rofi.recognisers.dlib_resnet import PUBLISHED_THRESHOLD

PAPER_AND_AIM = {
    "protection rate after re-draw, dlib, %": ("", "99"),
    "protection rate before re-draw, dlib, %": ("96.54", "96"),
    "restored: identity cosine, dlib": ("0.972", "0.97"),
    "restored: SSIM": ("0.985", "0.96"),
    "restored: PSNR, dB": ("", "34"),
    "wrong key: identified as the original, dlib, %": ("3", "at most 2"),
    "two keys: identity cosine, dlib": ("0.12", "at most 0.2"),
    "eyelid keypoints moved, % of the eyes' distance": ("1.53", "at most 1.0"),
    "iris keypoints moved, % of the eyes' distance": ("1.64", "at most 1.0"),
    "drawn signs: sign-map Dice": ("0.739", "0.75"),
    "drawn signs: SSIM inside the drawn mask": ("0.94", "0.95"),
    "iris code match, %": ("0.87", "at most 1"),
}
COMPARED = ("mosaic", "blur", "eye crop", "swap", "protected")


@dataclass(frozen=True)
class Results:
    """Figures of `faces` by method, one row a face, and the embeddings of the whole gallery."""

    faces: np.ndarray
    rows: list[dict[str, Figures]]
    gallery: dict[str, np.ndarray]

    def column(self, method: str, figure: str) -> np.ndarray:
        """One figure of one method, [n] or [n, d]."""
        return np.array([row[method][figure] for row in self.rows])

    def mean(self, method: str, figure: str, scale: float = 1) -> Interval:
        """Mean over the faces where the figure could be measured, times `scale`."""
        return confidence(self.column(method, figure) * scale)

    def identified(self, method: str, judge: str) -> np.ndarray:
        """Whether the nearest original, of all in the gallery, is the face's own."""
        return rank1(self.column(method, judge), self.faces, self.gallery[judge])

    def protection_rate(self, method: str, judge: str) -> Interval:
        """Share, in percent, whose identification fails."""
        return percent(rate_confidence(~self.identified(method, judge)))

    def verified(self, method: str) -> Interval:
        """Share, in percent, that dlib's published threshold takes for the original's person."""
        away = self.column(method, "dlib") - self.gallery["dlib"][self.faces]
        return percent(rate_confidence(np.linalg.norm(away, axis=1) < PUBLISHED_THRESHOLD))

    def cosine(self, method: str, judge: str, other: str | None = None) -> Interval:
        """Identity cosine with the original, or with the other method's face."""
        second = self.gallery[judge][self.faces] if other is None else self.column(other, judge)
        centre = self.gallery[judge].mean(0)
        return confidence(centred_cosine(self.column(method, judge), second, centre))

    def iris_matches(self, method: str) -> Interval:
        """Share, in percent, of readable irises whose code still matches the original's; a face's two are one case."""
        distances = self.column(method, "iris distance")
        faces, _ = np.nonzero(~np.isnan(distances))
        matches = distances[~np.isnan(distances)] < MATCH
        return percent(by_person(faces, lambda chosen: matches[chosen].mean()))

    def measured(self, method: str, figure: str) -> int:
        """Of how many faces a figure could be measured."""
        values = self.column(method, figure).reshape(len(self.rows), -1)
        return int((~np.isnan(values)).any(1).sum())


def percent(interval: Interval) -> Interval:
    """A share as percent."""
    value, low, high = interval
    return 100 * value, 100 * low, 100 * high


def figures(results: Results) -> dict[str, Interval]:
    """Every figure of the section 6 table with its 95 % interval, by name."""
    table: dict[str, Interval] = {}
    for judge in NAMES:
        table[f"protection rate after re-draw, {judge}, %"] = results.protection_rate("protected", judge)
        table[f"protection rate before re-draw, {judge}, %"] = results.protection_rate("first key", judge)
    table["taken for the original by dlib's threshold, %"] = results.verified("protected")
    table["keys drawn"] = results.mean("protected", "draws")
    for method, label in (("restored", "restored"), ("pixels alone", "restored without the record")):
        for judge in NAMES:
            table[f"{label}: identity cosine, {judge}"] = results.cosine(method, judge)
        table[f"{label}: SSIM"] = results.mean(method, "ssim")
        table[f"{label}: PSNR, dB"] = results.mean(method, "psnr")
        table[f"{label}: PSNR inside the oval, dB"] = results.mean(method, "oval psnr")
    for judge in NAMES:
        identified = results.identified("wrong key", judge)
        table[f"wrong key: identified as the original, {judge}, %"] = percent(rate_confidence(identified))
    table["wrong key: a face is found, %"] = results.mean("wrong key", "face found", 100)
    for judge in NAMES:
        table[f"two keys: identity cosine, {judge}"] = results.cosine("first key", judge, "second key")
    table["eyelid keypoints moved, % of the eyes' distance"] = results.mean("protected", "lids", 100)
    table["iris keypoints moved, % of the eyes' distance"] = results.mean("protected", "irises", 100)
    table["drawn signs: sign-map Dice"] = results.mean("signs", "dice")
    table["drawn signs: SSIM inside the drawn mask"] = results.mean("signs", "ssim")
    table["iris code match, %"] = results.iris_matches("protected")
    return table


def comparison(results: Results) -> dict[str, dict[str, Interval]]:
    """Protection and the paper's baselines side by side: figure by method."""
    return {
        method: {
            **{f"protection rate, {judge}, %": results.protection_rate(method, judge) for judge in NAMES},
            "taken for the original, %": results.verified(method),
            "eyelids moved, %": results.mean(method, "lids", 100),
            "irises moved, %": results.mean(method, "irises", 100),
            "SSIM in the eye boxes": results.mean(method, "eye ssim"),
            "SSIM": results.mean(method, "ssim"),
            "a face is found, %": results.mean(method, "face found", 100),
        }
        for method in COMPARED
    }


def as_json(table: dict[str, Interval]) -> dict[str, Interval | None]:
    """The table with null for what could not be measured, since JSON has no NaN."""
    return {name: None if np.isnan(interval[0]) else interval for name, interval in table.items()}


def show(interval: Interval) -> str:
    """Value and interval, in as many digits as they deserve."""
    value, low, high = interval
    digits = 3 if abs(value) < 2 and high <= 2 else 2
    if np.isnan(value):
        return "not measured"
    return f"{value:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def markdown(results: Results) -> str:
    """Both tables as Markdown."""
    missing = {
        "eyelid keypoints moved, % of the eyes' distance": results.measured("protected", "lids"),
        "iris keypoints moved, % of the eyes' distance": results.measured("protected", "irises"),
        "drawn signs: sign-map Dice": results.measured("signs", "dice"),
        "drawn signs: SSIM inside the drawn mask": results.measured("signs", "ssim"),
        "iris code match, %": results.measured("protected", "iris distance"),
    }
    lines = ["| figure | paper | aim | measured (95 % interval) | faces |", "|---|---|---|---|---|"]
    for name, interval in figures(results).items():
        paper, aim = PAPER_AND_AIM.get(name, ("", ""))
        lines.append(f"| {name} | {paper} | {aim} | {show(interval)} | {missing.get(name, len(results.rows))} |")
    compared = comparison(results)
    names = list(compared[COMPARED[0]])
    lines += ["", f"| method | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]
    lines += [f"| {m} | {' | '.join(show(row[name]) for name in names)} |" for m, row in compared.items()]
    return "\n".join(lines)
