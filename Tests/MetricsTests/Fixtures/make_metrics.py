"""Write metrics.json: predictions, and what scikit-learn says of them.

    python3 -m venv .build-peers
    .build-peers/bin/pip install -r Tests/Benchmarks/requirements.txt
    .build-peers/bin/python Tests/MetricsTests/Fixtures/make_metrics.py

The file is {"made_by", "cases"}. A case has a name, a task (classes | binary | values), what is true (labels, or target rows),
what is predicted (outputs: a row of probabilities, one probability, or a row of values an example) and expected: figures by name.
A figure that is not defined for the case is missing; precision, recall and F1 of a class that is never predicted, or never true,
count as 0. Averages over classes: macro is the plain mean, micro pools the counts, weighted goes by how many are true. A
confusion matrix has a row for each true class. A probability above 0.5 says 1, in figures above_0.3 one above 0.3; figures of_first
are of the class 0, said by its own probability. best_f1 and best_youden are the largest over all thresholds; calibration_shares and
calibration_means are those of the bins that are not empty. Of several values an example, r2 and explained_variance are means over
the values; rmse is the root of the one mse, as in Keras (scikit-learn's own function would average a root for each value). Numbers
are float64.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn import metrics as m
from sklearn.calibration import calibration_curve


def averages(true, predicted, count):
    classes = list(range(count))
    expected = {
        "accuracy": m.accuracy_score(true, predicted),
        "balanced_accuracy": m.recall_score(true, predicted, labels=sorted(set(true)), average="macro", zero_division=0),
        "matthews_correlation": m.matthews_corrcoef(true, predicted),
        "cohen_kappa": m.cohen_kappa_score(true, predicted),
        "confusion": m.confusion_matrix(true, predicted, labels=classes).tolist(),
    }
    for average in (None, "micro", "macro", "weighted"):
        for name, score in (("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)):
            value = score(true, predicted, labels=classes, average=average, zero_division=0)
            expected[f"{name}_{average or 'by_class'}"] = np.asarray(value).tolist()
    return expected


def classes(name, true, outputs):
    true, outputs = np.asarray(true), np.asarray(outputs)
    count = outputs.shape[1]
    expected = averages(true, outputs.argmax(1), count)
    for k in range(1, count):
        expected[f"top_{k}_accuracy"] = m.top_k_accuracy_score(true, outputs, k=k, labels=list(range(count)))
    expected["log_loss"] = m.log_loss(true, outputs, labels=list(range(count)))
    expected["brier_score"] = m.brier_score_loss(true, outputs, labels=list(range(count)))
    if len(set(true)) == count:
        expected["roc_auc_one_against_rest"] = m.roc_auc_score(true, outputs, multi_class="ovr", average="macro")
        expected["average_precision_one_against_rest"] = m.average_precision_score(true, outputs, average="macro")
        expected["roc_auc_one_against_one"] = m.roc_auc_score(true, outputs, multi_class="ovo", average="macro")
    return {"name": name, "task": "classes", "labels": true.tolist(), "outputs": outputs.tolist(), "expected": expected}


def binary(name, true, outputs):
    true, outputs = np.asarray(true), np.asarray(outputs)
    predicted = (outputs > 0.5).astype(int)
    expected = {
        "accuracy": m.accuracy_score(true, predicted),
        "precision": m.precision_score(true, predicted, zero_division=0),
        "recall": m.recall_score(true, predicted, zero_division=0),
        "f1": m.f1_score(true, predicted, zero_division=0),
        "confusion": m.confusion_matrix(true, predicted, labels=[0, 1]).tolist(),
        "log_loss": m.log_loss(true, outputs, labels=[0, 1]),
        "brier_score": m.brier_score_loss(true, outputs, labels=[0, 1], pos_label=1),
    }
    if len(set(true)) == 2:
        expected |= {
            "roc_auc": m.roc_auc_score(true, outputs),
            "average_precision_of_first": m.average_precision_score(1 - true, 1 - outputs),
            "average_precision": m.average_precision_score(true, outputs),
            "matthews_correlation": m.matthews_corrcoef(true, predicted),
            "cohen_kappa": m.cohen_kappa_score(true, predicted),
            "balanced_accuracy": m.balanced_accuracy_score(true, predicted),
        }
        shares, means = calibration_curve(true, outputs, n_bins=10, strategy="uniform")
        expected |= {"calibration_shares": shares.tolist(), "calibration_means": means.tolist()}
        precision, recall, _ = m.precision_recall_curve(true, outputs)
        false_alarms, hits, _ = m.roc_curve(true, outputs, drop_intermediate=False)
        expected |= {
            "best_f1": np.max(2 * precision * recall / np.maximum(precision + recall, 1e-300)),
            "best_youden": np.max(hits - false_alarms),
        }
        single = outputs.astype(np.float32).astype(float)  # 0.3 itself is a little more in 32 bits
        for positive, truth, said in (("", true, single > 0.3), ("_of_first", 1 - true, 1 - single > 0.3)):
            scores = {
                "accuracy": m.accuracy_score, "balanced_accuracy": m.balanced_accuracy_score, "cohen_kappa": m.cohen_kappa_score,
                "matthews_correlation": m.matthews_corrcoef, "precision": m.precision_score, "recall": m.recall_score, "f1": m.f1_score,
            }
            for name_of_score, score in scores.items():
                zero = {"zero_division": 0} if name_of_score in ("precision", "recall", "f1") else {}
                expected[f"{name_of_score}{positive}_above_0.3"] = score(truth, said, **zero)
    return {"name": name, "task": "binary", "labels": true.tolist(), "outputs": outputs.tolist(), "expected": expected}


def values(name, true, outputs):
    true, outputs = np.asarray(true), np.asarray(outputs)
    expected = {
        "mse": m.mean_squared_error(true, outputs),
        "rmse": m.mean_squared_error(true, outputs) ** 0.5,
        "mae": m.mean_absolute_error(true, outputs),
        "mape": m.mean_absolute_percentage_error(true, outputs),
        "r2": m.r2_score(true, outputs),
        "max_error": float(np.abs(true - outputs).max()),
        "median_absolute_error": m.median_absolute_error(true, outputs),
        "explained_variance": m.explained_variance_score(true, outputs),
    }
    return {"name": name, "task": "values", "targets": true.tolist(), "outputs": outputs.tolist(), "expected": expected}


def softmax(scores):
    e = np.exp(scores - scores.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def short(value):
    """Inputs have six digits, so that the file stays small and is exact."""
    return np.round(value, 6)


def cases():
    random, random_of_their_own = np.random.RandomState(7), np.random.RandomState(8)
    labels = random.randint(0, 4, 48)
    outputs = short(softmax(random.normal(size=(48, 4)) + 1.2 * np.eye(4)[labels]))
    outputs[:, 0] += 1 - outputs.sum(1)  # rows add up to 1 after rounding, as scikit-learn asks
    rare = np.where(labels == 3, 0, labels)
    shy = outputs.copy()
    shy[:, 2] /= 50
    shy /= shy.sum(1, keepdims=True)
    yield classes("four classes", labels, outputs)
    yield classes("a class that is never true", rare, outputs)
    yield classes("a class that is never predicted", labels, shy)
    yield classes("all right", labels, np.eye(4)[labels] * 0.7 + 0.075)
    yield classes("a hundred examples of ten classes", random.randint(0, 10, 100), softmax(random.normal(size=(100, 10))))
    truth = random.randint(0, 2, 40)
    scores = short(1 / (1 + np.exp(-(random.normal(size=40) + truth))))
    yield binary("two classes", truth, scores)
    yield binary("ties among the scores", truth, np.round(scores, 1))
    yield binary("one score for all", truth, np.full(40, 0.5))
    yield binary("perfectly ranked", truth, truth * 0.6 + 0.2)
    yield binary("ranked backwards", truth, 0.8 - truth * 0.6)
    yield binary("only ones are true", np.ones(6, int), np.array([0.9, 0.8, 0.2, 0.6, 0.55, 0.4]))
    yield binary("one in ten", (np.arange(60) % 10 == 0).astype(int), short(random.uniform(0, 1, 60)))
    y = short(random.normal(size=(30, 1)) * 5 + 20)
    yield values("one value", y, short(y + random.normal(size=(30, 1))))
    yield values("worse than the mean", y, short(40 - y))
    yield values("exact", y, y)
    yield values("targets that are all equal", np.full((12, 1), 3.5), short(random_of_their_own.normal(size=(12, 1)) + 3.5))
    yield values("targets that are all equal and met", np.full((5, 1), 3.5), np.full((5, 1), 3.5))
    wide = short(random.normal(size=(25, 3)) * np.array([1, 10, 100]))
    yield values("three values of different scale", wide, short(wide + random.normal(size=(25, 3)) * np.array([0.5, 1, 50])))
    some = y.copy()
    some[3] = 0
    yield values("a target of 0", some, short(some + np.random.RandomState(9).normal(size=(30, 1))))


made_by = {"scikit-learn": sklearn.__version__, "numpy": np.__version__}
lines = []
for case in cases():
    fields = ",\n".join(f"  {json.dumps(k)}: {json.dumps(v, allow_nan=False)}" for k, v in case.items())
    lines.append("{\n" + fields + "\n}")
path = pathlib.Path(__file__).with_name("metrics.json")
path.write_text(f'{{\n"made_by": {json.dumps(made_by)},\n"cases": [\n' + ",\n".join(lines) + "\n]\n}\n")
print(f"{path.name}: {len(lines)} cases")
