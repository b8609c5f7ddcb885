"""Losses of bare predictions, outside any training."""

import keras
import numpy as np
import tensorflow as tf

from .files import Single, tensor, write
from .networks import LOSSES, make


def loss_values():
    """Losses of bare predictions, with their gradients: clipped where a probability is 0 or 1, as no training shows."""
    probabilities = np.array([[0.7, 0.2, 0.1], [1, 0, 0], [0, 1, 0], [1e-8, 0.5, 0.5], [0.25, 0.25, 0.5]], "float32")
    logits = np.array([[2.0, -1.0, 0.5], [90, -90, 0], [-200, 300, 10], [0, 0, 0], [-3.5, 4.25, 1]], "float32")
    labels = np.array([0, 0, 2, 0, 1])
    one_hot = np.eye(3, dtype="float32")[labels]
    values = np.array([[0.5, -1.5, 2], [0, 3, -0.25], [1, 1, 1], [-2, 0.1, 0.9], [4, -4, 0]], "float32")
    cases = []
    for kind, from_logits, y, predictions in (
        ("mse", None, values, logits / 10),
        ("mae", None, values, logits / 10),
        ("huber", None, values, logits / 10),
        ("log_cosh", None, values, logits / 10),
        ("binary_crossentropy", False, one_hot, probabilities),
        ("binary_crossentropy", True, one_hot, logits),
        ("categorical_crossentropy", False, one_hot, probabilities),
        ("categorical_crossentropy", True, one_hot, logits),
        ("sparse_categorical_crossentropy", False, labels, probabilities),
        ("sparse_categorical_crossentropy", True, labels, logits),
        ("kl_divergence", None, probabilities, probabilities[::-1]),
        ("hinge", None, one_hot, logits),
        ("categorical_hinge", None, one_hot, logits),
    ):
        described = {"kind": kind} if from_logits is None else {"kind": kind, "from_logits": from_logits}
        with tf.GradientTape() as tape:
            predicted = tf.constant(predictions)
            tape.watch(predicted)
            mean = make(keras.losses, LOSSES, described)(y, predicted)
        each = make(keras.losses, LOSSES, {**described, "reduction": "none"})(y, predicted)
        target = {"labels": y.tolist()} if y.dtype.kind == "i" else {"y": tensor(y)}
        cases.append(
            {
                "name": kind + (" from logits" if from_logits else ""),
                "loss": described,
                **target,
                "predictions": tensor(predictions),
                "each": [Single(v) for v in each.numpy()],
                "mean": Single(mean),
                "gradient": tensor(tape.gradient(mean, predicted)),
            }
        )
    write("loss_values.json", cases=cases)
