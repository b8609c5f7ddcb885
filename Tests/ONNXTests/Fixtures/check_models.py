"""Checks folders of `ablate export --onnx`: `onnx.checker` with full check, and onnxruntime's answers beside those of `ablate predict`, at 1e-5 of the
larger of 1 and the answer.

pip install numpy onnx onnxruntime; python check_models.py ABLATE FOLDER…
"""

import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy
import onnx
import onnxruntime

ROWS = 500


def cells(column, random):
    """Cells of a column as text, some empty where its encoder fills these."""
    (kind, fit), = column["fit"].items()
    if kind == "numeric":
        numbers = (fit["shift"] + fit["divisor"] * random.uniform(-1.5, 1.5, ROWS)).astype(numpy.float32)
        texts = [repr(float(number)) for number in numbers]
    else:
        texts = list(random.choice(fit["categories"], ROWS))
    if column.get("missing") is not None:
        texts = ["" if empty else text for text, empty in zip(texts, random.random(ROWS) < 0.1)]
    return texts


def tensor(column, texts):
    if "numeric" in column["fit"]:
        return numpy.array([[float(text) if text else numpy.nan] for text in texts], numpy.float32)
    return numpy.array([[text] for text in texts], object)


def answers(row, names):
    if "value" in row:
        return row["value"] if isinstance(row["value"], list) else [row["value"]]
    numbers = row.get("probabilities", row.get("scores"))
    return [numbers[name] for name in names]


def check(program, folder, random):
    path = folder / "model.onnx"
    onnx.checker.check_model(str(path), full_check=True)
    described = json.loads((folder / "model.json").read_text())
    inputs = described["encoders"][0]["inputs"]
    columns = {column["column"]: cells(column, random) for column in inputs}
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="") as file:
        table = described["table"]
        numbers = table["numbers"]
        writer = csv.writer(file, delimiter=chr(table.get("delimiter", ord(","))))
        writer.writerow(columns)
        plain = [column["column"] for column in inputs if "numeric" in column["fit"]]
        for row in zip(*columns.values()):
            written = dict(zip(columns, row))
            for name in plain:
                written[name] = written[name].replace(".", chr(numbers["decimal"]))
            writer.writerow(written.values())
        file.flush()
        said = subprocess.run([program, "predict", str(folder), "--csv", file.name, "--json"], check=True, capture_output=True).stdout
    predictions = json.loads(said)["predictions"]
    session = onnxruntime.InferenceSession(str(path))
    outputs = dict(zip([output.name for output in session.get_outputs()],
                       session.run(None, {column["column"]: tensor(column, columns[column["column"]]) for column in inputs})))
    names = json.loads(session.get_modelmeta().custom_metadata_map["classes"])
    labels = next((value for name, value in outputs.items() if name.startswith("label")), None)
    numbers = next(value for name, value in outputs.items() if not name.startswith("label"))
    expected = numpy.array([answers(row, names) for row in predictions])
    worst = numpy.max(numpy.abs(numbers - expected) / numpy.maximum(1, numpy.abs(expected)))
    assert worst < 1e-5, (folder, worst)
    agreeing = "" if labels is None else f", {sum(a == row['predicted'] for a, row in zip(labels, predictions))} labels equal"
    print(f"{folder.name}: checked in full, {len(expected)} rows, largest difference {worst:.2g}{agreeing}")


def main(program, *folders):
    random = numpy.random.default_rng(1)
    for folder in folders:
        check(program, pathlib.Path(folder), random)


main(*sys.argv[1:])
