"""Write numpy.json: what NumPy's legacy RandomState gives, for the tests beside this folder.

usage: make_numpy_fixtures.py        (needs numpy; any version since 1.17 gives the same numbers)
"""
import json
import pathlib

import numpy as np

cases = []
for seed in (0, 1, 113, 2**32 - 1):
    case = {"seed": seed}
    case["words"] = [int(w) for w in np.random.RandomState(seed).randint(0, 2**32, 8, dtype=np.uint32)]
    case["permutations"] = {str(n): np.random.RandomState(seed).permutation(n).tolist() for n in (0, 1, 2, 10, 1000)}
    case["choice"] = np.random.RandomState(seed).choice(1599, 1119, replace=False).tolist()
    shuffled = np.arange(506)
    np.random.RandomState(seed).shuffle(shuffled)
    case["shuffled"] = shuffled.tolist()
    state = np.random.RandomState(seed)
    first, second = np.arange(7), np.arange(9)
    state.shuffle(first)
    state.shuffle(second)
    case["secondShuffle"] = second.tolist()
    cases.append(case)
pathlib.Path(__file__).with_name("numpy.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
