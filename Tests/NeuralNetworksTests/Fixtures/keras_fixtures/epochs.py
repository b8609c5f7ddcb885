"""Whole epochs, as `fit` makes them."""

import keras
import numpy as np

from .batches import dense_batches
from .files import Single, tensor, write
from .networks import LOSSES, OPTIMIZERS, adam, initial_weights, make, perceptron, rmsprop


def epochs():
    """`fit` without shuffling: the means of loss and metric over an epoch whose last batch is short, validation, early stopping."""
    cases = []
    for name, network, loss, metric, kind, optimizer, count, stop in (
        ("classes", perceptron([5], 3, "softmax"), "sparse_categorical_crossentropy", "accuracy", "labels", rmsprop(0.01), 4, None),
        ("classes, one-hot", perceptron([5], 3, "softmax"), "categorical_crossentropy", "accuracy", "one_hot", adam(0.01), 4, None),
        ("two classes", perceptron([5], 1, "sigmoid"), "binary_crossentropy", "accuracy", "binary", adam(0.01), 4, None),
        ("regression", perceptron([5], 1, "linear"), "mse", "mae", "values", rmsprop(0.01), 4, None),
        (
            "early stopping",
            perceptron([6], 1, "linear"),
            "mse",
            "mae",
            "values",
            adam(0.05),
            60,
            {"monitor": "val_loss", "patience": 3, "min_delta": 0.001, "restore_best_weights": True},
        ),
        (
            "early stopping, last weights",
            perceptron([6], 1, "linear"),
            "mse",
            "mae",
            "values",
            adam(0.05),
            60,
            {"monitor": "val_loss", "patience": 2, "min_delta": 0.0, "restore_best_weights": False},
        ),
    ):
        random = np.random.RandomState(sum(map(ord, name)))
        width = network.layers[-1]["units"]
        (x, y), (xv, yv) = dense_batches(random, network.inputs, (19, 11), kind, width)
        keras.backend.clear_session()
        model = network.build()
        initial = initial_weights(model, random, 1)
        model.set_weights(initial)
        model.compile(
            make(keras.optimizers, OPTIMIZERS, optimizer), make(keras.losses, LOSSES, {"kind": loss}), metrics=[metric], jit_compile=False
        )
        callbacks = [keras.callbacks.EarlyStopping(**stop)] if stop else []
        history = model.fit(
            x,
            y,
            batch_size=8,
            epochs=count,
            shuffle=False,
            validation_data=(xv, yv),
            validation_batch_size=4,
            callbacks=callbacks,
            verbose=0,
        ).history
        names = [variable.path.split("/", 1)[1].replace("/", ".") for variable in model.weights]
        weights = lambda values: [{"name": n, **tensor(v)} for n, v in zip(names, values)]
        part = lambda x, y: {"x": tensor(x), **({"labels": y.tolist()} if y.dtype.kind == "i" else {"y": tensor(y)})}
        cases.append(
            {
                "name": name,
                "network": network.describe(),
                "loss": {"kind": loss},
                "optimizer": optimizer,
                "metric": metric,
                "batch_size": 8,
                "epochs": count,
                **({"early_stopping": stop} if stop else {}),
                "train": part(x, y),
                "validation": part(xv, yv),
                "initial": weights(initial),
                "history": {k: [Single(v) for v in values] for k, values in history.items()},
                "final": weights(model.get_weights()),
            }
        )
    write("epochs.json", cases=cases)
