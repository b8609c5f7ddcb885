"""Train small networks with Keras and write down every figure that the tests of NeuralNetworks hold us to.

    python3 -m venv .build-peers
    .build-peers/bin/pip install -r Tests/Benchmarks/requirements.txt
    .build-peers/bin/python Tests/NeuralNetworksTests/Fixtures/make_fixtures.py [FILE ...]     # no name: all of them

The versions that made a file stand in its "made_by". Keras runs on TensorFlow, in float32, on the CPU, one `train_on_batch` a step.

A training file is {"made_by", "cases"}; a case is
    name
    network      inputs (columns of x; words: x are whole numbers below it) and layers in order; dense kernels are [inputs, units]
    loss         kind, from_logits and other settings
    optimizer    kind and all settings, defaults written out
    batches      step i (from 0) trains on batch i modulo their count. A batch holds x {shape, values} or rows (the columns that are
                 one, of a multi-hot matrix), and y {shape, values} or labels (class numbers,
                 of an example one after the other where each of its steps has one)
    initial      the weights before the first step, in the order of the layers: name, shape, values (row-major). Layers are named
                 layer_1, layer_2, ... and count every layer: layer_1.kernel, layer_1.bias, layer_2.moving_mean, ...
    losses       one a step: the loss of that batch before that step's update, as Keras prints it (mean over the batch, penalties in)
    first_output what the network gives for batch 0, in inference, with the initial weights
    last_output  the same after the last step
    after_1      the weights after the first step; after_10: after the last

Rounding is kept out of the comparison: every case is trained in float64 too, from the same weights and batches, and is drawn
again with other data until both agree within DRIFT. A test that allows 1e-5 (relative, for figures above 1) therefore judges the
formulas and not luck.

Keras on TensorFlow takes the logits of a softmax or sigmoid output for a cross-entropy, so in training no probability is clipped.
loss_values.json shows what the losses give for bare probabilities, which are clipped to [1e-7, 1 - 1e-7].
"""

import sys
import warnings

sys.dont_write_bytecode = True  # leave no __pycache__ among the fixtures
warnings.filterwarnings("ignore")
from keras_fixtures import autoencoder_cases, bare_losses, batch_norm_cases, cases, convolution_cases, convolution_kinds, epochs, later_cases, sequence_cases

FILES = {
    f.__name__: f
    for f in (
        *(cases.networks, cases.losses, cases.optimizers, cases.multi_hot),
        *(bare_losses.loss_values, epochs.epochs),
        *(later_cases.more_activations, later_cases.more_losses, later_cases.more_optimizers, later_cases.adamax_optimizer),
        *(later_cases.normalization, later_cases.frozen),
        *(later_cases.penalties, later_cases.clipping, later_cases.schedules, later_cases.class_weights),
        batch_norm_cases.batch_norm,
        autoencoder_cases.autoencoders,
        convolution_cases.convolutions,
        sequence_cases.sequences,
        sequence_cases.steps,
        convolution_kinds.convolution_kinds,
    )
}


def main():
    unknown = [name for name in sys.argv[1:] if name.removesuffix(".json") not in FILES]
    if unknown:
        raise SystemExit(f"no fixture file {', '.join(unknown)}; there are: {', '.join(FILES)}")
    for name in sys.argv[1:] or FILES:
        FILES[name.removesuffix(".json")]()


if __name__ == "__main__":
    main()
