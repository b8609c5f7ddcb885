"""Writes rbm.json: what scikit-learn's BernoulliRBM makes of 300 rows of 16 bits, for twenty seeds.

BernoulliRBM is persistent contrastive divergence of one step with drawn visible states: as many chains as a batch has rows, all hidden units off at first,
weights normal with deviation 0.01, rows in their order. Told is the exact pseudo-likelihood of the rows, all bits turned in turn.

    python make_rbm.py rbm.json
"""
import json
import sys

import numpy as np
from sklearn.neural_network import BernoulliRBM


def softplus(x):
    return np.logaddexp(0, x)


def pseudo_likelihood(v, w, a, b):
    """The mean over rows of the sum over bits of ln p(bit | all others)."""
    inside, total = v @ w + b, np.zeros(len(v))
    for bit in range(v.shape[1]):
        turn = 1 - 2 * v[:, bit]
        gain = turn * a[bit] + softplus(inside + turn[:, None] * w[bit]).sum(1) - softplus(inside).sum(1)
        total -= softplus(gain)
    return total.mean()


random = np.random.RandomState(5)
# Four patterns, each bit of which is turned with probability 0.1.
patterns = random.randint(0, 2, (4, 16))
rows = patterns[random.randint(0, 4, 300)] ^ (random.uniform(size=(300, 16)) < 0.1)
settings = dict(hidden=6, batch=10, rate=0.05, epochs=40)
found = []
for seed in range(20):
    model = BernoulliRBM(
        settings["hidden"], learning_rate=settings["rate"], batch_size=settings["batch"], n_iter=settings["epochs"], random_state=seed)
    model.fit(rows)
    found.append(pseudo_likelihood(rows, model.components_.T, model.intercept_visible_, model.intercept_hidden_))
print(np.mean(found), np.std(found))
with open(sys.argv[1], "w") as file:
    json.dump(dict(settings, rows=["".join(map(str, row)) for row in rows.astype(int)], pseudo_likelihood=[round(x, 6) for x in found]), file)
    file.write("\n")
