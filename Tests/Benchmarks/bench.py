"""Measure ablate and what a user would pick instead, in one sitting, and print a Markdown table.

usage: bench.py [--only six,one,encode,start,product] [--peers keras,torch,torch-bag,jax] [--repeats 3] [--peer-repeats 1]

Only the ratios mean anything: run it on an idle machine, both sides in one sitting. Ours are whole commands, from the shell's
point of view; the peers' seconds leave out import and data loading. Of several repeats the best counts. ABLATE_MIRROR names the
folder that holds the raw archives; ABLATE_PEERS the virtual environment of the peers (.build-peers when not set). Everything of
ours happens in a temporary copy of the project's experiments and data, so no cache and no result of yours is used or touched.
"""

import argparse
import json
import os
import pathlib
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True  # leave no __pycache__ among the sources
import process
from process import Failure
from workloads import PRODUCT, REUTERS

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
PEERS = {"keras": "Keras", "torch": "PyTorch", "torch-bag": "PyTorch, bag", "jax": "JAX"}
MEASURES = {
    "six": "the six Reuters runs",
    "one": "512-512 alone on one core",
    "encode": "raw archive to cache, and opening it",
    "start": "--help and plan",
    "product": "one matrix product",
}
INSTALL = """The peers are not installed ({folder}). To compare with them:
    python3 -m venv {folder}
    {folder}/bin/pip install -r {here}/requirements.txt
Ours alone follows."""


def say(text):
    print(text, file=sys.stderr, flush=True)


# ---------------------------------------------------------------- The table
class Table:
    """Rows of figures: ours, one a peer, the ratio of the nearest peer to ours, what was aimed at."""

    def __init__(self, peers):
        self.peers, self.rows = peers, []

    def add(self, what, ours, unit, peers=None, goal="", larger_is_better=False):
        """`ours` is a number, or the words that stand in its place."""
        peers = {name: value for name, value in (peers or {}).items() if value}
        ratio = ""
        if isinstance(ours, (int, float)) and peers:
            nearest = max(peers.values()) if larger_is_better else min(peers.values())
            ratio = f"{ours / nearest if larger_is_better else nearest / ours:.1f} x"
        shown = lambda value: f"{number(value)} {unit}" if isinstance(value, (int, float)) else value or "–"
        self.rows.append([what, shown(ours), *(shown(peers.get(name)) for name in self.peers), ratio or "–", goal or "–"])

    def print(self):
        head = ["", "ours", *(PEERS[name] for name in self.peers), "nearest peer : ours", "to reach"]
        print("| " + " | ".join(head) + " |\n|:--|" + "--:|" * (len(head) - 1))
        for row in self.rows:
            print("| " + " | ".join(row) + " |")


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


# ---------------------------------------------------------------- Ours
class Ours:
    """The built executable, in a copy of the project that holds no result and no cache."""

    def __init__(self, executable, folder, repeats):
        self.executable, self.folder, self.repeats = executable, folder, repeats
        shutil.copytree(ROOT / "experiments", folder / "experiments")
        shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("cache"))

    def run(self, *arguments, **options):
        return process.run([self.executable, "run", REUTERS.experiment, *arguments], folder=self.folder, **options)

    def forget(self, place):
        shutil.rmtree(self.folder / place, ignore_errors=True)

    def records(self):
        """What the store says of its finished runs, by variant."""
        found = (json.loads(path.read_text()) for path in (self.folder / "results").glob("*/runs/*/record.json"))
        return {record["variant"]: record for record in found if record["status"] == "finished"}

    def encode(self):
        """Seconds of `ablate plan` that makes the cache from the raw archive first, and what a worker's record says of opening it."""
        made, opened = [], []
        for _ in range(self.repeats):
            self.forget("data/cache")
            made.append(process.run([self.executable, "plan", REUTERS.experiment], folder=self.folder).seconds)
            self.forget("results")
            self.run("--only", "none", "--seeds", "1", "-j", "1", "-S", "training.epochs=1")
            opened.append(max(record["timings"]["encode_seconds"] for record in self.records().values()))
        self.forget("results")
        return min(made), min(opened)

    def best_run(self, *arguments, **options):
        """The quickest of several runs into an empty store, with its records."""
        outcomes = []
        for _ in range(self.repeats):
            self.forget("results")
            outcomes.append((self.run("--seeds", "1", *arguments, **options), self.records()))
        return min(outcomes, key=lambda pair: pair[0].seconds)

    def start(self, *arguments):
        return process.best(20, [self.executable, *arguments], folder=self.folder).seconds


# ---------------------------------------------------------------- Peers
class Peers:
    def __init__(self, folder, names, repeats):
        self.python, self.data, self.repeats = folder / "bin" / "python", folder / "data", repeats
        self.names = names if self.python.exists() else []
        if names and not self.names:
            say(INSTALL.format(folder=folder, here=HERE))

    def prepare(self, mirror):
        if self.names and not (self.data / "reuters.npz").exists():
            say("encoding the data for the peers, once")
            process.run([self.python, "-B", HERE / "peer_data.py", self.data, mirror, "reuters"])

    def measure(self, workload, **options):
        """The JSON lines of each peer, {peer: {run: line}}, the quickest of several repeats. A peer that fails is left out, aloud."""
        found = {}
        for name in self.names:
            if workload == "product" and name == "torch-bag":
                continue
            for _ in range(self.repeats):
                say(f"{PEERS[name]}: {workload}")
                try:
                    lines = process.run([self.python, "-B", HERE / "peers.py", self.data, name, workload], **options).output.splitlines()
                except Failure as failure:
                    say(f"  {failure}")
                    continue
                for line in map(json.loads, lines):
                    runs = found.setdefault(name, {})
                    before = runs.get(line.get("run", workload))
                    if before is None or quickness(line) < quickness(before):
                        runs[line.get("run", workload)] = line
        return found


def quickness(line):
    return line["seconds"] if "seconds" in line else -line["gigaflops"]


# ---------------------------------------------------------------- The sitting
def six(table, ours, peers):
    say("ours: the six Reuters runs")
    outcome, records = ours.best_run("-j", "2")
    theirs = peers.measure("reuters")
    total = {name: sum(line["seconds"] for line in runs.values()) for name, runs in theirs.items() if len(runs) == len(REUTERS.runs)}
    table.add("the six Reuters runs (ours: the whole command, -j 2)", outcome.seconds, "s", total, "6.5 s")
    for run in REUTERS.runs:
        record = records.get(run)
        mine = record["timings"]["train_seconds"] if record else "not run"
        table.add(
            f"… {run}, training (ours: one core of two)",
            mine,
            "s",
            {name: runs[run]["seconds"] for name, runs in theirs.items() if run in runs},
        )
    memory = {name: max(line["memory"] for line in runs.values()) for name, runs in theirs.items()}
    table.add("peak memory (ours: the largest worker)", outcome.memory, "MB", memory, "200 MB")
    for figure, key in (("val_accuracy", "validation"), ("test_accuracy", "test")):
        scores = {name: runs["baseline"][key] for name, runs in theirs.items() if "baseline" in runs}
        mine = records.get("baseline", {}).get("figures", {}).get(figure)
        table.rows.append(
            [
                f"baseline, {key} accuracy, one seed",
                f"{mine:.3f}" if mine else "–",
                *(f"{scores[name]:.3f}" if name in scores else "–" for name in table.peers),
                "–",
                "–",
            ]
        )
    return theirs


def one(table, ours, theirs):
    say("ours: 512-512 alone on one core")
    outcome, _ = ours.best_run("-j", "1", "--only", "both-wide", one_core=True)
    seconds = {name: runs["both-wide"]["seconds"] for name, runs in theirs.items() if "both-wide" in runs}
    table.add("512-512 alone (ours: the whole command on one core; peers: all cores)", outcome.seconds, "s", seconds, "5 s")


def encode(table, ours):
    say("ours: raw archive to cache")
    made, opened = ours.encode()
    table.add("raw archive to encoded cache (with the rest of `ablate plan`)", made, "s", goal="1.5 s")
    table.add("opening the cache", opened * 1000, "ms", goal="20 ms")


def start(table, ours):
    say("ours: --help, plan")
    table.add("`ablate --help`", ours.start("--help") * 1000, "ms", goal="20 ms")
    table.add("`ablate plan`", ours.start("plan", REUTERS.experiment) * 1000, "ms", goal="50 ms")


def product(table, executable, peers):
    if not executable.exists():
        process.run(["swift", "build", "-c", "release", "--product", executable.name, "--quiet"], folder=ROOT)
    theirs = {name: runs["product"]["gigaflops"] for name, runs in peers.measure("product", one_core=True).items()}
    say("ours: matrix product")
    mine = float(process.run([executable, *PRODUCT], one_core=True).output)
    table.add(f"matrix product {' x '.join(map(str, PRODUCT))}, one core", mine, "GFLOP/s", theirs, "200 GFLOP/s", larger_is_better=True)


def machine():
    name = (
        next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
        if os.path.exists("/proc/cpuinfo")
        else ""
    )
    return f"{name or os.uname().machine}, {os.cpu_count()} cores, load average {os.getloadavg()[0]:.2f}"


def attempt(failures, measure, *arguments):
    """A measurement that fails is named and does not stop the others."""
    try:
        return measure(*arguments)
    except Failure as failure:
        failures.append(str(failure))
        say(str(failure))
        return None


def names(known):
    def parse(text):
        chosen = [name for name in text.split(",") if name]
        unknown = [name for name in chosen if name not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; known: {', '.join(known)}")
        return chosen

    return parse


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", type=names(MEASURES), default=list(MEASURES), help="; ".join(f"{k}: {v}" for k, v in MEASURES.items()))
    parser.add_argument("--peers", type=names(PEERS), default=list(PEERS), help="which peers; an empty word for none")
    parser.add_argument("--repeats", type=int, default=3, help="of ours; the best counts")
    parser.add_argument("--peer-repeats", type=int, default=1)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / ".build" / "release", help="where the built executables are")
    options = parser.parse_args()
    if min(options.repeats, options.peer_repeats) < 1:
        parser.error("repeats are counted from 1")
    executable, failures = (options.build / "ablate").resolve(), []
    if not executable.exists():
        raise SystemExit(f"{executable} is not there; make build")
    mirror = os.environ.get("ABLATE_MIRROR")
    data = mirror and (pathlib.Path(mirror) / REUTERS.archive).exists()
    reuters = [name for name in options.only if name in ("six", "one", "encode")]
    if reuters and not data:
        say(f"{', '.join(reuters)}: left out, for want of {REUTERS.archive}; set ABLATE_MIRROR to the folder that holds it")
    peers = Peers(pathlib.Path(os.environ.get("ABLATE_PEERS", ROOT / ".build-peers")).absolute(), options.peers, options.peer_repeats)
    before = machine()
    if os.getloadavg()[0] > 0.5:
        say(f"the machine is busy (load average {os.getloadavg()[0]:.2f}); the figures will be too slow")
    table = Table(peers.names)
    with tempfile.TemporaryDirectory(prefix="ablate-bench-") as folder:
        ours = Ours(executable, pathlib.Path(folder), options.repeats)
        if data and "encode" in options.only:
            attempt(failures, encode, table, ours)
        theirs = {}
        if data and {"six", "one"} & set(options.only):
            attempt(failures, peers.prepare, mirror)
            if "encode" not in options.only:
                attempt(failures, ours.encode)  # so that the runs below find the data encoded
            if "six" in options.only:
                theirs = attempt(failures, six, table, ours, peers) or {}
            if "one" in options.only:
                attempt(failures, one, table, ours, theirs)
        if "start" in options.only:
            attempt(failures, start, table, ours)
        if "product" in options.only:
            attempt(failures, product, table, options.build / "product-benchmark", peers)
    table.print()
    best_of = f"best of {options.repeats} (ours) and {options.peer_repeats} (peers)"
    print(f"\n{before} before, {os.getloadavg()[0]:.2f} after; {best_of}. Peers: training alone, on all cores.")
    for failure in failures:
        print(f"\nfailed: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
