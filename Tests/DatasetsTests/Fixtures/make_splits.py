"""Writes splits.json: the very rows that NumPy, pandas, scikit-learn and Keras give to each part.

Made with NumPy 2.4.6, pandas 3.1.1, scikit-learn 1.9.1 and Keras 3.15.1:

    python make_splits.py > splits.json

Long parts are given as a digest: the sum of row * (place + 1) modulo 1,000,000,007, with the first rows and the count.
"""

import json
import os
import tempfile

os.environ.setdefault("KERAS_BACKEND", "numpy")

import keras
import numpy as np
import pandas as pd
from keras.src.datasets import boston_housing, reuters
from keras.src.trainers.data_adapters.array_slicing import train_validation_split
from sklearn.model_selection import GroupKFold, GroupShuffleSplit, KFold, StratifiedGroupKFold, TimeSeriesSplit, train_test_split

LONG = 200


def part(rows):
    rows = [int(row) for row in rows]
    digest = 0
    for place, row in enumerate(rows):
        digest = (digest + row * (place + 1)) % 1_000_000_007
    return {"count": len(rows), "first": rows[:LONG], "digest": digest}


def case(model, n, fraction, seed, rest, taken, **more):
    return {"model": model, "rows": n, "fraction": fraction, "seed": seed, "rest": part(rest), "taken": part(taken), **more}


def pandas_sample(n, fraction, seed):
    # The notes' way: the train rows are sampled, the others are what is left of the table.
    frame = pd.DataFrame({"row": np.arange(n)})
    train = frame.sample(frac=round(1 - fraction, 10), random_state=seed)
    return case("pandas", n, fraction, seed, train.index, frame.drop(train.index).index)


def sklearn_split(n, fraction, seed, labels=None):
    rest, taken = train_test_split(np.arange(n), test_size=fraction, random_state=seed, stratify=labels)
    more = {} if labels is None else {"labels": [int(label) for label in labels]}
    return case("scikit-learn", n, fraction, seed, rest, taken, **more)


def keras_dataset(load, n, fraction, seed):
    """The rows that a data set of Keras itself gives, with its file exchanged for one that numbers its rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows.npz")
        rows = np.arange(n, dtype="float64")
        if load is boston_housing:
            np.savez(path, x=rows.reshape(-1, 1), y=rows)
        else:
            x = np.empty(n, dtype=object)
            for row in range(n):
                x[row] = [4]
            np.savez(path, x=x, y=rows)
        original = load.get_file
        load.get_file = lambda *arguments, **more: path
        try:
            (_, rest), (_, taken) = load.load_data(test_split=fraction, seed=seed)
        finally:
            load.get_file = original
    return case("keras", n, fraction, seed, rest, taken)


def keras_validation(n, fraction):
    """The rows that `fit(validation_split=…)` keeps for validation: the last ones."""
    (rest,), (taken,) = train_validation_split((np.arange(n),), validation_split=fraction)
    return case("keras-validation", n, fraction, 0, np.asarray(rest), np.asarray(taken))


def folds(n, count):
    return {"rows": n, "count": count, "validation": [part(rows) for _, rows in KFold(count).split(np.arange(n))]}


def labels(n, weights, seed):
    return np.random.RandomState(seed).choice(len(weights), size=n, p=weights)


def grouped(kind, splitter, groups, classes=None, **more):
    """Each pair of parts that a splitter makes of groups; `GroupKFold` is asked with groups that differ in size, since it leaves ties to the processor."""
    n = len(groups)
    parts = [{"rest": part(rest), "taken": part(taken)} for rest, taken in splitter.split(np.arange(n), classes, groups)]
    more |= {} if classes is None else {"labels": [int(label) for label in classes]}
    return {"kind": kind, "groups": [int(group) for group in groups], "parts": parts, **more}


def groups_of_sizes(sizes, seed):
    return np.random.RandomState(seed).permutation(np.repeat(np.arange(len(sizes)), sizes))


def group_cases():
    yield grouped("folds", GroupKFold(3), groups_of_sizes([1, 4, 9, 2, 7, 12, 3, 5], 0), count=3)
    yield grouped("folds", GroupKFold(5), groups_of_sizes([6, 40, 9, 22, 17, 12, 31, 5, 8, 2, 1], 1), count=5)
    for seed, fraction, count in [(0, 0.25, 9), (42, 0.2, 31), (7, 0.5, 12)]:
        groups = np.random.RandomState(seed).randint(0, count, size=60)
        yield grouped("part", GroupShuffleSplit(1, test_size=fraction, random_state=seed), groups, seed=seed, fraction=fraction)
    for seed, weights, count in [(3, [0.5, 0.3, 0.2], 3), (4, [0.6, 0.3, 0.1], 4), (5, [0.9, 0.1], 2)]:
        groups, classes = untied(groups_of_sizes([3, 14, 8, 21, 5, 11, 17, 2, 26, 7], seed), weights, seed)
        yield grouped("stratified", StratifiedGroupKFold(count), groups, classes, count=count)


def untied(groups, weights, seed):
    """Groups and classes of which no two groups differ alike in the counts of their classes: their order would be a matter of the seed."""
    while True:
        classes = labels(len(groups), weights, seed)
        counts = [np.bincount(classes[groups == group], minlength=len(weights)) for group in np.unique(groups)]
        if len({round(float(np.std(count)), 9) for count in counts}) == len(counts):
            return groups, classes
        seed += 1


def time_series(n, count, gap):
    parts = [{"rest": part(rest), "taken": part(taken)} for rest, taken in TimeSeriesSplit(count, gap=gap).split(np.arange(n))]
    return {"rows": n, "count": count, "gap": gap, "parts": parts}


cases = []
for n, fraction, seed in [(10, 0.3, 0), (351, 0.3, 0), (1599, 0.3, 0), (1599, 0.25, 42), (77, 0.5, 7)]:
    cases.append(pandas_sample(n, fraction, seed))
for n, fraction, seed in [(10, 0.25, 0), (10_000, 0.2, 0), (10_000, 0.2, 42), (1599, 0.33, 1), (101, 0.1, 4294967295)]:
    cases.append(sklearn_split(n, fraction, seed))
for n, fraction, seed, weights, of in [
    (200, 0.25, 0, [0.5, 0.3, 0.2], 1), (200, 0.2, 42, [0.9, 0.1], 2), (151, 0.33, 7, [0.25] * 4, 3), (97, 0.5, 1, [0.6, 0.25, 0.15], 4)
]:
    cases.append(sklearn_split(n, fraction, seed, labels(n, weights, of)))
for load, n, fraction, seed in [(boston_housing, 506, 0.2, 113), (boston_housing, 100, 0.3, 5), (reuters, 11_228, 0.2, 113)]:
    cases.append(keras_dataset(load, n, fraction, seed))
for n, fraction in [(10, 0.25), (1599, 0.3), (101, 0.1), (7, 0.5)]:
    cases.append(keras_validation(n, fraction))
print(
    json.dumps(
        {
            "cases": cases,
            "folds": [folds(404, 4), folds(60, 5)],
            "groups": list(group_cases()),
            "times": [time_series(*asked) for asked in [(12, 3, 0), (103, 5, 0), (103, 5, 7), (24, 4, 2), (29, 2, 9)]],
        },
        separators=(",", ":"),
    )
)
