"""The table of a sitting: ours, one column a peer, the ratio of the nearest peer to ours, what was aimed at."""

PEERS = {"keras": "Keras", "torch": "PyTorch", "torch-bag": "PyTorch, bag", "jax": "JAX", "numpy": "NumPy", "sklearn": "scikit-learn"}


class Table:
    def __init__(self, peers):
        self.peers, self.rows = peers, []

    def add(self, what, ours, unit, peers=None, goal="", larger_is_better=False, shares=None):
        """Ours and the peers' figures by name; `shares` names those that are reckoned from a part of the work."""
        peers = {name: value for name, value in (peers or {}).items() if value}
        ratio = ""
        if peers:
            nearest = max(peers.values()) if larger_is_better else min(peers.values())
            ratio = f"{ours / nearest:.2f} x" if larger_is_better else f"{nearest / ours:.1f} x"

        def shown(name):
            about = "≈ " if (shares or {}).get(name, 1) < 1 else ""
            return f"{about}{number(peers[name])} {unit}" if name in peers else ""

        self.row(what, f"{number(ours)} {unit}", map(shown, self.peers), ratio, goal)

    def row(self, what, ours, theirs, ratio="", goal=""):
        self.rows.append([cell or "–" for cell in (what, ours, *theirs, ratio, goal)])

    def details(self, records, memory, theirs):
        """Each run of a workload, the memory of the largest, and how good the baseline became."""
        for run, record in sorted(records.items()):
            seconds = {name: runs[run]["seconds"] for name, runs in theirs.items() if run in runs}
            self.add(f"… {run}, training alone, ours on one core of two", record["timings"]["train_seconds"], "s", seconds)
        memories = {name: max(line["memory"] for line in runs.values()) for name, runs in theirs.items()}
        self.add("… peak memory, ours of the largest worker", memory, "MB", memories, "200 MB")
        for figure, part in (("val_accuracy", "validation"), ("test_accuracy", "test")):
            scores = {name: runs["baseline"][part] for name, runs in theirs.items()}
            ours = records["baseline"]["figures"][figure]
            self.row(
                f"… baseline, {part} accuracy, one seed",
                f"{ours:.3f}",
                (f"{scores[name]:.3f}" if name in scores else "" for name in self.peers),
            )

    def print(self):
        head = ["", "ours", *(PEERS[name] for name in self.peers), "nearest peer : ours", "to reach"]
        print("| " + " | ".join(head) + " |\n|:--|" + "--:|" * (len(head) - 1))
        for row in self.rows:
            print("| " + " | ".join(row) + " |")


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
