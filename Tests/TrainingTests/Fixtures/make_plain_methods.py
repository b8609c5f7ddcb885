"""Write plain_methods.json: what scikit-learn's and XGBoost's methods answer for made-up tables.

    .build-peers/bin/python Tests/TrainingTests/Fixtures/make_plain_methods.py

A case has a method as experiment files write it, rows (inputs, then the target), how many of the first rows validate, class weights where it has any, and the answers for
those: probabilities, or numbers as they are; the others train. Tolerances are those of the answers. XGBoost begins where ours does (base_margin). The words of a case with texts stand apart by spaces.
"""

import json
import pathlib
import warnings

import numpy as np
import sklearn
import xgboost
from sklearn import linear_model, svm, tree

random = np.random.RandomState(5)
VALIDATE = 20
CLASS_WEIGHTS = {"c0": 0.5, "c1": 2.0}


def regression(count=90, columns=5):
    x = np.round(random.normal(size=(count, columns)) * np.array([1, 10, 0.1, 3, 1])[:columns] + np.array([0, 50, 0, 0, 1])[:columns], 4)
    y = np.round(x @ random.normal(size=columns) + x[:, 0] * x[:, 3] + random.normal(size=count), 4)
    return x, y


def classes(kinds, count=130, columns=4):
    labels = random.randint(0, kinds, count)
    x = np.round(random.normal(size=(count, columns)) + 0.9 * random.normal(size=(kinds, columns))[labels], 4)
    return x, labels


def texts(kinds, count=80, words=30):
    labels = random.randint(0, kinds, count)
    chances = 0.08 + 0.3 * random.rand(kinds, words)
    ones = (random.rand(count, words) < chances[labels]).astype(float)
    ones[:, 0] = 1
    return ones, labels


def case(method, x, targets, answers, tolerance, weights=None, text=False):
    inputs = [[" ".join(f"w{j}" for j in np.flatnonzero(row))] for row in x] if text else [[str(v) for v in row] for row in x.tolist()]
    rows = [row + [target] for row, target in zip(inputs, targets)]
    tag, _, settings = method.strip("{}").partition(": {")
    settings = {key: float(value) for key, value in (pair.split(": ") for pair in settings.strip("}").split(", ") if pair)}
    return {"method": tag, "settings": settings, "rows": rows, "validate": VALIDATE, "weights": weights, "text": text,
            "answers": np.round(np.asarray(answers, float).reshape(VALIDATE, -1), 10).tolist(), "tolerance": tolerance}


def values(method, model, data=None, text=False, tolerance=1e-6):
    x, y = data or regression()
    model.fit(x[VALIDATE:], y[VALIDATE:])
    return case(method, x, [str(v) for v in y], model.predict(x[:VALIDATE]), tolerance, text=text)


def weighted(labels, weights):
    return None if weights is None else np.array([weights.get(f"c{v}", 1.0) for v in labels])


def probabilities(method, model, data, weights=None, text=False, tolerance=1e-6):
    x, labels = data
    model.fit(x[VALIDATE:], labels[VALIDATE:], sample_weight=weighted(labels[VALIDATE:], weights))
    return case(method, x, [f"c{v}" for v in labels], model.predict_proba(x[:VALIDATE]), tolerance, weights, text)


def machine(c, data, weights=None):
    """The softmax of LinearSVC's scores times the factor that makes the train rows likeliest, with Platt's targets."""
    x, labels = data
    kinds = labels.max() + 1
    train, known = x[VALIDATE:], labels[VALIDATE:]
    model = svm.LinearSVC(C=c, dual=False, tol=1e-12, max_iter=100000).fit(train, known, sample_weight=weighted(known, weights))

    def scores(rows):
        found = model.decision_function(rows)
        return np.stack([np.zeros(len(rows)), found], 1) if kinds == 2 else found

    def softmax(s):
        e = np.exp(s - s.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)

    counts = np.bincount(known, minlength=kinds)
    aims = (np.eye(kinds)[known] * counts[known][:, None] + 1) / (counts[known][:, None] + kinds)
    s = scores(train)
    low, high = 1e-6, 1e6
    for _ in range(200):
        middle = (low * high) ** 0.5
        if ((softmax(s * middle) - aims) * s).sum() < 0:
            low = middle
        else:
            high = middle
    return case(f"{{linear_svm: {{c: {c}}}}}", x, [f"c{v}" for v in labels], softmax(scores(x[:VALIDATE]) * low), 1e-6, weights)


def boosted(settings, data, objective, weights=None):
    x, y = data
    names = {"rounds": None, "learning_rate": "eta", "max_depth": "max_depth", "lambda": "lambda", "min_child_weight": "min_child_weight"}
    full = {"rounds": 100, "learning_rate": 0.1, "max_depth": 3, "lambda": 1, "min_child_weight": 1} | settings
    parameters = {names[k]: v for k, v in full.items() if names[k]} | {"tree_method": "exact", "objective": objective, "nthread": 1}
    train = x[VALIDATE:].astype(np.float32)
    known = y[VALIDATE:]
    w = weighted(known, weights)
    if objective == "reg:squarederror":
        scale, shift = known.std(), known.mean()
        aims, start = (known - shift) / scale, np.zeros(1)
    else:
        kinds = y.max() + 1
        shares = np.bincount(known, weights=w, minlength=kinds) / (len(known) if w is None else w.sum())
        aims = known
        start = np.array([np.log(shares[1] / shares[0])]) if kinds == 2 else np.log(shares)
        if kinds > 2:
            parameters["num_class"] = int(kinds)
    margin = lambda rows: np.tile(start, (len(rows), 1)).astype(np.float32)
    matrix = xgboost.DMatrix(train, aims, weight=w, base_margin=margin(train))
    model = xgboost.train(parameters | {"base_score": 0.5}, matrix, full["rounds"])
    asked = x[:VALIDATE].astype(np.float32)
    found = model.predict(xgboost.DMatrix(asked, base_margin=margin(asked)))
    if objective == "reg:squarederror":
        found = found * scale + shift
    elif len(start) == 1:
        found = np.stack([1 - found, found], 1)
    written = ", ".join(f"{k}: {v}" for k, v in settings.items())
    method = f"{{boosted_trees: {{{written}}}}}" if settings else "boosted_trees"
    return case(method, x, [str(v) if objective == "reg:squarederror" else f"c{v}" for v in y], found, 1e-5, weights)


logistic = lambda c: linear_model.LogisticRegression(C=c, tol=1e-12, max_iter=100000)
wide = (np.round(random.normal(size=(60, 70)), 4), np.round(random.normal(size=60), 4))
few, many = classes(2), classes(4)
warnings.simplefilter("error")
cases = [
    values("ridge", linear_model.Ridge(1.0)),
    values("{ridge: {alpha: 0.01}}", linear_model.Ridge(0.01), wide),
    values("{ridge: {alpha: 5}}", linear_model.Ridge(5), (lambda d: (d[0], np.round(d[1] + random.normal(size=80), 3)))(texts(2)), text=True),
    values("{lasso: {alpha: 0.05}}", linear_model.Lasso(0.05, tol=1e-14, max_iter=10**7)),
    values("{lasso: {alpha: 0.1}}", linear_model.Lasso(0.1, tol=1e-14, max_iter=10**7), wide),
    values("{lasso: {alpha: 0.02}}", linear_model.Lasso(0.02, tol=1e-14, max_iter=10**7), (lambda d: (d[0], np.round(d[1] + random.normal(size=80), 3)))(texts(2)), text=True),
    probabilities("{logistic: {c: 0.5}}", logistic(0.5), few),
    probabilities("{logistic: {c: 2}}", logistic(2), many),
    probabilities("{logistic: {c: 0.5}}", logistic(0.5), few, CLASS_WEIGHTS),
    probabilities("logistic", logistic(1), texts(2), text=True),
    probabilities("{logistic: {c: 3}}", logistic(3), texts(3), text=True),
    machine(1.0, few), machine(0.1, many), machine(1.0, few, CLASS_WEIGHTS),
    probabilities("tree", tree.DecisionTreeClassifier(max_depth=5, random_state=0), many, tolerance=1e-9),
    probabilities("{tree: {max_depth: 3, min_samples_leaf: 8}}", tree.DecisionTreeClassifier(max_depth=3, min_samples_leaf=8, random_state=0), few, CLASS_WEIGHTS, tolerance=1e-9),
    values("{tree: {max_depth: 4}}", tree.DecisionTreeRegressor(max_depth=4, random_state=0), tolerance=1e-8),
    values("{tree: {max_depth: 6, min_samples_leaf: 5}}", tree.DecisionTreeRegressor(max_depth=6, min_samples_leaf=5, random_state=0), tolerance=1e-8),
    boosted({}, few, "binary:logistic"),
    boosted({"rounds": 30, "learning_rate": 0.3, "max_depth": 6}, few, "binary:logistic", CLASS_WEIGHTS),
    boosted({"rounds": 20, "learning_rate": 0.3, "lambda": 2}, many, "multi:softprob"),
    boosted({"rounds": 50, "learning_rate": 0.3, "max_depth": 4, "min_child_weight": 3}, regression(), "reg:squarederror"),
]
path = pathlib.Path(__file__).with_name("plain_methods.json")
lines = ",\n".join(json.dumps(case) for case in cases)
made_by = json.dumps({"scikit-learn": sklearn.__version__, "xgboost": xgboost.__version__})
path.write_text(f'{{"made_by": {made_by},\n"cases": [\n{lines}\n]}}\n')
print(f"{path.name}: {len(cases)} cases")
