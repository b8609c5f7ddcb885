"""The cases of dense networks: activations and depth, losses, optimizers, multi-hot inputs."""

from .networks import Network, activation, adam, dense, perceptron, rmsprop, sgd
from .training import Case, record


def networks():
    """Activations, depth, layers without bias, a last batch that is short."""
    cases = [
        Case(f"{a} hidden, {o['kind']}", perceptron([6, 5], 2, "linear", hidden_activation=a), "mse", o, scale=1.5)
        for a in ("linear", "relu", "sigmoid", "tanh")
        for o in (sgd(), rmsprop())
    ]
    cases += [
        Case("softmax in the middle", Network(6, dense(4, "softmax"), dense(2)), "mse", sgd(), scale=2),
        Case("no hidden layer", Network(8, dense(3, "softmax")), "categorical_crossentropy", rmsprop(), targets="one_hot"),
        Case("one linear unit", Network(5, dense(1)), "mse", sgd()),
        Case(
            "four hidden layers",
            perceptron([5, 4, 6, 3], 3, "softmax", hidden_activation="relu"),
            "categorical_crossentropy",
            rmsprop(),
            targets="one_hot",
            scale=1.5,
        ),
        Case("no bias", Network(6, dense(5, "relu", use_bias=False), dense(2, use_bias=False)), "mse", sgd()),
        Case(
            "activations as layers",
            Network(6, dense(5), activation("relu"), dense(3), activation("softmax")),
            "categorical_crossentropy",
            adam(),
            targets="one_hot",
        ),
        Case(
            "short last batch",
            perceptron([5], 3, "softmax"),
            "sparse_categorical_crossentropy",
            rmsprop(),
            targets="labels",
            sizes=(8, 8, 3),
        ),
        Case("batches of one", perceptron([6, 4], 1, "linear", hidden_activation="relu"), "mse", rmsprop(), sizes=(1,) * 10),
    ]
    record("networks.json", cases)


def losses():
    binary, several = perceptron([5], 1, "sigmoid"), perceptron([5], 3, "sigmoid")
    logits = {"from_logits": True}
    kinds = ("binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy")
    outputs = {kinds[0]: ("sigmoid", "binary"), kinds[1]: ("softmax", "one_hot"), kinds[2]: ("softmax", "labels")}
    cases = [
        Case("mse", perceptron([5], 3, "linear"), "mse", sgd()),
        Case("mse of a sigmoid", binary, "mse", sgd(), targets="binary"),
        Case("mse of a softmax", perceptron([5], 4, "softmax"), "mse", sgd(), targets="one_hot"),
        Case("mae", perceptron([5], 3, "linear"), "mae", sgd()),
        Case("mae, one output", perceptron([5], 1, "linear"), "mae", adam()),
    ]
    for kind in kinds:
        last, sort = outputs[kind]
        width = 1 if sort == "binary" else 4
        cases += [
            Case(f"{kind}", perceptron([5], width, last), kind, sgd(), targets=sort),
            Case(f"{kind} from logits", perceptron([5], width, "linear"), {"kind": kind, **logits}, sgd(), targets=sort),
            Case(f"{kind}, saturated", perceptron([5], width, last), kind, sgd(0.01), targets=sort, scale=60),
            Case(
                f"{kind} from logits, saturated",
                perceptron([5], width, "linear"),
                {"kind": kind, **logits},
                sgd(0.01),
                targets=sort,
                scale=60,
            ),
        ]
    cases += [
        Case("binary_crossentropy of three outputs", several, "binary_crossentropy", sgd(), targets="binary"),
        Case(
            "binary_crossentropy of three outputs from logits",
            perceptron([5], 3, "linear"),
            {"kind": kinds[0], **logits},
            sgd(),
            targets="binary",
        ),
        Case("binary_crossentropy, targets between 0 and 1", several, "binary_crossentropy", sgd(), targets="soft"),
        Case("categorical_crossentropy, soft targets", perceptron([5], 4, "softmax"), "categorical_crossentropy", sgd(), targets="soft"),
        Case(
            "categorical_crossentropy from logits, soft targets",
            perceptron([5], 4, "linear"),
            {"kind": kinds[1], **logits},
            sgd(),
            targets="soft",
        ),
    ]
    record("losses.json", cases)


OPTIMIZER_CASES = {
    "sgd": sgd(0.01),
    "sgd, larger rate": sgd(0.1),
    "momentum": sgd(0.01, 0.9),
    "nesterov": sgd(0.01, 0.9, True),
    "rmsprop": rmsprop(),
    "rmsprop, other settings": rmsprop(0.01, 0.8, epsilon=1e-4),
    "rmsprop with momentum": rmsprop(momentum=0.9),
    "rmsprop centered": rmsprop(centered=True),
    "rmsprop centered with momentum": rmsprop(momentum=0.5, centered=True),
    "adam": adam(),
    "adam, other settings": adam(0.01, 0.8, 0.95, 1e-5),
}


def optimizers():
    cases = []
    for name, optimizer in OPTIMIZER_CASES.items():
        cases.append(Case(f"{name}: classes", perceptron([6, 4], 3, "softmax"), "categorical_crossentropy", optimizer, targets="one_hot"))
        cases.append(Case(f"{name}: regression", perceptron([6], 1, "linear", hidden_activation="relu"), "mse", optimizer, sizes=(5, 5, 3)))
    record("optimizers.json", cases)


def multi_hot():
    cases = [
        Case(
            f"multi-hot: {name}",
            Network(40, dense(5, "relu"), dense(4, "softmax")),
            "sparse_categorical_crossentropy",
            optimizer,
            targets="labels",
            multi_hot=True,
        )
        for name, optimizer in OPTIMIZER_CASES.items()
    ]
    cases += [
        Case(
            "multi-hot: no hidden layer",
            Network(40, dense(4, "softmax")),
            "categorical_crossentropy",
            rmsprop(),
            targets="one_hot",
            multi_hot=True,
        ),
        Case(
            "multi-hot: tanh, one sigmoid",
            Network(40, dense(3, "tanh"), dense(3, "tanh"), dense(1, "sigmoid")),
            "binary_crossentropy",
            rmsprop(),
            targets="binary",
            multi_hot=True,
        ),
        Case(
            "multi-hot: no bias",
            Network(40, dense(5, "relu", use_bias=False), dense(4, "softmax")),
            "categorical_crossentropy",
            rmsprop(),
            targets="one_hot",
            multi_hot=True,
        ),
        Case(
            "multi-hot: 18 units",
            Network(40, dense(18, "relu"), dense(4, "softmax")),
            "sparse_categorical_crossentropy",
            rmsprop(),
            targets="labels",
            multi_hot=True,
        ),
    ]
    record("multi_hot.json", cases)
