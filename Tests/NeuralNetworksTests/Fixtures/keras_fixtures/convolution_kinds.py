"""Convolutions along sequences, in groups, channel by channel and back to images, and the layers that go with them."""

from .networks import BATCH_NORM, LAYER_NORM, Network, adam, convolution, dense, flatten, reshape, rmsprop, sgd
from .training import Case, record

SIZES = (3, 3, 2)


def case(name, sizes, *layers, optimizer=None):
    count = 1
    for size in sizes:
        count *= size
    return Case(name, Network(count, reshape(*sizes), *layers), "mse", optimizer or sgd(), sizes=SIZES)


def conv1d(filters, size, **settings):
    return convolution("conv1d", size, 1, filters=filters, **{"activation": "tanh", **settings})


def convolution_kinds():
    end = (flatten(), dense(2))
    steps, image = (11, 3), (6, 5, 3)
    cases = [
        case(f"conv1d, {name}", steps, conv1d(4, 3, **settings), *end, optimizer=optimizer)
        for name, settings, optimizer in (
            ("valid", {}, sgd()),
            ("same", {"padding": "same"}, adam()),
            ("causal", {"padding": "causal"}, rmsprop()),
            ("valid, strides 2", {"strides": 2}, sgd()),
            ("same, strides 3", {"padding": "same", "strides": 3}, sgd()),
            ("causal, strides 2", {"padding": "causal", "strides": 2}, sgd()),
            ("causal, dilated", {"padding": "causal", "dilation_rate": 3}, sgd()),
            ("same, dilated", {"padding": "same", "dilation_rate": 2}, sgd()),
            ("without bias", {"use_bias": False}, sgd()),
        )
    ]
    cases += [
        case("conv1d, groups", (9, 4), conv1d(6, 2, groups=2), *end),
        case("conv1d, a group a channel", (9, 4), conv1d(8, 3, groups=4, padding="same"), *end, optimizer=adam()),
    ]
    cases += [
        case(f"conv2d, groups of {channels // groups}, {padding}", (6, 5, channels), convolution("conv2d", 3, filters=6, groups=groups, padding=padding, activation="tanh"), *end)
        for channels, groups in ((4, 2), (3, 3))
        for padding in ("same", "valid")
    ]
    cases += [
        case(f"conv2d_transpose, {padding}, kernel {k}, strides {s}", image, convolution("conv2d_transpose", k, filters=4, strides=s, padding=padding, activation="tanh"), *end, optimizer=optimizer)
        for padding in ("same", "valid")
        for k, s, optimizer in ((3, 1, sgd()), (3, 2, adam()), ([2, 4], [2, 1], sgd()), (2, 3, sgd()))
    ]
    cases += [
        case(f"depthwise_conv2d, {name}", image, convolution("depthwise_conv2d", 3, activation="tanh", **settings), *end, optimizer=optimizer)
        for name, settings, optimizer in (
            ("valid", {}, sgd()),
            ("same, multiplier 2", {"padding": "same", "depth_multiplier": 2}, adam()),
            ("strides 2", {"strides": 2, "padding": "same"}, rmsprop()),
            ("dilated", {"dilation_rate": 2}, sgd()),
        )
    ]
    first = conv1d(4, 3)
    cases += [
        case(f"{kind}_pooling1d, {name}", steps, first, {"kind": f"{kind}_pooling1d", **settings}, *end)
        for kind in ("max", "average")
        for name, settings in {
            "usual": {"pool_size": [2]},
            "same, strides 2": {"pool_size": [3], "strides": [2], "padding": "same"},
            "overlapping": {"pool_size": [3], "strides": [1]},
        }.items()
    ]
    cases += [case(f"global_{kind}_pooling1d", steps, first, {"kind": f"global_{kind}_pooling1d"}, dense(2)) for kind in ("max", "average")]
    start = convolution("conv2d", 2, filters=4, activation="tanh")
    cases += [
        case("up_sampling2d", (3, 3, 2), start, {"kind": "up_sampling2d", "size": [2, 3]}, convolution("conv2d", 3, filters=3, activation="tanh"), *end),
        *(
            case(f"up_sampling2d, bilinear {rows} x {columns}", (3, 4, 2), start, {"kind": "up_sampling2d", "size": [rows, columns], "interpolation": "bilinear"}, *end)
            for rows, columns in ((2, 3), (4, 1))
        ),
        case("zero_padding2d", (4, 3, 2), start, {"kind": "zero_padding2d", "margins": [[1, 2], [0, 3]]}, convolution("conv2d", 3, filters=3, activation="tanh"), *end),
        case("batch normalization of images", image, start, BATCH_NORM, *end),
        case("batch normalization of sequences", steps, first, BATCH_NORM, *end, optimizer=adam()),
        case("layer normalization of images", image, start, LAYER_NORM, *end),
        case("layer normalization of sequences", steps, first, LAYER_NORM, *end, optimizer=adam()),
    ]
    record("convolution_kinds.json", cases)
