"""What is written into the pixels: pictures of the face, sealed with AES-256-GCM, and the public header they need.

Mirrored by src/engine/sealed-code/seal.ts; the byte formats are in SECURITY.md, "The sealed pixels".
"""

import zlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

INFO = b"rofi/pixels/v1"
VERSION = 1
NONCE_BYTES = 12
TAG_BYTES = 16
CRC_BYTES = 4
LENGTH_BYTES = 2
# The base, which JPEG leaves, and the fine layer, which a file without loss keeps.
BASE, FINE = LAYERS = range(2)
# The most bytes that a layer's frame can have; what share of them it has is told in 64ths.
FULL_FRAMES = (860, 9000)
SHARES = 64


@dataclass(frozen=True)
class Header:
    """The public header. shares: 64ths that each layer's frame has, 0..63; 0 for no frame, which the base always has.

    nonce: 12 bytes, never reused.
    """

    shares: tuple[int, int]
    nonce: bytes

    def pack(self) -> bytes:
        """16 bytes: version in four bits, shares in six bits each, nonce, CRC-16."""
        base, fine = self.shares
        body = (VERSION << 12 | base << 6 | fine).to_bytes(2, "big") + self.nonce
        return body + crc16(body).to_bytes(2, "big")

    @classmethod
    def unpack(cls, data: bytes) -> "Header | None":
        """The header, or None where the bytes are none."""
        body, first = data[:-2], int.from_bytes(data[:2], "big")
        base, fine = first >> 6 & 63, first & 63
        if crc16(body) != int.from_bytes(data[-2:], "big") or first >> 12 != VERSION or base == 0:
            return None
        return cls((base, fine), body[2:])

    def frame_bytes(self, layer: int) -> int:
        """Size of a layer's frame."""
        return FULL_FRAMES[layer] * self.shares[layer] // SHARES


HEADER_BYTES = 4 + NONCE_BYTES


def crc16(data: bytes) -> int:
    """CRC-16/CCITT-FALSE."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = ((crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def room(header: Header, layer: int) -> int:
    """Bytes of a picture that a layer can carry; negative for none."""
    return header.frame_bytes(layer) - CRC_BYTES - TAG_BYTES - LENGTH_BYTES


def _cipher(key: bytes, nonce: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=nonce, info=INFO).derive(key))


def seal(key: bytes, header: Header, layer: int, picture: bytes) -> bytes:
    """A layer's frame: ciphertext, tag, CRC-32 of both. Raises ValueError when the picture is too large."""
    size = room(header, layer)
    if len(picture) > size:
        raise ValueError(f"{len(picture)} bytes do not fit {size}")
    plain = len(picture).to_bytes(LENGTH_BYTES, "big") + picture.ljust(size, b"\0")
    sealed = _cipher(key, header.nonce).encrypt(layer.to_bytes(12, "big"), plain, header.pack())
    return sealed + zlib.crc32(sealed).to_bytes(CRC_BYTES, "big")


def intact(frame: bytes) -> bool:
    """Whether a frame was read without an error, whatever the key."""
    return len(frame) > CRC_BYTES and zlib.crc32(frame[:-CRC_BYTES]) == int.from_bytes(frame[-CRC_BYTES:], "big")


def unseal(key: bytes, header: Header, layer: int, frame: bytes) -> bytes | None:
    """The picture in a frame; None for a frame that is damaged or of another key."""
    try:
        plain = _cipher(key, header.nonce).decrypt(layer.to_bytes(12, "big"), frame[:-CRC_BYTES], header.pack())
    except InvalidTag:
        return None
    return plain[LENGTH_BYTES : LENGTH_BYTES + int.from_bytes(plain[:LENGTH_BYTES], "big")]
