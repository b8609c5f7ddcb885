"""Train small networks with Keras and write down every figure that the tests of NeuralNetworks hold us to.

    python3 -m venv .build-peers
    .build-peers/bin/pip install tensorflow-cpu==2.21.0 keras==3.15.1 numpy
    .build-peers/bin/python Tests/NeuralNetworksTests/Fixtures/make_fixtures.py [FILE ...]     # no name: all of them

The versions that made a file stand in its "made_by". Keras runs on TensorFlow, in float32, on the CPU, one `train_on_batch` a step.

A training file is {"made_by", "cases"}; a case is
    name
    network      inputs (columns of x) and layers in order; dense kernels are [inputs, units]
    loss         kind, from_logits and other settings
    optimizer    kind and all settings, defaults written out
    batches      step i (from 0) trains on batch i modulo their count. A batch holds x {shape, values} or rows (the columns that are
                 one, of a multi-hot matrix), and y {shape, values} or labels (class numbers)
    initial      the weights before the first step, in the order of the layers: name, shape, values (row-major). Layers are named
                 layer_1, layer_2, ... and count every layer: layer_1.kernel, layer_1.bias, layer_2.moving_mean, ...
    losses       one a step: the loss of that batch before that step's update, as Keras prints it (mean over the batch, penalties in)
    first_output what the network gives for batch 0, in inference, with the initial weights
    last_output  the same after the last step
    after_1      the weights after the first step; after_10: after the last

Rounding is kept out of the comparison: every case is trained in float64 too, from the same weights and batches, and is drawn again
with other data until both agree within DRIFT. A test that allows 1e-5 (relative, for figures above 1) therefore judges the formulas and not luck.

Keras on TensorFlow takes the logits of a softmax or sigmoid output for a cross-entropy, so in training no probability is clipped.
loss_values.json shows what the losses give for bare probabilities, which are clipped to [1e-7, 1 - 1e-7].
"""
import json
import math
import os
import pathlib
import sys
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import numpy as np
import tensorflow as tf

warnings.filterwarnings("ignore")
FOLDER = pathlib.Path(__file__).parent
STEPS = 10
DRIFT = 2e-6


# ---------------------------------------------------------------- Networks
class Network:
    """A network as the JSON describes it, and the Keras model that it names."""

    def __init__(self, inputs, *layers):
        self.inputs, self.layers = inputs, list(layers)

    def describe(self):
        return {"inputs": self.inputs, "layers": [dict(layer, name=f"layer_{i}") for i, layer in enumerate(self.layers, 1)]}

    def build(self):
        model = keras.Sequential([keras.Input((self.inputs,)), *[self._layer(i, layer) for i, layer in enumerate(self.layers, 1)]])
        return model

    @staticmethod
    def _layer(number, layer):
        settings = {key: value for key, value in layer.items() if key != "kind"}
        name, L = f"layer_{number}", keras.layers
        if layer["kind"] == "dense":
            for key in ("kernel_regularizer", "bias_regularizer"):
                if key in settings:
                    settings[key] = keras.regularizers.L1L2(**settings[key])
            return L.Dense(**settings, name=name)
        if layer["kind"] == "activation":
            return L.Activation(settings["activation"], name=name)
        if layer["kind"] == "batch_normalization":
            return L.BatchNormalization(**settings, name=name)
        if layer["kind"] == "layer_normalization":
            return L.LayerNormalization(**settings, name=name)
        raise ValueError(layer["kind"])


def dense(units, activation="linear", **settings):
    return {"kind": "dense", "units": units, "activation": activation, "use_bias": settings.pop("use_bias", True), **settings}


def activation(name):
    return {"kind": "activation", "activation": name}


BATCH_NORM = {"kind": "batch_normalization", "momentum": 0.99, "epsilon": 0.001}
FAST_BATCH_NORM = {"kind": "batch_normalization", "momentum": 0.8, "epsilon": 0.01}
LAYER_NORM = {"kind": "layer_normalization", "epsilon": 0.001}


def initial_weights(model, random, scale):
    """Glorot-uniform kernels times `scale`; small biases, so that they matter; everything else near its usual start."""
    weights = []
    for variable in model.weights:
        kind, shape = variable.name, variable.shape
        if kind == "kernel":
            limit = scale * math.sqrt(6 / sum(shape))
            value = random.uniform(-limit, limit, shape)
        elif kind in ("bias", "beta", "moving_mean"):
            value = random.uniform(-0.1, 0.1, shape)
        else:
            value = random.uniform(0.8, 1.2, shape)
        weights.append(value.astype("float32"))
    return weights


# ---------------------------------------------------------------- Losses and optimizers
def sgd(learning_rate=0.05, momentum=0.0, nesterov=False, **more):
    return {"kind": "sgd", "learning_rate": learning_rate, "momentum": momentum, "nesterov": nesterov, **more}


def rmsprop(learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-7, centered=False, **more):
    return {"kind": "rmsprop", "learning_rate": learning_rate, "rho": rho, "momentum": momentum, "epsilon": epsilon, "centered": centered, **more}


def adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, **more):
    return {"kind": "adam", "learning_rate": learning_rate, "beta_1": beta_1, "beta_2": beta_2, "epsilon": epsilon, **more}


def adagrad(learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    return {"kind": "adagrad", "learning_rate": learning_rate, "initial_accumulator_value": initial_accumulator_value, "epsilon": epsilon}


def adamw(learning_rate=0.001, weight_decay=0.004, **more):
    return {**adam(learning_rate, **more), "kind": "adamw", "weight_decay": weight_decay}


OPTIMIZERS = {"sgd": "SGD", "rmsprop": "RMSprop", "adam": "Adam", "adagrad": "Adagrad", "adamw": "AdamW"}
LOSSES = {"mse": "MeanSquaredError", "mae": "MeanAbsoluteError", "huber": "Huber", "hinge": "Hinge", "kl_divergence": "KLDivergence",
          "squared_hinge": "SquaredHinge", "categorical_hinge": "CategoricalHinge", "log_cosh": "LogCosh", "poisson": "Poisson",
          "binary_crossentropy": "BinaryCrossentropy", "categorical_crossentropy": "CategoricalCrossentropy",
          "sparse_categorical_crossentropy": "SparseCategoricalCrossentropy"}
SCHEDULES = {"exponential_decay": "ExponentialDecay", "cosine_decay": "CosineDecay", "piecewise_constant": "PiecewiseConstantDecay",
             "polynomial_decay": "PolynomialDecay", "inverse_time_decay": "InverseTimeDecay"}


def make(module, names, described):
    settings = {key: value for key, value in described.items() if key != "kind"}
    if isinstance(settings.get("learning_rate"), dict):
        settings["learning_rate"] = make(keras.optimizers.schedules, SCHEDULES, settings["learning_rate"])
    return getattr(module, names[described["kind"]])(**settings)


# ---------------------------------------------------------------- Batches
def targets(random, kind, rows, width):
    """Targets of a batch: class numbers, or a matrix."""
    if kind == "labels":
        return random.randint(0, width, rows)
    if kind == "one_hot":
        return np.eye(width)[random.randint(0, width, rows)].astype("float32")
    if kind == "soft":
        values = random.uniform(0.05, 1, (rows, width))
        return (values / values.sum(1, keepdims=True)).astype("float32")
    if kind == "binary":
        return random.randint(0, 2, (rows, width)).astype("float32")
    if kind == "counts":
        return random.randint(0, 5, (rows, width)).astype("float32")
    return random.uniform(-2, 2, (rows, width)).astype("float32")


def dense_batches(random, inputs, sizes, kind, width, spread=1.0):
    return [(random.uniform(-spread, spread, (rows, inputs)).astype("float32"), targets(random, kind, rows, width)) for rows in sizes]


def multi_hot_batches(random, columns, width, kind="labels"):
    """Ten batches of six rows. Of the columns, a fifth may come at any step, a fifth at the first and the last step only, a fifth at steps 1, 4
    and 8 only, a fifth once at step 2, and the rest never: so some weights rest for a while, some to the end, some for ever."""
    fifth = columns // 5
    groups = np.arange(columns)
    random.shuffle(groups)
    always, ends, now_and_then, once = (groups[i * fifth : (i + 1) * fifth] for i in range(4))
    batches = []
    for step in range(STEPS):
        extra = ends if step in (0, 9) else now_and_then if step in (1, 4, 8) else once if step == 2 else always
        x = np.zeros((6, columns), "float32")
        for row in range(6):
            x[row, random.choice(always, random.randint(1, 4), replace=False)] = 1
            x[row, random.choice(extra, random.randint(1, 4), replace=False)] = 1
        if step == 3:
            x[2] = 0  # a row without a single one
        batches.append((x, targets(random, kind, 6, width)))
    return batches


# ---------------------------------------------------------------- Training
class Case:
    def __init__(self, name, network, loss, optimizer, targets="values", sizes=(6, 6, 6), spread=1.0, scale=1.0, multi_hot=False, class_weight=None):
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
        return random, dense_batches(random, self.network.inputs, self.sizes, self.targets, width, self.spread)

    def train(self, batches, initial, precision):
        keras.config.set_floatx(precision)
        try:
            keras.backend.clear_session()
            model = self.network.build()
            model.set_weights([w.astype(precision) for w in initial])
            model.compile(make(keras.optimizers, OPTIMIZERS, self.optimizer), make(keras.losses, LOSSES, self.loss), jit_compile=False)
            cast = lambda a: a if a.dtype.kind == "i" else a.astype(precision)
            first = model(cast(batches[0][0]), training=False).numpy()
            losses, after = [], {}
            for step in range(STEPS):
                x, y = (cast(a) for a in batches[step % len(batches)])
                model.reset_metrics()
                weights = {int(k): v for k, v in self.class_weight.items()} if self.class_weight else None
                losses.append(float(np.ravel(model.train_on_batch(x, y, class_weight=weights))[0]))
                if step in (0, STEPS - 1):
                    after[step + 1] = [w.copy() for w in model.get_weights()]
            last = model(cast(batches[0][0]), training=False).numpy()
            names = [variable.path.split("/", 1)[1].replace("/", ".") for variable in model.weights]
            return names, first, last, losses, after
        finally:
            keras.config.set_floatx("float32")

    def record(self):
        keras.backend.clear_session()
        start = sum(map(ord, self.name))
        for seed in range(start, start + 60):
            random, batches = self.draw(seed)
            initial = initial_weights(self.network.build(), random, self.scale)
            names, first, last, losses, after = self.train(batches, initial, "float32")
            exact = self.train(batches, initial, "float64")
            ours, theirs = ([first, last, np.array(l), *after[1], *after[STEPS]] for first, last, l, after in
                            ((first, last, losses, after), exact[1:]))
            drift = np.max([np.max(np.abs(a - b) / np.maximum(1, np.abs(b))) for a, b in zip(ours, theirs)])  # NaN when one is
            if drift <= DRIFT:
                break
        else:
            raise SystemExit(f"{self.name}: no draw whose float32 and float64 trainings agree (last: {drift:.2g})")
        weights = lambda values: [{"name": n, **tensor(v)} for n, v in zip(names, values)]
        more = {"class_weight": self.class_weight} if self.class_weight else {}
        return {"name": self.name, "network": self.network.describe(), "loss": self.loss, "optimizer": self.optimizer, **more,
                "batches": [self._batch(*b) for b in batches], "initial": weights(initial), "losses": losses,
                "first_output": tensor(first), "last_output": tensor(last), "after_1": weights(after[1]), f"after_{STEPS}": weights(after[STEPS])}

    def _batch(self, x, y):
        batch = {"rows": [np.flatnonzero(row).tolist() for row in x]} if self.multi_hot else {"x": tensor(x)}
        return {**batch, "labels": y.tolist()} if y.dtype.kind == "i" else {**batch, "y": tensor(y)}


# ---------------------------------------------------------------- JSON
class Single(float):
    """A number that has nine significant digits in the file: enough to read back the same Float."""

    def __repr__(self):
        return f"{float(self):.9g}"


def tensor(array):
    array = np.asarray(array)
    return {"shape": list(array.shape), "values": [Single(v) for v in array.ravel()]}


def text(value):
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise SystemExit("a figure is not finite")
        return f"{value:.9g}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {text(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(text(v) for v in value) + "]"
    return json.dumps(value)


def write(name, **sections):
    """One line a field of a case, so that a change shows in a diff."""
    made_by = {"keras": keras.__version__, "tensorflow": tf.__version__, "numpy": np.__version__}
    lines = ["{", f'"made_by": {text(made_by)},']
    for at, (section, cases) in enumerate(sections.items()):
        lines.append(f'"{section}": [')
        for number, case in enumerate(cases):
            fields = [f"  {json.dumps(k)}: {text(v)}" for k, v in case.items()]
            lines.append("{\n" + ",\n".join(fields) + "\n}" + ("," if number + 1 < len(cases) else ""))
        lines.append("]" + ("," if at + 1 < len(sections) else ""))
    (FOLDER / name).write_text("\n".join(lines) + "\n}\n")
    print(f"{name}: {', '.join(f'{len(c)} {s}' for s, c in sections.items())}", flush=True)


def record(name, cases):
    names = [case.name for case in cases]
    assert len(set(names)) == len(names), "two cases of one name"
    write(name, cases=[case.record() for case in cases])


def perceptron(hidden, units, last, inputs=7, hidden_activation="tanh"):
    return Network(inputs, *[dense(n, hidden_activation) for n in hidden], dense(units, last))


# ---------------------------------------------------------------- The files
def networks():
    """Activations, depth, layers without bias, a last batch that is short."""
    cases = [Case(f"{a} hidden, {o['kind']}", perceptron([6, 5], 2, "linear", hidden_activation=a), "mse", o, scale=1.5)
             for a in ("linear", "relu", "sigmoid", "tanh") for o in (sgd(), rmsprop())]
    cases += [
        Case("softmax in the middle", Network(6, dense(4, "softmax"), dense(2)), "mse", sgd(), scale=2),
        Case("no hidden layer", Network(8, dense(3, "softmax")), "categorical_crossentropy", rmsprop(), targets="one_hot"),
        Case("one linear unit", Network(5, dense(1)), "mse", sgd()),
        Case("four hidden layers", perceptron([5, 4, 6, 3], 3, "softmax", hidden_activation="relu"), "categorical_crossentropy", rmsprop(), targets="one_hot", scale=1.5),
        Case("no bias", Network(6, dense(5, "relu", use_bias=False), dense(2, use_bias=False)), "mse", sgd()),
        Case("activations as layers", Network(6, dense(5), activation("relu"), dense(3), activation("softmax")), "categorical_crossentropy", adam(), targets="one_hot"),
        Case("short last batch", perceptron([5], 3, "softmax"), "sparse_categorical_crossentropy", rmsprop(), targets="labels", sizes=(8, 8, 3)),
        Case("batches of one", perceptron([6, 4], 1, "linear", hidden_activation="relu"), "mse", rmsprop(), sizes=(1,) * 10),
    ]
    record("networks.json", cases)


def losses():
    binary, several = perceptron([5], 1, "sigmoid"), perceptron([5], 3, "sigmoid")
    logits = {"from_logits": True}
    kinds = ("binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy")
    outputs = {kinds[0]: ("sigmoid", "binary"), kinds[1]: ("softmax", "one_hot"), kinds[2]: ("softmax", "labels")}
    cases = [Case("mse", perceptron([5], 3, "linear"), "mse", sgd()), Case("mse of a sigmoid", binary, "mse", sgd(), targets="binary"),
             Case("mse of a softmax", perceptron([5], 4, "softmax"), "mse", sgd(), targets="one_hot"),
             Case("mae", perceptron([5], 3, "linear"), "mae", sgd()), Case("mae, one output", perceptron([5], 1, "linear"), "mae", adam())]
    for kind in kinds:
        last, sort = outputs[kind]
        width = 1 if sort == "binary" else 4
        cases += [
            Case(f"{kind}", perceptron([5], width, last), kind, sgd(), targets=sort),
            Case(f"{kind} from logits", perceptron([5], width, "linear"), {"kind": kind, **logits}, sgd(), targets=sort),
            Case(f"{kind}, saturated", perceptron([5], width, last), kind, sgd(0.01), targets=sort, scale=60),
            Case(f"{kind} from logits, saturated", perceptron([5], width, "linear"), {"kind": kind, **logits}, sgd(0.01), targets=sort, scale=60),
        ]
    cases += [Case("binary_crossentropy of three outputs", several, "binary_crossentropy", sgd(), targets="binary"),
              Case("binary_crossentropy of three outputs from logits", perceptron([5], 3, "linear"), {"kind": kinds[0], **logits}, sgd(), targets="binary"),
              Case("binary_crossentropy, targets between 0 and 1", several, "binary_crossentropy", sgd(), targets="soft"),
              Case("categorical_crossentropy, soft targets", perceptron([5], 4, "softmax"), "categorical_crossentropy", sgd(), targets="soft"),
              Case("categorical_crossentropy from logits, soft targets", perceptron([5], 4, "linear"), {"kind": kinds[1], **logits}, sgd(), targets="soft")]
    record("losses.json", cases)


OPTIMIZER_CASES = {
    "sgd": sgd(0.01), "sgd, larger rate": sgd(0.1), "momentum": sgd(0.01, 0.9), "nesterov": sgd(0.01, 0.9, True), "rmsprop": rmsprop(),
    "rmsprop, other settings": rmsprop(0.01, 0.8, epsilon=1e-4), "rmsprop with momentum": rmsprop(momentum=0.9), "rmsprop centered": rmsprop(centered=True),
    "rmsprop centered with momentum": rmsprop(momentum=0.5, centered=True), "adam": adam(), "adam, other settings": adam(0.01, 0.8, 0.95, 1e-5)}


def optimizers():
    cases = []
    for name, optimizer in OPTIMIZER_CASES.items():
        cases.append(Case(f"{name}: classes", perceptron([6, 4], 3, "softmax"), "categorical_crossentropy", optimizer, targets="one_hot"))
        cases.append(Case(f"{name}: regression", perceptron([6], 1, "linear", hidden_activation="relu"), "mse", optimizer, sizes=(5, 5, 3)))
    record("optimizers.json", cases)


def multi_hot():
    cases = [Case(f"multi-hot: {name}", Network(40, dense(5, "relu"), dense(4, "softmax")), "sparse_categorical_crossentropy", optimizer,
                  targets="labels", multi_hot=True) for name, optimizer in OPTIMIZER_CASES.items()]
    cases += [
        Case("multi-hot: no hidden layer", Network(40, dense(4, "softmax")), "categorical_crossentropy", rmsprop(), targets="one_hot", multi_hot=True),
        Case("multi-hot: tanh, one sigmoid", Network(40, dense(3, "tanh"), dense(3, "tanh"), dense(1, "sigmoid")), "binary_crossentropy", rmsprop(), targets="binary", multi_hot=True),
        Case("multi-hot: no bias", Network(40, dense(5, "relu", use_bias=False), dense(4, "softmax")), "categorical_crossentropy", rmsprop(), targets="one_hot", multi_hot=True),
        Case("multi-hot: 18 units", Network(40, dense(18, "relu"), dense(4, "softmax")), "sparse_categorical_crossentropy", rmsprop(), targets="labels", multi_hot=True),
    ]
    record("multi_hot.json", cases)


def more_activations():
    cases = [Case(a, perceptron([6, 5], 2, "linear", hidden_activation=a), "mse", o, scale=2, spread=2)
             for a, o in {"leaky_relu": sgd(), "elu": sgd(), "selu": sgd(), "gelu": sgd(), "silu": sgd(), "softplus": sgd(), "softsign": sgd(),
                          "mish": sgd(), "hard_sigmoid": sgd(), "relu6": sgd()}.items()]
    cases.append(Case("exponential", perceptron([6, 5], 2, "linear", hidden_activation="exponential"), "mse", sgd(0.001), scale=0.5, spread=0.5))
    record("more_activations.json", cases)


def more_losses():
    cases = [Case("huber", perceptron([5], 2, "linear"), {"kind": "huber", "delta": 1.0}, sgd()),
             Case("huber, delta 0.5", perceptron([5], 2, "linear"), {"kind": "huber", "delta": 0.5}, sgd()),
             Case("hinge", perceptron([5], 1, "tanh"), "hinge", sgd(), targets="binary"),
             Case("squared_hinge", perceptron([5], 1, "tanh"), "squared_hinge", sgd(), targets="binary"),
             Case("categorical_hinge", perceptron([5], 4, "linear"), "categorical_hinge", sgd(), targets="one_hot"),
             Case("kl_divergence", perceptron([5], 4, "softmax"), "kl_divergence", sgd(), targets="soft"),
             Case("log_cosh", perceptron([5], 2, "linear"), "log_cosh", sgd()),
             Case("poisson", perceptron([5], 2, "softplus"), "poisson", sgd(), targets="counts"),
             Case("categorical_crossentropy, label smoothing", perceptron([5], 4, "softmax"), {"kind": "categorical_crossentropy", "label_smoothing": 0.1}, sgd(), targets="one_hot"),
             Case("binary_crossentropy, label smoothing", perceptron([5], 1, "sigmoid"), {"kind": "binary_crossentropy", "label_smoothing": 0.2}, sgd(), targets="binary")]
    record("more_losses.json", cases)


def more_optimizers():
    network = perceptron([6, 4], 3, "softmax")
    cases = [Case(name, network, "categorical_crossentropy", optimizer, targets="one_hot") for name, optimizer in {
        "adagrad": adagrad(), "adagrad, other settings": adagrad(0.05, 0.01, 1e-5), "adamw": adamw(), "adamw, other settings": adamw(0.01, 0.1),
        "amsgrad": adam(0.01, amsgrad=True), "sgd with weight decay": sgd(0.05, weight_decay=0.01), "rmsprop with weight decay": rmsprop(weight_decay=0.01)}.items()]
    cases += [Case(f"multi-hot: {name}", Network(40, dense(5, "relu"), dense(4, "softmax")), "sparse_categorical_crossentropy", optimizer,
                   targets="labels", multi_hot=True) for name, optimizer in {"adagrad": adagrad(0.05), "adamw": adamw()}.items()]
    record("more_optimizers.json", cases)


def normalization():
    cases = []
    for kind, layer in {"batch norm": BATCH_NORM, "batch norm, other settings": FAST_BATCH_NORM, "layer norm": LAYER_NORM}.items():
        cases += [Case(f"{kind} after relu", Network(6, dense(5, "relu"), layer, dense(2)), "mse", sgd(0.02), sizes=(8, 8, 8)),
                  Case(f"{kind} before relu", Network(6, dense(5), layer, activation("relu"), dense(2)), "mse", sgd(0.02), sizes=(8, 8, 8)),
                  Case(f"{kind} first", Network(6, layer, dense(4, "tanh"), dense(1)), "mse", adam(), sizes=(8, 8, 5), spread=3)]
    cases.append(Case("two batch norms under rmsprop", Network(6, dense(5, "relu"), BATCH_NORM, dense(4, "relu"), BATCH_NORM, dense(3, "softmax")),
                      "categorical_crossentropy", rmsprop(), targets="one_hot", sizes=(8, 8, 8)))
    record("normalization.json", cases)


def penalties():
    network = lambda k, b: Network(6, dense(5, "relu", **({"kernel_regularizer": k} if k else {}), **({"bias_regularizer": b} if b else {})),
                                   dense(2, **({"kernel_regularizer": k} if k else {})))
    cases = [Case(f"{name}, {optimizer['kind']}", network(k, b), "mse", optimizer) for name, (k, b) in {
        "l1": ({"l1": 0.01, "l2": 0.0}, None), "l2": ({"l1": 0.0, "l2": 0.01}, None), "l1 and l2": ({"l1": 0.002, "l2": 0.03}, None),
        "l2 of the bias": (None, {"l1": 0.0, "l2": 0.05})}.items() for optimizer in (sgd(), rmsprop())]
    cases.append(Case("multi-hot: l2", Network(40, dense(5, "relu", kernel_regularizer={"l1": 0.0, "l2": 0.001}), dense(4, "softmax")),
                      "sparse_categorical_crossentropy", rmsprop(), targets="labels", multi_hot=True))
    record("penalties.json", cases)


def clipping():
    network = perceptron([6, 4], 2, "linear")
    cases = [Case(f"{key} {value}, {o.__name__}", network, "mse", o(**{key: value}))
             for key, value in (("clipnorm", 0.2), ("clipnorm", 100.0), ("clipvalue", 0.05), ("global_clipnorm", 0.3), ("global_clipnorm", 100.0)) for o in (sgd, adam)]
    record("clipping.json", cases)


SCHEDULE_CASES = {
    "exponential_decay": {"kind": "exponential_decay", "initial_learning_rate": 0.1, "decay_steps": 4, "decay_rate": 0.5, "staircase": False},
    "exponential_decay, staircase": {"kind": "exponential_decay", "initial_learning_rate": 0.1, "decay_steps": 4, "decay_rate": 0.5, "staircase": True},
    "cosine_decay": {"kind": "cosine_decay", "initial_learning_rate": 0.1, "decay_steps": 12, "alpha": 0.0},
    "cosine_decay with a floor": {"kind": "cosine_decay", "initial_learning_rate": 0.1, "decay_steps": 12, "alpha": 0.1},
    "cosine_decay with warm-up": {"kind": "cosine_decay", "initial_learning_rate": 0.01, "decay_steps": 10, "alpha": 0.05, "warmup_target": 0.1, "warmup_steps": 4},
    "piecewise_constant": {"kind": "piecewise_constant", "boundaries": [3, 7], "values": [0.1, 0.02, 0.005]},
    "polynomial_decay": {"kind": "polynomial_decay", "initial_learning_rate": 0.1, "decay_steps": 12, "end_learning_rate": 0.01, "power": 2.0, "cycle": False},
    "inverse_time_decay": {"kind": "inverse_time_decay", "initial_learning_rate": 0.1, "decay_steps": 4, "decay_rate": 0.5, "staircase": False}}


def schedules():
    """Learning rates by step (the first step is 0), and networks trained under them."""
    rates = []
    for name, described in SCHEDULE_CASES.items():
        schedule = make(keras.optimizers.schedules, SCHEDULES, described)
        rates.append({"name": name, "schedule": described, "rates": [Single(schedule(step)) for step in range(20)]})
    network = perceptron([5], 2, "linear")
    cases = [Case(f"{o.__name__} under {name}", network, "mse", o(learning_rate=described)) for name, described in SCHEDULE_CASES.items()
             if name in ("exponential_decay", "cosine_decay with warm-up", "piecewise_constant") for o in (sgd, adam)]
    write("schedules.json", rates=rates, cases=[case.record() for case in cases])


def class_weights():
    record("class_weights.json", [
        Case("class_weight, labels", perceptron([5], 3, "softmax"), "sparse_categorical_crossentropy", sgd(), targets="labels", class_weight={"0": 1.0, "1": 0.25, "2": 3.0}),
        Case("class_weight, one-hot", perceptron([5], 3, "softmax"), "categorical_crossentropy", rmsprop(), targets="one_hot", class_weight={"0": 1.0, "1": 0.25, "2": 3.0}),
        Case("class_weight, binary", perceptron([5], 1, "sigmoid"), "binary_crossentropy", sgd(), targets="binary", class_weight={"0": 0.5, "1": 4.0})])


def loss_values():
    """Losses of bare predictions, with their gradients: clipped where a probability is 0 or 1, as no training shows."""
    probabilities = np.array([[0.7, 0.2, 0.1], [1, 0, 0], [0, 1, 0], [1e-8, 0.5, 0.5], [0.25, 0.25, 0.5]], "float32")
    logits = np.array([[2.0, -1.0, 0.5], [90, -90, 0], [-200, 300, 10], [0, 0, 0], [-3.5, 4.25, 1]], "float32")
    labels = np.array([0, 0, 2, 0, 1])
    one_hot = np.eye(3, dtype="float32")[labels]
    values = np.array([[0.5, -1.5, 2], [0, 3, -0.25], [1, 1, 1], [-2, 0.1, 0.9], [4, -4, 0]], "float32")
    cases = []
    for kind, from_logits, y, predictions in (
            ("mse", None, values, logits / 10), ("mae", None, values, logits / 10), ("huber", None, values, logits / 10), ("log_cosh", None, values, logits / 10),
            ("binary_crossentropy", False, one_hot, probabilities), ("binary_crossentropy", True, one_hot, logits),
            ("categorical_crossentropy", False, one_hot, probabilities), ("categorical_crossentropy", True, one_hot, logits),
            ("sparse_categorical_crossentropy", False, labels, probabilities), ("sparse_categorical_crossentropy", True, labels, logits),
            ("kl_divergence", None, probabilities, probabilities[::-1]), ("hinge", None, one_hot, logits), ("categorical_hinge", None, one_hot, logits)):
        described = {"kind": kind} if from_logits is None else {"kind": kind, "from_logits": from_logits}
        with tf.GradientTape() as tape:
            predicted = tf.constant(predictions)
            tape.watch(predicted)
            mean = make(keras.losses, LOSSES, described)(y, predicted)
        each = make(keras.losses, LOSSES, {**described, "reduction": "none"})(y, predicted)
        target = {"labels": y.tolist()} if y.dtype.kind == "i" else {"y": tensor(y)}
        cases.append({"name": kind + (" from logits" if from_logits else ""), "loss": described, **target, "predictions": tensor(predictions),
                      "each": [Single(v) for v in each.numpy()], "mean": Single(mean), "gradient": tensor(tape.gradient(mean, predicted))})
    write("loss_values.json", cases=cases)


def epochs():
    """Whole `fit` calls without shuffling: how Keras averages loss and metrics over an epoch whose last batch is short, validation, early stopping."""
    cases = []
    for name, network, loss, metric, kind, optimizer, count, stop in (
            ("classes", perceptron([5], 3, "softmax"), "sparse_categorical_crossentropy", "accuracy", "labels", rmsprop(0.01), 4, None),
            ("classes, one-hot", perceptron([5], 3, "softmax"), "categorical_crossentropy", "accuracy", "one_hot", adam(0.01), 4, None),
            ("two classes", perceptron([5], 1, "sigmoid"), "binary_crossentropy", "accuracy", "binary", adam(0.01), 4, None),
            ("regression", perceptron([5], 1, "linear"), "mse", "mae", "values", rmsprop(0.01), 4, None),
            ("early stopping", perceptron([6], 1, "linear"), "mse", "mae", "values", adam(0.05), 60,
             {"monitor": "val_loss", "patience": 3, "min_delta": 0.001, "restore_best_weights": True}),
            ("early stopping, last weights", perceptron([6], 1, "linear"), "mse", "mae", "values", adam(0.05), 60,
             {"monitor": "val_loss", "patience": 2, "min_delta": 0.0, "restore_best_weights": False})):
        random = np.random.RandomState(sum(map(ord, name)))
        width = network.layers[-1]["units"]
        (x, y), (xv, yv) = dense_batches(random, network.inputs, (19, 11), kind, width)
        keras.backend.clear_session()
        model = network.build()
        initial = initial_weights(model, random, 1)
        model.set_weights(initial)
        model.compile(make(keras.optimizers, OPTIMIZERS, optimizer), make(keras.losses, LOSSES, {"kind": loss}), metrics=[metric], jit_compile=False)
        callbacks = [keras.callbacks.EarlyStopping(**stop)] if stop else []
        history = model.fit(x, y, batch_size=8, epochs=count, shuffle=False, validation_data=(xv, yv), validation_batch_size=4, callbacks=callbacks, verbose=0).history
        names = [variable.path.split("/", 1)[1].replace("/", ".") for variable in model.weights]
        weights = lambda values: [{"name": n, **tensor(v)} for n, v in zip(names, values)]
        part = lambda x, y: {"x": tensor(x), **({"labels": y.tolist()} if y.dtype.kind == "i" else {"y": tensor(y)})}
        cases.append({"name": name, "network": network.describe(), "loss": {"kind": loss}, "optimizer": optimizer, "metric": metric, "batch_size": 8, "epochs": count,
                      **({"early_stopping": stop} if stop else {}), "train": part(x, y), "validation": part(xv, yv), "initial": weights(initial),
                      "history": {k: [Single(v) for v in values] for k, values in history.items()}, "final": weights(model.get_weights())})
    write("epochs.json", cases=cases)


FILES = {f.__name__: f for f in (networks, losses, optimizers, multi_hot, loss_values, epochs, more_activations, more_losses, more_optimizers,
                                 normalization, penalties, clipping, schedules, class_weights)}
if __name__ == "__main__":
    unknown = [name for name in sys.argv[1:] if name.removesuffix(".json") not in FILES]
    if unknown:
        raise SystemExit(f"no fixture file {', '.join(unknown)}; there are: {', '.join(FILES)}")
    tf.config.threading.set_intra_op_parallelism_threads(1)
    for name in sys.argv[1:] or FILES:
        FILES[name.removesuffix(".json")]()
