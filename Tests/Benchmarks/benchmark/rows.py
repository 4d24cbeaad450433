"""The rows of the table: what is measured, in which order, beside what."""

import csv
import itertools
import json
import shutil
import sqlite3 as database
from dataclasses import dataclass, field

from . import yardsticks
from .bench import median, run, say, timed, timed_process
from .load import LoadGenerator
from .registry import Registry, write_tokens


@dataclass
class Row:
    """A line of the table."""

    work: str
    yardstick: str
    unit: str
    # What DESIGN wants of the ratio, as a text; empty for what is measured for orientation.
    reach: str = ""
    ours: list = field(default_factory=list)
    theirs: list = field(default_factory=list)
    details: dict = field(default_factory=dict)

    def add(self, ours, theirs=None):
        self.ours.append(ours)
        if theirs is not None:
            self.theirs.append(theirs)

    @property
    def ratio(self):
        """The median of the rounds' ratios: both sides of one were measured in the same minute."""
        ratios = [ours / theirs for ours, theirs in zip(self.ours, self.theirs) if theirs]
        return median(ratios)

    def keep(self, load):
        """Keeps what else was seen of a load on our side."""
        for name in ("p50", "p99", "p999", "longest", "processor", "generator"):
            self.details.setdefault(name, []).append(getattr(load, name))
        seen = self.details.setdefault("statuses", {})
        for status, count in load.statuses.items():
            seen[status] = seen.get(status, 0) + count


def socket_rows(bench):
    """Queries and redemptions over the socket."""
    size, load = bench.size, LoadGenerator(bench)
    registry = Registry(bench, "served").fill(size.tokens)
    bare = yardsticks.BareServer(bench)
    postgres = yardsticks.PostgreSQL(bench, size.tokens) if yardsticks.PostgreSQL.programs() else None
    redis = yardsticks.Redis(bench) if yardsticks.Redis.is_installed() else None
    daemon = registry.serve()
    kinds = {"token": registry.token_queries(), "seat": registry.seat_queries()}
    health = ["GET /healthz"]

    bare_row = Row("the bare handler, 64 connections", "", "1/s")
    health_row = Row("/healthz, 64 connections", "bare handler", "1/s")
    page_row = Row("the page's first answer, 64 connections", "/healthz", "1/s")
    rows = {}
    for kind in kinds:
        rows[kind, "bare", 64] = Row(f"{kind} query, 64 connections", "bare handler", "1/s", "≥ 0.5")
        rows[kind, "select", 64] = Row(f"{kind} query, 64 connections", "PostgreSQL select", "1/s", "≥ 0.8")
        rows[kind, "bare", 1] = Row(f"{kind} query, 1 connection", "bare handler", "1/s", "≥ 0.7")
    redis_row = Row("token query, 64 connections", "redis GET", "1/s")
    for number in range(size.rounds):
        say(f"Queries, round {number + 1} of {size.rounds}")
        for connections in (64, 1):
            barely = load.drive(bare.server, health, connections, size.seconds)
            if connections == 64:
                bare_row.add(barely.per_second)
                bare_row.keep(barely)
                healthy = load.drive(daemon, health, 64, size.seconds)
                health_row.add(healthy.per_second, barely.per_second)
                health_row.keep(healthy)
                page = load.drive(daemon, ["GET /web/"], 64, size.seconds)
                page_row.add(page.per_second, healthy.per_second)
                page_row.keep(page)
            select = postgres.point_selects(64, size.seconds) if postgres and connections == 64 else None
            for kind, requests in kinds.items():
                ours = load.drive(daemon, requests, connections, size.seconds)
                row = rows[kind, "bare", connections]
                row.add(ours.per_second, barely.per_second)
                row.keep(ours)
                row.details.setdefault("yardstickProcessor", []).append(barely.processor)
                if select:
                    rows[kind, "select", 64].add(ours.per_second, select)
                if redis and kind == "token" and connections == 64:
                    redis_row.add(ours.per_second, redis.gets(64, size.seconds))
    yield from [bare_row, health_row, page_row]
    yield from (row for row in [*rows.values(), redis_row] if row.ours)

    plain = Row("redemptions, 64 connections", "PostgreSQL's three inserts", "1/s", "≥ 3")
    keyed = Row("redemptions with idempotency keys", "PostgreSQL's three inserts", "1/s")
    again = Row("redemptions refused as done (409)", "PostgreSQL's three inserts", "1/s")
    left = registry.redemptions()
    for number in range(size.rounds):
        say(f"Redemptions, round {number + 1} of {size.rounds}")
        inserts = postgres.redemptions(64, size.seconds) if postgres else None
        for row in (plain, keyed):
            requests = list(itertools.islice(left, size.tokens // (2 * size.rounds)))
            ours = load.drive(daemon, requests, 64, size.seconds, once=True, keys=row is keyed)
            row.add(ours.per_second, inserts)
            row.keep(ours)
        # The first of a round were redeemed in it.
        ours = load.drive(daemon, requests[:1_000], 64, size.seconds)
        again.add(ours.per_second, inserts)
        again.keep(ours)
    yield from [plain, keyed, again]
    for server in [bare, postgres, redis, daemon]:
        if server:
            server.stop()
    shutil.rmtree(registry.path)


def growth_rows(bench):
    """How the registry's size tells."""
    size, load = bench.size, LoadGenerator(bench)
    registries = [Registry(bench, f"of{tokens}").fill(tokens) for tokens in size.growth]
    daemons = [registry.serve() for registry in registries]
    queries = [registry.token_queries() for registry in registries]
    redemptions = [registry.redemptions() for registry in registries]
    rows = []
    for work, reach in (("a token query", "≤ 1.3"), ("a redemption", "≤ 1.3")):
        for tokens in size.growth[1:]:
            rows.append(Row(f"{work} among {tokens:,} tokens", f"among {size.growth[0]:,}", "µs", reach))
    half = len(rows) // 2
    for number in range(size.rounds):
        say(f"Sizes, round {number + 1} of {size.rounds}")
        asked = [load.drive(daemon, lines, 64, size.seconds) for daemon, lines in zip(daemons, queries)]
        done = [
            load.drive(daemon, itertools.islice(lines, 1_500), 64, 60, once=True)
            for daemon, lines in zip(daemons, redemptions)
        ]
        for loads, chosen in ((asked, rows[:half]), (done, rows[half:])):
            for row, ours in zip(chosen, loads[1:]):
                row.add(1e6 / ours.per_second, 1e6 / loads[0].per_second)
                row.keep(ours)
                row.details.setdefault("yardstickProcessor", []).append(loads[0].processor)
    yield from rows
    memory = Row(f"daemon's memory at {size.growth[-1]:,} tokens", "", "MB", "≤ 100 MB")
    memory.add(daemons[-1].memory() / 1e6)
    yield memory
    for daemon, registry in zip(daemons, registries):
        daemon.stop()
        shutil.rmtree(registry.path)


class AddedRows:
    """The rows that a command added to a registry or changed in it, as SQL that does the same to a copy of it."""

    def __init__(self, path):
        self.path = path

    def state(self):
        with database.connect(f"file:{self.path}/registry.db?mode=ro", uri=True) as connection:
            tables = [name for name, in connection.execute(
                # A redemption refers to its seats.
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
                "ORDER BY name <> 'seat_blocks', rowid"
            )]
            return {table: self.rows(connection, table) for table in tables}

    @staticmethod
    def rows(connection, table):
        # The generated columns are left out by this pragma.
        columns = [column for _, column, *_, key in connection.execute(f'PRAGMA table_info("{table}")')]
        listed = ", ".join(f'"{column}"' for column in columns)
        # As SQL writes values; blobs and quotes included.
        values = " || ', ' || ".join(f'quote("{column}")' for column in columns)
        return {row[0]: (listed, row[0]) for row in connection.execute(f'SELECT {values} FROM "{table}"')}

    @staticmethod
    def script(before, after):
        lines = ["PRAGMA foreign_keys = ON;", "PRAGMA synchronous = FULL;", "PRAGMA recursive_triggers = ON;",
                 "BEGIN IMMEDIATE;"]
        for table, rows in after.items():
            for values, (columns, _) in rows.items():
                if values not in before.get(table, {}):
                    # What triggers added as well is there already.
                    lines.append(f'INSERT OR IGNORE INTO "{table}" ({columns}) VALUES ({values});')
        return "\n".join([*lines, "COMMIT;", ""])


def process_rows(bench):
    """Programs that are started for one thing."""
    size = bench.size
    programs = {name: bench.programs / name for name in ("tokenctl", "tokend")}
    start = Row("tokenctl --version", "sqlite3 --version", "ms")
    redeem = Row("tokenctl redeem, no daemon", "sqlite3, the same statements", "ms", "≤ 2")
    registry = Registry(bench, "small").fill(1_000)
    copy = bench.directory / "copy"
    shutil.copytree(registry.path, copy)
    script = bench.directory / "redemption.sql"
    rows = AddedRows(registry.path)
    say("Processes")
    for token in range(1, 4 * size.rounds + 1):
        before = rows.state()
        domain = registry.tenant_of(token)
        seconds = timed_process([
            programs["tokenctl"], "redeem", "--token", f"T{token}", "--tenant", domain, "--yes",
            "--registry", registry.path, "--local", "-o", "json",
        ])
        script.write_text(
            f"SELECT * FROM tenant_domains WHERE domain = '{domain}';\n"
            f"SELECT * FROM tokens WHERE number = {token};\n"
            "SELECT * FROM organizations WHERE number = 1;\nSELECT * FROM enrollments WHERE number = 1;\n"
            "SELECT * FROM skus WHERE part_number = 'ENTERPRISEPACK';\n" + rows.script(before, rows.state())
        )
        redeem.add(seconds * 1e3, timed_process(["sqlite3", copy / "registry.db"], script) * 1e3)
        start.add(timed_process([programs["tokenctl"], "--version"]) * 1e3, timed_process(["sqlite3", "--version"]) * 1e3)
    yield from [start, redeem]
    for name, program in programs.items():
        stripped = bench.directory / name
        run(["strip", "-o", stripped, program])
        row = Row(f"{name}, stripped", "", "MB", "≤ 35 MB")
        row.add(stripped.stat().st_size / 1e6)
        yield row
    shutil.rmtree(registry.path)
    shutil.rmtree(copy)


def import_rows(bench):
    """A large file."""
    size = bench.size
    row = Row(f"importing {size.imported:,} tokens", "sqlite3's .import", "s", "≤ 1.3")
    file = bench.directory / "tokens.csv"
    write_tokens(file, size.imported, seed=99)
    stored = bench.directory / "stored.csv"
    script = bench.directory / "import.sql"
    script.write_text(
        # A CSV file holds no blobs: the yardstick takes texts of their length in their place.
        "PRAGMA writable_schema = ON;\n"
        "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = 'tokens';\n"
        "PRAGMA writable_schema = RESET;\n"
        "PRAGMA foreign_keys = ON;\nPRAGMA recursive_triggers = ON;\nPRAGMA synchronous = FULL;\n"
        f"PRAGMA cache_size = -65536;\n.mode csv\n.import {stored} tokens\n"
    )
    rounds = max(1, size.rounds // 2)
    for number in range(rounds):
        say(f"Import, round {number + 1} of {rounds}")
        registry = Registry(bench, "importing")
        registry.add_organization()
        copy = bench.directory / "copy"
        shutil.copytree(registry.path, copy)
        seconds = timed_process([
            bench.programs / "tokenctl", "token", "import", file, "--enrollment", "e0", "--override", "R12",
            "--registry", registry.path, "--local", "-o", "json",
        ])
        if number == 0:
            with database.connect(f"file:{registry.path}/registry.db?mode=ro", uri=True) as connection:
                with open(stored, "w", newline="") as out:
                    csv.writer(out).writerows(
                        [value.hex()[:len(value)] if isinstance(value, bytes) else value for value in values]
                        for values in connection.execute("SELECT * FROM tokens")
                    )
        row.add(seconds, timed_process(["sqlite3", copy / "registry.db"], script))
        taken = run(["sqlite3", copy / "registry.db", "SELECT count(*) FROM tokens"])
        if int(taken) != size.imported:
            raise SystemExit(f"sqlite3 imported {taken} rows")
        shutil.rmtree(registry.path)
        shutil.rmtree(copy)
    yield row


def statement_rows(bench):
    """The statement of a large organisation."""
    size, load = bench.size, LoadGenerator(bench)
    row = Row(
        f"statement with {size.assignments:,} assignments", "the same sums by sqlite3", "ms", "≤ 0.2"
    )
    say(f"Making an organisation of {size.assignments:,} assignments")
    registry = Registry(bench, "used")
    program = bench.directory / "program.json"
    program.write_text(json.dumps({"programs": [{
        "id": "large", "name": "Large", "kind": "gold-competency", "benefits": [{
            "product": "office-suite", "quantity": size.assignments, "skuPartNumber": "ENTERPRISEPACK", "tokenSeats": 25,
            "countryMaximum": size.assignments, "worldwideMaximum": size.assignments,
            "source": "Made up", "certainty": "certain",
        }],
    }]}))
    registry.tokenctl("program", "import", program)
    registry.add_organization(program="large")
    daemon = registry.serve()
    requests = (
        "POST /v1/organizations/o0/licenses "
        + json.dumps({"userPrincipalName": f"user{number}@example.com", "product": "office-suite"})
        for number in range(size.assignments)
    )
    done = load.drive(daemon, requests, 64, 3_600, once=True)
    daemon.stop()
    row.details["statuses"] = done.statuses
    query = bench.directory / "sums.sql"
    query.write_text(
        "SELECT product, country, kind, standing, count(*) FROM assignments "
        "WHERE organization = 1 AND to_on IS NULL GROUP BY product, country, kind, standing;\n"
    )
    for _ in range(2 * size.rounds):
        row.add(
            timed_process([
                bench.programs / "tokenctl", "statement", "o0", "--registry", registry.path, "--local", "-o", "json",
            ]) * 1e3,
            timed_process(["sqlite3", registry.path / "registry.db"], query) * 1e3,
        )
    yield row
    shutil.rmtree(registry.path)


def build_rows(bench, root):
    """A clean build, which takes minutes: only where it is asked for."""
    import resource

    row = Row("clean release build of tokenctl", "", "CPU s")
    scratch = bench.directory / "build"

    def build():
        run(["swift", "build", "-c", "release", "--product", "tokenctl", "--scratch-path", scratch], cwd=root)

    run(["swift", "package", "resolve", "--scratch-path", scratch], cwd=root)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = timed(build)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    row.add(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    row.details["seconds"] = seconds
    yield row
