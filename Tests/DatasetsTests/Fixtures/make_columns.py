"""Writes columns.csv, a table of columns of many kinds, and columns.json: what pandas and scikit-learn make of them, fitted on the first 90 rows.

Made with pandas 3.1.1, scikit-learn 1.9.1 and NumPy 2.4.6:

    python make_columns.py
"""

import json
import os

import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, OrdinalEncoder, RobustScaler, StandardScaler

ROWS, TRAIN = 120, 90
random = np.random.RandomState(7)

when = pd.Timestamp("2019-12-28T00:00:00") + pd.to_timedelta(random.randint(0, 3 * 366 * 86400, ROWS), unit="s")
size = random.choice(["S", "M", "L"], ROWS)
city = random.choice(["Oslo", "Rome", "Bonn", "Lyon", "Cork", "Gent", "Metz"], ROWS, p=[0.35, 0.3, 0.2, 0.06, 0.04, 0.03, 0.02])
city[0], city[ROWS - 1], city[ROWS - 2] = "Cork", "Unseen", "Cork"
age = np.where(random.rand(ROWS) < 0.15, np.nan, random.randint(18, 80, ROWS) + random.randint(0, 4, ROWS) / 4)
income = np.round(np.exp(random.normal(10, 1, ROWS)), 2)
visits = random.poisson(2, ROWS)
member = random.choice(["yes", "No", "TRUE", "f", "1", "0"], ROWS)

table = pd.DataFrame(
    {
        "when": [t.strftime("%Y-%m-%dT%H:%M:%S") for t in when],
        "zoned": [t.strftime("%Y-%m-%d %H:%M:%S") + ("+02:00" if t.month % 2 else "-05:30") for t in when],
        "day": [f"{t.day}.{t.month}.{t.year}" for t in when],
        "american": [f"{t.month}/{t.day}/{t.year % 100:02}" for t in when],
        "spoken": [t.strftime("%d %b %Y %I:%M %p") for t in when],
        "size": size,
        "city": city,
        "age": ["" if np.isnan(a) else f"{a:g}" for a in age],
        "income": income,
        "visits": visits,
        "member": member,
        "y": random.randint(0, 2, ROWS),
    }
)
here = os.path.dirname(os.path.abspath(__file__))
table.to_csv(f"{here}/columns.csv", index=False)


def fitted(transformer, values):
    values = np.asarray(values, dtype=object if isinstance(values[0], str) else float).reshape(-1, 1)
    return transformer.fit(values[:TRAIN]).transform(values)


def imputed(**options):
    return fitted(SimpleImputer(**options), age)


def scaled_first(scaler, matrix):
    return np.hstack([fitted(scaler, matrix[:, 0]), matrix[:, 1:]])


def encoded_city(**options):
    return fitted(OneHotEncoder(sparse_output=False, **options), list(city))


def dates(series, parts, cyclic, since=None):
    def part(name):
        return {
            "week": lambda: series.dt.isocalendar().week, "weekday": lambda: series.dt.day_of_week, "day_of_year": lambda: series.dt.day_of_year,
        }.get(name, lambda: getattr(series.dt, name))().astype(float).to_numpy()

    circles = {"quarter": (1, 4), "month": (1, 12), "week": (1, 53), "day": (1, 31), "weekday": (0, 7), "day_of_year": (1, 366), "hour": (0, 24)}
    columns = [part(name) for name in parts]
    for name in cyclic:
        first, length = circles[name]
        angle = 2 * np.pi * (part(name) - first) / length
        columns += [np.sin(angle), np.cos(angle)]
    if since is not None:
        columns.append(((series - since) / pd.Timedelta(days=1)).to_numpy())
    return np.column_stack(columns)


parts = ["year", "quarter", "month", "week", "day", "weekday", "day_of_year", "hour", "minute", "second"]
cyclic = ["quarter", "month", "week", "day", "weekday", "day_of_year", "hour"]
stamps = pd.Series(when)
start = pd.Timestamp("2020-02-29")
in_utc = pd.to_datetime(table["zoned"], utc=True)
answers = {"yes": 1, "no": 0, "true": 1, "f": 0, "1": 1, "0": 0}

cases = [
    ("age: {encode: numeric, missing: median}", imputed(strategy="median")),
    ("age: {encode: numeric, missing: -1}", imputed(strategy="constant", fill_value=-1)),
    (
        "age: {encode: numeric, scale: standard, missing: {fill: median, indicator: true}}",
        scaled_first(StandardScaler(), imputed(strategy="median", add_indicator=True)),
    ),
    ("age: {encode: numeric, scale: robust, missing: mean}", scaled_first(RobustScaler(), imputed(strategy="mean"))),
    ("income: {encode: numeric, scale: robust}", fitted(RobustScaler(), income)),
    ("income: {encode: numeric, scale: log}", np.log(income).reshape(-1, 1)),
    ("income: {encode: numeric, scale: {log: standard}}", fitted(StandardScaler(), np.log(income))),
    ("visits: {encode: numeric, scale: log1p}", np.log1p(visits).reshape(-1, 1)),
    ("visits: {encode: numeric, scale: {log1p: min-max}}", fitted(MinMaxScaler(), np.log1p(visits))),
    ("visits: {encode: numeric, scale: {log1p: robust}}", fitted(RobustScaler(), np.log1p(visits))),
    ("city: {encode: one-hot, min_count: 10, unknown: rare}", encoded_city(min_frequency=10, handle_unknown="infrequent_if_exist")),
    ("city: {encode: one-hot, min_count: 10, unknown: ignore}", encoded_city(min_frequency=10, handle_unknown="ignore")),
    ("size: {encode: ordinal, order: [S, M, L]}", fitted(OrdinalEncoder(categories=[["S", "M", "L"]]), list(size))),
    (
        "size: {encode: ordinal, order: [S, M, L], scale: standard}",
        fitted(StandardScaler(), fitted(OrdinalEncoder(categories=[["S", "M", "L"]]), list(size))[:, 0]),
    ),
    ("member: {encode: yes-no}", np.array([[answers[m.lower()]] for m in member])),
    (f"when: {{encode: date, parts: [{', '.join(parts)}]}}", dates(stamps, parts, [])),
    (f"when: {{encode: date, cyclic: [{', '.join(cyclic)}], since: 2020-02-29}}", dates(stamps, [], cyclic, start)),
    (
        "when: {encode: date, parts: [year, hour], since: 2020-02-29T12:00, scale: standard}",
        StandardScaler().fit(dates(stamps, ["year", "hour"], [], start)[:TRAIN]).transform(dates(stamps, ["year", "hour"], [], start)),
    ),
    ("zoned: {encode: date, parts: [day, hour, minute], cyclic: [hour]}", dates(in_utc, ["day", "hour", "minute"], ["hour"])),
    ("day: {encode: date, parts: [year, month, day], since: 2020-02-29}", dates(pd.to_datetime(table["day"], format="%d.%m.%Y"), parts[:1] + ["month", "day"], [], start)),
    ("american: {encode: date, parts: [year, month, day, week]}", dates(pd.to_datetime(table["american"], format="%m/%d/%y"), ["year", "month", "day", "week"], [])),
    (
        'spoken: {encode: date, format: "%d %b %Y %I:%M %p", parts: [year, month, day, hour, minute]}',
        dates(pd.to_datetime(table["spoken"], format="%d %b %Y %I:%M %p"), ["year", "month", "day", "hour", "minute"], []),
    ),
]

with open(f"{here}/columns.json", "w") as file:
    cases = [{"inputs": inputs, "rows": [[float(f"{x:.9g}") for x in row] for row in matrix]} for inputs, matrix in cases]
    file.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")
