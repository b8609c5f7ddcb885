"""Networks, losses, optimizers and schedules as the JSON describes them, and the Keras objects that they name."""

import math

import keras

from . import autoencoder_layers


class Network:
    """A network as the JSON describes it, and the Keras model that it names."""

    def __init__(self, inputs, *layers, words=0):
        """words: inputs are whole numbers below it."""
        self.inputs, self.layers, self.words = inputs, list(layers), words

    def describe(self):
        return {"inputs": self.inputs, **({"words": self.words} if self.words else {}), "layers": [dict(layer, name=f"layer_{i}") for i, layer in enumerate(self.layers, 1)]}

    def build(self):
        layers = []
        for i, layer in enumerate(self.layers, 1):
            layers.append(self._layer(i, layer, layers))
        return keras.Sequential([keras.Input((self.inputs,), dtype="int32" if self.words else None), *layers])

    @staticmethod
    def _layer(number, layer, before):
        settings = {key: value for key, value in layer.items() if key != "kind"}
        name, L = f"layer_{number}", keras.layers
        for key in ("embeddings_regularizer", "recurrent_regularizer"):
            if key in settings:
                settings[key] = keras.regularizers.L1L2(**settings[key])
        if "activity_regularizer" in settings:
            settings["activity_regularizer"] = autoencoder_layers.activity(**settings["activity_regularizer"])
        if layer["kind"] == "dense_transposed":
            del settings["units"]
            settings["of"] = next(other for other in before if other.name == layer["of"])
        if layer["kind"] in OURS:
            return getattr(autoencoder_layers, OURS[layer["kind"]])(**settings, name=name)
        if "contractive_regularizer" in settings:
            return autoencoder_layers.Contractive(**settings, name=name)
        if layer["kind"] == "embedding":
            return L.Embedding(**settings, name=name)
        if layer["kind"] == "one_hot":
            return L.CategoryEncoding(num_tokens=settings["words"], output_mode="one_hot", name=name)
        if layer["kind"] in RECURRENT:
            for key in ("kernel_regularizer", "bias_regularizer"):
                if key in settings:
                    settings[key] = keras.regularizers.L1L2(**settings[key])
            return getattr(L, RECURRENT[layer["kind"]])(**settings, name=name)
        if layer["kind"] == "bidirectional":
            inner = dict(settings.pop("layer"))
            return L.Bidirectional(getattr(L, RECURRENT[inner.pop("kind")])(**inner), **settings, name=name)
        if layer["kind"] == "time_distributed":
            inner = dict(settings["layer"])
            inner.pop("kind")
            return L.TimeDistributed(L.Dense(**inner), name=name)
        if "margins" in settings:
            settings["padding"] = settings.pop("margins")
        if layer["kind"] in WITH_KERNEL:
            for key in ("kernel_regularizer", "bias_regularizer"):
                if key in settings:
                    settings[key] = keras.regularizers.L1L2(**settings[key])
            return getattr(L, WITH_KERNEL[layer["kind"]])(**settings, name=name)
        if layer["kind"] in WITHOUT_WEIGHTS:
            return getattr(L, WITHOUT_WEIGHTS[layer["kind"]])(**settings, name=name)
        if layer["kind"] == "activation":
            return L.Activation(settings["activation"], name=name)
        if layer["kind"] == "batch_normalization":
            return L.BatchNormalization(**settings, name=name)
        if layer["kind"] == "layer_normalization":
            return L.LayerNormalization(**settings, name=name)
        raise ValueError(layer["kind"])


def dense(units, activation="linear", **settings):
    return {"kind": "dense", "units": units, "activation": activation, "use_bias": settings.pop("use_bias", True), **settings}


OURS = {"gaussian_noise": "GaussianNoise", "masking_noise": "MaskingNoise", "variational": "Variational", "dense_transposed": "DenseTransposed"}

RECURRENT = {"simple_rnn": "SimpleRNN", "lstm": "LSTM", "gru": "GRU"}

WITH_KERNEL = {
    "dense": "Dense",
    "conv1d": "Conv1D",
    "conv2d": "Conv2D",
    "conv2d_transpose": "Conv2DTranspose",
    "depthwise_conv2d": "DepthwiseConv2D",
}

WITHOUT_WEIGHTS = {
    "flatten": "Flatten",
    "reshape": "Reshape",
    "max_pooling2d": "MaxPooling2D",
    "average_pooling2d": "AveragePooling2D",
    "global_max_pooling2d": "GlobalMaxPooling2D",
    "global_average_pooling2d": "GlobalAveragePooling2D",
    "max_pooling1d": "MaxPooling1D",
    "average_pooling1d": "AveragePooling1D",
    "global_max_pooling1d": "GlobalMaxPooling1D",
    "global_average_pooling1d": "GlobalAveragePooling1D",
    "up_sampling2d": "UpSampling2D",
    "zero_padding2d": "ZeroPadding2D",
}


def conv2d(filters, kernel_size, **settings):
    for key in ("kernel_size", "strides", "dilation_rate"):
        value = kernel_size if key == "kernel_size" else settings.get(key, 1)
        settings[key] = value if isinstance(value, list) else [value, value]
    return {"kind": "conv2d", "filters": filters, "padding": "valid", "activation": "linear", **settings}


def convolution(kind, kernel_size, axes=2, **settings):
    """Any kind of convolution, its sizes as lists of so many axes."""
    for key in ("kernel_size", "strides", "dilation_rate"):
        value = kernel_size if key == "kernel_size" else settings.get(key, 1)
        settings[key] = value if isinstance(value, list) else [value] * axes
    if kind == "conv2d_transpose" and settings["dilation_rate"] == [1, 1]:
        del settings["dilation_rate"]
    return {"kind": kind, "padding": "valid", "activation": "linear", **settings}


def pooling(kind, **settings):
    for key in ("pool_size", "strides"):
        if isinstance(settings.get(key), int):
            settings[key] = [settings[key]] * 2
    return {"kind": f"{kind}_pooling2d", **settings}


def flatten():
    return {"kind": "flatten"}


def reshape(*sizes):
    return {"kind": "reshape", "target_shape": list(sizes)}


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
        if kind in ("kernel", "mean_kernel", "log_variance_kernel"):
            limit = scale * math.sqrt(6 / (math.prod(shape[:-2]) * sum(shape[-2:])))
            value = random.uniform(-limit, limit, shape)
        elif kind == "recurrent_kernel":
            limit = scale * math.sqrt(3 / shape[0])
            value = random.uniform(-limit, limit, shape)
        elif kind == "embeddings":
            value = random.uniform(-1, 1, shape)
        elif kind in ("bias", "beta", "moving_mean", "mean_bias", "log_variance_bias"):
            value = random.uniform(-0.1, 0.1, shape)
        else:
            value = random.uniform(0.8, 1.2, shape)
        weights.append(value.astype("float32"))
    return weights


def perceptron(hidden, units, last, inputs=7, hidden_activation="tanh"):
    return Network(inputs, *[dense(n, hidden_activation) for n in hidden], dense(units, last))


# ---------------------------------------------------------------- Losses and optimizers
def sgd(learning_rate=0.05, momentum=0.0, nesterov=False, **more):
    return {"kind": "sgd", "learning_rate": learning_rate, "momentum": momentum, "nesterov": nesterov, **more}


def rmsprop(learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-7, centered=False, **more):
    return {
        "kind": "rmsprop",
        "learning_rate": learning_rate,
        "rho": rho,
        "momentum": momentum,
        "epsilon": epsilon,
        "centered": centered,
        **more,
    }


def adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, **more):
    return {"kind": "adam", "learning_rate": learning_rate, "beta_1": beta_1, "beta_2": beta_2, "epsilon": epsilon, **more}


def adagrad(learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
    return {"kind": "adagrad", "learning_rate": learning_rate, "initial_accumulator_value": initial_accumulator_value, "epsilon": epsilon}


def adamw(learning_rate=0.001, weight_decay=0.004, **more):
    return {**adam(learning_rate, **more), "kind": "adamw", "weight_decay": weight_decay}


def adamax(learning_rate=0.001, **more):
    return {**adam(learning_rate, **more), "kind": "adamax"}


OPTIMIZERS = {"sgd": "SGD", "rmsprop": "RMSprop", "adam": "Adam", "adagrad": "Adagrad", "adamw": "AdamW", "adamax": "Adamax"}
LOSSES = {
    "mse": "MeanSquaredError",
    "mae": "MeanAbsoluteError",
    "huber": "Huber",
    "hinge": "Hinge",
    "kl_divergence": "KLDivergence",
    "squared_hinge": "SquaredHinge",
    "categorical_hinge": "CategoricalHinge",
    "log_cosh": "LogCosh",
    "poisson": "Poisson",
    "binary_crossentropy": "BinaryCrossentropy",
    "categorical_crossentropy": "CategoricalCrossentropy",
    "sparse_categorical_crossentropy": "SparseCategoricalCrossentropy",
}
SCHEDULES = {
    "exponential_decay": "ExponentialDecay",
    "cosine_decay": "CosineDecay",
    "piecewise_constant": "PiecewiseConstantDecay",
    "polynomial_decay": "PolynomialDecay",
    "inverse_time_decay": "InverseTimeDecay",
}


def make(module, names, described):
    settings = {key: value for key, value in described.items() if key != "kind"}
    if isinstance(settings.get("learning_rate"), dict):
        settings["learning_rate"] = make(keras.optimizers.schedules, SCHEDULES, settings["learning_rate"])
    return getattr(module, names[described["kind"]])(**settings)
