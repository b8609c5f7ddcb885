"""Run a command as a user would and say how long it took and how much memory its largest process held."""

import os
import pathlib
import subprocess
import tempfile
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    seconds: float
    memory: float  # MB, of the largest of the process and its descendants
    cpu: float  # seconds that the process and its descendants computed, however much else the machine did
    output: str


class Failure(Exception):
    """A command that could not be run or that ended badly, in a line."""


def run(command, folder=None, one_core=False, environment=None):
    """Waits for the command. With `one_core` it and its children stay on the first core that we may use, where the system knows how."""
    pin = None
    if one_core and hasattr(os, "sched_setaffinity"):
        core = min(os.sched_getaffinity(0))
        pin = lambda: os.sched_setaffinity(0, {core})
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        try:
            process = subprocess.Popen(
                list(map(str, command)),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                cwd=folder,
                preexec_fn=pin,
                env={**os.environ, **(environment or {})},
            )
        except OSError as error:
            raise Failure(f"{command[0]}: {error.strerror}") from None
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = code = os.waitstatus_to_exitcode(status)
        output.seek(0), errors.seek(0)
        said = output.read().decode(errors="replace")
        if code != 0:
            last = errors.read().decode(errors="replace").strip().splitlines()[-3:]
            raise Failure(f"{pathlib.Path(command[0]).name} {' '.join(map(str, command[1:]))} ended with {code}: {' / '.join(last)}")
        scale = 1 << 20 if os.uname().sysname == "Darwin" else 1 << 10  # bytes there, KB here
        return Outcome(seconds, usage.ru_maxrss / scale, usage.ru_utime + usage.ru_stime, said)


def best(count, command, **options):
    """The quickest of so many runs."""
    return min((run(command, **options) for _ in range(count)), key=lambda outcome: outcome.seconds)
