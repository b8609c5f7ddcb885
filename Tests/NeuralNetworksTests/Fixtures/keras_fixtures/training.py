"""A case: ten training steps of a small network, in float32 as recorded and in float64 as a check."""

import keras
import numpy as np
import tensorflow as tf

from . import autoencoder_layers
from .batches import STEPS, dense_batches, multi_hot_batches, word_batches
from .files import tensor, write
from .networks import LOSSES, OPTIMIZERS, initial_weights, make

DRIFT = 2e-6


def weight_name(path):
    """layer_2.kernel, layer_3.forward_recurrent_kernel: without the names of cells and of layers within layers."""
    parts = path.split("/")
    direction = next((d for p in parts for d in ("forward_", "backward_") if p.startswith(d)), "")
    return f"{next(p for p in parts if p.startswith('layer_'))}.{direction}{parts[-1]}"


class Case:
    def __init__(
        self, name, network, loss, optimizer, targets="values", sizes=(6, 6, 6), spread=1.0, scale=1.0, multi_hot=False, class_weight=None
    ):
        self.name, self.network, self.optimizer, self.class_weight = name, network, optimizer, class_weight
        self.loss = loss if isinstance(loss, dict) else {"kind": loss}
        if self.loss["kind"].endswith("crossentropy"):
            self.loss.setdefault("from_logits", False)
        self.targets, self.sizes, self.spread, self.scale, self.multi_hot = targets, sizes, spread, scale, multi_hot

    def draw(self, seed):
        random = np.random.RandomState(seed)
        width = next(layer["units"] for layer in reversed(self.network.layers) if "units" in layer)
        if self.multi_hot:
            return random, multi_hot_batches(random, self.network.inputs, width, self.targets)
        if self.network.words:
            return random, word_batches(random, self.network.inputs, self.network.words, self.sizes, self.targets, width)
        return random, dense_batches(random, self.network.inputs, self.sizes, self.targets, width, self.spread)

    def train(self, batches, initial, precision):
        keras.config.set_floatx(precision)
        try:
            keras.backend.clear_session()
            model = self.network.build()
            model.set_weights([w.astype(precision) for w in initial])
            model.compile(make(keras.optimizers, OPTIMIZERS, self.optimizer), self.made_loss(), jit_compile=False)
            cast = lambda a: a if a.dtype.kind == "i" else a.astype(precision)
            first = model(cast(batches[0][0]), training=False).numpy()
            losses, after = [], {}
            one_step = self.step(model)
            for step in range(STEPS):
                x, y = (cast(a) for a in batches[step % len(batches)])
                model.reset_metrics()
                if self.network.words:
                    losses.append(float(one_step(x, y)))
                    if step in (0, STEPS - 1):
                        after[step + 1] = [w.copy() for w in model.get_weights()]
                    continue
                weights = {int(k): v for k, v in self.class_weight.items()} if self.class_weight else None
                losses.append(float(np.ravel(model.train_on_batch(x, y, class_weight=weights))[0]))
                if step in (0, STEPS - 1):
                    after[step + 1] = [w.copy() for w in model.get_weights()]
            last = model(cast(batches[0][0]), training=False).numpy()
            names = [weight_name(variable.path) for variable in model.weights]
            return names, first, last, losses, after
        finally:
            keras.config.set_floatx("float32")

    def made_loss(self):
        settings = {key: value for key, value in self.loss.items() if key != "reduction"}
        loss = make(keras.losses, LOSSES, settings)
        return autoencoder_layers.SumOfOutputs(loss) if self.loss.get("reduction") == "sum" else loss

    @staticmethod
    def step(model):
        """A training step with the gradient of an embedding summed by word."""

        @tf.function
        def slopes(x, y):  # in a graph: there a cross-entropy takes the logits of a softmax or sigmoid
            with tf.GradientTape() as tape:
                loss = model.compute_loss(x, y, model(x, training=True))
            gradients = tape.gradient(loss, [v.value for v in model.trainable_variables])
            return loss, [tf.convert_to_tensor(g) for g in gradients]

        def run(x, y):
            loss, gradients = slopes(tf.constant(x), tf.constant(y))
            model.optimizer.apply(gradients, model.trainable_variables)
            return loss

        return run

    def record(self):
        keras.backend.clear_session()
        start = sum(map(ord, self.name))
        for seed in range(start, start + 60):
            random, batches = self.draw(seed)
            initial = initial_weights(self.network.build(), random, self.scale)
            names, first, last, losses, after = self.train(batches, initial, "float32")
            exact = self.train(batches, initial, "float64")
            ours, theirs = (
                [first, last, np.array(l), *after[1], *after[STEPS]] for first, last, l, after in ((first, last, losses, after), exact[1:])
            )
            drift = np.max([np.max(np.abs(a - b) / np.maximum(1, np.abs(b))) for a, b in zip(ours, theirs)])  # NaN when one is
            if drift <= DRIFT:
                break
        else:
            raise SystemExit(f"{self.name}: no draw whose float32 and float64 trainings agree (last: {drift:.2g})")
        weights = lambda values: [{"name": n, **tensor(v)} for n, v in zip(names, values)]
        more = {"class_weight": self.class_weight} if self.class_weight else {}
        return {
            "name": self.name,
            "network": self.network.describe(),
            "loss": self.loss,
            "optimizer": self.optimizer,
            **more,
            "batches": [self._batch(*b) for b in batches],
            "initial": weights(initial),
            "losses": losses,
            "first_output": tensor(first),
            "last_output": tensor(last),
            "after_1": weights(after[1]),
            f"after_{STEPS}": weights(after[STEPS]),
        }

    def _batch(self, x, y):
        batch = {"rows": [np.flatnonzero(row).tolist() for row in x]} if self.multi_hot else {"x": tensor(x)}
        return {**batch, "labels": y.ravel().tolist()} if y.dtype.kind == "i" else {**batch, "y": tensor(y)}


def record(name, cases):
    names = [case.name for case in cases]
    assert len(set(names)) == len(names), "two cases of one name"
    write(name, cases=[case.record() for case in cases])
