"""Embeddings and recurrent layers: sequences are rows of numbers that a first layer reshapes, or rows of whole numbers.

Where a network begins with an embedding, its gradient is summed for each word before the optimizer sees it, as PyTorch and JAX have it; Keras on
TensorFlow hands over one gradient for each place, and Adam and RMSprop then take the sum of their squares instead of the square of their sum.
"""

from .networks import BATCH_NORM, LAYER_NORM, Network, adam, convolution, dense, flatten, pooling, reshape, rmsprop, sgd
from .training import Case, record

SIZES = (5, 5, 3)
WORDS = 12


def embedding(output_dim=3, **settings):
    return {"kind": "embedding", "input_dim": WORDS, "output_dim": output_dim, "mask_zero": False, **settings}


def recurrent(kind, units=4, **settings):
    return {"kind": kind, "units": units, **settings}


def bidirectional(layer, merge_mode="concat"):
    return {"kind": "bidirectional", "layer": layer, "merge_mode": merge_mode}


def time_distributed(layer):
    return {"kind": "time_distributed", "layer": layer}


def series(*layers, steps=6, numbers=3):
    return Network(steps * numbers, reshape(steps, numbers), *layers)


def words(*layers, length=6):
    return Network(length, *layers, words=WORDS)


CELLS = {
    "simple_rnn": ("simple_rnn", {}),
    "lstm": ("lstm", {}),
    "gru": ("gru", {}),
    "gru, reset before": ("gru", {"reset_after": False}),
}


def sequences():
    masked, end = embedding(mask_zero=True), dense(2)
    cases = [Case("embedding", words(embedding(), flatten(), end), "mse", o, sizes=SIZES) for o in (sgd(),)]
    cases += [Case(f"embedding, {o['kind']}", words(embedding(17), flatten(), end), "mse", o, sizes=SIZES) for o in (rmsprop(), adam())]
    cases.append(Case("embedding, penalty", words(embedding(embeddings_regularizer={"l1": 0.002, "l2": 0.03}), flatten(), end), "mse", sgd(), sizes=SIZES))
    for name, (kind, settings) in CELLS.items():
        cell = lambda units=4, **more: recurrent(kind, units, **settings, **more)
        each = cell(return_sequences=True)
        cases += [
            Case(f"{name}, {what}", network, "mse", optimizer, sizes=SIZES)
            for what, network, optimizer in (
                ("rmsprop", series(cell(), end), rmsprop()),
                ("adam, 17 units", series(cell(17), end), adam()),
                ("two", series(each, cell(3), end), adam()),
                ("masked, two", words(masked, each, LAYER_NORM, cell(3), end), rmsprop()),
                ("backwards, sequences", series(cell(go_backwards=True, return_sequences=True), flatten(), end), sgd()),
                ("without bias", series(cell(use_bias=False), end), sgd()),
                ("penalties", series(cell(**{f"{k}_regularizer": {"l1": 0.002, "l2": 0.03} for k in ("kernel", "recurrent", "bias")}), end), sgd()),
                ("both directions", series(bidirectional(cell()), end), adam()),
                ("both directions, sequences", series(bidirectional(each, "sum"), flatten(), end), sgd()),
                ("both directions, masked", words(masked, bidirectional(each, "ave"), cell(3), end), sgd()),
            )
        ]
    cases += [
        Case("simple_rnn, relu", series(recurrent("simple_rnn", activation="relu"), end), "mse", sgd(), sizes=SIZES),
        Case("lstm, backwards", series(recurrent("lstm", go_backwards=True), end), "mse", sgd(), sizes=SIZES),
        Case("lstm, masked", words(masked, recurrent("lstm"), end), "mse", sgd(), sizes=SIZES),
        Case("averaged, masked", words(masked, {"kind": "global_average_pooling1d"}, end), "mse", sgd(), sizes=(3, 3, 3)),
        Case("batch normalization, masked", words(masked, BATCH_NORM, recurrent("gru"), end), "mse", sgd(), sizes=SIZES),
        Case("lstm, not trained", series(recurrent("lstm", trainable=False), end), "mse", sgd(), sizes=SIZES),
        Case("both directions, multiplied", series(bidirectional(recurrent("lstm"), "mul"), end), "mse", sgd(), sizes=SIZES),
        Case("lstm, other gates", series(recurrent("lstm", recurrent_activation="linear", activation="sigmoid"), end), "mse", sgd(), sizes=SIZES),
        Case("gru, other gates", series(recurrent("gru", recurrent_activation="tanh", activation="sigmoid"), end), "mse", sgd(), sizes=SIZES),
        Case("time_distributed", series(recurrent("lstm", return_sequences=True), time_distributed(dense(3, "tanh")), flatten(), end), "mse", adam(), sizes=SIZES),
        Case("reviews", words(embedding(4), recurrent("lstm"), dense(1, "sigmoid")), "binary_crossentropy", adam(), targets="binary", sizes=SIZES),
        Case("characters", series(recurrent("lstm", 6), dense(5, "softmax")), "sparse_categorical_crossentropy", rmsprop(0.01), targets="labels", sizes=SIZES),
    ]
    cases += [
        Case(f"{name}, 100 steps", series(recurrent(kind, 5, **settings), end, steps=100, numbers=2), "mse", adam(), sizes=(3, 3, 3), scale=0.7)
        for name, (kind, settings) in CELLS.items()
    ]
    hot = {"kind": "one_hot", "words": WORDS}
    cases += [
        Case("one-hot characters", words(hot, recurrent("lstm"), dense(5, "softmax")), "sparse_categorical_crossentropy", rmsprop(), targets="labels", sizes=SIZES),
        Case("one-hot, time_distributed", words(hot, time_distributed(dense(3, "tanh")), flatten(), end), "mse", adam(), sizes=SIZES),
    ]
    record("sequences.json", cases)


def steps():
    """A target at each step: losses are means over steps and examples."""
    lstm, gru, rnn = (recurrent(kind, return_sequences=True) for kind in ("lstm", "gru", "simple_rnn"))
    hot, logits = {"kind": "one_hot", "words": WORDS}, {"kind": "sparse_categorical_crossentropy", "from_logits": True}
    causal = convolution("conv1d", 2, axes=1, filters=4, padding="causal", activation="tanh")
    record(
        "steps.json",
        [
            Case(name, network, loss, optimizer, targets=("labels", 6), sizes=SIZES)
            for name, network, loss, optimizer in (
                ("characters", words(hot, lstm, dense(5, "softmax")), "sparse_categorical_crossentropy", rmsprop()),
                ("words", words(embedding(), gru, gru, dense(5, "softmax")), "sparse_categorical_crossentropy", adam()),
                ("numbers, logits", series(rnn, dense(5)), logits, sgd()),
                ("causal convolution", series(causal, dense(5, "softmax")), "sparse_categorical_crossentropy", sgd()),
            )
        ],
    )
