"""What is trained for a comparison, as plain data: the same networks, batches and epochs for us and for every peer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """A classifier: relu in the hidden layers, softmax, cross-entropy, RMSprop, validated after every epoch."""

    hidden: tuple
    batch: int
    epochs: int


@dataclass(frozen=True)
class Workload:
    experiment: str  # our file in experiments/
    archive: str  # the raw data in ABLATE_MIRROR
    columns: int  # of the multi-hot rows
    runs: dict  # by the names that our experiment gives its variants


REUTERS = Workload(
    experiment="reuters-ablations",
    archive="reuters21578.tar.gz",
    columns=10_000,
    runs={
        "baseline": Run((64, 64), 512, 20),
        "narrow": Run((64, 4), 128, 20),
        "wide": Run((64, 4096), 128, 20),
        "both-wide": Run((512, 512), 128, 20),
        "none": Run((), 128, 20),
        "four": Run((64, 64, 64, 64), 128, 20),
    },
)

WORKLOADS = {"reuters": REUTERS}
PRODUCT = (256, 512, 512)  # rows, columns, inner, of the matrix product that is timed alone
