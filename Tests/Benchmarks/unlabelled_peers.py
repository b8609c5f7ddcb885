"""Train what unlabelled_workloads.py names with PyTorch on 4,000 digits and print one JSON line: the seconds of training and the last train loss.

usage: unlabelled_peers.py DATA_FOLDER WORK [--threads N]

Loading the library and the data is left out. The noise of the denoising autoencoder is drawn once; ours is drawn anew in each epoch. Nothing is validated
or judged on the way, as ours is.
"""

import argparse
import json
import os
import pathlib
import time

from unlabelled_workloads import UNLABELLED

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("work", choices=UNLABELLED)
parser.add_argument("--threads", type=int, default=os.cpu_count())
options = parser.parse_args()
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: options.threads])  # the one limit that every library keeps
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(options.threads)
torch.manual_seed(0)
arrays = np.load(options.folder / "deep-digits.npz")
pixels = torch.from_numpy(arrays["x"].reshape(-1, 784))
labels = torch.from_numpy(arrays["y"]).long()


def dense(sizes, between, end=()):
    """Linear layers with Glorot's weights, `between` after each but the last."""
    layers = []
    for place, (before, after) in enumerate(zip(sizes, sizes[1:])):
        layer = nn.Linear(before, after)
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)
        layers += [layer] if place == len(sizes) - 2 else [layer, between()]
    return nn.Sequential(*layers, *end)


def adam(model, rate=0.001, beta=0.9):
    return torch.optim.Adam(model.parameters(), rate, betas=(beta, 0.999), eps=1e-7, fused=True)


def batches(rows, size):
    return torch.randperm(len(rows)).split(size)


def fit(model, x, y, loss, size, epochs):
    optimizer = adam(model)
    for _ in range(epochs):
        total = torch.zeros(())
        for rows in batches(x, size):
            optimizer.zero_grad()
            value = loss(model(x[rows]), y[rows])
            value.backward()
            optimizer.step()
            total += value.detach() * len(rows)
    return total / len(x)


def autoencoder(hidden, noise=0.0):
    seen = (pixels + noise * torch.randn(pixels.shape)).clip(0, 1) if noise else pixels
    return fit(dense([784, *hidden, 784], nn.ReLU), seen, pixels, F.binary_cross_entropy_with_logits, 256, 50)


def machine(visible, units, epochs, rate=0.05, size=64):
    """One step of contrastive divergence at each batch, by hand: no graph is kept. Returns the machine and its error."""
    w = 0.01 * torch.randn(visible.shape[1], units)
    a, b = torch.zeros(visible.shape[1]), torch.zeros(units)
    for _ in range(epochs):
        error = torch.zeros(())
        for rows in batches(visible, size):
            v = visible[rows]
            h = torch.sigmoid(torch.addmm(b, v, w))
            back = torch.sigmoid(torch.addmm(a, torch.bernoulli(h), w.T))
            again = torch.sigmoid(torch.addmm(b, back, w))
            share = rate / len(v)
            w.addmm_(v.T, h, alpha=share).addmm_(back.T, again, alpha=-share)
            a += share * (v - back).sum(0)
            b += share * (h - again).sum(0)
            error += ((v - back) ** 2).mean() * len(v)
    return w, b, error / len(visible)


def belief_network():
    below, model = pixels, dense([784, 256, 128, 10], nn.Sigmoid)
    for layer in (model[0], model[2]):
        w, b, _ = machine(below, layer.out_features, 10)
        with torch.no_grad():
            layer.weight.copy_(w.T)
            layer.bias.copy_(b)
        below = torch.sigmoid(torch.addmm(b, below, w))
    return fit(model, pixels[:500], labels[:500], F.cross_entropy, 64, 50)


def pair():
    leaky = lambda: nn.LeakyReLU(0.2)
    maker, critic = dense([64, 128, 784], leaky, [nn.Sigmoid()]), dense([784, 128, 1], leaky)
    makes, tells = (adam(model, 2e-4, 0.5) for model in (maker, critic))
    loss = F.binary_cross_entropy_with_logits
    for _ in range(50):
        total = torch.zeros(())
        for rows in batches(pixels, 64):
            made, one, zero = maker(torch.randn(len(rows), 64)), torch.ones(len(rows), 1), torch.zeros(len(rows), 1)
            tells.zero_grad()
            (loss(critic(pixels[rows]), one) + loss(critic(made.detach()), zero)).backward()
            tells.step()
            makes.zero_grad()
            value = loss(critic(made), one)
            value.backward(inputs=list(maker.parameters()))
            makes.step()
            total += value.detach() * len(rows)
    return total / len(pixels)


TRAININGS = {
    "autoencoder": lambda: autoencoder([32]),
    "deep autoencoder": lambda: autoencoder([128, 64, 32, 64, 128]),
    "denoising autoencoder": lambda: autoencoder([32], noise=0.5),
    "restricted Boltzmann machine": lambda: machine(pixels, 128, 20)[2],
    "deep belief network": belief_network,
    "adversarial pair": pair,
}
fit(dense([784, 8, 784], nn.ReLU), pixels[:256], pixels[:256], F.mse_loss, 256, 2)  # what PyTorch loads and starts at the first step is left out
start = time.perf_counter()
value = TRAININGS[options.work]()
seconds = time.perf_counter() - start
print(json.dumps({"peer": "torch", "work": options.work, "seconds": round(seconds, 3), "train_loss": round(float(value), 4)}), flush=True)
