"""JAX with a whole epoch in one compiled function; with folds the whole training, the folds vectorised beside each other."""

import functools
import time

import jax
import jax.numpy as jnp
import numpy as np

ACTIVATIONS = {"relu": jax.nn.relu, "tanh": jnp.tanh}


def scores(weights, x, activation):
    for kernel, bias in weights[:-1]:
        x = activation(x @ kernel + bias)
    return x @ weights[-1][0] + weights[-1][1]


def rmsprop(weights, state, gradients):
    state = jax.tree.map(lambda s, g: 0.9 * s + 0.1 * g * g, state, gradients)
    return jax.tree.map(lambda w, s, g: w - 1e-3 * g / jnp.sqrt(s + 1e-7), weights, state, gradients), state


def adam(weights, state, gradients):
    means, squares, count = state
    count += 1
    means = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, means, gradients)
    squares = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g * g, squares, gradients)
    rate = 1e-3 * jnp.sqrt(1 - 0.999**count) / (1 - 0.9**count)
    return jax.tree.map(lambda w, m, s: w - rate * m / (jnp.sqrt(s) + 1e-7), weights, means, squares), (means, squares, count)


class Jax:
    def __init__(self, data, threads):
        self.data, self.rows, self.targets = data, data.dense(), data.targets

    def loss(self, run, weights, x, y):
        found = scores(weights, x, ACTIVATIONS[run.activation])
        if self.data.output == "classes":
            return -jnp.take_along_axis(jax.nn.log_softmax(found), y[:, None], 1).mean()
        found = found[:, 0]
        if run.loss == "cross_entropy":
            return (jax.nn.softplus(found) - y * found).mean()
        return ((self.number(found) - y) ** 2).mean()

    def number(self, found):
        return jax.nn.sigmoid(found) if self.data.output == "probability" else found

    def start(self, run, key):
        sizes, glorot = [self.data.width, *run.hidden, self.data.units], jax.nn.initializers.glorot_uniform()
        weights = [(glorot(jax.random.fold_in(key, n), shape), jnp.zeros(shape[1])) for n, shape in enumerate(zip(sizes, sizes[1:]))]
        zeros = lambda: jax.tree.map(jnp.zeros_like, weights)
        return weights, (zeros(), zeros(), 0.0) if run.optimizer == "adam" else zeros()

    def epoch(self, run, state, x, y, key):
        change = adam if run.optimizer == "adam" else rmsprop

        def step(state, index):
            return change(*state, jax.grad(functools.partial(self.loss, run))(state[0], x[index], y[index])), None

        order, whole = jax.random.permutation(key, len(x)), len(x) // run.batch * run.batch
        state, _ = jax.lax.scan(step, state, order[:whole].reshape(-1, run.batch))
        return step(state, order[whole:])[0] if whole < len(x) else state

    def outputs(self, run, weights, x):
        found = scores(weights, x, ACTIVATIONS[run.activation])
        return found if self.data.output == "classes" else self.number(found[:, 0])

    def train(self, run, is_share):
        parts = list(self.data.parts(run))
        return self.train_folds(run, parts) if len(parts) > 1 else self.train_alone(run, *parts[0])

    def train_alone(self, run, train, validation):
        x, y = jnp.asarray(self.rows[train]), jnp.asarray(self.targets[train])
        held = jnp.asarray(self.rows[validation])
        key, start = jax.random.key(0), time.perf_counter()
        epoch = jax.jit(functools.partial(self.epoch, run), donate_argnums=0)
        outputs = jax.jit(functools.partial(self.outputs, run))
        state = self.start(run, key)
        for number in range(run.epochs):
            state = epoch(state, x, y, jax.random.fold_in(key, 1000 + number))
            if len(validation):
                self.data.score(outputs(state[0], held), validation)
        jax.block_until_ready(state)
        seconds = time.perf_counter() - start
        return self.data.fold_result(seconds, lambda rows: outputs(state[0], jnp.asarray(self.rows[rows])), validation)

    def train_folds(self, run, parts):
        """All epochs of all folds, and the validation error of each, in one compiled function; the folds must be alike in size."""
        trains, validations = (np.stack(part) for part in zip(*parts))
        x, y, held = (jnp.asarray(array) for array in (self.rows[trains], self.targets[trains], self.rows[validations]))
        wanted = jnp.asarray(self.targets[validations])

        def fold(key, x, y, held, wanted):
            def epoch(state, key):
                state = self.epoch(run, state, x, y, key)
                return state, jnp.abs(self.outputs(run, state[0], held) - wanted).mean()

            (weights, _), errors = jax.lax.scan(epoch, self.start(run, key), jax.random.split(key, run.epochs))
            return weights, errors

        start = time.perf_counter()
        weights, errors = jax.jit(jax.vmap(fold))(jax.random.split(jax.random.key(0), len(parts)), x, y, held, wanted)
        errors.block_until_ready()
        seconds = time.perf_counter() - start
        test = jax.vmap(functools.partial(self.outputs, run), (0, None))(weights, jnp.asarray(self.rows[self.data.test]))
        return seconds, float(errors[:, -1].mean()), np.mean([self.data.score(found, self.data.test) for found in test])
