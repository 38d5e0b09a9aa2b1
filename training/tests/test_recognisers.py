"""The recogniser ports: geometry of their chips, and what their embeddings must and must not notice."""

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from rofi.onnx_export import golden_input
from rofi.recognisers import dlib_resnet, fr_feature
from rofi.recognisers.chip import Chip, chip_for_eyes, extract_chip, resampling_matrix
from rofi.recognisers.graph import in_255ths
from rofi.recognisers.tfjs import read_weights
from rofi.recognisers.threshold import changed, jpeg
from rofi.recognisers.weights import DIGESTS, weights_root

MODELS = Path(__file__).parents[2] / "public" / "models"
needs_weights = pytest.mark.skipif(
    not all((weights_root() / name).is_file() for name in DIGESTS),
    reason="run python -m rofi.recognisers.fetch",
)


def test_chip_puts_the_eyes_where_the_recogniser_expects_them() -> None:
    chip = chip_for_eyes(150, 0.353, 0.3107)
    eyes = (np.array([[0.35, 0.42], [0.65, 0.42]]) - (chip.left, chip.top)) / chip.span
    np.testing.assert_allclose(eyes, [[0.3235, 0.3107], [0.6765, 0.3107]], atol=1e-6)


@pytest.mark.parametrize("source", [64, 256])
def test_resampling_keeps_a_ramp_straight_and_clamps_at_the_border(source: int) -> None:
    matrix = resampling_matrix(source, 50, -0.1, 1.2)
    ramp = (torch.arange(source) + 0.5) / source
    places = (torch.arange(50) + 0.5) / 50 * 1.2 - 0.1
    inside = (places > 0.05) & (places < 0.95)
    tenth_of_a_pixel = 0.1 / source
    torch.testing.assert_close((matrix @ ramp)[inside], places[inside], atol=tenth_of_a_pixel, rtol=0)
    assert (matrix @ ramp)[0] == ramp[0]
    torch.testing.assert_close(matrix.sum(1), torch.ones(50))


def test_shrinking_averages_instead_of_skipping() -> None:
    stripes = torch.zeros(1, 1, 256, 256)
    stripes[..., ::2] = 1
    small = extract_chip(stripes, Chip(64, 0, 0, 1))[..., 4:-4]
    assert (small - 0.5).abs().max() < 0.05


def test_reader_dequantises_and_refuses_a_file_of_another_length(tmp_path: Path) -> None:
    file = tmp_path / "weights.bin"
    file.write_bytes(bytes([0, 10]) + np.float32([1.5]).tobytes())
    entries = [
        {
            "name": "a",
            "shape": [2],
            "dtype": "float32",
            "quantization": {"dtype": "uint8", "scale": 0.5, "min": -1},
        },
        {"name": "b", "shape": [1], "dtype": "float32"},
    ]
    read = read_weights(entries, file)
    assert read["a"].tolist() == [-1, 4]
    assert read["b"].tolist() == [1.5]
    with pytest.raises(ValueError, match="manifest describes 2"):
        read_weights(entries[:1], file)


@needs_weights
def test_fr_feature_passes_a_gradient_to_crops_of_any_size() -> None:
    network = fr_feature.FrFeature().eval()
    crop = torch.zeros(1, 3, 64, 64, requires_grad=True)
    embedding, features = network.forward_features(crop)
    embedding.square().sum().backward()
    assert embedding.shape == (1, 512)
    assert len(features) == 12
    assert crop.grad is not None and crop.grad.abs().sum() > 0


@needs_weights
@pytest.mark.parametrize(
    ("name", "port"), [("recogniser", dlib_resnet.DlibResnet), ("mobilefacenet", fr_feature.FrFeature)]
)
def test_exported_recogniser_is_the_port_and_its_golden_file_is_current(name: str, port: type[torch.nn.Module]) -> None:
    image = golden_input((1, 3, 256, 256), 1)
    session = onnxruntime.InferenceSession(MODELS / f"{name}.onnx")
    (embedding,) = session.run(None, {"image": image})
    np.testing.assert_allclose(embedding, port()(torch.from_numpy(image)).numpy(), atol=1e-3)
    golden = json.loads((MODELS / f"{name}.golden.json").read_text())
    for index, value in golden["outputs"]["embedding"]["samples"]:
        assert abs(embedding.ravel()[index] - value) < 1e-3


def test_thresholds_of_the_page_are_those_measured() -> None:
    entries = {entry["name"]: entry for entry in json.loads((MODELS / "manifest.json").read_text())["models"]}
    assert entries["recogniser"]["threshold"] == dlib_resnet.THRESHOLD
    assert entries["mobilefacenet"]["threshold"] == fr_feature.THRESHOLD


def test_a_filter_in_255ths_keeps_its_sum_and_nearly_its_weights() -> None:
    matrix = resampling_matrix(256, 112, -0.02, 0.95).numpy()
    stored = in_255ths(matrix, axis=1)
    assert stored.dtype == np.uint8 and (stored.sum(1) == 255).all()
    assert np.abs(stored / 255 - matrix).max() < 1 / 255


def test_another_take_keeps_red_red() -> None:
    image = np.zeros((256, 256, 3), np.uint8)
    image[64:192, 64:192] = (220, 30, 30)
    blocks = jpeg(image, 75)[96:160, 96:160].reshape(-1, 3).mean(0)
    assert np.abs(blocks - (220, 30, 30)).max() < 4
    taken = changed(image, np.random.default_rng(0))[96:160, 96:160].reshape(-1, 3).mean(0)
    assert taken[0] - taken[1:].max() > 60
