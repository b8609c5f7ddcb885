"""Measure ablate and what a user would pick instead, in one sitting, and print a Markdown table.

usage: bench.py [--only reuters,one,imdb,…] [--peers keras,torch,torch-bag,jax,numpy,sklearn] [--repeats 3] [--peer-repeats 1] [--march x86-64-v3]

Only the ratios mean anything: run it on an idle machine, both sides in one sitting. Ours are whole commands, from the shell's
point of view; the peers' seconds leave out import and data loading. Of several repeats the best counts. ABLATE_MIRROR names the
folder that holds the raw archives; ABLATE_PEERS the virtual environment of the peers (.build-peers when not set). Everything of
ours happens in a temporary copy of the project's experiments and data, so no cache and no result of yours is used or touched.
With --march x86-64-v3 a machine with AVX-512 plays one with AVX2: ours is built for it, into .build-x86-64-v3, and the peers are told so.
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
from deep_workloads import NETS
from process import Failure
from table import PEERS, Table
from unlabelled_workloads import UNLABELLED
from workloads import LONG_RUNS, MANY_SEEDS, MANY_STORES, PRODUCTS, REUTERS, WORKLOADS

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
MEASURES = {
    "encode": "raw archives to cache, and opening it",
    **{name: workload.title for name, workload in WORKLOADS.items()},
    "deep": "images and sequences (a quarter of an hour; only when asked for)",
    "unlabelled": "autoencoders, Boltzmann machines, an adversarial pair (minutes; only when asked for)",
    "one": "Reuters 512-512 alone on one core",
    "checkpoints": "what checkpoints cost (minutes)",
    "start": "--help and plan",
    "many": "1,000 trivial runs; plan, list and report of 10,000 (a minute)",
    "product": "matrix products, one core",
    "methods": "PCA and k-means on 4,000 digits, one core",
    "reproduce": "every experiment, five seeds (minutes; only when asked for)",
}
# By processor that ours is built for: what makes the peers keep to the same instructions.
PLAYED = {
    "x86-64-v3": {
        "ATEN_CPU_CAPABILITY": "avx2",
        "ONEDNN_MAX_CPU_ISA": "AVX2",
        "MKL_ENABLE_INSTRUCTIONS": "AVX2",
        "OPENBLAS_CORETYPE": "Haswell",
        "XLA_FLAGS": "--xla_cpu_max_isa=AVX2",
    }
}
INSTALL = """The peers are not installed ({folder}). To compare with them:
    python3 -m venv {folder}
    {folder}/bin/pip install -r {here}/requirements.txt
Ours alone follows."""


def say(text):
    print(text, file=sys.stderr, flush=True)


# ---------------------------------------------------------------- Ours
class Ours:
    """The built executable, in a copy of the project that holds no result and no cache."""

    def __init__(self, executable, folder, repeats):
        self.executable, self.folder, self.repeats = executable, folder, repeats
        shutil.copytree(ROOT / "experiments", folder / "experiments")
        shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("cache"))

    def command(self, *arguments, **options):
        return process.run([self.executable, *arguments], folder=self.folder, **options)

    def forget(self, place):
        shutil.rmtree(self.folder / place, ignore_errors=True)

    def records(self, asked=()):
        """What the store says of its finished runs, by variant, first of those that belong to the experiments that were asked for."""
        found = (json.loads(path.read_text()) for path in (self.folder / "results").glob("*/runs/*/record.json"))
        finished = [record for record in found if record["status"] == "finished"]
        return {record["variant"]: record for record in sorted(finished, key=lambda record: record["experiment"] in asked)}

    def encode(self, experiment):
        """Seconds of `ablate plan` that makes the cache from the raw archive first."""
        made = []
        for _ in range(self.repeats):
            self.forget("data/cache")
            made.append(self.command("plan", experiment).seconds)
        return min(made)

    def open(self, experiment):
        """Seconds that a worker needs to open the encoded rows, as its record says."""
        opened = []
        for _ in range(self.repeats):
            self.forget("results")
            self.command("run", experiment, "--only", "baseline", "--seeds", "1", "-j", "1", "-S", "training.epochs=1")
            opened.append(max(record["timings"]["encode_seconds"] for record in self.records().values()))
        self.forget("results")
        return min(opened)

    def best_run(self, commands, **options):
        """Of several runs of the commands into an empty store the quickest: its seconds, its largest worker in MB, its records."""
        for experiment, *_ in commands:
            self.command("plan", experiment)  # encodes the data, where that is still to be done
        outcomes = []
        for _ in range(self.repeats):
            self.forget("results")
            done = [self.command("run", *command, "--seeds", "1", **options) for command in commands]
            outcomes.append((sum(one.seconds for one in done), max(one.memory for one in done), self.records([name for name, *_ in commands])))
        return min(outcomes, key=lambda outcome: outcome[0])

    def machine(self):
        """The processor and the instructions that ours uses, as a record of a small run says."""
        self.forget("results")
        self.command("run", "wine-baseline", "--seeds", "1", "-S", "training.epochs=1")
        record = self.records()["baseline"]
        return f"{record['processor']}, {os.cpu_count()} cores, {record['versions']['instructions']}"

    def write(self, name, text):
        """An experiment of the benchmark's own."""
        (self.folder / "experiments" / f"{name}.yaml").write_text(text)
        return name

    def many(self, text, workers):
        """Seconds of the whole command beyond the training, by run, of an experiment in an empty store: a new folder each time, since some file
        systems are slow where much was just removed."""
        experiment = self.write("many", text)
        self.command("plan", experiment)
        beyond = []
        for repeat in range(self.repeats):
            results = self.folder / f"many-{workers}-{repeat}"
            seconds = self.command("run", experiment, "-j", str(workers), "--results", results).seconds
            records = [json.loads(path.read_text()) for path in results.glob("*/runs/*/record.json")]
            training = sum(record["timings"]["train_seconds"] for record in records)
            beyond.append((seconds - training / workers) / len(records))
        return min(beyond)

    def start(self, *arguments):
        return process.best(20, [self.executable, *arguments], folder=self.folder).seconds


# ---------------------------------------------------------------- Peers
class Peers:
    def __init__(self, folder, names, repeats, environment):
        self.environment = environment
        self.python, self.data, self.repeats = folder / "bin" / "python", folder / "data", repeats
        self.names = names if self.python.exists() else []
        if names and not self.names:
            say(INSTALL.format(folder=folder, here=HERE))

    def prepare(self, name, raw):
        if self.names and not (self.data / f"{name}.npz").exists():
            say(f"{name}: encoding the data for the peers, once")
            process.run([self.python, "-B", HERE / "peer_data.py", self.data, raw, name])

    def measure(self, workload, shares, **options):
        """The JSON lines of each peer, {peer: {run: line}}, the quickest of several repeats. A peer that fails is left out, aloud."""
        found = {}
        for name in (name for name in self.names if name in shares):
            share = [] if shares[name] == 1 else ["--share", shares[name]]
            for _ in range(self.repeats):
                say(f"{PEERS[name]}: {workload}")
                try:
                    command = [self.python, "-B", HERE / "peers.py", self.data, name, workload, *share]
                    lines = process.run(command, environment=self.environment, **options).output
                except Failure as failure:
                    say(f"  {failure}")
                    continue
                for line in map(json.loads, lines.splitlines()):
                    runs = found.setdefault(name, {})
                    before = runs.get(line.get("run", workload))
                    if before is None or quickness(line) < quickness(before):
                        runs[line.get("run", workload)] = line
        return found


    def prepare_deep(self, raw):
        if self.names and not (self.data / "deep-sunspots.npz").exists():
            say("images and sequences: encoding the data for the peers, once")
            process.run([self.python, "-B", HERE / "deep_data.py", self.data, *raw])

    def measure_deep(self, name, script, arguments):
        """The seconds of each peer, whose arguments for a script are given, on two threads, and on one where that is quicker."""
        found = {}
        for peer in (peer for peer in self.names if peer in arguments):
            for threads in (2, 1):
                say(f"{PEERS[peer]}: {name}, {threads} threads")
                try:
                    command = [self.python, "-B", HERE / script, self.data, *arguments[peer], "--threads", str(threads)]
                    line = json.loads(process.run(command, environment=self.environment).output)
                    found[peer] = min(line["seconds"], found.get(peer, float("inf")))
                except Failure as failure:
                    say(f"  {failure}")
        return found


def quickness(line):
    return line["seconds"] if "seconds" in line else -line["gigaflops"]


def raw_file(name):
    """Where the raw data of a workload is: it ships with the project, or the mirror has it."""
    places = [ROOT / "data", pathlib.Path(os.environ.get("ABLATE_MIRROR", ROOT / "data"))]
    return next((place / WORKLOADS[name].source for place in places if (place / WORKLOADS[name].source).exists()), None)


# ---------------------------------------------------------------- The sitting
def workload(table, name, ours, peers):
    """All runs of a workload: ours as a user's command, the peers' as the sum of their trainings."""
    work = WORKLOADS[name]
    peers.prepare(name, raw_file(name))
    say(f"ours: {name}")
    seconds, memory, records = ours.best_run(work.ours)
    theirs = peers.measure(name, work.peers)
    theirs = {peer: runs for peer, runs in theirs.items() if len(runs) == len(work.runs)}
    total = {peer: sum(line["seconds"] for line in runs.values()) for peer, runs in theirs.items()}
    table.add(work.title, seconds, "s", total, work.goal, shares=work.peers)
    if name == "reuters":
        table.details(records, memory, theirs)
    return theirs


def one(table, ours, theirs):
    say("ours: 512-512 alone on one core")
    seconds, *_ = ours.best_run([(REUTERS.ours[0][0], "--only", "both-wide", "-j", "1")], one_core=True)
    table.add(
        "… both-wide alone, ours on one core", seconds, "s", {name: runs["both-wide"]["seconds"] for name, runs in theirs.items()}, "5 s"
    )


def training(table, ours, experiment, variant, name, goal, theirs):
    """The training of one run of ours on one core, beside what `theirs` gives: each peer's on two threads or one, whichever is quicker."""
    say(f"ours: {experiment}, {variant}")
    try:
        _, _, records = ours.best_run([(experiment, "--only", variant, "-j", "1")], one_core=True)
    except Failure as failure:
        return say(f"{name}: left out: {failure}")
    table.add(f"{name} ({experiment}, {variant})", records[variant]["timings"]["train_seconds"], "s", theirs(), goal)


def deep(table, ours, peers):
    """Networks on images and sequences."""
    for name, net in NETS.items():
        arguments = {peer: [peer, name] for peer in net.peers}
        training(table, ours, *net.ours, name, net.goal, lambda: peers.measure_deep(name, "deep_peers.py", arguments))


def unlabelled(table, ours, peers):
    """What learns without labels, or against an opponent."""
    for name, (experiment, variant, goal) in UNLABELLED.items():
        arguments = {"torch": [name]}
        training(table, ours, experiment, variant, name, goal, lambda: peers.measure_deep(name, "unlabelled_peers.py", arguments))


def checkpoints(table, ours):
    """What long runs cost with checkpoints as often as they come, beside the same without: in processor seconds of the whole command, which other work on the
    machine disturbs little, and in seconds of training."""
    for name, (experiment, variant, epochs) in LONG_RUNS.items():
        if not raw_file(name):
            continue
        say(f"ours: {experiment}, {variant}, with checkpoints and without")
        command = ("run", experiment, "--only", variant, "--seeds", "1", "-j", "1", "-S", f"training.epochs={epochs}")
        ours.command("plan", experiment)  # encodes the data, where that is still to be done
        cpu, seconds = {"1e9": [], "0": []}, {"1e9": [], "0": []}
        for _ in range(ours.repeats):
            # In turn, so that both see the machine as it is.
            for interval in cpu:
                ours.forget("results")
                cpu[interval].append(ours.command(*command, environment={"ABLATE_CHECKPOINT_SECONDS": interval}).cpu)
                seconds[interval].append(ours.records()[variant]["timings"]["train_seconds"])
        ours.forget("results")
        what = f"checkpoints as often as they come, {experiment}, {variant}"
        for measured, unit in ((cpu, "processor time"), (seconds, "training time")):
            share = (min(measured["0"]) / min(measured["1e9"]) - 1) * 100
            table.add(f"{what}: {unit} beyond {min(measured['1e9']):.2f} s without", share, "%", goal="2 %")


def encode(table, ours):
    for name, goal in (("reuters", "1.5 s"), ("imdb", "5 s")):
        if raw_file(name):
            say(f"ours: {name}, raw archive to cache")
            table.add(
                f"{name}: raw archive to encoded cache, with the rest of `ablate plan`",
                ours.encode(WORKLOADS[name].ours[0][0]),
                "s",
                goal=goal,
            )
            if name == "reuters":
                table.add("… opening the cache", ours.open(WORKLOADS[name].ours[0][0]) * 1000, "ms", goal="20 ms")


def start(table, ours):
    say("ours: --help, plan")
    table.add("`ablate --help`", ours.start("--help") * 1000, "ms", goal="20 ms")
    table.add(
        "`ablate plan`", ours.start("plan", REUTERS.ours[0][0] if raw_file("reuters") else "wine-baseline") * 1000, "ms", goal="50 ms"
    )


def many(table, ours):
    """What a run costs beyond its training, and how a store of many is read."""
    seconds = [ours.many(MANY_SEEDS, workers) for workers in (1, 2)]
    for workers, beyond in zip((1, 2), seconds):
        table.add(f"a trivial run of 1,000 beyond its training, -j {workers}", beyond * 1000, "ms", goal="2 ms")
    for title, text in MANY_STORES.items():
        say(f"ours: {title}")
        experiment = ours.write("many-stored", text)
        ours.forget("results")
        ours.command("run", experiment)
        for command in ("plan", "list", "report"):
            outcome = process.best(ours.repeats, [ours.executable, command, *([experiment] if command != "list" else [])], folder=ours.folder)
            table.add(f"`ablate {command}`, {title}", outcome.seconds, "s", goal="1 s")
            table.add("… peak memory", outcome.memory, "MB", goal="300 MB")
    ours.forget("results")


def product(table, executable, peers):
    theirs = peers.measure("product", dict.fromkeys(["torch", "numpy"], 1), one_core=True)
    say("ours: matrix products")
    for shape in PRODUCTS:
        mine = float(process.run([executable, *shape], one_core=True).output)
        name = " x ".join(map(str, shape))
        rates = {peer: runs[name]["gigaflops"] for peer, runs in theirs.items()}
        table.add(f"matrix product {name}, one core", mine, "GFLOP/s", rates, "0.95 x", larger_is_better=True)


METHODS = {"pca": ("PCA, 32 components", 32), "kmeans": ("k-means, 10 clusters from given centres", 10), "starts": ("… ten times from drawn centres", 10)}


def methods(table, executable, peers):
    """Plain methods without labels, ours on one core, beside scikit-learn on two threads or one, whichever is quicker."""
    peers.prepare_deep([ROOT / "data", pathlib.Path(os.environ.get("ABLATE_MIRROR", ROOT / "data"))])
    if "sklearn" not in peers.names:
        return
    script = [peers.python, "-B", HERE / "method_peers.py", peers.data]
    process.run(script)
    for method, (title, count) in METHODS.items():
        say(f"ours and scikit-learn: {title}")
        mine = json.loads(process.run([executable, method, peers.data / "digits.f8", 784, count], one_core=True).output)
        theirs = min(
            json.loads(process.run([*script, method, "--threads", threads], environment=peers.environment).output)["seconds"] for threads in (2, 1)
        )
        table.add(f"{title}, 4,000 x 784", mine["seconds"] * 1000, "ms", {"sklearn": theirs * 1000}, "1 x")


def reproduce(table, ours):
    """Every experiment whose data is at hand, encoded before, into an empty store."""
    names = sorted(path.stem for path in (ROOT / "experiments").glob("*.yaml"))
    names = [name for name in names if attempt([], ours.command, "plan", name)]
    say(f"ours: {len(names)} experiments")
    ours.forget("results")
    seconds = sum(ours.command("run", name).seconds for name in names)
    table.add(f"`make reproduce`, {len(names)} experiments", seconds, "s", goal="360 s")


def build(march, product, scratch):
    """Builds a product for a processor, into the folder of that processor; without one where `make build` does."""
    say(f"building {product}")
    place = ["--scratch-path", scratch] if march else []
    process.run(
        ["swift", "build", "-c", "release", "--product", product, "--quiet", *place],
        folder=ROOT,
        environment={"ABLATE_MARCH": march or os.environ.get("ABLATE_MARCH", "native")},
    )


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
    parser.add_argument("--only", type=names(MEASURES), help="; ".join(f"{k}: {v}" for k, v in MEASURES.items()))
    parser.add_argument("--peers", type=names(PEERS), default=list(PEERS), help="which peers; an empty word for none")
    parser.add_argument("--repeats", type=int, default=3, help="of ours; the best counts")
    parser.add_argument("--peer-repeats", type=int, default=1)
    parser.add_argument("--march", choices=PLAYED, help="play another processor: ours is built for it, the peers are told")
    options = parser.parse_args()
    if min(options.repeats, options.peer_repeats) < 1:
        parser.error("repeats are counted from 1")
    scratch = ROOT / (f".build-{options.march}" if options.march else ".build")
    executable, failures = scratch / "release" / "ablate", []
    if options.march:
        build(options.march, "ablate", scratch)
    if not executable.exists():
        raise SystemExit(f"{executable} is not there; make build")
    asked = options.only or [name for name in MEASURES if name not in ("deep", "unlabelled", "reproduce")]
    for name in ("product", "method"):
        if name in asked or f"{name}s" in asked:
            build(options.march, f"{name}-benchmark", scratch)
    folder = pathlib.Path(os.environ.get("ABLATE_PEERS", ROOT / ".build-peers")).absolute()
    peers = Peers(folder, options.peers, options.peer_repeats, PLAYED.get(options.march, {}))
    load = f"load average {os.getloadavg()[0]:.2f} before"
    if os.getloadavg()[0] > 0.5:
        say(f"the machine is busy (load average {os.getloadavg()[0]:.2f}); the figures will be too slow")
    table = Table(peers.names)
    with tempfile.TemporaryDirectory(prefix="ablate-bench-") as folder:
        ours = Ours(executable.resolve(), pathlib.Path(folder), options.repeats)
        machine = ours.machine()
        if "encode" in asked:
            attempt(failures, encode, table, ours)
        theirs = {}
        for name in (name for name in WORKLOADS if name in asked):
            if raw_file(name):
                theirs[name] = attempt(failures, workload, table, name, ours, peers) or {}
            else:
                say(f"{name}: left out, for want of {WORKLOADS[name].source}; set ABLATE_MIRROR to the folder that holds it")
            if name == "reuters" and "one" in asked and name in theirs:
                attempt(failures, one, table, ours, theirs[name])
        for name, measure in (("deep", deep), ("unlabelled", unlabelled)):
            if name in asked:
                peers.prepare_deep([ROOT / "data", pathlib.Path(os.environ.get("ABLATE_MIRROR", ROOT / "data"))])
                attempt(failures, measure, table, ours, peers)
        if "checkpoints" in asked:
            attempt(failures, checkpoints, table, ours)
        if "start" in asked:
            attempt(failures, start, table, ours)
        if "many" in asked:
            attempt(failures, many, table, ours)
        if "product" in asked:
            attempt(failures, product, table, executable.with_name("product-benchmark"), peers)
        if "methods" in asked:
            attempt(failures, methods, table, executable.with_name("method-benchmark"), peers)
        if "reproduce" in asked:
            attempt(failures, reproduce, table, ours)
    table.print()
    best_of = f"best of {options.repeats} (ours) and {options.peer_repeats} (peers)"
    print(f"\n{machine}, {load}, {os.getloadavg()[0]:.2f} after; {best_of}. Ours: the whole command. Peers: training alone, on all cores;")
    print("≈ from a part of the epochs.")
    for failure in failures:
        print(f"\nfailed: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        sys.exit(str(failure))
    except KeyboardInterrupt:
        sys.exit(130)
