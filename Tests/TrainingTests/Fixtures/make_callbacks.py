"""Write callbacks.json: what Keras's EarlyStopping and ReduceLROnPlateau make of made-up figures.

    .build-peers/bin/python Tests/TrainingTests/Fixtures/make_callbacks.py

Both callbacks get one figure an epoch and a model that does nothing. A case has the callback's settings and the figures;
of early stopping the epoch (from 1) after which it stops, null where it does not, and the epoch whose weights it keeps when it restores the best;
of the plateau the learning rate after each epoch.
"""

import json
import pathlib

import keras
import numpy as np


class Model:
    """What the callbacks ask of a model: its weights are the number of the epoch."""

    def __init__(self, rate=0.1):
        self.stop_training, self.epoch, self.restored = False, 0, None
        self.optimizer = keras.optimizers.SGD(rate)
        self.metrics = []

    def get_weights(self):
        return self.epoch

    def set_weights(self, weights):
        self.restored = weights


def stop(figures, **settings):
    model = Model()
    callback = keras.callbacks.EarlyStopping(monitor="val_loss", restore_best_weights=True, **settings)
    callback.set_model(model)
    callback.on_train_begin()
    stopped = None
    for epoch, figure in enumerate(figures):
        model.epoch = epoch + 1
        callback.on_epoch_end(epoch, {"val_loss": figure})
        if model.stop_training:
            stopped = epoch + 1
            break
    callback.on_train_end()
    return {"settings": settings, "figures": figures, "stopped": stopped, "kept": model.restored}


def plateau(figures, **settings):
    model = Model()
    callback = keras.callbacks.ReduceLROnPlateau(monitor="val_loss", **settings)
    callback.set_model(model)
    callback.on_train_begin()
    rates = []
    for epoch, figure in enumerate(figures):
        callback.on_epoch_end(epoch, {"val_loss": figure})
        rates.append(float(keras.ops.convert_to_numpy(model.optimizer.learning_rate)))
    return {"settings": settings, "figures": figures, "rates": rates}


def series(random, count=30):
    """Falls, levels off and wobbles, in steps that some min_delta are equal to."""
    trend = np.exp(-np.arange(count) / random.uniform(2, 8)) + random.normal(size=count) * 0.03
    return [round(float(x), 2) for x in trend]


random = np.random.RandomState(1)
stops, plateaus = [], []
for mode in ("min", "max"):
    sign = 1 if mode == "min" else -1
    for patience in (0, 1, 2, 5):
        for min_delta in (0.0, 0.01, 0.125):
            stops.append(stop([sign * x for x in series(random)], mode=mode, patience=patience, min_delta=min_delta))
    for patience in (1, 2, 4):
        for cooldown in (0, 1, 3):
            for min_delta, factor, least in ((0.0001, 0.1, 0.0), (0.125, 0.5, 0.02)):
                plateaus.append(
                    plateau(
                        [sign * x for x in series(random)],
                        **{"mode": mode, "patience": patience, "cooldown": cooldown, "min_delta": min_delta, "factor": factor, "min_lr": least},
                    )
                )
stops.append(stop([1.0, 1.0, 1.0, 1.0], mode="min", patience=2, min_delta=0.0))
stops.append(stop([3.0, 2.0, 1.0], mode="max", patience=1, min_delta=0.0))
path = pathlib.Path(__file__).with_name("callbacks.json")
line = lambda cases: "[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]"
path.write_text(
    f'{{"made_by": {json.dumps({"keras": keras.__version__})},\n"stops": {line(stops)},\n"plateaus": {line(plateaus)}}}\n'
)
print(f"{path.name}: {len(stops)} and {len(plateaus)} cases")
