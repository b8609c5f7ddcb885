"""Time a plain method of scikit-learn on the digits, the best of five, and print {"seconds", "figure"}; with no method, write the digits for ours.

usage: method_peers.py DATA_FOLDER [{pca|kmeans|starts} [--threads N]]

The figure is the variance of 32 components, or the inertia of ten clusters. kmeans begins at the first rows, starts ten times at drawn ones. The solver of
pca is the one that scikit-learn chooses, or "full", whichever is quicker.
"""

import argparse
import json
import os
import pathlib
import time

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("method", nargs="?", choices=["pca", "kmeans", "starts"])
parser.add_argument("--threads", type=int, default=os.cpu_count())
options = parser.parse_args()
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: options.threads])  # the one limit that every library keeps
import numpy as np

x = np.load(options.folder / "deep-digits.npz")["x"].reshape(-1, 784).astype("f8")


def best(fit):
    seconds, figure = float("inf"), None
    for _ in range(5):
        start = time.perf_counter()
        figure = fit()
        seconds = min(seconds, time.perf_counter() - start)
    return seconds, float(figure)


if options.method is None:
    (options.folder / "digits.f8").write_bytes(x.tobytes())
else:
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA

    fits = {
        "pca": [lambda solver=solver: PCA(32, svd_solver=solver).fit(x).explained_variance_.sum() for solver in ("full", "auto")],
        "kmeans": [lambda: KMeans(10, init=x[:10], n_init=1).fit(x).inertia_],
        "starts": [lambda: KMeans(10, n_init=10, random_state=0).fit(x).inertia_],
    }
    seconds, figure = min(best(fit) for fit in fits[options.method])
    print(json.dumps({"seconds": seconds, "figure": figure}))
