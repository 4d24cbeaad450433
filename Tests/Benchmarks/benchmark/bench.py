"""Where everything lies, how much is measured, and how programs are run."""

import os
import pathlib
import pwd
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    # Tokens in the registry that is asked and redeemed in.
    tokens: int
    # Tokens in the registries whose figures are compared, the smallest first.
    growth: tuple
    # Rows of the file that is imported.
    imported: int
    # Assignments of the organisation whose statement is asked for.
    assignments: int
    rounds: int
    # Of load in each round.
    seconds: float


SIZES = {
    "quick": Size(100_000, (10_000, 100_000), 100_000, 10_000, 3, 2),
    "usual": Size(1_000_000, (10_000, 1_000_000), 1_000_000, 100_000, 5, 4),
    "large": Size(1_000_000, (10_000, 1_000_000, 10_000_000), 1_000_000, 100_000, 5, 4),
}


def say(text):
    print(text, file=sys.stderr, flush=True)


def median(values):
    return statistics.median(values) if values else None


class Bench:
    """The programs that are measured, and a directory on a disk for their files."""

    def __init__(self, programs, tools, work, size):
        self.programs = pathlib.Path(programs)
        self.tools = pathlib.Path(tools)
        self.size = size
        # Not /tmp, which may lie in memory, where a sync costs nothing.
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="tokenctl-benchmark-", dir=work))
        # PostgreSQL refuses to run as root; its user has to reach its part.
        self.directory.chmod(0o711)
        self.servers = []

    def close(self):
        for server in self.servers:
            server.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def tokenctl(self, registry, *arguments, **options):
        command = [self.programs / "tokenctl", *arguments, "--registry", registry, "--local"]
        return run(command, **options)

    def start(self, command, path, **options):
        """Starts a server and waits until it takes connections on `path`."""
        log = open(self.directory / (pathlib.Path(command[0]).name + ".log"), "ab")
        process = subprocess.Popen([str(part) for part in command], stdout=log, stderr=log, **options)
        server = Server(process, path, log.name)
        self.servers.append(server)
        server.wait()
        return server


class Server:
    """A running server."""

    def __init__(self, process, path, log):
        self.process = process
        self.socket = path
        self.log = log

    def wait(self):
        deadline = time.monotonic() + 60
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{self.process.args[0]} did not start:\n" + open(self.log).read()[-2000:])
            time.sleep(0.02)

    def answers(self):
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.socket))
            except OSError:
                return False
        return True

    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """The most that it had in memory, in bytes."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
        return 0

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is not None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()


def run(command, input=None, **options):
    """Runs a program to its end; gives what it printed."""
    done = subprocess.run(
        [str(part) for part in command], input=input, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        **options,
    )
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(str(part) for part in command)} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def timed(body):
    """How many seconds `body` takes."""
    begun = time.perf_counter()
    body()
    return time.perf_counter() - begun


def timed_process(command, input=None):
    """How many seconds a process takes from its start to its end; what it prints is thrown away."""
    with open(input or os.devnull) as source:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        errors = process.stderr.read()
        status = process.wait()
        seconds = time.perf_counter() - begun
    if status != 0:
        raise SystemExit(f"{' '.join(str(part) for part in command)} failed:\n{errors.decode()[-2000:]}")
    return seconds


def unprivileged():
    """A user for servers that refuse to run as root; none when we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            pass
    raise SystemExit("no user to run PostgreSQL as")
