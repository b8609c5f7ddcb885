"""What autoencoders are made of: noise, penalties of what layers give, codes that are drawn, kernels that are used twice."""

from .networks import Network, adam, conv2d, dense, flatten, reshape, rmsprop, sgd
from .training import Case, record

ROWS = 6


def gaussian_noise(stddev, **more):
    return {"kind": "gaussian_noise", "stddev": stddev, "rows": ROWS, **more}


def masking_noise(rate):
    return {"kind": "masking_noise", "rate": rate, "rows": ROWS}


def variational(units, kl_weight=1.0):
    return {"kind": "variational", "units": units, "kl_weight": kl_weight, "rows": ROWS}


def transposed(of, units, activation="linear"):
    """units: what the other layer's inputs are."""
    return {"kind": "dense_transposed", "of": of, "units": units, "activation": activation}


def contractive(units, factor, activation):
    return dense(units, activation, contractive_regularizer=factor)


def autoencoders():
    optimizers = (sgd(), rmsprop(), adam())
    cases = [
        Case(f"activity, {name}, {optimizer['kind']}", Network(7, dense(5, function, activity_regularizer=penalty), dense(7, "sigmoid")), "mse", optimizer)
        for name, function, penalty in (
            ("l1", "relu", {"l1": 0.03}),
            ("l2", "tanh", {"l2": 0.05}),
            ("kl", "sigmoid", {"kl": {"target": 0.1, "weight": 0.2}}),
        )
        for optimizer in optimizers
    ]
    cases += [
        Case(
            f"activity of conv2d, {name}",
            Network(24, reshape(4, 3, 2), conv2d(3, 2, activation="sigmoid", activity_regularizer=penalty), flatten(), dense(2)),
            "mse",
            sgd(),
        )
        for name, penalty in (("l1 and l2", {"l1": 0.01, "l2": 0.02}), ("kl", {"kl": {"target": 0.2, "weight": 0.5}}))
    ]
    cases.append(Case("activity, batches of other sizes", Network(7, dense(5, "tanh", activity_regularizer={"l1": 0.02, "l2": 0.03}), dense(3)), "mse", sgd(), sizes=(6, 4, 2)))
    cases += [
        Case(f"contractive, {function}, {optimizer['kind']}", Network(6, contractive(4, 0.1, function), dense(6)), "mse", optimizer)
        for function in ("sigmoid", "tanh", "softplus", "linear")
        for optimizer in ((sgd(), rmsprop(), adam()) if function == "sigmoid" else (sgd(),))
    ]
    cases.append(Case("contractive, second layer", Network(6, dense(5, "tanh"), contractive(4, 0.05, "sigmoid"), dense(6)), "mse", adam()))
    cases += [
        Case(
            f"variational, {loss['kind']} {loss['reduction']}, {optimizer['kind']}",
            Network(6, dense(5, "tanh"), variational(2, weight), dense(5, "tanh"), dense(6, "sigmoid")),
            loss,
            optimizer,
            targets="binary" if loss["kind"] == "binary_crossentropy" else "values",
        )
        for loss, weight in (
            ({"kind": "binary_crossentropy", "reduction": "sum"}, 1.0),
            ({"kind": "binary_crossentropy", "reduction": "mean"}, 0.25),
            ({"kind": "mse", "reduction": "sum"}, 0.5),
        )
        for optimizer in optimizers
    ]
    cases += [
        Case(f"tied, {optimizer['kind']}", Network(7, dense(5, "tanh"), dense(3, "tanh"), transposed("layer_2", 5, "tanh"), transposed("layer_1", 7, "sigmoid")), "mse", optimizer)
        for optimizer in optimizers
    ]
    cases += [
        Case(
            "tied, penalties, frozen code",
            Network(7, dense(5, "tanh", kernel_regularizer={"l1": 0.0, "l2": 0.02}), dense(3, "tanh", trainable=False), transposed("layer_2", 5, "tanh"), transposed("layer_1", 7)),
            "mse",
            sgd(),
        ),
        Case("tied, one kernel thrice", Network(4, dense(4, "tanh"), transposed("layer_1", 4, "tanh"), transposed("layer_1", 4)), "mse", adam()),
    ]
    cases += [
        Case(f"noise, {name}", Network(9, layer, dense(5, "tanh"), dense(9)), "mse", optimizer, spread=1.0)
        for name, layer, optimizer in (
            ("gaussian", gaussian_noise(0.5), sgd()),
            ("gaussian, clipped", gaussian_noise(0.5, clip=[-0.75, 1.0]), adam()),
            ("masking", masking_noise(0.3), sgd()),
        )
    ]
    cases.append(Case("noise, gaussian behind a layer, clipped", Network(9, dense(5, "tanh"), gaussian_noise(0.4, clip=[-0.5, 0.5]), dense(9)), "mse", rmsprop()))
    record("autoencoders.json", cases)
