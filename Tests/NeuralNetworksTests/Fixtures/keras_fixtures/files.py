"""The form of a fixture file: JSON with one line a field of a case, so that a change shows in a diff."""

import json
import math
import pathlib

import keras
import numpy as np
import tensorflow as tf

FOLDER = pathlib.Path(__file__).resolve().parent.parent


class Single(float):
    """A number that has nine significant digits in the file: enough to read back the same Float."""

    def __repr__(self):
        return f"{float(self):.9g}"


def tensor(array):
    array = np.asarray(array)
    return {"shape": list(array.shape), "values": [Single(v) for v in array.ravel()]}


def text(value):
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise SystemExit("a figure is not finite")
        return f"{value:.9g}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {text(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(text(v) for v in value) + "]"
    return json.dumps(value)


def write(name, **sections):
    """One line a field of a case, so that a change shows in a diff."""
    made_by = {"keras": keras.__version__, "tensorflow": tf.__version__, "numpy": np.__version__}
    lines = ["{", f'"made_by": {text(made_by)},']
    for at, (section, cases) in enumerate(sections.items()):
        lines.append(f'"{section}": [')
        for number, case in enumerate(cases):
            fields = [f"  {json.dumps(k)}: {text(v)}" for k, v in case.items()]
            lines.append("{\n" + ",\n".join(fields) + "\n}" + ("," if number + 1 < len(cases) else ""))
        lines.append("]" + ("," if at + 1 < len(sections) else ""))
    (FOLDER / name).write_text("\n".join(lines) + "\n}\n")
    print(f"{name}: {', '.join(f'{len(c)} {s}' for s, c in sections.items())}", flush=True)
