"""The random numbers of layers that draw while they train, as RandomNumbers and TensorEngine have them, in 64 bits."""

import numpy as np

SEED = 1  # of the runs that the tests make
DROPOUT = 3  # the number of the stream
MASK = (1 << 64) - 1


def mixed(value):
    value = (value + 0x9E3779B97F4A7C15) & MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK
    return value ^ (value >> 31)


def key(path):
    """Of a stream: from the seed, its number and the layer's name (FNV-1a)."""
    name = 0xCBF29CE484222325
    for byte in path.encode():
        name = ((name ^ byte) * 0x100000001B3) & MASK
    value = mixed(mixed(mixed(SEED) ^ DROPOUT) ^ name)
    return value & 0xFFFFFFFF, value >> 32


def block(counter, key):
    """Philox4x32-10."""
    c, (k0, k1) = list(counter), key
    for _ in range(10):
        a, b = c[0] * 0xD2511F53, c[2] * 0xCD9E8D57
        c = [(b >> 32) ^ c[1] ^ k0, b & 0xFFFFFFFF, (a >> 32) ^ c[3] ^ k1, a & 0xFFFFFFFF]
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return c


def words(path, step, count):
    """Eight blocks beside each other: all first words, then all second words, and so on."""
    result = []
    while len(result) < count:
        first = len(result) // 4
        blocks = [block((first + b, 0, 0, step), key(path)) for b in range(8)]
        result += [blocks[b][w] for w in range(4) for b in range(8)]
    return np.array(result)


def normal(path, step, shape):
    """Box and Muller's, thirty-two words at a time."""
    count = int(np.prod(shape))
    u = (words(path, step, count) >> 8).reshape(-1, 2, 16) / 2.0**24
    radius, angle = np.sqrt(-2 * np.log(1 - u[:, 0])), 2 * np.pi * u[:, 1]
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1).ravel()[:count].reshape(shape)


def kept(path, step, shape, rate):
    """1 where a number is kept, else 0."""
    count = int(np.prod(shape))
    return (words(path, step, count)[:count] >= rate * 2.0**32).astype("float64").reshape(shape)
