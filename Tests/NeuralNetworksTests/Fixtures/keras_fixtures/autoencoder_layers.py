"""Layers that Keras has not, or whose draws it does not let one choose, written with Keras and TensorFlow."""

import keras
import numpy as np
import tensorflow as tf

from . import random_numbers
from .batches import STEPS


class Drawing(keras.layers.Layer):
    """A layer that draws at every step of a training, the first being 1."""

    def draws(self, shape, draw):
        """What is drawn at the step that is made: shape without the batch; batches are of `rows`."""
        drawn = np.stack([draw(self.name, step, (self.rows, *shape)) for step in range(1, STEPS + 1)])
        self.drawn, self.step = tf.constant(drawn, self.dtype), [tf.Variable(0)]

    def next(self):
        now = self.step[0].value()
        with tf.control_dependencies([now]):
            with tf.control_dependencies([self.step[0].assign_add(1)]):
                return tf.gather(self.drawn, now)


class GaussianNoise(Drawing):
    def __init__(self, stddev, rows, clip=None, **more):
        super().__init__(**more)
        self.stddev, self.rows, self.clip = stddev, rows, clip

    def build(self, shape):
        self.draws(shape[1:], random_numbers.normal)

    def call(self, x, training=False):
        if not training:
            return x
        x = x + self.stddev * self.next()
        return keras.ops.clip(x, *self.clip) if self.clip else x


class MaskingNoise(Drawing):
    def __init__(self, rate, rows, **more):
        super().__init__(**more)
        self.rate, self.rows = rate, rows

    def build(self, shape):
        self.draws(shape[1:], lambda path, step, shape: random_numbers.kept(path, step, shape, self.rate))

    def call(self, x, training=False):
        return x * self.next() if training else x


class Variational(Drawing):
    def __init__(self, units, kl_weight, rows, **more):
        super().__init__(**more)
        self.units, self.kl_weight, self.rows = units, kl_weight, rows

    def build(self, shape):
        heads = [(f"{name}_kernel", f"{name}_bias") for name in ("mean", "log_variance")]
        self.heads = [(self.add_weight(name=k, shape=(shape[-1], self.units)), self.add_weight(name=b, shape=(self.units,))) for k, b in heads]
        self.draws((self.units,), random_numbers.normal)

    def call(self, x, training=False):
        mean, log_variance = (x @ kernel + bias for kernel, bias in self.heads)
        divergence = -0.5 * keras.ops.sum(1 + log_variance - mean**2 - keras.ops.exp(log_variance), axis=1)
        self.add_loss(self.kl_weight * keras.ops.mean(divergence))
        return mean + keras.ops.exp(log_variance / 2) * self.next() if training else mean


class Contractive(keras.layers.Dense):
    """The derivatives of the outputs by the inputs are TensorFlow's."""

    def __init__(self, units, contractive_regularizer, **more):
        super().__init__(units, **more)
        self.factor = contractive_regularizer

    def call(self, x, training=False):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = super().call(x)
        slopes = tape.batch_jacobian(y, x)
        self.add_loss(self.factor * keras.ops.mean(keras.ops.sum(slopes**2, axis=(1, 2))))
        return super().call(x)


class DenseTransposed(keras.layers.Layer):
    def __init__(self, of, activation="linear", **more):
        super().__init__(**more)
        self.of, self.activation = [of], keras.activations.get(activation)

    def build(self, shape):
        self.bias = self.add_weight(name="bias", shape=(self.of[0].kernel.shape[0],))

    def call(self, x):
        return self.activation(x @ keras.ops.transpose(self.of[0].kernel) + self.bias)


class Divergence(keras.regularizers.Regularizer):
    """Of each unit's mean over the batch from a target. Keras divides what a regularizer gives by the examples."""

    def __init__(self, target, weight):
        self.target, self.weight = target, weight

    def __call__(self, y):
        rows = keras.ops.cast(keras.ops.shape(y)[0], y.dtype)
        mean, t = keras.ops.mean(keras.ops.reshape(y, (-1, y.shape[-1])), axis=0), self.target
        terms = t * keras.ops.log(t / mean) + (1 - t) * keras.ops.log((1 - t) / (1 - mean))
        return rows * self.weight * keras.ops.sum(terms)


def activity(l1=0.0, l2=0.0, kl=None):
    return Divergence(**kl) if kl else keras.regularizers.L1L2(l1, l2)


class SumOfOutputs(keras.losses.Loss):
    """A loss whose mean over an example's outputs becomes their sum."""

    def __init__(self, loss):
        super().__init__()
        self.loss = loss

    def call(self, y, p):
        return self.loss.call(y, p) * y.shape[-1]
