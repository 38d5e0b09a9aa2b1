"""Puts one face through every method and compares what comes out with the original."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rofi.data import SIZE, Faces
from rofi.evaluation import baselines, pipeline
from rofi.evaluation.iris_code import hamming, iris_code
from rofi.evaluation.judges import Embeddings, Judges, margin, thresholds
from rofi.evaluation.keypoints import displacement
from rofi.evaluation.keys import KEY_BYTES
from rofi.evaluation.metrics import psnr, ssim
from rofi.evaluation.networks import Networks
from rofi.evaluation.redraw import DRAWS, draw_until_hidden
from rofi.evaluation.sealing import finish, read_code
from rofi.geometry import EYES, eye_boxes
from rofi.kept import SIGN_THRESHOLD, kept_shares, whole_eyes
from rofi.landmarks import Landmarker
from rofi.photo.resampling import resample, to_pixels
from rofi.photo.similarity import align
from rofi.sealed.face import unseal_code
from rofi.sealed.seal import NONCE_BYTES
from rofi.signs.cache import choose_signs
from rofi.signs.draw import draw_signs
from rofi.signs.metrics import dice

Figures = dict[str, float | np.ndarray]


@dataclass(frozen=True)
class Original:
    """A validation face: pixels uint8 [256, 256, 3], landmarks [478, 2] as found in them, its embeddings."""

    index: int
    image: np.ndarray
    landmarks: np.ndarray
    embeddings: Embeddings


@dataclass(frozen=True)
class Bench:
    """Everything a measurement needs. keep: the sign mask of protection, "none", "eyes" or "detected"."""

    networks: Networks
    judges: Judges
    landmarker: Landmarker
    faces: Faces
    keep: str
    swap: Callable[[np.ndarray, np.ndarray, np.random.Generator], np.ndarray]

    def original(self, index: int) -> Original:
        """The validation face, with the landmarks found anew as the product does."""
        image = np.ascontiguousarray(self.faces.images[index])
        return Original(index, image, self._landmarks(image, index), self.judges.embed(image))

    def _landmarks(self, image: np.ndarray, index: int) -> np.ndarray:
        found = self.landmarker.detect(image)
        return found[0] if found else self.faces.landmarks[index].astype(np.float64)

    def compare(self, original: Original, image: np.ndarray, reference: np.ndarray | None = None) -> Figures:
        """Figures of a crop against the original's pixels, or `reference` where it is aligned anew."""
        reference = original.image if reference is None else reference
        eyes = np.zeros((SIZE, SIZE))
        for left, top, right, bottom in np.round(eye_boxes(original.landmarks) * SIZE).astype(int):
            eyes[top:bottom, left:right] = 1
        found = self.landmarker.detect(image)
        lids, irises = displacement(original.landmarks, found[0]) if found else (np.nan, np.nan)
        codes = [
            hamming(iris_code(reference, original.landmarks, side), iris_code(image, original.landmarks, side))
            for side in EYES
        ]
        return {
            **self.judges.embed(image),
            "face found": float(bool(found)),
            "lids": lids,
            "irises": irises,
            "iris distance": np.array(codes),
            "ssim": ssim(reference, image),
            "psnr": psnr(reference, image),
            "oval psnr": psnr(reference, image, pipeline.OVAL),
            "eye ssim": ssim(reference, image, eyes),
        }

    def kept_shares(self, image: np.ndarray, landmarks: np.ndarray) -> np.ndarray:
        """The shares of cells [32, 32] that protection keeps."""
        if self.keep == "detected":
            return self.networks.kept_shares(image)
        return whole_eyes(landmarks) if self.keep == "eyes" else pipeline.NO_SIGNS

    def measure(self, original: Original, rng: np.random.Generator) -> dict[str, Figures]:
        """Figures by method; protection's own rows are those of the table of figures."""
        image, landmarks = original.image, original.landmarks
        shares = self.kept_shares(image, landmarks)
        limits = thresholds(self.networks.attributes(image)[0])

        def seen(crop: np.ndarray) -> float:
            return margin(original.embeddings, self.judges.page(crop), limits)

        drawn = draw_until_hidden(self.networks, image, landmarks, shares, seen, rng)
        key, protected = drawn[-1].key, drawn[-1].protected
        second = pipeline.protect(self.networks, image, landmarks, rng.bytes(KEY_BYTES), rng.bytes(NONCE_BYTES), shares)
        own = self._landmarks(protected, original.index)
        restored = pipeline.shown_with(self.networks, protected, own, key)
        wrong = pipeline.shown_with(self.networks, protected, own, rng.bytes(KEY_BYTES))
        made = {
            "mosaic": baselines.mosaic(image),
            "blur": baselines.blur(image),
            "eye crop": baselines.eye_crop(image, landmarks),
            "swap": self.swap(image, landmarks, rng),
            "first key": drawn[0].protected,
            "protected": protected,
            "second key": second,
            "restored": restored,
            "wrong key": wrong,
        }
        figures = {name: self.compare(original, crop) for name, crop in made.items()}
        figures["pixels alone"] = self._restore_anew(original, protected, own, key)
        figures["signs"] = self._measure_signs(original, rng)
        figures["protected"]["draws"] = float(min(len(drawn), DRAWS))
        return figures

    def _measure_signs(self, original: Original, rng: np.random.Generator) -> Figures:
        """How well signs drawn on the face are found, and kept in their mask, at the default threshold.

        NaN where the face cannot show the signs drawn by lot, or where there is no detector.
        """
        drawing = draw_signs(original.image, original.landmarks, choose_signs(rng), rng)
        if not drawing.signs or not self.networks.has_sign_detector:
            return {"dice": np.nan, "ssim": np.nan}
        scores = self.networks.signs(drawing.image)
        found = kept_shares(scores)
        key = rng.bytes(KEY_BYTES)
        protected = pipeline.protect(
            self.networks, drawing.image, original.landmarks, key, rng.bytes(NONCE_BYTES), found
        )
        return {
            "dice": dice(scores, drawing.mask, SIGN_THRESHOLD),
            "ssim": ssim(drawing.image, protected, drawing.mask),
        }

    def _restore_anew(self, original: Original, protected: np.ndarray, landmarks: np.ndarray, key: bytes) -> Figures:
        """Restoration without the record: the crop is placed by its public pattern near the eyes found in it."""
        near = align(landmarks * SIZE)
        seen = read_code(protected, near)
        unsealed = unseal_code(seen.reading, key)
        transform = near if unsealed is None else seen.transform
        crop, reference = (to_pixels(resample(image, transform)) for image in (protected, original.image))
        restored = crop if unsealed is None else pipeline.blend(crop, finish(self.networks, unsealed, crop))
        return self.compare(original, restored, reference)
