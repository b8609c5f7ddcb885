"""Convolutions and pooling: images are rows of numbers that a first layer reshapes."""

from .networks import Network, adam, conv2d, dense, flatten, pooling, reshape, rmsprop, sgd
from .training import Case, record

SIZES = (3, 3, 2)


def images(rows, columns, channels, *layers):
    return Network(rows * columns * channels, reshape(rows, columns, channels), *layers)


def convolutions():
    """8 x 7: with strides of 2, `same` pads the rows below only and the columns on both sides."""
    end = (flatten(), dense(2))
    first = conv2d(3, 3, padding="same", activation="tanh")
    cases = [
        Case(f"conv2d, {padding}, strides {s}, {c} channels", images(8, 7, c, conv2d(4, 3, strides=s, padding=padding, activation="relu"), *end), "mse", sgd(), sizes=SIZES)
        for padding in ("same", "valid")
        for s, c in ((1, 1), (2, 3))
    ]
    cases += [
        Case(f"conv2d, {name}", images(6, 7, 2, layer, *end), "mse", optimizer, sizes=SIZES)
        for name, layer, optimizer in (
            ("kernel 2 x 4, same", conv2d(3, [2, 4], padding="same", activation="relu"), rmsprop()),
            ("strides 1 and 2", conv2d(3, 2, strides=[1, 2], activation="tanh"), sgd()),
            ("dilated", conv2d(3, 2, dilation_rate=[2, 3], activation="tanh"), sgd()),
            ("dilated, same", conv2d(3, 3, dilation_rate=2, padding="same"), adam()),
            ("penalties", conv2d(3, 3, activation="tanh", kernel_regularizer={"l1": 0.002, "l2": 0.03}, bias_regularizer={"l1": 0.0, "l2": 0.05}), sgd()),
            ("not trained", conv2d(3, 3, activation="tanh", trainable=False), sgd()),
        )
    ]
    cases.append(
        Case(
            "two conv2d without bias",
            images(7, 6, 2, conv2d(3, 3, use_bias=False, activation="tanh"), conv2d(4, 2, strides=2, padding="same", use_bias=False, activation="tanh"), *end),
            "mse",
            adam(),
            sizes=SIZES,
        )
    )
    cases += [
        Case(f"{kind} pooling, {name}", images(8, 7, 1, first, pooling(kind, **settings), *end), "mse", sgd(), sizes=SIZES)
        for kind in ("max", "average")
        for name, settings in {
            "usual": {"pool_size": 2},
            "same, strides 1": {"pool_size": 3, "strides": 1, "padding": "same"},
            "same, strides 2": {"pool_size": 3, "strides": 2, "padding": "same"},
            "overlapping": {"pool_size": [3, 2], "strides": [2, 1]},
        }.items()
    ]
    cases += [
        Case(f"global {kind} pooling", images(6, 5, 2, first, pooling(f"global_{kind}"), dense(2)), "mse", sgd(), sizes=SIZES) for kind in ("max", "average")
    ]
    cases += [
        Case(
            f"digits in small, {optimizer['kind']}",
            images(8, 8, 1, conv2d(4, 3, activation="relu"), pooling("max"), flatten(), dense(3, "softmax")),
            "sparse_categorical_crossentropy",
            optimizer,
            targets="labels",
            sizes=SIZES,
        )
        for optimizer in (sgd(), rmsprop(), adam())
    ]
    record("convolutions.json", cases)
