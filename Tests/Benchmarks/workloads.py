"""What is trained for a comparison, as plain data: the same networks, batches and epochs for us and for every peer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """A network of dense layers and its training; whatever is not said is as Keras has it by default."""

    hidden: tuple
    batch: int
    epochs: int
    activation: str = "relu"
    optimizer: str = "rmsprop"  # or adam
    loss: str = "cross_entropy"  # or mean_squared_error, mean_absolute_error
    dropout: float = 0  # behind each hidden layer, with batch normalization behind it
    validated: bool = True  # after every epoch; else the validation rows train, too


@dataclass(frozen=True)
class Workload:
    title: str
    source: str  # the raw data: a file of the project's data/ or of ABLATE_MIRROR
    output: str  # classes, probability or number
    ours: tuple  # what follows `ablate run`, once for each command
    goal: str
    runs: dict  # by the names that our experiment gives its variants
    peers: dict  # who is measured, and the share of the epochs that it trains: its seconds are multiplied accordingly
    columns: int = 0  # of multi-hot rows

    def uses(self, kind):
        """Whether some run has more than its default of a setting."""
        return any(getattr(run, kind) != getattr(Run, kind) for run in self.runs.values())


REUTERS = Workload(
    title="the six Reuters runs",
    source="reuters21578.tar.gz",
    columns=10_000,
    output="classes",
    ours=(("reuters-ablations",),),
    goal="6.5 s",
    runs={
        "baseline": Run((64, 64), 512, 20),
        "narrow": Run((64, 4), 128, 20),
        "wide": Run((64, 4096), 128, 20),
        "both-wide": Run((512, 512), 128, 20),
        "none": Run((), 128, 20),
        "four": Run((64, 64, 64, 64), 128, 20),
    },
    peers={"keras": 1, "torch": 1, "torch-bag": 1, "jax": 1},
)

IMDB = Workload(
    title="IMDB, seven runs",
    source="aclImdb-labelled.tar.gz",
    columns=10_000,
    output="probability",
    ours=(("imdb-baseline", "--only", "baseline"), ("imdb-ablations",)),
    goal="2.5 s",
    runs={
        "with validation": Run((16, 16), 512, 20),
        "baseline": Run((16, 16), 512, 4, validated=False),
        "one-layer": Run((), 512, 4, validated=False),
        "more-layers": Run((16, 16, 16, 16), 512, 4, validated=False),
        "wider": Run((16, 1024), 512, 4, validated=False),
        "squared-error": Run((16, 16), 512, 4, loss="mean_squared_error", validated=False),
        "tanh": Run((16, 16), 512, 4, activation="tanh", validated=False),
    },
    peers={"keras": 1, "torch-bag": 1, "jax": 1},
)

BOSTON = Workload(
    title="Boston, 4 folds x 500 epochs, batch 1",
    source="boston.csv",
    output="number",
    ours=(("boston-kfold", "--only", "500-epochs"),),
    goal="0.8 s",
    runs={"500-epochs": Run((64, 64), 1, 500, loss="mean_squared_error")},
    peers={"keras": 0.01, "torch": 0.02, "jax": 1},
)

CHURN = Workload(
    title="churn, 50 epochs, batch 10",
    source="churn.csv",
    output="probability",
    ours=(("churn-network", "--only", "baseline"),),
    goal="0.3 s",
    runs={"baseline": Run((6, 6), 10, 50, optimizer="adam", validated=False)},
    peers={"keras": 1, "torch": 0.2, "jax": 1},
)

WINE = Workload(
    title="wine, 1024 x 3 with dropout and batch normalization, 100 epochs",
    source="winequality-red.csv",
    output="number",
    ours=(("wine-regularization", "--only", "baseline", "-j", "1"),),
    goal="11 s",
    runs={"baseline": Run((1024, 1024, 1024), 256, 100, optimizer="adam", loss="mean_absolute_error", dropout=0.3)},
    peers={"keras": 1, "torch": 1},
)

WORKLOADS = {"reuters": REUTERS, "imdb": IMDB, "boston": BOSTON, "churn": CHURN, "wine": WINE}
# A run of each workload, and epochs for some seconds of training, to see what checkpoints cost: experiment, variant, epochs.
LONG_RUNS = {
    "reuters": ("reuters-width", "512-512", 100),
    "imdb": ("imdb-baseline", "baseline", 150),
    "boston": ("boston-kfold", "baseline", 2000),
    "churn": ("churn-network", "baseline", 2000),
    "wine": ("wine-regularization", "baseline", 30),
}
# Rows, columns, inner, of the matrix products that are timed alone: those of the Reuters runs and of smaller networks.
PRODUCTS = [
    (256, 512, 512),
    (128, 4096, 64),
    (128, 64, 4096),
    (64, 4096, 128),
    (4096, 46, 128),
    (128, 46, 4096),
    (512, 512, 128),
    (128, 64, 64),
    (10, 6, 11),
    (32, 64, 64),
]

# Runs so small that what is around them shows: a table of 1,599 wines, four units, one epoch.
TRIVIAL = """
dataset: wine
inputs: {"*": {encode: numeric, scale: min-max}}
target: {quality: {encode: numeric, scale: min-max}}
split: {validation: {shuffle: pandas, seed: 0, fraction: 0.3}}
model: {mlp: {hidden: [4], activation: relu, output: linear}}
training: {loss: mae, optimizer: adam, batch_size: 256, epochs: 1}
"""
MANY_SEEDS = "title: A thousand trivial runs\n" + TRIVIAL + "seeds: 1000\n"
MANY_STORES = {
    f"{points + 1:,} points of {seeds}": f"title: Many points\n{TRIVIAL}seeds: {seeds}\nsweep:\n  - quasi_random:\n      points: {points}\n"
    "      training.optimizer.learning_rate: {log_uniform: [0.0001, 0.1]}\n      model.mlp.hidden: [[2], [3], [4]]\n"
    for points, seeds in ((1999, 5), (9999, 1))
}
