"""The rows of the networks in deep_workloads.py, made from the raw files: (inputs, targets) to train on.

usage: deep_data.py OUT_FOLDER RAW_FOLDER …
"""

import collections
import csv
import gzip
import pathlib
import re
import sys
import tarfile

import numpy as np


def find(folders, name):
    return next(folder / name for folder in folders if (folder / name).exists())


def digits(folders, rows=4000):
    """The first rows of RandomState(0)'s order; pixels from 0 to 1."""
    with gzip.open(find(folders, "mnist_5k.csv.gz"), "rt") as file:
        table = np.loadtxt(file, delimiter=",", dtype=np.int32)
    table = table[np.random.RandomState(0).permutation(len(table))][:rows]
    return (table[:, :-1] / 255).astype("f4").reshape(-1, 28, 28, 1), table[:, -1]


def few_digits(folders):
    return digits(folders, 500)


def reviews(folders, words=10_000, length=200, rows=5000):
    """The last words of a review by their rank, zeros in front."""
    word, texts, labels = re.compile(r"[a-z0-9]+(?:'[a-z]+)?"), [], []
    with tarfile.open(find(folders, "aclImdb-labelled.tar.gz")) as tar:
        for member in tar:
            if found := re.search(r"train/(neg|pos)/[^/]+$", member.name):
                texts.append(word.findall(tar.extractfile(member).read().decode().lower()))
                labels.append(found.group(1) == "pos")
    ranks = {w: i + 2 for i, (w, _) in enumerate(collections.Counter(w for t in texts for w in t).most_common(words - 2))}
    x = np.zeros((len(texts), length), np.int32)
    for row, text in enumerate(texts):
        ids = [ranks.get(w, 1) for w in text][-length:]
        x[row, length - len(ids) :] = ids
    chosen = np.random.RandomState(0).permutation(len(texts))[:rows]
    return x[chosen], np.array(labels, "f4")[chosen]


def characters(folders, length=40, step=3):
    """Windows of a text in small letters, and the letter behind each; the last tenth of the text is left out."""
    text = find(folders, "alice.txt").read_text(encoding="utf-8").lower()
    alphabet = sorted(set(text))
    ids = np.array([alphabet.index(c) for c in text[: len(text) * 9 // 10]], np.int32)
    starts = np.arange(0, len(ids) - length, step)
    return ids[starts[:, None] + np.arange(length)], ids[starts + length]


def sunspots(folders, length=24, test=60):
    with open(find(folders, "sunspots.csv"), newline="") as file:
        numbers = np.array([float(list(row.values())[-1]) for row in csv.DictReader(file)], "f4")
    numbers = numbers[:-test]
    numbers = (numbers - numbers.min()) / (numbers.max() - numbers.min())
    starts = np.arange(len(numbers) - length)
    return numbers[starts[:, None] + np.arange(length)][..., None], numbers[starts + length]


if __name__ == "__main__":
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for maker in (digits, few_digits, reviews, characters, sunspots):
        try:
            x, y = maker([pathlib.Path(name) for name in sys.argv[2:]])
        except StopIteration:
            print(f"{maker.__name__}: left out, its raw file is not there", file=sys.stderr)
            continue
        np.savez(out / f"deep-{maker.__name__}.npz", x=x, y=y)
