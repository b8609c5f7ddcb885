"""Keras on TensorFlow, as its tutorials write it: a Sequential model and fit."""

import functools
import time

import keras
import numpy as np
import tensorflow as tf

LOSSES = {
    "classes": "sparse_categorical_crossentropy",
    "probability": "binary_crossentropy",
    "number": "mean_squared_error",
}
LAST = {"classes": "softmax", "probability": "sigmoid", "number": None}


class Keras:
    def __init__(self, data, threads):
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        self.data, self.rows = data, data.dense()

    def part(self, rows):
        return self.rows[rows], self.data.targets[rows]

    def model(self, run):
        layers = [keras.Input((self.data.width,))]
        for units in run.hidden:
            layers.append(keras.layers.Dense(units, run.activation))
            if run.dropout:
                layers += [keras.layers.Dropout(run.dropout), keras.layers.BatchNormalization()]
        model = keras.Sequential([*layers, keras.layers.Dense(self.data.units, LAST[self.data.output])])
        loss = LOSSES[self.data.output] if run.loss == "cross_entropy" else run.loss
        model.compile(run.optimizer, loss, metrics=["mae" if self.data.output == "number" else "accuracy"])
        return model

    def train(self, run, is_share):
        results = []
        for train, validation in self.data.parts(run):
            model, held = self.model(run), self.part(validation) if len(validation) else None
            fit = functools.partial(model.fit, *self.part(train), batch_size=run.batch, validation_data=held, verbose=0)
            if is_share:  # what an epoch costs must not hold what the first compiles
                fit(epochs=1)
            start = time.perf_counter()
            fit(epochs=run.epochs)
            seconds = time.perf_counter() - start
            results.append(self.data.fold_result(seconds, lambda rows: model.predict(self.rows[rows], verbose=0), validation))
        seconds, *scores = np.transpose(results)
        return seconds.sum(), *np.mean(scores, axis=1)
