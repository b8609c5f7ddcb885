"""Write adversarial.json: rounds of two networks that learn against each other, by PyTorch's gradients in double precision.

    .build-peers/bin/python Tests/NeuralNetworksTests/Fixtures/make_adversarial_fixtures.py

The order is the usual one: a batch of made examples serves both steps, first the discriminator's and then, judged by it as it is by
then, the generator's. Optimizers are written out as Keras has them. Models and settings stand in the form of experiment files.
"""

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
ROUNDS, BATCH, ROWS = 10, 6, 24


def numbers(array):
    return [float(f"{v:.9g}") for v in np.asarray(array).ravel()]


def activation(x, kind):
    if isinstance(kind, dict):
        return F.leaky_relu(x, kind["leaky_relu"]["slope"])
    return {"linear": lambda v: v, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": F.relu}[kind](x)


class Network:
    """Layers of a file, with weights under the names that the program gives them."""

    def __init__(self, side, layers, shape, generator):
        self.side, self.layers, self.parameters, self.fixed = side, layers, {}, {}
        draw = lambda *sizes: torch.from_numpy(generator.normal(size=sizes) * 0.4)
        last = max(i for i, layer in enumerate(layers) if set(layer) & {"dense", "conv2d"})
        self.names = [f"{side}/{'output' if i == last else f'layer_{i + 1}'}" for i in range(len(layers))]
        for name, layer in zip(self.names, layers):
            (kind, own), = layer.items()
            if kind == "dense":
                self.parameters |= {f"{name}/kernel": draw(shape[-1], own["units"])}
                if own.get("use_bias", True):
                    self.parameters |= {f"{name}/bias": draw(own["units"])}
                shape = [own["units"]]
            elif kind == "conv2d":
                size, stride = own["kernel_size"], own["strides"]
                self.parameters |= {f"{name}/kernel": draw(size, size, shape[-1], own["filters"]), f"{name}/bias": draw(own["filters"])}
                shape = [(n - size) // stride + 1 for n in shape[:2]] + [own["filters"]]
            elif kind in ("batch_normalization", "layer_normalization"):
                self.parameters |= {f"{name}/gamma": 1 + draw(shape[-1]) * 0.1, f"{name}/beta": draw(shape[-1])}
                if kind == "batch_normalization":
                    self.fixed |= {f"{name}/moving_mean": draw(shape[-1]), f"{name}/moving_variance": draw(shape[-1]) ** 2 + 0.5}
            elif kind == "flatten":
                shape = [int(np.prod(shape))]
            elif kind == "reshape":
                shape = own
        for value in self.parameters.values():
            value.requires_grad_(True)

    def __call__(self, x):
        for name, layer in zip(self.names, self.layers):
            (kind, own), = layer.items()
            get = lambda role: self.parameters[f"{name}/{role}"]
            if kind == "dense":
                x = x @ get("kernel") + (get("bias") if own.get("use_bias", True) else 0)
                # The loss applies the discriminator's sigmoid itself.
                x = x if name == "discriminator/output" else activation(x, own.get("activation", "linear"))
            elif kind == "conv2d":
                y = F.conv2d(x.permute(0, 3, 1, 2), get("kernel").permute(3, 2, 0, 1), get("bias"), stride=own["strides"])
                x = activation(y.permute(0, 2, 3, 1), own.get("activation", "linear"))
            elif kind == "layer_normalization":
                centred = x - x.mean(-1, keepdim=True)
                x = centred / ((centred ** 2).mean(-1, keepdim=True) + 1e-3).sqrt() * get("gamma") + get("beta")
            elif kind == "batch_normalization":
                mean, variance = x.mean(0), x.var(0, unbiased=False)
                x = (x - mean) / (variance + 1e-3).sqrt() * get("gamma") + get("beta")
                for role, value in (("moving_mean", mean), ("moving_variance", variance)):
                    self.fixed[f"{name}/{role}"] = self.fixed[f"{name}/{role}"] * 0.99 + value.detach() * 0.01
            elif kind == "flatten":
                x = x.flatten(1)
            elif kind == "reshape":
                x = x.reshape(len(x), *own)
            elif kind == "activation":
                x = activation(x, own)
        return x

    def tensors(self):
        return {name: {"shape": list(t.shape), "values": numbers(t.detach())} for name, t in (self.parameters | self.fixed).items()}


class Optimizer:
    def __init__(self, settings, network):
        (self.kind, self.own), = settings.items()
        self.network, self.t = network, 0
        self.state = {name: [torch.zeros_like(p), torch.zeros_like(p)] for name, p in network.parameters.items()}

    def step(self, loss):
        self.t += 1
        rate = self.own["learning_rate"]
        gradients = torch.autograd.grad(loss, list(self.network.parameters.values()))
        with torch.no_grad():
            for (name, p), g in zip(self.network.parameters.items(), gradients):
                m, v = self.state[name]
                if self.kind == "sgd":
                    p -= rate * g
                elif self.kind == "rmsprop":
                    v.mul_(0.9).add_(0.1 * g * g)
                    p -= rate * g / (v + 1e-7).sqrt()
                else:
                    one, two = self.own.get("beta_1", 0.9), self.own.get("beta_2", 0.999)
                    m.mul_(one).add_((1 - one) * g)
                    v.mul_(two).add_((1 - two) * g * g)
                    p -= rate * np.sqrt(1 - two ** self.t) / (1 - one ** self.t) * m / (v.sqrt() + 1e-7)


def case(name, loss, model, optimizer, shape, discriminator_optimizer=None, steps=(1, 1), classes=0):
    generator = np.random.default_rng(len(name))
    x = generator.uniform(size=(ROWS, int(np.prod(shape))))
    labels = np.arange(ROWS) % max(classes, 1)
    noise_size = model["generator"]["noise"]
    makes = Network("generator", model["generator"]["layers"], [noise_size + classes], generator)
    judges = Network("discriminator", model["discriminator"]["layers"], [x.shape[1] + classes] if classes else shape, generator)
    initial = makes.tensors() | judges.tensors()
    by_maker, by_judge = Optimizer(optimizer, makes), Optimizer(discriminator_optimizer or optimizer, judges)
    (kind, own), = loss.items()
    own = own or {}
    smooth = 1 - own.get("label_smoothing", 0)
    cross = lambda z, t: F.binary_cross_entropy_with_logits(z, torch.full_like(z, t))

    def judge(rows, told):
        rows = rows if told is None else torch.cat([rows, told], 1)
        return judges(rows.reshape(len(rows), *([rows.shape[1]] if classes else shape)))

    def of_judge(real, made):
        if kind == "non_saturating":
            return cross(real, smooth) + cross(made, 0)
        if kind == "least_squares":
            return (((real - smooth) ** 2).mean() + (made ** 2).mean()) / 2
        return made.mean() - real.mean()

    def of_maker(made):
        if kind == "non_saturating":
            return cross(made, 1)
        return ((made - 1) ** 2).mean() / 2 if kind == "least_squares" else -made.mean()

    rounds, at = [], 0
    for _ in range(ROUNDS):
        for number in range(steps[0]):
            rows = np.arange(at, at + BATCH) % ROWS
            at += BATCH
            noise, places = generator.normal(size=(BATCH, noise_size)), generator.uniform(size=(BATCH, 1))
            told = F.one_hot(torch.from_numpy(labels[rows]), classes).double() if classes else None
            z = torch.from_numpy(noise)
            made = makes(z if told is None else torch.cat([z, told], 1)).reshape(BATCH, -1)
            real = torch.from_numpy(x[rows])
            on_real, on_made = judge(real, told), judge(made.detach(), told)
            value = of_judge(on_real, on_made)
            if own.get("gradient_penalty"):
                between = (made.detach() + torch.from_numpy(places) * (real - made.detach())).requires_grad_(True)
                slope, = torch.autograd.grad(judge(between, told).sum(), between, create_graph=True)
                value = value + own["gradient_penalty"] * (((slope ** 2).sum(1) + 1e-12).sqrt() - 1).pow(2).mean()
            outputs = [(torch.sigmoid(v) if kind == "non_saturating" else v).mean().item() for v in (on_real, on_made)]
            by_judge.step(value)
            if own.get("clip"):
                with torch.no_grad():
                    for p in judges.parameters.values():
                        p.clamp_(-own["clip"], own["clip"])
            one = {"sides": "discriminator", "rows": rows.tolist(), "noise": numbers(noise), "places": numbers(places),
                   "discriminatorLoss": value.item(), "real": outputs[0], "made": outputs[1]}
            rounds.append(one)
        for number in range(steps[1]):
            if number:
                noise = generator.normal(size=(BATCH, noise_size))
                z = torch.from_numpy(noise)
                made = makes(z if told is None else torch.cat([z, told], 1)).reshape(BATCH, -1)
                rounds.append({"sides": "generator", "rows": rows.tolist(), "noise": numbers(noise), "places": numbers(places)})
            else:
                rounds[-1]["sides"] = "both"
            value = of_maker(judge(made, told))
            by_maker.step(value)
            rounds[-1]["generatorLoss"] = value.item()
    training = {"loss": {kind: own} if own else kind, "optimizer": optimizer}
    if discriminator_optimizer:
        training["discriminator_optimizer"] = discriminator_optimizer
    return {"name": name, "model": json.dumps(model), "training": json.dumps(training), "shape": list(shape), "classes": classes,
            "x": numbers(x), "labels": labels.tolist(), "initial": initial, "steps": rounds, "last": makes.tensors() | judges.tensors()}


def dense(units, kind="linear", **more):
    return {"dense": {"units": units, "activation": kind, **more}}


LEAKY = {"leaky_relu": {"slope": 0.2}}
GAN_ADAM = {"adam": {"learning_rate": 2e-2, "beta_1": 0.5}}


def pair(judges, makes=None, noise=4, columns=7, **more):
    return {"generator": {"noise": noise, "layers": makes or [dense(6, LEAKY), dense(columns, "sigmoid")], **more}, "discriminator": {"layers": judges}}


PLAIN = [dense(6, LEAKY), dense(1)]
IMAGES = [{"conv2d": {"filters": 3, "kernel_size": 3, "strides": 2, "activation": LEAKY}}, {"flatten": {}}, dense(1)]
CASES = [
    case("non-saturating, adam", {"non_saturating": {}}, pair(PLAIN), GAN_ADAM, [7]),
    case("non-saturating, smoothed, sgd against adam", {"non_saturating": {"label_smoothing": 0.1}}, pair(PLAIN), GAN_ADAM, [7],
         discriminator_optimizer={"sgd": {"learning_rate": 0.1}}),
    case("non-saturating, ends in sigmoid", {"non_saturating": {}}, pair([dense(6, "tanh"), dense(1, "sigmoid")]), GAN_ADAM, [7]),
    case("non-saturating, batch norm", {"non_saturating": {}},
         pair([dense(6, use_bias=False), {"batch_normalization": {}}, {"activation": LEAKY}, dense(1)],
              [dense(6, use_bias=False), {"batch_normalization": {}}, {"activation": "relu"}, dense(7, "sigmoid")]), GAN_ADAM, [7]),
    case("non-saturating, three classes", {"non_saturating": {}}, pair(PLAIN, conditional=True), GAN_ADAM, [7], classes=3),
    case("least squares, rmsprop", {"least_squares": {}}, pair(PLAIN), {"rmsprop": {"learning_rate": 1e-2}}, [7]),
    case("least squares, two steps against three", {"least_squares": {"label_smoothing": 0.2}}, pair(PLAIN), GAN_ADAM, [7], steps=(2, 3)),
    case("wasserstein, clipped", {"wasserstein": {"clip": 0.3}}, pair(PLAIN), {"rmsprop": {"learning_rate": 1e-2}}, [7], steps=(3, 1)),
    case("wasserstein, gradient penalty", {"wasserstein": {"gradient_penalty": 10}}, pair(PLAIN), GAN_ADAM, [7]),
    case("wasserstein, gradient penalty, tanh and layer norm", {"wasserstein": {"gradient_penalty": 10}},
         pair([dense(6, "tanh"), {"layer_normalization": {}}, dense(5, "sigmoid"), dense(1)]), GAN_ADAM, [7]),
    case("wasserstein, gradient penalty, convolutions", {"wasserstein": {"gradient_penalty": 5}},
         pair(IMAGES, [dense(6, LEAKY), dense(36, "sigmoid"), {"reshape": [6, 6, 1]}]), GAN_ADAM, [6, 6, 1]),
    case("wasserstein, convolutions, clipped", {"wasserstein": {"clip": 0.2}},
         pair(IMAGES, [dense(6, LEAKY), dense(36, "sigmoid")]), {"rmsprop": {"learning_rate": 1e-2}}, [6, 6, 1]),
]

if __name__ == "__main__":
    place = pathlib.Path(__file__).parent / "adversarial.json"
    place.write_text(json.dumps({"cases": CASES}))
    print(f"{len(CASES)} cases, {place.stat().st_size} bytes")
