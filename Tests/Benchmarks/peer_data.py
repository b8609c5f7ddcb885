"""Encode the raw data for the peers, once: a .npz file with rows, sparse or not, their targets and the parts.

usage: peer_data.py OUT_FOLDER RAW_FILE WORKLOAD

The rows are the ones that our own encoder makes (Tests/DatasetsTests holds it to the same figures). The arrays are `x`, or for
multi-hot rows `offsets` and `columns`; `targets`; the row numbers `test`, and `train_k` and `validation_k` for each fold k.
"""

import collections
import csv
import itertools
import pathlib
import re
import string
import sys
import tarfile

import numpy as np

from workloads import WORKLOADS

STORY = re.compile(r"<TOPICS>(.*?)</", re.S)
SEPARATORS = {ord(c): " " for c in string.punctuation + "\t\n" if c != "'"}


def stories(archive):
    """(first topic, text) of every story that has a topic, in the order of the files."""
    with tarfile.open(archive) as tar:
        for member in sorted((m for m in tar.getmembers() if m.name.endswith(".sgm")), key=lambda m: m.name):
            page = tar.extractfile(member).read().decode("latin-1")
            for found in STORY.finditer(page):
                topic = found.group(1).removeprefix("<D>")
                if topic:
                    rest = page[found.start(1) :]
                    text = rest[
                        rest.find("<BODY>") + len("<BODY>") :
                    ]  # at the end of a file a story may have none: find gives -1, as where Keras's set was made
                    yield topic, text[: text.find("</")]


def multi_hot(rows):
    """The columns of each row once, one row after the other, and where each begins."""
    rows = [np.unique(row) for row in rows]
    return {"offsets": np.cumsum([0, *map(len, rows)]), "columns": np.concatenate(rows).astype(np.int32)}


def word_numbers(texts, ranked, columns):
    """Keras's coding: 1 begins a text, 2 stands for a rare word, else the word's rank and 3."""
    counts = collections.Counter(itertools.chain.from_iterable(ranked))
    number = {word: place + 3 for place, (word, _) in enumerate(counts.most_common(columns - 4), 1)}
    return [[1, *(number.get(word, 2) for word in words)] for words in texts]


def reuters(archive, columns):
    """A story keeps its first topic, topics with fewer than 15 stories are left out, and RandomState(113) shuffles."""
    found = list(stories(archive))
    frequent = {topic for topic, count in collections.Counter(topic for topic, _ in found).items() if count >= 15}
    found = [(topic, text) for topic, text in found if topic in frequent]
    numbers = {topic: number for number, topic in enumerate(dict.fromkeys(topic for topic, _ in found))}
    texts = [[word for word in text.lower().translate(SEPARATORS).split(" ") if word] for _, text in found]
    order = np.arange(len(found))
    np.random.RandomState(113).shuffle(order)
    words, train = word_numbers(texts, texts, columns), int(len(found) * 0.8)
    return {
        **multi_hot(words[story] for story in order),
        "targets": np.array([numbers[found[story][0]] for story in order]),
        "validation_0": np.arange(1000),
        "train_0": np.arange(1000, train),
        "test": np.arange(train, len(found)),
    }


def imdb(archive, columns):
    """The words of the train reviews are ranked; RandomState(113) shuffles train, then test."""
    word, reviews = re.compile(r"[a-z0-9]+(?:'[a-z]+)?"), {}
    with tarfile.open(archive) as tar:
        for member in tar:
            if found := re.search(r"(train|test)/(neg|pos)/[^/]+$", member.name):
                reviews[found.group(0)] = word.findall(tar.extractfile(member).read().decode().lower())
    random, rows, sizes = np.random.RandomState(113), [], []
    for part in ("train", "test"):
        names = sorted(name for name in reviews if name.startswith(part))
        random.shuffle(names)
        rows += names
        sizes.append(len(names))
    texts = [reviews[name] for name in rows]
    return {
        **multi_hot(word_numbers(texts, texts[: sizes[0]], columns)),
        "targets": np.array(["/pos/" in name for name in rows], np.float32),
        "validation_0": np.arange(10_000),
        "train_0": np.arange(10_000, sizes[0]),
        "test": np.arange(sizes[0], len(rows)),
    }


def table(path, delimiter=","):
    with open(path, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def standardised(x, rows):
    return (x - x[rows].mean(0)) / x[rows].std(0)


def boston(path, _):
    """RandomState(113) shuffles; of the first 404 rows, four blocks of 101 validate in turn."""
    rows = np.array([[float(cell) for cell in row.values()] for row in table(path)])
    np.random.RandomState(113).shuffle(rows)
    train = np.arange(404)
    folds = {f"validation_{fold}": train[fold * 101 : (fold + 1) * 101] for fold in range(4)}
    rest = {name.replace("validation", "train"): np.setdiff1d(train, part) for name, part in folds.items()}
    return {"x": standardised(rows[:, :-1], train), "targets": rows[:, -1], **folds, **rest, "test": np.arange(404, len(rows))}


def churn(path, _):
    """Eleven columns, those of the country first; a fifth of the rows tests."""
    left_out = {"RowNumber", "CustomerId", "Surname", "Geography", "Exited"}
    rows = [
        [row["Geography"] == "Germany", row["Geography"] == "Spain"]
        + [value == "Male" if name == "Gender" else float(value) for name, value in row.items() if name not in left_out]
        for row in table(path)
    ]
    x, targets = np.array(rows, float), np.array([float(row["Exited"]) for row in table(path)])
    order = np.random.RandomState(0).permutation(len(x))
    test, train = np.split(order, [len(x) // 5])
    return {"x": standardised(x, train), "targets": targets, "train_0": train, "validation_0": train[:0], "test": test}


def wine(path, _):
    """Train on pandas's sample(frac=0.7, random_state=0); every column goes from 0 to 1 over the train rows."""
    rows = np.array([[float(cell) for cell in row.values()] for row in table(path, ";")])
    train, validation = np.split(np.random.RandomState(0).permutation(len(rows)), [round(0.7 * len(rows))])
    low, high = rows[train].min(0), rows[train].max(0)
    rows = (rows - low) / (high - low)
    return {"x": rows[:, :-1], "targets": rows[:, -1], "train_0": train, "validation_0": np.sort(validation), "test": train[:0]}


ENCODERS = {"reuters": reuters, "imdb": imdb, "boston": boston, "churn": churn, "wine": wine}

if __name__ == "__main__":
    out, raw, name = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    out.mkdir(parents=True, exist_ok=True)
    np.savez(out / f"{name}.npz", **ENCODERS[name](raw, WORKLOADS[name].columns))
