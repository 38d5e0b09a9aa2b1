"""The product's key: 32 bytes, expanded to the vector the networks take. Mirrors src/record/key.ts."""

import hashlib
import hmac

import numpy as np

KEY_BYTES = 32
VECTOR = 512


def key_vector(key: bytes) -> np.ndarray:
    """The paper's key vector (section 4.1), float32 [512] that looks drawn from N(0, I)."""
    secret = hmac.digest(bytes(32), key, hashlib.sha256)
    stream, block = b"", b""
    for counter in range(1, VECTOR * 8 // 32 + 1):
        block = hmac.digest(secret, block + b"rofi/key-vector/v1" + bytes([counter]), hashlib.sha256)
        stream += block
    uniform = (np.frombuffer(stream, "<u4").astype(np.float64) + 0.5) / 2**32
    return (np.sqrt(-2 * np.log(uniform[::2])) * np.cos(2 * np.pi * uniform[1::2])).astype(np.float32)
