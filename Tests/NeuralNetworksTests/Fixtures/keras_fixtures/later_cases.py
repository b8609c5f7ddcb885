"""The cases beyond dense networks: more activations, losses, optimizers; normalization, penalties, clipping, schedules."""

import keras

from .files import Single, write
from .networks import (
    BATCH_NORM,
    FAST_BATCH_NORM,
    LAYER_NORM,
    SCHEDULES,
    Network,
    activation,
    adagrad,
    adam,
    adamax,
    adamw,
    dense,
    make,
    perceptron,
    rmsprop,
    sgd,
)
from .training import Case, record


def more_activations():
    cases = [
        Case(a, perceptron([6, 5], 2, "linear", hidden_activation=a), "mse", o, scale=2, spread=2)
        for a, o in {
            "leaky_relu": sgd(),
            "elu": sgd(),
            "selu": sgd(),
            "gelu": sgd(),
            "silu": sgd(),
            "softplus": sgd(),
            "softsign": sgd(),
            "mish": sgd(),
            "hard_sigmoid": sgd(),
            "relu6": sgd(),
        }.items()
    ]
    cases.append(
        Case("exponential", perceptron([6, 5], 2, "linear", hidden_activation="exponential"), "mse", sgd(0.001), scale=0.5, spread=0.5)
    )
    record("more_activations.json", cases)


def more_losses():
    cases = [
        Case("huber", perceptron([5], 2, "linear"), {"kind": "huber", "delta": 1.0}, sgd()),
        Case("huber, delta 0.5", perceptron([5], 2, "linear"), {"kind": "huber", "delta": 0.5}, sgd()),
        Case("hinge", perceptron([5], 1, "tanh"), "hinge", sgd(), targets="binary"),
        Case("squared_hinge", perceptron([5], 1, "tanh"), "squared_hinge", sgd(), targets="binary"),
        Case("categorical_hinge", perceptron([5], 4, "linear"), "categorical_hinge", sgd(), targets="one_hot"),
        Case("kl_divergence", perceptron([5], 4, "softmax"), "kl_divergence", sgd(), targets="soft"),
        Case("log_cosh", perceptron([5], 2, "linear"), "log_cosh", sgd()),
        Case("poisson", perceptron([5], 2, "softplus"), "poisson", sgd(), targets="counts"),
        Case(
            "categorical_crossentropy, label smoothing",
            perceptron([5], 4, "softmax"),
            {"kind": "categorical_crossentropy", "label_smoothing": 0.1},
            sgd(),
            targets="one_hot",
        ),
        Case(
            "binary_crossentropy, label smoothing",
            perceptron([5], 1, "sigmoid"),
            {"kind": "binary_crossentropy", "label_smoothing": 0.2},
            sgd(),
            targets="binary",
        ),
    ]
    record("more_losses.json", cases)


def more_optimizers():
    network = perceptron([6, 4], 3, "softmax")
    cases = [
        Case(name, network, "categorical_crossentropy", optimizer, targets="one_hot")
        for name, optimizer in {
            "adagrad": adagrad(),
            "adagrad, other settings": adagrad(0.05, 0.01, 1e-5),
            "adamw": adamw(),
            "adamw, other settings": adamw(0.01, 0.1),
            "amsgrad": adam(0.01, amsgrad=True),
            "sgd with weight decay": sgd(0.05, weight_decay=0.01),
            "rmsprop with weight decay": rmsprop(weight_decay=0.01),
        }.items()
    ]
    cases += [
        Case(
            f"multi-hot: {name}",
            Network(40, dense(5, "relu"), dense(4, "softmax")),
            "sparse_categorical_crossentropy",
            optimizer,
            targets="labels",
            multi_hot=True,
        )
        for name, optimizer in {"adagrad": adagrad(0.05), "adamw": adamw()}.items()
    ]
    record("more_optimizers.json", cases)


def adamax_optimizer():
    network = perceptron([6, 4], 3, "softmax")
    cases = [
        Case(name, network, "categorical_crossentropy", optimizer, targets="one_hot")
        for name, optimizer in {"adamax": adamax(), "adamax, other settings": adamax(0.02, beta_1=0.8, beta_2=0.9, epsilon=1e-3)}.items()
    ]
    cases.append(
        Case(
            "multi-hot: adamax",
            Network(40, dense(5, "relu"), dense(4, "softmax")),
            "sparse_categorical_crossentropy",
            adamax(0.01),
            targets="labels",
            multi_hot=True,
        )
    )
    record("adamax_optimizer.json", cases)


def frozen():
    """Layers that do not train; a frozen batch normalization uses its running figures and leaves them."""
    cases = [
        Case(
            f"frozen {name}, {o.__name__}",
            Network(6, dense(5, "relu"), *layers, dense(2)),
            "mse",
            o(),
            sizes=(8, 8, 5),
        )
        for name, layers in {
            "dense": [dense(4, "tanh", trainable=False)],
            "batch norm": [{**BATCH_NORM, "trainable": False}],
            "batch norm before relu": [{**FAST_BATCH_NORM, "trainable": False}, activation("relu"), BATCH_NORM],
            "layer norm": [{**LAYER_NORM, "trainable": False}],
        }.items()
        for o in (sgd, adam)
    ]
    cases.append(
        Case(
            "multi-hot: frozen table",
            Network(40, dense(5, "relu", trainable=False), dense(4, "softmax")),
            "sparse_categorical_crossentropy",
            rmsprop(),
            targets="labels",
            multi_hot=True,
        )
    )
    record("frozen.json", cases)


def normalization():
    cases = []
    for kind, layer in {"batch norm": BATCH_NORM, "batch norm, other settings": FAST_BATCH_NORM, "layer norm": LAYER_NORM}.items():
        cases += [
            Case(f"{kind} after relu", Network(6, dense(5, "relu"), layer, dense(2)), "mse", sgd(0.02), sizes=(8, 8, 8)),
            Case(f"{kind} before relu", Network(6, dense(5), layer, activation("relu"), dense(2)), "mse", sgd(0.02), sizes=(8, 8, 8)),
            Case(f"{kind} first", Network(6, layer, dense(4, "tanh"), dense(1)), "mse", adam(), sizes=(8, 8, 5), spread=3),
        ]
    cases.append(
        Case(
            "two batch norms under rmsprop",
            Network(6, dense(5, "relu"), BATCH_NORM, dense(4, "relu"), BATCH_NORM, dense(3, "softmax")),
            "categorical_crossentropy",
            rmsprop(),
            targets="one_hot",
            sizes=(8, 8, 8),
        )
    )
    record("normalization.json", cases)


def penalties():
    network = lambda k, b: Network(
        6,
        dense(5, "relu", **({"kernel_regularizer": k} if k else {}), **({"bias_regularizer": b} if b else {})),
        dense(2, **({"kernel_regularizer": k} if k else {})),
    )
    cases = [
        Case(f"{name}, {optimizer['kind']}", network(k, b), "mse", optimizer)
        for name, (k, b) in {
            "l1": ({"l1": 0.01, "l2": 0.0}, None),
            "l2": ({"l1": 0.0, "l2": 0.01}, None),
            "l1 and l2": ({"l1": 0.002, "l2": 0.03}, None),
            "l2 of the bias": (None, {"l1": 0.0, "l2": 0.05}),
        }.items()
        for optimizer in (sgd(), rmsprop())
    ]
    cases.append(
        Case(
            "multi-hot: l2",
            Network(40, dense(5, "relu", kernel_regularizer={"l1": 0.0, "l2": 0.001}), dense(4, "softmax")),
            "sparse_categorical_crossentropy",
            rmsprop(),
            targets="labels",
            multi_hot=True,
        )
    )
    record("penalties.json", cases)


def clipping():
    network = perceptron([6, 4], 2, "linear")
    cases = [
        Case(f"{key} {value}, {o.__name__}", network, "mse", o(**{key: value}))
        for key, value in (
            ("clipnorm", 0.2),
            ("clipnorm", 100.0),
            ("clipvalue", 0.05),
            ("global_clipnorm", 0.3),
            ("global_clipnorm", 100.0),
        )
        for o in (sgd, adam)
    ]
    record("clipping.json", cases)


SCHEDULE_CASES = {
    "exponential_decay": {
        "kind": "exponential_decay",
        "initial_learning_rate": 0.1,
        "decay_steps": 4,
        "decay_rate": 0.5,
        "staircase": False,
    },
    "exponential_decay, staircase": {
        "kind": "exponential_decay",
        "initial_learning_rate": 0.1,
        "decay_steps": 4,
        "decay_rate": 0.5,
        "staircase": True,
    },
    "cosine_decay": {"kind": "cosine_decay", "initial_learning_rate": 0.1, "decay_steps": 12, "alpha": 0.0},
    "cosine_decay with a floor": {"kind": "cosine_decay", "initial_learning_rate": 0.1, "decay_steps": 12, "alpha": 0.1},
    "cosine_decay with warm-up": {
        "kind": "cosine_decay",
        "initial_learning_rate": 0.01,
        "decay_steps": 10,
        "alpha": 0.05,
        "warmup_target": 0.1,
        "warmup_steps": 4,
    },
    "piecewise_constant": {"kind": "piecewise_constant", "boundaries": [3, 7], "values": [0.1, 0.02, 0.005]},
    "polynomial_decay": {
        "kind": "polynomial_decay",
        "initial_learning_rate": 0.1,
        "decay_steps": 12,
        "end_learning_rate": 0.01,
        "power": 2.0,
        "cycle": False,
    },
    "inverse_time_decay": {
        "kind": "inverse_time_decay",
        "initial_learning_rate": 0.1,
        "decay_steps": 4,
        "decay_rate": 0.5,
        "staircase": False,
    },
}


def schedules():
    """Learning rates by step (the first step is 0), and networks trained under them."""
    rates = []
    for name, described in SCHEDULE_CASES.items():
        schedule = make(keras.optimizers.schedules, SCHEDULES, described)
        rates.append({"name": name, "schedule": described, "rates": [Single(schedule(step)) for step in range(20)]})
    network = perceptron([5], 2, "linear")
    cases = [
        Case(f"{o.__name__} under {name}", network, "mse", o(learning_rate=described))
        for name, described in SCHEDULE_CASES.items()
        if name in ("exponential_decay", "cosine_decay with warm-up", "piecewise_constant")
        for o in (sgd, adam)
    ]
    write("schedules.json", rates=rates, cases=[case.record() for case in cases])


def class_weights():
    record(
        "class_weights.json",
        [
            Case(
                "class_weight, labels",
                perceptron([5], 3, "softmax"),
                "sparse_categorical_crossentropy",
                sgd(),
                targets="labels",
                class_weight={"0": 1.0, "1": 0.25, "2": 3.0},
            ),
            Case(
                "class_weight, one-hot",
                perceptron([5], 3, "softmax"),
                "categorical_crossentropy",
                rmsprop(),
                targets="one_hot",
                class_weight={"0": 1.0, "1": 0.25, "2": 3.0},
            ),
            Case(
                "class_weight, binary",
                perceptron([5], 1, "sigmoid"),
                "binary_crossentropy",
                sgd(),
                targets="binary",
                class_weight={"0": 0.5, "1": 4.0},
            ),
        ],
    )
