"""Networks beyond dense layers that are trained for a comparison, as plain data: the same for us and for every peer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Net:
    """One network and its training. A layer is a tuple: its kind, then what it needs."""

    ours: tuple  # the experiment and its variant
    data: str  # how its rows are made, a function of deep_data.py
    layers: tuple
    batch: int
    epochs: int
    loss: str = "classes"  # or probability, number
    optimizer: tuple = ("adam", 0.001)
    shift: int = 0  # images are moved by up to so many pixels, anew in each epoch
    goal: str = ""  # how many times as fast as the quickest peer on two threads, ours on one core
    peers: tuple = ("torch", "keras")


CNN = (("conv2d", 32, 3, "relu"), ("max_pool2d",), ("conv2d", 64, 3, "relu"), ("max_pool2d",), ("flatten",), ("dropout", 0.5), ("dense", 10))
LENET = (
    ("conv2d", 6, 5, "tanh", "same"),
    ("average_pool2d",),
    ("conv2d", 16, 5, "tanh"),
    ("average_pool2d",),
    ("flatten",),
    ("dense", 120, "tanh"),
    ("dense", 84, "tanh"),
    ("dense", 10),
)


def review(*layers):
    return (("embedding", 10_000, 32), *layers, ("dense", 1))


def reviews(variant, goal, *layers):
    return Net(("imdb-sequence", variant), "reviews", review(*layers), 64, 3, "probability", goal=goal)


def sunspots(variant, goal, *layers):
    return Net(("sunspots", variant), "sunspots", (*layers, ("dense", 1)), 16, 100, "number", ("adam", 0.005), goal=goal)


NETS = {
    "cnn": Net(("mnist-cnn", "baseline"), "digits", CNN, 128, 12, goal="1.5 x", peers=("torch", "keras", "jax")),
    "lenet": Net(("mnist-cnn", "lenet"), "digits", LENET, 32, 12, optimizer=("sgd", 0.1), goal="4 x", peers=("torch", "keras", "jax")),
    "shifted": Net(("mnist-augmentation", "shifted"), "few_digits", CNN, 128, 40, shift=3, goal="3 x", peers=("torch",)),
    "lstm": reviews("baseline", "4 x", ("lstm", 32)),
    "gru": reviews("gru", "6 x", ("gru", 32)),
    "simple rnn": reviews("simple-rnn", "8 x", ("simple_rnn", 32)),
    "averaged": reviews("average", "8 x", ("global_average",)),
    "conv1d": reviews("conv1d", "4 x", ("conv1d", 32, 5, "relu"), ("global_max",)),
    "characters": Net(
        ("alice-characters", "baseline"), "characters", (("one_hot",), ("lstm", 128), ("dense", 0)), 128, 2, optimizer=("rmsprop", 0.01), goal="1.7 x"
    ),
    "sunspots lstm": sunspots("baseline", "30 x", ("lstm", 16)),
    "sunspots gru": sunspots("gru", "40 x", ("gru", 16)),
    "sunspots dense": sunspots("dense", "15 x", ("flatten",), ("dense", 16, "relu")),
}
