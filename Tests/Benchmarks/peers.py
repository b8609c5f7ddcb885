"""Train a workload with Keras, PyTorch or JAX and print one JSON line a run.

usage: peers.py DATA_FOLDER {keras|torch|torch-bag|jax} WORKLOAD [--only RUN] [--threads N]
       peers.py DATA_FOLDER {keras|torch|jax} product              GFLOP/s of one matrix product

A line says peer, workload, run, seconds, peak memory of the process so far in MB, validation and test accuracy. The seconds are
those of training with its validations, and for JAX of compiling; loading the library and the data is left out, in the peers'
favour. The data comes from peer_data.py. Each peer is written as its users write it, with what is known to make it fast: Keras's
fit, PyTorch with fused lists of parameters (and torch-bag with the first layer as an EmbeddingBag over sparse rows), JAX with a
whole epoch in one compiled function.
"""

import argparse
import functools
import json
import os
import pathlib
import resource
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
import numpy as np

from workloads import PRODUCT, WORKLOADS


class Data:
    """Sparse rows, and the dense matrix for those who need one."""

    def __init__(self, path, columns):
        arrays = np.load(path)
        self.offsets, self.columns, self.labels = arrays["offsets"], arrays["columns"], arrays["labels"].astype(np.int64)
        self.parts = {name: arrays[name] for name in ("train", "validation", "test")}
        self.width, self.classes = columns, int(arrays["classes"])

    def dense(self, rows):
        matrix = np.zeros((len(rows), self.width), np.float32)
        for place, row in enumerate(rows):
            matrix[place, self.columns[self.offsets[row] : self.offsets[row + 1]]] = 1
        return matrix

    def sizes(self, run):
        return [self.width, *run.hidden, self.classes]


# ---------------------------------------------------------------- Keras
class Keras:
    def __init__(self, data, threads):
        import keras
        import tensorflow as tf

        tf.config.threading.set_intra_op_parallelism_threads(threads)
        self.keras, self.data = keras, data
        self.parts = {name: (data.dense(rows), data.labels[rows]) for name, rows in data.parts.items()}

    def train(self, run):
        layers = self.keras.layers
        model = self.keras.Sequential(
            [
                self.keras.Input((self.data.width,)),
                *[layers.Dense(n, "relu") for n in run.hidden],
                layers.Dense(self.data.classes, "softmax"),
            ]
        )
        model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"])
        start = time.perf_counter()
        history = model.fit(
            *self.parts["train"], batch_size=run.batch, epochs=run.epochs, validation_data=self.parts["validation"], verbose=0
        ).history
        seconds = time.perf_counter() - start
        return seconds, history["val_accuracy"][-1], model.evaluate(*self.parts["test"], verbose=0)[1]

    @staticmethod
    def product(a, b):
        import tensorflow as tf

        tf.config.threading.set_intra_op_parallelism_threads(1)
        a, b = tf.constant(a), tf.constant(b)
        return lambda: tf.matmul(a, b).numpy()


# ---------------------------------------------------------------- PyTorch
class Torch:
    bag = False

    def __init__(self, data, threads):
        import torch

        torch.set_num_threads(threads)
        self.torch, self.data = torch, data
        self.labels = torch.from_numpy(data.labels)
        self.rows = None if self.bag else torch.from_numpy(data.dense(range(len(data.labels))))

    def batch(self, index):
        return self.rows[index]

    def first(self, inputs, units):
        return self.torch.nn.Linear(inputs, units)

    def train(self, run):
        torch, nn = self.torch, self.torch.nn
        sizes, layers = self.data.sizes(run), []
        for inputs, units in zip(sizes, sizes[1:]):
            layers += [nn.ReLU(), nn.Linear(inputs, units)] if layers else [self.first(inputs, units)]
        model, cross_entropy = nn.Sequential(*layers), nn.CrossEntropyLoss()
        for name, weights in model.named_parameters():
            nn.init.zeros_(weights) if "bias" in name else nn.init.xavier_uniform_(weights)
        optimizer = torch.optim.RMSprop(model.parameters(), 1e-3, alpha=0.9, eps=1e-7, foreach=True)
        parts = {name: torch.from_numpy(rows) for name, rows in self.data.parts.items()}

        @torch.no_grad()
        def accuracy(name):
            return (model(self.batch(parts[name])).argmax(1) == self.labels[parts[name]]).float().mean().item()

        start = time.perf_counter()
        for _ in range(run.epochs):
            for index in parts["train"][torch.randperm(len(parts["train"]))].split(run.batch):
                loss = cross_entropy(model(self.batch(index)), self.labels[index])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
            validation = accuracy("validation")
        return time.perf_counter() - start, validation, accuracy("test")

    @staticmethod
    def product(a, b):
        import torch

        torch.set_num_threads(1)
        a, b = torch.from_numpy(a), torch.from_numpy(b)
        return lambda: torch.mm(a, b)


class TorchBag(Torch):
    bag = True

    def __init__(self, data, threads):
        super().__init__(data, threads)
        self.starts = self.torch.from_numpy(data.offsets.astype(np.int64))
        self.columns = self.torch.from_numpy(data.columns.astype(np.int64))

    def batch(self, index):
        """The columns of these rows one after the other, and where each row begins."""
        starts, lengths = self.starts[index], self.starts[index + 1] - self.starts[index]
        begins = lengths.cumsum(0) - lengths
        places = self.torch.arange(int(lengths.sum())) + (starts - begins).repeat_interleave(lengths)
        return self.columns[places], begins

    def first(self, inputs, units):
        torch = self.torch

        class Rows(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.weight, self.bias = torch.nn.Parameter(torch.empty(inputs, units)), torch.nn.Parameter(torch.empty(units))

            def forward(self, batch):
                return torch.nn.functional.embedding_bag(batch[0], self.weight, batch[1], mode="sum") + self.bias

        return Rows()


# ---------------------------------------------------------------- JAX
class Jax:
    def __init__(self, data, threads):
        import jax

        self.jax, self.data = jax, data
        self.parts = {
            name: (jax.numpy.asarray(data.dense(rows)), jax.numpy.asarray(data.labels[rows])) for name, rows in data.parts.items()
        }

    def train(self, run):
        jax, jnp = self.jax, self.jax.numpy
        sizes, start = self.data.sizes(run), time.perf_counter()

        def scores(weights, x):
            for kernel, bias in weights[:-1]:
                x = jax.nn.relu(x @ kernel + bias)
            return x @ weights[-1][0] + weights[-1][1]

        def loss(weights, x, y):
            return -jnp.take_along_axis(jax.nn.log_softmax(scores(weights, x)), y[:, None], 1).mean()

        def step(state, x, y):
            weights, moments = state
            gradients = jax.grad(loss)(weights, x, y)
            moments = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g * g, moments, gradients)
            return jax.tree.map(lambda w, m, g: w - 1e-3 * g / jnp.sqrt(m + 1e-7), weights, moments, gradients), moments

        @functools.partial(jax.jit, donate_argnums=0)
        def epoch(state, x, y, key):
            order, whole = jax.random.permutation(key, len(x)), len(x) // run.batch * run.batch
            state, _ = jax.lax.scan(lambda s, i: (step(s, x[i], y[i]), None), state, order[:whole].reshape(-1, run.batch))
            return step(state, x[order[whole:]], y[order[whole:]]) if whole < len(x) else state

        accuracy = jax.jit(lambda weights, x, y: (scores(weights, x).argmax(1) == y).mean())
        keys = jax.random.split(jax.random.key(0), len(sizes) + run.epochs)
        glorot = jax.nn.initializers.glorot_uniform()
        weights = [(glorot(key, shape), jnp.zeros(shape[1])) for key, shape in zip(keys, zip(sizes, sizes[1:]))]
        state = weights, jax.tree.map(jnp.zeros_like, weights)
        for key in keys[len(sizes) :]:
            state = epoch(state, *self.parts["train"], key)
            validation = float(accuracy(state[0], *self.parts["validation"]))
        return time.perf_counter() - start, validation, float(accuracy(state[0], *self.parts["test"]))

    @staticmethod
    def product(a, b):
        import jax

        multiply, a, b = jax.jit(jax.numpy.matmul), jax.numpy.asarray(a), jax.numpy.asarray(b)
        return lambda: multiply(a, b).block_until_ready()


PEERS = {"keras": Keras, "torch": Torch, "torch-bag": TorchBag, "jax": Jax}


def product_rate(peer):
    """The best of five rounds of 40 products each, in GFLOP/s."""
    m, n, k = PRODUCT
    random = np.random.RandomState(0)
    multiply = peer.product(random.rand(m, k).astype("f4"), random.rand(k, n).astype("f4"))
    multiply()

    def round_of(count):
        start = time.perf_counter()
        for _ in range(count):
            multiply()
        return (time.perf_counter() - start) / count

    return 2 * m * n * k / min(round_of(40) for _ in range(5)) / 1e9


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("workload", choices=[*WORKLOADS, "product"])
    parser.add_argument("--only", help="one run of the workload")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()
    said = {"peer": options.peer, "workload": options.workload}
    if options.workload == "product":
        print(json.dumps({**said, "gigaflops": round(product_rate(PEERS[options.peer]), 1)}), flush=True)
        return
    workload = WORKLOADS[options.workload]
    if options.only and options.only not in workload.runs:
        parser.error(f"{options.workload} has no run {options.only}; it has {', '.join(workload.runs)}")
    peer = PEERS[options.peer](Data(options.folder / f"{options.workload}.npz", workload.columns), options.threads)
    for name, run in workload.runs.items():
        if options.only in (None, name):
            seconds, validation, test = peer.train(run)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                json.dumps(
                    {
                        **said,
                        "run": name,
                        "seconds": round(seconds, 3),
                        "memory": round(memory),
                        "validation": round(validation, 4),
                        "test": round(test, 4),
                    }
                ),
                flush=True,
            )


if __name__ == "__main__":
    main()
