"""Reads a folder of `ablate run --tensorboard` with TensorBoard's own reader and with tbparse, and compares every scalar with the runs' history.csv.

pip install tensorboard tbparse; python check_runs.py RESULTS FOLDER [--histograms]
"""

import csv
import json
import pathlib
import sys

import numpy
from tbparse import SummaryReader
from tensorboard.backend.event_processing.event_accumulator import HISTOGRAMS, SCALARS, EventAccumulator


def history(folder):
    with open(folder / "history.csv") as file:
        rows = list(csv.DictReader(file))
    return {name: numpy.array([float(row[name]) for row in rows], numpy.float32) for name in rows[0] if name != "epoch"}


def folder_of(record, root):
    folder = root / record["experiment"] / record["variant"] / f"seed-{record['seed']}"
    return folder / f"fold-{record['fold']}" if record.get("fold") else folder


def main(results, root, wants_histograms):
    compared = runs = histograms = 0
    for path in sorted(results.glob("*/runs/*/record.json")):
        record = json.loads(path.read_text())
        folder = folder_of(record, root)
        if record.get("status") != "finished" or not folder.exists():
            continue
        runs += 1
        columns = history(path.parent)
        for name, values in columns.items():
            part, tag = ("validation", name[4:]) if name.startswith("val_") else ("train", name)
            accumulator = EventAccumulator(str(folder / part), size_guidance={SCALARS: 0, HISTOGRAMS: 0}).Reload()
            scalars = accumulator.Scalars(tag)
            assert [scalar.step for scalar in scalars] == list(range(1, len(values) + 1)), (folder, tag)
            numpy.testing.assert_array_equal(numpy.array([scalar.value for scalar in scalars], numpy.float32), values)
            compared += len(values)
            if part == "train" and wants_histograms:
                for layer in accumulator.Tags()["histograms"]:
                    found = accumulator.Histograms(layer)
                    steps = [one.step for one in found]
                    # Where training diverged, weights may be no numbers.
                    is_whole = steps == list(range(1, len(values) + 1))
                    assert is_whole or steps == sorted(set(steps)) and record.get("stopped") == "diverged", (folder, layer)
                    assert all(sum(one.histogram_value.bucket) == one.histogram_value.num for one in found)
                    histograms += len(found)
        table = SummaryReader(str(folder), extra_columns={"dir_name"}).scalars
        for name, values in columns.items():
            part, tag = ("validation", name[4:]) if name.startswith("val_") else ("train", name)
            found = table[(table.dir_name == part) & (table.tag == tag)].sort_values("step")
            numpy.testing.assert_array_equal(found.value.to_numpy(numpy.float32), values)
    print(f"{runs} runs, {compared} scalars equal in both readers, {histograms} histograms")
    assert runs > 0


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), "--histograms" in sys.argv)
