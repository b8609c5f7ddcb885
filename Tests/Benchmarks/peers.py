"""Train a workload with Keras, PyTorch or JAX and print one JSON line a run.

usage: peers.py DATA_FOLDER {keras|torch|torch-bag|jax} WORKLOAD [--only RUN] [--share 0.1] [--threads N]
       peers.py DATA_FOLDER {torch|numpy} product                  GFLOP/s of matrix products, a line each

A line says peer, workload, run, seconds, peak memory of the process so far in MB, and the score on validation and test: accuracy, or
the mean absolute error of numbers; with folds, the sum of the seconds and the mean of the scores. The seconds are those of training
with its validations, and for JAX of compiling; loading the library and the data is left out, in the peers' favour. With --share only
that part of the epochs is trained and the seconds are multiplied, for peers that would take a quarter of an hour. The data comes from
peer_data.py. Each peer is written as its users write it, with what is known to make it fast: Keras's fit, PyTorch with fused lists of
parameters (and torch-bag with the first layer as an EmbeddingBag over sparse rows), JAX with a whole epoch in one compiled function,
and with folds all of the training, the folds beside each other.
"""

import argparse
import dataclasses
import json
import os
import pathlib
import resource
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
import numpy as np

from workloads import PRODUCTS, WORKLOADS


class Data:
    """Rows, their targets, and the parts."""

    def __init__(self, path, workload):
        arrays = dict(np.load(path))
        self.output, self.test = workload.output, arrays["test"]
        self.targets = arrays["targets"].astype(np.int64 if self.output == "classes" else np.float32)
        self.units = int(self.targets.max()) + 1 if self.output == "classes" else 1
        self.offsets, self.columns, self.x = arrays.get("offsets"), arrays.get("columns"), arrays.get("x")
        self.width = workload.columns or self.x.shape[1]
        folds = sum(name.startswith("train_") for name in arrays)
        self.folds = [(arrays[f"train_{fold}"], arrays[f"validation_{fold}"]) for fold in range(folds)]

    def parts(self, run):
        """(train, validation) rows of each fold."""
        for train, validation in self.folds:
            yield (train, validation) if run.validated else (np.concatenate([validation, train]), validation[:0])

    def dense(self):
        """All rows as one matrix."""
        if self.x is not None:
            return self.x.astype(np.float32)
        matrix = np.zeros((len(self.targets), self.width), np.float32)
        matrix[np.repeat(np.arange(len(matrix)), np.diff(self.offsets)), self.columns] = 1
        return matrix

    def score(self, outputs, rows):
        outputs = np.asarray(outputs, np.float32).reshape(len(rows), self.units)
        if self.output == "number":
            return float(np.abs(outputs[:, 0] - self.targets[rows]).mean())
        found = outputs.argmax(1) if self.output == "classes" else outputs[:, 0] >= 0.5
        return float((found == self.targets[rows]).mean())

    def fold_result(self, seconds, predict, validation):
        """What a fold is worth; `predict` gives the network's outputs for rows."""
        return [seconds] + [self.score(predict(rows), rows) if len(rows) else float("nan") for rows in (validation, self.test)]


def peer_called(name):
    """The class that trains, imported only now: the libraries take seconds to load."""
    if name == "numpy":
        return NumPy
    if name == "keras":
        from keras_peer import Keras as Peer
    elif name == "jax":
        from jax_peer import Jax as Peer
    else:
        from torch_peer import Torch, TorchBag

        Peer = TorchBag if name == "torch-bag" else Torch
    return Peer


class NumPy:
    """Whatever library NumPy was built with, which is OpenBLAS in its own wheels: only for products."""

    @staticmethod
    def product(a, b):
        result = np.empty((len(a), b.shape[1]), np.float32)
        return lambda: np.matmul(a, b, out=result)


def product_rate(peer, shape):
    """The best of seven rounds of at least 40 products and about a twentieth of a second, in GFLOP/s."""
    m, n, k = shape
    count = max(40, int(5e9 / (2 * m * n * k)))
    random = np.random.RandomState(0)
    multiply = peer.product(random.rand(m, k).astype("f4"), random.rand(k, n).astype("f4"))
    multiply()

    def round_of(count):
        start = time.perf_counter()
        for _ in range(count):
            multiply()
        return (time.perf_counter() - start) / count

    return 2 * m * n * k / min(round_of(min(count, 20_000)) for _ in range(7)) / 1e9


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("peer", choices=["keras", "torch", "torch-bag", "jax", "numpy"])
    parser.add_argument("workload", choices=[*WORKLOADS, "product"])
    parser.add_argument("--only", help="one run of the workload")
    parser.add_argument("--share", type=float, default=1, help="of the epochs")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()
    said = {"peer": options.peer, "workload": options.workload}
    if options.workload == "product":
        peer = peer_called(options.peer)
        for shape in PRODUCTS:
            print(json.dumps({**said, "run": " x ".join(map(str, shape)), "gigaflops": round(product_rate(peer, shape), 2)}), flush=True)
        return
    workload = WORKLOADS[options.workload]
    if options.peer not in workload.peers:
        parser.error(f"{options.peer} is not measured on {options.workload}; measured are {', '.join(workload.peers)}")
    if options.only and options.only not in workload.runs:
        parser.error(f"{options.workload} has no run {options.only}; it has {', '.join(workload.runs)}")
    data = Data(options.folder / f"{options.workload}.npz", workload)
    peer = peer_called(options.peer)(data, options.threads)
    for name, run in workload.runs.items():
        if options.only in (None, name):
            epochs = max(1, round(run.epochs * options.share))
            seconds, validation, test = peer.train(dataclasses.replace(run, epochs=epochs), is_share=epochs < run.epochs)
            figures = {
                "seconds": round(seconds * run.epochs / epochs, 3),
                "memory": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                **{part: round(score, 4) for part, score in (("validation", validation), ("test", test)) if score == score},
            }
            print(json.dumps({**said, "run": name, **figures}), flush=True)


if __name__ == "__main__":
    main()
