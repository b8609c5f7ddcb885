"""Inputs and targets, drawn by a NumPy generator."""

import numpy as np

STEPS = 10


def targets(random, kind, rows, width):
    """Targets of a batch: class numbers, a row of them for ("labels", steps), or a matrix."""
    if isinstance(kind, tuple):
        return random.randint(0, width, (rows, kind[1]))
    if kind == "labels":
        return random.randint(0, width, rows)
    if kind == "one_hot":
        return np.eye(width)[random.randint(0, width, rows)].astype("float32")
    if kind == "soft":
        values = random.uniform(0.05, 1, (rows, width))
        return (values / values.sum(1, keepdims=True)).astype("float32")
    if kind == "binary":
        return random.randint(0, 2, (rows, width)).astype("float32")
    if kind == "counts":
        return random.randint(0, 5, (rows, width)).astype("float32")
    return random.uniform(-2, 2, (rows, width)).astype("float32")


def dense_batches(random, inputs, sizes, kind, width, spread=1.0):
    return [(random.uniform(-spread, spread, (rows, inputs)).astype("float32"), targets(random, kind, rows, width)) for rows in sizes]


def word_batches(random, length, words, sizes, kind, width):
    """Zeros nowhere, in front, behind, between, and everywhere."""
    batches = []
    for rows in sizes:
        x = random.randint(1, words, (rows, length)).astype("int32")
        x[1, :2] = x[2, -2:] = 0
        if rows > 3:
            x[3, 1:-1:2] = 0
            x[4] = 0
        batches.append((x, targets(random, kind, rows, width)))
    return batches


def multi_hot_batches(random, columns, width, kind="labels"):
    """Ten batches of six rows.

    Of the columns, a fifth may come at any step, a fifth at the first and the last step only, a fifth at steps 1, 4 and 8 only, a fifth
    once at step 2, and the rest never: so some weights rest for a while, some to the end, some for ever.
    """
    fifth = columns // 5
    groups = np.arange(columns)
    random.shuffle(groups)
    always, ends, now_and_then, once = (groups[i * fifth : (i + 1) * fifth] for i in range(4))
    batches = []
    for step in range(STEPS):
        extra = ends if step in (0, 9) else now_and_then if step in (1, 4, 8) else once if step == 2 else always
        x = np.zeros((6, columns), "float32")
        for row in range(6):
            x[row, random.choice(always, random.randint(1, 4), replace=False)] = 1
            x[row, random.choice(extra, random.randint(1, 4), replace=False)] = 1
        if step == 3:
            x[2] = 0  # a row without a single one
        batches.append((x, targets(random, kind, 6, width)))
    return batches
