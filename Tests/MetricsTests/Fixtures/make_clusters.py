"""Write clusters.json: examples in clusters, and what scikit-learn says of them.

    .build-peers/bin/python Tests/MetricsTests/Fixtures/make_clusters.py

The file is {"made_by", "cases"}. A case has a name, rows of numbers, the cluster and the class of each, and expected: purity (from the contingency
matrix), adjusted_rand_index and silhouette; the last is missing where scikit-learn refuses it, with one cluster or a cluster for each example.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn import metrics as m


def case(name, rows, clusters, labels):
    rows, clusters, labels = np.round(np.asarray(rows, float), 4), np.asarray(clusters), np.asarray(labels)
    table = m.cluster.contingency_matrix(labels, clusters)
    expected = {"purity": table.max(0).sum() / table.sum(), "adjusted_rand_index": m.adjusted_rand_score(labels, clusters)}
    if 1 < len(set(clusters.tolist())) < len(clusters):
        expected["silhouette"] = m.silhouette_score(rows, clusters)
    return {"name": name, "rows": rows.tolist(), "clusters": clusters.tolist(), "labels": labels.tolist(), "expected": expected}


def cases():
    random = np.random.RandomState(13)
    middles = random.normal(size=(4, 11)) * 3
    labels = random.randint(0, 4, 150)
    rows = middles[labels] + random.normal(size=(150, 11))
    near = np.argmin(((rows[:, None] - middles[None]) ** 2).sum(2), 1)
    yield case("clusters near the classes", rows, near, labels)
    yield case("clusters by chance", rows, random.randint(0, 6, 150), labels)
    yield case("numbers with gaps", rows, near * 7 - 3, labels * 5 + 2)
    yield case("far from 0", rows + 1000, near, labels)
    yield case("more clusters than classes", rows[:70], random.randint(0, 12, 70), labels[:70])
    yield case("an example alone in its cluster", rows[:40], np.r_[9, near[1:40]], labels[:40])
    yield case("one cluster", rows[:20], np.zeros(20, int), labels[:20])
    yield case("a cluster for each example", rows[:20], np.arange(20), labels[:20])
    yield case("one cluster and one class", rows[:5], np.zeros(5, int), np.zeros(5, int))
    yield case("clusters equal to the classes", rows[:30], labels[:30], labels[:30])
    yield case("one number a row", rows[:25, :1], near[:25], labels[:25])
    yield case("two examples", rows[:2], [0, 1], [0, 0])
    yield case("one example", rows[:1], [0], [3])
    yield case("wide rows", random.normal(size=(30, 69)), random.randint(0, 3, 30), random.randint(0, 3, 30))


made_by = {"scikit-learn": sklearn.__version__, "numpy": np.__version__}
lines = []
for made in cases():
    fields = ",\n".join(f"  {json.dumps(k)}: {json.dumps(v, allow_nan=False)}" for k, v in made.items())
    lines.append("{\n" + fields + "\n}")
path = pathlib.Path(__file__).with_name("clusters.json")
path.write_text(f'{{\n"made_by": {json.dumps(made_by)},\n"cases": [\n' + ",\n".join(lines) + "\n]\n}\n")
print(f"{path.name}: {len(lines)} cases")
