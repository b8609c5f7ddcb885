"""Encode the raw collections for the peers, once: a .npz file with sparse rows, class numbers and the three parts.

usage: peer_data.py OUT_FOLDER MIRROR_FOLDER WORKLOAD

The rows are the ones that our own encoder makes (Tests/DatasetsTests holds it to the same figures): a story of Reuters-21578
keeps its first topic, topics with fewer than 15 stories are left out, words are ranked by frequency, and RandomState(113)
shuffles.
"""

import collections
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


def reuters(archive, columns):
    found = list(stories(archive))
    frequent = {topic for topic, count in collections.Counter(topic for topic, _ in found).items() if count >= 15}
    found = [(topic, text) for topic, text in found if topic in frequent]
    numbers = {topic: number for number, topic in enumerate(dict.fromkeys(topic for topic, _ in found))}
    texts = [text.lower().translate(SEPARATORS).split(" ") for _, text in found]
    counts = collections.Counter(word for words in texts for word in words if word)
    rank = {word: place for place, (word, _) in enumerate(counts.most_common(), 1)}
    order = np.arange(len(found))
    np.random.RandomState(113).shuffle(order)
    rows = []
    for story in order:
        ids = (rank[word] + 3 for word in texts[story] if word)
        rows.append(sorted({1} | {number if number < columns else 2 for number in ids}))
    train = int(len(rows) * 0.8)
    return {
        "offsets": np.cumsum([0, *map(len, rows)]),
        "columns": np.concatenate([np.array(row, np.int32) for row in rows]),
        "labels": np.array([numbers[found[story][0]] for story in order], np.int32),
        "classes": np.array(len(numbers)),
        "validation": np.arange(0, 1000),
        "train": np.arange(1000, train),
        "test": np.arange(train, len(rows)),
    }


ENCODERS = {"reuters": reuters}

if __name__ == "__main__":
    out, mirror, name = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    out.mkdir(parents=True, exist_ok=True)
    np.savez(out / f"{name}.npz", **ENCODERS[name](mirror / WORKLOADS[name].archive, WORKLOADS[name].columns))
