"""Batch normalization under every optimizer, every loss and every schedule."""

from .networks import BATCH_NORM, Network, activation, adagrad, adam, adamw, dense, rmsprop, sgd
from .later_cases import SCHEDULE_CASES
from .training import Case, record

OPTIMIZERS = {
    "sgd": sgd(),
    "momentum": sgd(0.02, 0.9),
    "nesterov": sgd(0.02, 0.9, True),
    "rmsprop": rmsprop(),
    "rmsprop centered with momentum": rmsprop(momentum=0.5, centered=True),
    "adam": adam(),
    "adamw": adamw(0.01, 0.1),
    "adagrad": adagrad(0.05),
}
LOSSES = {
    "mse": ("linear", "values", {}),
    "mae": ("linear", "values", {}),
    "huber": ("linear", "values", {"delta": 0.7}),
    "hinge": ("tanh", "binary", {}),
    "hinge of linear scores": ("linear", "binary", {"kind": "hinge"}),
    "kl_divergence": ("softmax", "soft", {}),
    "binary_crossentropy": ("sigmoid", "binary", {}),
    "binary_crossentropy from logits": ("linear", "binary", {"kind": "binary_crossentropy", "from_logits": True}),
    "categorical_crossentropy": ("softmax", "one_hot", {}),
    "categorical_crossentropy from logits": ("linear", "one_hot", {"kind": "categorical_crossentropy", "from_logits": True}),
    "sparse_categorical_crossentropy": ("softmax", "labels", {}),
    "sparse_categorical_crossentropy from logits": (
        "linear",
        "labels",
        {"kind": "sparse_categorical_crossentropy", "from_logits": True},
    ),
}
SCHEDULES = [name for name in SCHEDULE_CASES if name.startswith(("exponential", "cosine", "piecewise"))]


def network(last, units):
    """No bias before the normalization: its gradient is 0 but for rounding, which adaptive optimizers would make steps of."""
    return Network(5, dense(4, use_bias=False), BATCH_NORM, activation("tanh"), dense(units, last))


def batch_norm():
    three = (8, 8, 5)
    cases = [
        Case(f"batch norm under {name}", network("softmax", 3), "categorical_crossentropy", optimizer, targets="one_hot", sizes=three)
        for name, optimizer in OPTIMIZERS.items()
    ]
    for name, (last, targets, settings) in LOSSES.items():
        units = 1 if targets == "binary" else 3
        cases.append(
            Case(f"batch norm under {name}", network(last, units), {"kind": name, **settings}, sgd(), targets=targets, sizes=three)
        )
    cases += [
        Case(f"batch norm under {name}", network("linear", 2), "mse", sgd(SCHEDULE_CASES[name]), sizes=three) for name in SCHEDULES
    ]
    record("batch_norm.json", cases)
