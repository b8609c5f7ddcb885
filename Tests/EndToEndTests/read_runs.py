"""Opens an experiment's runs with pandas and safetensors alone, and checks that what is written in several places agrees.

    python3 read_runs.py results/NAME [predictions.csv [table.csv]]

predictions.csv is what `ablate predictions NAME` writes, table.csv what `ablate table NAME` does.
"""
import json
import pathlib
import sys

import numpy
import pandas
from safetensors.numpy import load_file


def runs(folder):
    """The finished runs of an experiment as a table: a row a run, settings and figures in columns."""
    records = [json.loads(path.read_text()) for path in sorted(pathlib.Path(folder, "runs").glob("*/record.json"))]
    return pandas.json_normalize([record for record in records if record["status"] == "finished"]).set_index("identity")


def predictions(path):
    """The file `predictions` of a run: by part, a table of rows (from 1), targets and outputs in training units."""
    data = pathlib.Path(path).read_bytes()
    assert data[:8] == b"ABLPRED\n"
    words = numpy.frombuffer(data[8:-32], "<u4")
    assert words[0] == 1, "another version of the form"
    parts, place = words[1], 2
    tables = {}
    for _ in range(parts):
        role, targets, width, count = (int(word) for word in words[place:place + 4])
        place += 4

        def take(columns, kind):
            nonlocal place
            values = words[place:place + count * columns].view(kind).reshape(count, columns)
            place += count * columns
            return values

        rows = take(1, "<i4")
        table = pandas.DataFrame(numpy.hstack([take(targets, "<f4"), take(width, "<f4")]))
        table.columns = [f"target_{i}" for i in range(targets)] + [f"output_{i}" for i in range(width)]
        table.insert(0, "row", rows[:, 0] + 1)
        tables[{1: "validation", 2: "test"}[role]] = table
    assert place == len(words)
    return tables


def check(folder, predictions_csv=None, table_csv=None):
    table = runs(folder)
    print(f"{folder}: {len(table)} finished runs")
    answers = pandas.read_csv(predictions_csv, keep_default_na=False) if predictions_csv else None
    for identity, record in table.iterrows():
        run = pathlib.Path(folder, "runs", identity)
        history = pandas.read_csv(run / "history.csv")
        kept = history[history["epoch"] == record["kept_epoch"]].iloc[0]
        for name in history.columns.difference(["epoch", "seconds"]):
            if f"figures.{name}" in record and pandas.notna(record[f"figures.{name}"]):
                assert numpy.isclose(kept[name], record[f"figures.{name}"], rtol=1e-5, atol=1e-7, equal_nan=True), (identity, name)
        if (run / "weights.safetensors").exists():
            weights = load_file(run / "weights.safetensors")
            trained = sum(tensor.size for name, tensor in weights.items())
            assert trained >= record["parameters"], (identity, trained, record["parameters"])
        if answers is None or not (run / "predictions").exists():
            continue
        own = answers[answers["run"] == identity]
        for part, stored in predictions(run / "predictions").items():
            told = own[own["part"].isin(["validation", "folds"] if part == "validation" else ["test"])]
            assert list(told["row"]) == list(stored["row"]), (identity, part)
            if "target.classes" in record and isinstance(record["target.classes"], list):
                classes = record["target.classes"]
                assert list(told["target"].astype(str)) == [classes[int(label)] for label in stored["target_0"]], (identity, part)
                name = f"figures.{'val' if part == 'validation' else 'test'}_accuracy"
                if name in record and pandas.notna(record[name]):
                    share = (told["target"].astype(str) == told["predicted"].astype(str)).mean()
                    assert abs(share - record[name]) < 1e-6, (identity, share, record[name])
            elif "target.divisor" in record and pandas.notna(record["target.divisor"]):
                own_unit = stored[["target_0", "output_0"]] * record["target.divisor"] + record["target.shift"]
                own_unit = {"log": numpy.exp, "log1p": numpy.expm1}.get(record.get("target.logarithm"), lambda x: x)(own_unit)
                written = told[["target", "predicted"]].astype(float)
                assert numpy.allclose(own_unit, written, rtol=1e-5, atol=1e-6, equal_nan=True), (identity, part)
    if table_csv:
        listed = pandas.read_csv(table_csv).set_index("run")
        assert set(listed.index) <= set(table.index), "the table lists a run that lies elsewhere"
        for name in [column for column in listed.columns if f"figures.{column}" in table.columns]:
            assert numpy.allclose(listed[name], table.loc[listed.index, f"figures.{name}"], rtol=1e-12, equal_nan=True), name
    print("records, histories, weights, predictions and table agree")


if __name__ == "__main__":
    check(*sys.argv[1:])
