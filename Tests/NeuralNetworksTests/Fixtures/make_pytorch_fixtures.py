"""Write pytorch.json: training steps of PyTorch, where its optimizers and Keras's agree, as a second witness.

    python3 -m venv .build-peers
    .build-peers/bin/pip install -r Tests/Benchmarks/requirements.txt
    .build-peers/bin/python Tests/NeuralNetworksTests/Fixtures/make_pytorch_fixtures.py

The form is that of make_fixtures.py. SGD (with momentum and Nesterov at a constant rate) and Adam agree with Keras but for
rounding. Keras adds Adam's epsilon to the root of the second moment before its bias is corrected, PyTorch after, so Adam has an
epsilon of 1e-12 here. RMSprop differs (Keras has its epsilon inside the root) and is left out.
"""

import json
import pathlib

import numpy as np
import torch
from torch import nn

STEPS = 10


def tensor(array):
    array = np.asarray(array)
    return {"shape": list(array.shape), "values": [float(f"{v:.9g}") for v in array.ravel()]}


def weights(model):
    """Kernels as [inputs, units], the other way round from PyTorch's."""
    found = []
    for number, layer in enumerate((m for m in model if isinstance(m, nn.Linear)), 1):
        found += [
            {"name": f"layer_{number}.kernel", **tensor(layer.weight.detach().T)},
            {"name": f"layer_{number}.bias", **tensor(layer.bias.detach())},
        ]
    return found


def case(name, loss, optimizer, make):
    torch.manual_seed(len(name))
    model = nn.Sequential(nn.Linear(7, 6), nn.Tanh(), nn.Linear(6, 5), nn.ReLU(), nn.Linear(5, 3))
    layers = [
        {"kind": "dense", "units": u, "activation": a, "use_bias": True, "name": f"layer_{i}"}
        for i, (u, a) in enumerate(((6, "tanh"), (5, "relu"), (3, "linear")), 1)
    ]
    classes = loss["kind"] != "mse"
    batches = [(torch.rand(6, 7) * 2 - 1, torch.randint(0, 3, (6,)) if classes else torch.randn(6, 3)) for _ in range(3)]
    # PyTorch's divides the sum over the wrong classes by the number of classes.
    hinge = lambda scores, labels: 3 * nn.functional.multi_margin_loss(scores, labels)
    criterion = {"mse": nn.MSELoss(), "sparse_categorical_crossentropy": nn.CrossEntropyLoss(), "multiclass_hinge": hinge}[loss["kind"]]
    updates = make(model.parameters())
    initial, first, losses = weights(model), tensor(model(batches[0][0]).detach()), []
    for step in range(STEPS):
        x, y = batches[step % len(batches)]
        updates.zero_grad()
        value = criterion(model(x), y)
        value.backward()
        updates.step()
        losses.append(float(f"{value.item():.9g}"))
        if step == 0:
            after_1 = weights(model)
    described = [{"x": tensor(x), **({"labels": y.tolist()} if classes else {"y": tensor(y)})} for x, y in batches]
    return {
        "name": name,
        "network": {"inputs": 7, "layers": layers},
        "loss": loss,
        "optimizer": optimizer,
        "batches": described,
        "initial": initial,
        "losses": losses,
        "first_output": first,
        "last_output": tensor(model(batches[0][0]).detach()),
        "after_1": after_1,
        "after_10": weights(model),
    }


def cases():
    mse, cross = {"kind": "mse"}, {"kind": "sparse_categorical_crossentropy", "from_logits": True}
    sgd = lambda rate, momentum=0.0, nesterov=False: {"kind": "sgd", "learning_rate": rate, "momentum": momentum, "nesterov": nesterov}
    adam = {"kind": "adam", "learning_rate": 0.003, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-12}
    for loss in (mse, cross, {"kind": "multiclass_hinge"}):
        yield case(f"sgd, {loss['kind']}", loss, sgd(0.1), lambda p: torch.optim.SGD(p, 0.1))
        yield case(f"momentum, {loss['kind']}", loss, sgd(0.05, 0.9), lambda p: torch.optim.SGD(p, 0.05, momentum=0.9))
        yield case(f"nesterov, {loss['kind']}", loss, sgd(0.05, 0.9, True), lambda p: torch.optim.SGD(p, 0.05, momentum=0.9, nesterov=True))
        if loss["kind"] == "multiclass_hinge":
            continue  # Its gradients for one bias cancel but for rounding, which Adam without an epsilon would make steps of.
        yield case(f"adam, {loss['kind']}", loss, adam, lambda p: torch.optim.Adam(p, 0.003, eps=1e-12))


torch.set_num_threads(1)
lines = ["{\n" + ",\n".join(f"  {json.dumps(k)}: {json.dumps(v, allow_nan=False)}" for k, v in c.items()) + "\n}" for c in cases()]
made_by = {"torch": torch.__version__, "numpy": np.__version__}
path = pathlib.Path(__file__).with_name("pytorch.json")
path.write_text(f'{{\n"made_by": {json.dumps(made_by)},\n"cases": [\n' + ",\n".join(lines) + "\n]\n}\n")
print(f"{path.name}: {len(lines)} cases")
