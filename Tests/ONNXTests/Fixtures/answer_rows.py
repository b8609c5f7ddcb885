"""Writes what onnxruntime answers for the rows of a table, beside an exported model: rows.csv and answers.json in its folder.

pip install numpy onnxruntime; python answer_rows.py FOLDER
"""

import csv
import json
import pathlib
import sys

import numpy
import onnxruntime


def main(folder):
    folder = pathlib.Path(folder)
    rows = list(csv.DictReader((folder / "rows.csv").open()))
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"))
    feed = {}
    for column in session.get_inputs():
        texts = [row[column.name] for row in rows]
        isText = "string" in column.type
        feed[column.name] = numpy.array([[text if isText else float(text or "nan")] for text in texts], object if isText else numpy.float32)
    answers = session.run(None, feed)[-1]
    described = json.loads((folder / "model.json").read_text())
    written = {"program": described["program"], "onnxruntime": onnxruntime.__version__, "answers": [[float(x) for x in row] for row in answers]}
    (folder / "answers.json").write_text(json.dumps(written, indent=1) + "\n")


main(*sys.argv[1:])
