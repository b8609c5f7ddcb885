"""Write baselines.json: what scikit-learn's plain methods reach on made-up tables.

    .build-peers/bin/python Tests/TrainingTests/Fixtures/make_baselines.py

A case has a method, rows (inputs, then the target), how many of the first rows validate, and figures on those: the others train. Inputs are
standardised by the train rows for logistic regression, whose penalty is the 1e-4 / 2 |w|² of ours, and left alone for the others.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn import linear_model, metrics, neighbors

random = np.random.RandomState(3)
VALIDATE = 20


def regression(count=80, columns=4):
    x = np.round(random.normal(size=(count, columns)) * np.array([1, 10, 0.1, 3]), 4)
    y = np.round(x @ random.normal(size=columns) + 0.3 * x[:, 0] ** 2 + random.normal(size=count), 4)
    return x, y


def classes(kinds, count=120, columns=3):
    labels = random.randint(0, kinds, count)
    x = np.round(random.normal(size=(count, columns)) + 0.8 * random.normal(size=(kinds, columns))[labels], 4)
    return x, labels


def values_case(name, method, x, y):
    method.fit(x[VALIDATE:], y[VALIDATE:])
    found, true = method.predict(x[:VALIDATE]), y[:VALIDATE]
    figures = {
        "val_mae": metrics.mean_absolute_error(true, found),
        "val_rmse": metrics.mean_squared_error(true, found) ** 0.5,
        "val_r2": metrics.r2_score(true, found),
        "val_loss": metrics.mean_squared_error(true, found),
    }
    return case(name, x, [str(v) for v in y], figures)


def classes_case(name, method, x, labels):
    train = x[VALIDATE:]
    scaled = (x - train.mean(0)) / train.std(0) if name == "logistic" else x
    method.fit(scaled[VALIDATE:], labels[VALIDATE:])
    probabilities, true = method.predict_proba(scaled[:VALIDATE]), labels[:VALIDATE]
    figures = {"val_accuracy": metrics.accuracy_score(true, probabilities.argmax(1))}
    if name == "logistic":
        figures["val_log_loss"] = metrics.log_loss(true, probabilities, labels=sorted(set(labels)))
    return case(name, x, [f"c{v}" for v in labels], figures)


def case(name, x, targets, figures):
    rows = [[str(v) for v in row] + [target] for row, target in zip(x.tolist(), targets)]
    return {"method": name, "rows": rows, "validate": VALIDATE, "figures": figures}


logistic = lambda: linear_model.LogisticRegression(C=1e4, tol=1e-10, max_iter=10000)
cases = [
    values_case("linear", linear_model.LinearRegression(), *regression()),
    values_case("nearest_neighbours", neighbors.KNeighborsRegressor(5), *regression()),
    classes_case("logistic", logistic(), *classes(2)),
    classes_case("logistic", logistic(), *classes(4)),
    classes_case("nearest_neighbours", neighbors.KNeighborsClassifier(5), *classes(3)),
]
path = pathlib.Path(__file__).with_name("baselines.json")
lines = ",\n".join(json.dumps(case) for case in cases)
path.write_text(f'{{"made_by": {json.dumps({"scikit-learn": sklearn.__version__})},\n"cases": [\n{lines}\n]}}\n')
print(f"{path.name}: {len(cases)} cases")
