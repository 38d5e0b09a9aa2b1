"""A rate-flexible turbo code: two recursive convolutional codes of eight states, decoded by max-log-MAP.

Mirrored by src/engine/sealed-code/turbo.ts; both ends must agree bit by bit. Polynomials 1 + D² + D³ (feedback) and
1 + D + D³, as in 3GPP TS 36.212, section 5.1.3; the interleaver is our own, so that any length serves.
"""

import numba
import numpy as np

STATES = 8
ITERATIONS = 10
# What one decoder tells the other is damped: max-log overrates it.
DAMPING = 0.75


def shuffled(length: int, seed: int) -> np.ndarray:
    """A fixed permutation of 0..length-1: Fisher-Yates, fed by a 32-bit xorshift."""
    order = np.arange(length)
    state = (seed * 2654435761 + 88172645) & 0xFFFFFFFF or 1
    for last in range(length - 1, 0, -1):
        state ^= (state << 13) & 0xFFFFFFFF
        state ^= state >> 17
        state ^= (state << 5) & 0xFFFFFFFF
        other = state % (last + 1)
        order[last], order[other] = order[other], order[last]
    return order


def step(state: int, bit: int) -> tuple[int, int]:
    """The next state and the parity bit. A state holds the last three register bits, the newest highest."""
    newest, middle, oldest = state >> 2, (state >> 1) & 1, state & 1
    fed = bit ^ middle ^ oldest
    return (fed << 2) | (state >> 1), fed ^ newest ^ oldest


NEXT = np.array([[step(state, bit)[0] for bit in (0, 1)] for state in range(STATES)])
PARITY = np.array([[step(state, bit)[1] for bit in (0, 1)] for state in range(STATES)])


def _parities(bits: np.ndarray) -> np.ndarray:
    state, out = 0, np.empty_like(bits)
    for i, bit in enumerate(bits):
        out[i] = PARITY[state, bit]
        state = NEXT[state, bit]
    return out


def sent(information: int, length: int) -> np.ndarray:
    """Which of the 3·information code bits are sent, in order, to fill `length` places.

    Bits 0..k-1 are the information, then come both parities in turn. Parities are left out evenly where there is too
    little room; everything is repeated where there is too much.
    """
    if length >= 3 * information:
        return np.arange(length) % (3 * information)
    if length < information:
        raise ValueError(f"{information} bits do not fit {length} places")
    parities = length - information
    chosen = information + np.arange(parities) * (2 * information) // max(parities, 1)
    return np.concatenate([np.arange(information), chosen])


def encode(bits: np.ndarray, length: int) -> np.ndarray:
    """Information bits uint8 [k] to `length` code bits."""
    bits = bits.astype(np.int64)
    parities = np.stack([_parities(bits), _parities(bits[shuffled(len(bits), 1)])], 1).ravel()
    return np.concatenate([bits, parities])[sent(len(bits), length)].astype(np.uint8)


@numba.njit(cache=True)
def _extrinsic(systematic: np.ndarray, parity: np.ndarray, following: np.ndarray, sign: np.ndarray) -> np.ndarray:
    """Max-log-MAP of one code: what its parities tell about each bit, beyond `systematic`."""
    count = systematic.shape[0]
    forward = np.full((count + 1, STATES), -1e30)
    forward[0, 0] = 0
    for i in range(count):
        for state in range(STATES):
            for bit in range(2):
                gain = (1 - 2 * bit) * systematic[i] / 2 + sign[state, bit] * parity[i] / 2
                to = following[state, bit]
                forward[i + 1, to] = max(forward[i + 1, to], forward[i, state] + gain)
        forward[i + 1] -= forward[i + 1].max()
    backward = np.zeros(STATES)
    out = np.empty(count)
    for i in range(count - 1, -1, -1):
        best = np.full(2, -1e30)
        before = np.full(STATES, -1e30)
        for state in range(STATES):
            for bit in range(2):
                told = sign[state, bit] * parity[i] / 2 + backward[following[state, bit]]
                best[bit] = max(best[bit], forward[i, state] + told)
                before[state] = max(before[state], told + (1 - 2 * bit) * systematic[i] / 2)
        out[i] = best[0] - best[1]
        backward = before - before.max()
    return out


def decode(likelihoods: np.ndarray, information: int) -> np.ndarray:
    """Log likelihood ratios [n] (positive for 0) of received code bits to the likeliest information bits uint8 [k]."""
    total = np.zeros(3 * information)
    np.add.at(total, sent(information, len(likelihoods)), likelihoods)
    received, parities = total[:information], total[information:].reshape(-1, 2)
    order = shuffled(information, 1)
    sign = (1 - 2 * PARITY).astype(np.float64)
    first, second = np.ascontiguousarray(parities[:, 0]), np.ascontiguousarray(parities[:, 1])
    told = np.zeros(information)
    decided = None
    for _ in range(ITERATIONS):
        one = DAMPING * _extrinsic(received + told, first, NEXT, sign)
        other = np.empty(information)
        other[order] = DAMPING * _extrinsic((received + one)[order], second, NEXT, sign)
        told = other
        bits = received + one + other < 0
        if decided is not None and np.array_equal(bits, decided):
            break
        decided = bits
    return bits.astype(np.uint8)
