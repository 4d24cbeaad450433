"""Load on a Unix-domain socket, with this package's own generator."""

import json
from dataclasses import dataclass

from .bench import run


@dataclass
class Load:
    """What came of one run. Times are in microseconds."""

    per_second: float
    p50: int
    p99: int
    p999: int
    longest: int
    statuses: dict
    # Of the server, for each request.
    processor: float
    # Share of one core that the generator took.
    generator: float


class LoadGenerator:
    def __init__(self, bench):
        self.bench = bench
        self.requests = bench.directory / "requests.txt"

    def drive(self, server, requests, connections, seconds, once=False, keys=False):
        """Sends `requests`, an iterable of lines; `once` sends each of them once, without a warm-up."""
        with open(self.requests, "w") as file:
            file.writelines(line + "\n" for line in requests)
        command = [
            self.bench.tools / "LoadGenerator", "--socket", server.socket, "--requests", self.requests,
            "--connections", connections, "--seconds", seconds, "--warm-up", 0 if once else 0.3,
        ]
        command += ["--once"] if once else []
        command += ["--keys"] if keys else []
        before = server.processor_seconds()
        figures = json.loads(run(command))
        processor = server.processor_seconds() - before
        warm_up = 0 if once else 0.3
        asked = figures["requests"] * (1 + warm_up / max(figures["seconds"], 0.001))
        return Load(
            per_second=figures["perSecond"],
            p50=figures["p50"],
            p99=figures["p99"],
            p999=figures["p999"],
            longest=figures["longest"],
            statuses=figures["statuses"],
            processor=processor / max(asked, 1) * 1e6,
            generator=figures["processorSeconds"] / (figures["seconds"] + warm_up),
        )
