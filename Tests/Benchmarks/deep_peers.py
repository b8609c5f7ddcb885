"""Train a network of deep_workloads.py with Keras, PyTorch or JAX and print one JSON line: its seconds and its last train loss.

usage: deep_peers.py DATA_FOLDER {keras|torch|jax} NET [--threads N]

The seconds are those of training, for Keras and JAX of compiling, too; loading the library and the data is left out.
"""

import argparse
import json
import os
import pathlib
import time

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("peer", choices=["keras", "torch", "jax"])
parser.add_argument("net")
parser.add_argument("--threads", type=int, default=os.cpu_count())
options = parser.parse_args()
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: options.threads])  # the one limit that every library keeps
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np

from deep_workloads import NETS


def torch_layers(net, x, classes):
    import torch
    from torch import nn

    class Function(nn.Module):
        def __init__(self, function):
            super().__init__()
            self.forward = function

    class Last(nn.Module):
        """The last output of a recurrent layer."""

        def __init__(self, cell):
            super().__init__()
            self.cell = cell

        def forward(self, x):
            return self.cell(x)[0][:, -1]

    def parameters(layer):
        for name, weights in layer.named_parameters():
            if "hh" in name and weights.dim() == 2:
                nn.init.orthogonal_(weights)
            elif weights.dim() > 1:
                nn.init.xavier_uniform_(weights)
            else:
                nn.init.zeros_(weights)
        return layer

    activations = {"relu": nn.ReLU, "tanh": nn.Tanh}
    layers, channels, shape = [], 1 if x.ndim > 2 else x.shape[-1], x.shape[1:]
    for kind, *settings in net.layers:
        if kind == "conv2d":
            filters, size, activation, *padding = settings
            layers += [parameters(nn.Conv2d(channels, filters, size, padding=size // 2 if padding else 0)), activations[activation]()]
            shape, channels = [side if padding else side - size + 1 for side in shape[:2]], filters
        elif kind in ("max_pool2d", "average_pool2d"):
            layers.append(nn.MaxPool2d(2) if kind == "max_pool2d" else nn.AvgPool2d(2))
            shape = [side // 2 for side in shape]
        elif kind == "flatten":
            layers.append(nn.Flatten())
            channels = channels * int(np.prod(shape[:2])) if len(shape) > 1 and x.ndim == 4 else int(np.prod(x.shape[1:]))
        elif kind == "dropout":
            layers.append(nn.Dropout(settings[0]))
        elif kind == "embedding":
            layers.append(nn.Embedding(*settings))
            nn.init.uniform_(layers[-1].weight, -0.05, 0.05)
            channels = settings[1]
        elif kind == "one_hot":
            channels = classes
            layers.append(Function(lambda x: nn.functional.one_hot(x, classes).float()))
        elif kind in ("lstm", "gru", "simple_rnn"):
            cell = {"lstm": nn.LSTM, "gru": nn.GRU, "simple_rnn": nn.RNN}[kind]
            layers.append(Last(parameters(cell(channels, settings[0], batch_first=True))))
            channels = settings[0]
        elif kind == "conv1d":
            filters, size, activation = settings
            layers += [Function(lambda x: x.transpose(1, 2)), parameters(nn.Conv1d(channels, filters, size)), activations[activation]()]
            channels = filters
        elif kind == "global_max":
            layers.append(Function(lambda x: x.amax(2)))
        elif kind == "global_average":
            layers.append(Function(lambda x: x.mean(1)))
        else:
            units, *activation = settings
            layers.append(parameters(nn.Linear(channels, units or classes)))
            layers += [activations[name]() for name in activation]
            channels = units
    return nn.Sequential(*layers)


def train_torch(net, x, y, classes):
    import torch
    from torch import nn

    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    model = torch_layers(net, x, classes)
    name, rate = net.optimizer
    weights = list(model.parameters())
    if name == "sgd":
        optimizer = torch.optim.SGD(weights, rate, fused=True)
    elif name == "adam":
        optimizer = torch.optim.Adam(weights, rate, eps=1e-7, fused=True)
    else:
        optimizer = torch.optim.RMSprop(weights, rate, alpha=0.9, eps=1e-7, foreach=True)
    losses = {"classes": nn.CrossEntropyLoss(), "probability": nn.BCEWithLogitsLoss(), "number": nn.MSELoss()}
    loss = losses[net.loss]
    images = x.ndim == 4
    inputs = torch.from_numpy(np.ascontiguousarray(x.transpose(0, 3, 1, 2)) if images else x)
    inputs = inputs.long() if x.dtype == np.int32 else inputs
    targets = torch.from_numpy(y).long() if net.loss == "classes" else torch.from_numpy(y)[:, None]

    def batch(rows):
        if not net.shift:
            return inputs[rows]
        wide, side = nn.functional.pad(inputs[rows], (net.shift,) * 4), torch.arange(28)
        down, right = torch.randint(0, 2 * net.shift + 1, (2, len(rows), 1))
        return wide[torch.arange(len(rows))[:, None, None], 0, (down + side)[:, :, None], (right + side)[:, None, :]].unsqueeze(1)

    start = time.perf_counter()
    for _ in range(net.epochs):
        total = 0
        for rows in torch.randperm(len(inputs)).split(net.batch):
            optimizer.zero_grad()
            value = loss(model(batch(rows)), targets[rows])
            value.backward()
            optimizer.step()
            total += float(value.detach()) * len(rows)
    return time.perf_counter() - start, total / len(inputs)


def train_keras(net, x, y, classes):
    import keras
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    keras.utils.set_random_seed(0)
    makers = {
        "conv2d": lambda filters, size, activation, padding="valid": keras.layers.Conv2D(filters, size, activation=activation, padding=padding),
        "max_pool2d": keras.layers.MaxPooling2D,
        "average_pool2d": lambda: keras.layers.AveragePooling2D(2),
        "flatten": keras.layers.Flatten,
        "dropout": keras.layers.Dropout,
        "embedding": keras.layers.Embedding,
        "one_hot": lambda: keras.layers.CategoryEncoding(classes, output_mode="one_hot"),
        "lstm": keras.layers.LSTM,
        "gru": keras.layers.GRU,
        "simple_rnn": keras.layers.SimpleRNN,
        "conv1d": lambda filters, size, activation: keras.layers.Conv1D(filters, size, activation=activation),
        "global_max": keras.layers.GlobalMaxPooling1D,
        "global_average": keras.layers.GlobalAveragePooling1D,
        "dense": lambda units, activation=None: keras.layers.Dense(units or classes, activation=activation),
    }
    model = keras.Sequential([keras.Input(x.shape[1:], dtype=x.dtype.name)] + [makers[kind](*settings) for kind, *settings in net.layers])
    name, rate = net.optimizer
    optimizer = {"sgd": keras.optimizers.SGD, "adam": keras.optimizers.Adam, "rmsprop": keras.optimizers.RMSprop}[name](rate)
    losses = {
        "classes": keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        "probability": keras.losses.BinaryCrossentropy(from_logits=True),
        "number": keras.losses.MeanSquaredError(),
    }
    model.compile(optimizer=optimizer, loss=losses[net.loss])
    start = time.perf_counter()
    history = model.fit(x, y, batch_size=net.batch, epochs=net.epochs, verbose=0)
    return time.perf_counter() - start, history.history["loss"][-1]


def train_jax(net, x, y, classes):
    """Images alone: convolutions as products of windows, which is far quicker here than its own, an epoch compiled as a whole."""
    import jax
    import jax.numpy as jnp

    key = jax.random.PRNGKey(0)
    parameters, steps, shape = [], [], x.shape[1:]
    tables = {"relu": jax.nn.relu, "tanh": jnp.tanh}

    def glorot(*sizes):
        fan = int(np.prod(sizes[:-2]))
        limit = (6 / (fan * (sizes[-2] + sizes[-1]))) ** 0.5
        return jnp.asarray(np.random.RandomState(len(parameters)).uniform(-limit, limit, sizes), jnp.float32)

    def windows(x, size, pad):
        x = jnp.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
        rows, columns = x.shape[1] - size + 1, x.shape[2] - size + 1
        return jnp.concatenate([x[:, i : i + rows, j : j + columns] for i in range(size) for j in range(size)], -1)

    def pooled(x, reduce):
        b, h, w, c = x.shape
        return reduce(x[:, : h // 2 * 2, : w // 2 * 2].reshape(b, h // 2, 2, w // 2, 2, c), axis=(2, 4))

    for kind, *settings in net.layers:
        if kind == "conv2d":
            filters, size, activation, *padding = settings
            parameters.append((glorot(size, size, shape[2], filters), jnp.zeros(filters)))

            def step(p, x, _, place=len(parameters) - 1, size=size, pad=size // 2 if padding else 0, activation=tables[activation]):
                kernel, bias = p[place]
                return activation(windows(x, size, pad) @ kernel.reshape(-1, kernel.shape[-1]) + bias)

            shape = (*((side if padding else side - size + 1) for side in shape[:2]), filters)
        elif kind in ("max_pool2d", "average_pool2d"):
            step = lambda p, x, _, reduce=jnp.max if kind == "max_pool2d" else jnp.mean: pooled(x, reduce)
            shape = (shape[0] // 2, shape[1] // 2, shape[2])
        elif kind == "flatten":
            step = lambda p, x, _: x.reshape(len(x), -1)
            shape = (int(np.prod(shape)),)
        elif kind == "dropout":
            step = lambda p, x, key, rate=settings[0]: jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0)
        else:
            units, *activation = settings
            parameters.append((glorot(shape[0], units or classes), jnp.zeros(units or classes)))

            def step(p, x, _, place=len(parameters) - 1, activation=tables[activation[0]] if activation else lambda x: x):
                return activation(x @ p[place][0] + p[place][1])

            shape = (units or classes,)
        steps.append(step)
    name, rate = net.optimizer

    def loss(parameters, x, y, key):
        for step in steps:
            x = step(parameters, x, key)
        return -jnp.take_along_axis(jax.nn.log_softmax(x), y[:, None], 1).mean()

    def update(parameters, state, gradients, count):
        if name == "sgd":
            return jax.tree.map(lambda p, g: p - rate * g, parameters, gradients), state
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, state[0], gradients)
        second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, state[1], gradients)
        scale = rate * jnp.sqrt(1 - 0.999**count) / (1 - 0.9**count)
        return jax.tree.map(lambda p, m, v: p - scale * m / (jnp.sqrt(v) + 1e-7), parameters, first, second), (first, second)

    whole = len(x) // net.batch * net.batch

    @jax.jit
    def epoch(carried, x, y, key):
        order = jax.random.permutation(key, len(x))[:whole].reshape(-1, net.batch)

        def step(carried, rows):
            parameters, state, count, key = carried
            key, own = jax.random.split(key)
            value, gradients = jax.value_and_grad(loss)(parameters, x[rows], y[rows], own)
            parameters, state = update(parameters, state, gradients, count + 1)
            return (parameters, state, count + 1, key), value

        carried, values = jax.lax.scan(step, carried, order)
        return carried, values.mean()

    zeros = jax.tree.map(jnp.zeros_like, parameters)
    carried, inputs, targets = (parameters, (zeros, zeros), 0.0, key), jnp.asarray(x), jnp.asarray(y)
    start = time.perf_counter()
    for number in range(net.epochs):
        carried, value = epoch(carried, inputs, targets, jax.random.PRNGKey(number))
    return float(value) * 0 + time.perf_counter() - start, float(value)


net = NETS[options.net]
arrays = np.load(options.folder / f"deep-{net.data}.npz")
x, y = arrays["x"], arrays["y"]
train = {"torch": train_torch, "keras": train_keras, "jax": train_jax}[options.peer]
seconds, value = train(net, x, y, int(y.max()) + 1)
print(json.dumps({"peer": options.peer, "net": options.net, "seconds": round(seconds, 3), "train_loss": round(value, 4)}), flush=True)
