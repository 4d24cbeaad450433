"""Registries with made-up data, and the daemon on them."""

import datetime
import json
import random

from .bench import say

ALPHABET = "BCDFGHJKMPQRTVWXY2346789"
TOKENS_PER_ORGANIZATION = 10_000


def codes(count, seed):
    """Token codes; no two of one seed are alike, for all practical purposes."""
    source = random.Random(seed)
    for _ in range(count):
        letters = "".join(source.choices(ALPHABET, k=25))
        yield "-".join(letters[place:place + 5] for place in range(0, 25, 5))


def write_tokens(path, count, seed):
    """A file as the portal gives it."""
    with open(path, "w") as file:
        file.write("code,sku,seats\n")
        file.writelines(f"{code},ENTERPRISEPACK,25\n" for code in codes(count, seed))


class Registry:
    """A registry of organisations with `TOKENS_PER_ORGANIZATION` tokens and a tenant each.

    Tokens are numbered in the order in which they are imported, so token N is the organisation's
    (N - 1) / TOKENS_PER_ORGANIZATION.
    """

    def __init__(self, bench, name):
        self.bench = bench
        self.path = bench.directory / name
        self.tokens = 0
        self.organizations = 0
        self.socket = bench.directory / f"{name}.sock"
        bench.tokenctl(self.path, "init")

    def tokenctl(self, *arguments):
        return self.bench.tokenctl(self.path, *arguments, "-o", "json")

    def add_organization(self, program="gold-competency"):
        number = self.organizations
        start = datetime.date.today() - datetime.timedelta(days=30)
        self.tokenctl("org", "add", f"Organisation {number}", "--id", f"o{number}", "--country", "DE")
        self.tokenctl(
            "enrollment", "add", f"o{number}", "--program", program, "--start", str(start), "--id", f"e{number}",
            "--tokens", "none",
        )
        self.tokenctl(
            "tenant", "signup", f"o{number}", "--domain", f"o{number}.example.com", "--admin",
            f"admin@o{number}.example.com",
        )
        self.organizations += 1
        return number

    def fill(self, tokens):
        """Imports tokens until there are so many."""
        say(f"Making a registry of {tokens:,} tokens")
        file = self.bench.directory / "tokens.csv"
        while self.tokens < tokens:
            number = self.add_organization()
            count = min(TOKENS_PER_ORGANIZATION, tokens - self.tokens)
            write_tokens(file, count, seed=number)
            self.tokenctl("token", "import", file, "--enrollment", f"e{number}", "--override", "R12")
            self.tokens += count
        file.unlink()
        return self

    def serve(self):
        return self.bench.start(
            [self.bench.programs / "tokend", "--registry", self.path, "--socket", self.socket], self.socket
        )

    def tenant_of(self, token):
        return f"o{(token - 1) // TOKENS_PER_ORGANIZATION}.example.com"

    def token_queries(self, count=100_000, seed=1):
        source = random.Random(seed)
        return [f"GET /v1/tokens/T{source.randint(1, self.tokens)}" for _ in range(count)]

    def seat_queries(self, count=10_000, seed=2):
        source = random.Random(seed)
        return [
            f"GET /v1/tenants/o{source.randrange(self.organizations)}.example.com/seats" for _ in range(count)
        ]

    def redemptions(self, seed=3):
        """Each token once, in no order."""
        numbers = list(range(1, self.tokens + 1))
        random.Random(seed).shuffle(numbers)
        for number in numbers:
            yield "POST /v1/redemptions " + json.dumps({"token": f"T{number}", "tenant": self.tenant_of(number)})
