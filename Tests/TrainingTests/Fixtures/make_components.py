"""Write components.json: what scikit-learn's PCA and KMeans find in made-up rows.

    .build-peers/bin/python Tests/TrainingTests/Fixtures/make_components.py

components: rows, how many components, and mean, components, variances, shares of the whole variance, the code of the rows and what it gives back,
of PCA(svd_solver="full"). clusters: rows, first centres, tolerance, and centres, clusters, inertia and steps of KMeans(init=centres, n_init=1,
algorithm="lloyd"). Numbers are float64.
"""

import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA

warnings.simplefilter("ignore")
random = np.random.RandomState(17)


def components(name, rows, count):
    rows = np.round(rows, 4)
    pca = PCA(count, svd_solver="full").fit(rows)
    code = pca.transform(rows)
    return {"name": name, "rows": rows.tolist(), "count": count, "mean": pca.mean_.tolist(), "components": pca.components_.tolist(),
            "variances": pca.explained_variance_.tolist(), "shares": pca.explained_variance_ratio_.tolist(),
            "code": code[:5].tolist(), "returned": pca.inverse_transform(code)[:5].tolist()}


def clusters(name, rows, centres, tolerance=1e-4):
    rows, centres = np.round(rows, 4), np.round(np.asarray(centres, float), 4)
    found = KMeans(len(centres), init=centres, n_init=1, algorithm="lloyd", tol=tolerance).fit(rows)
    return {"name": name, "rows": rows.tolist(), "first": centres.tolist(), "tolerance": tolerance, "centres": found.cluster_centers_.tolist(),
            "clusters": found.labels_.tolist(), "inertia": found.inertia_, "steps": found.n_iter_,
            "nearest": found.predict(np.round(rows[::-1] * 1.1, 6)).tolist()}


def all_components():
    mixed = random.normal(size=(60, 9)) @ random.normal(size=(9, 9))
    yield components("all components", mixed, 9)
    yield components("the first three", mixed, 3)
    yield components("far from 0", mixed + 1000, 4)
    yield components("more columns than rows", random.normal(size=(8, 23)), 6)
    yield components("columns that are constant", np.hstack([mixed[:, :4], np.full((60, 2), 3.0)]), 4)
    yield components("of unlike size", mixed * 10.0 ** np.arange(-3, 6), 5)
    yield components("as many rows as columns", random.normal(size=(11, 11)), 7)
    yield components("one column", mixed[:, :1], 1)


def all_clusters():
    middles = random.normal(size=(5, 6)) * 2
    rows = middles[random.randint(0, 5, 220)] + random.normal(size=(220, 6))
    yield clusters("five clusters", rows, rows[:5])
    yield clusters("until none changes", rows, rows[:5], 0)
    yield clusters("far from 0", rows + 500, rows[10:17] + 500)
    yield clusters("a centre without rows", rows, np.vstack([rows[:4], np.full((1, 6), 90.0)]))
    yield clusters("one cluster", rows[:30], rows[:1])
    yield clusters("a cluster for each row", rows[:6], rows[:6])
    yield clusters("fewer different rows than clusters", np.repeat(rows[:2], 4, 0), np.vstack([rows[:2], rows[:1]]))
    yield clusters("an early end", random.normal(size=(150, 3)), random.normal(size=(8, 3)), 0.05)
    yield clusters("wide rows", random.normal(size=(40, 37)), random.normal(size=(4, 37)))


def written(cases):
    return ",\n".join("{\n" + ",\n".join(f"  {json.dumps(k)}: {json.dumps(v, allow_nan=False)}" for k, v in case.items()) + "\n}" for case in cases)


made_by = json.dumps({"scikit-learn": sklearn.__version__, "numpy": np.__version__})
path = pathlib.Path(__file__).with_name("components.json")
path.write_text(f'{{\n"made_by": {made_by},\n"components": [\n{written(all_components())}\n],\n"clusters": [\n{written(all_clusters())}\n]\n}}\n')
print(f"{path.name}: {path.stat().st_size} bytes")
