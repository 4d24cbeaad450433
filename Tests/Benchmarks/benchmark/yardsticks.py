"""What ours is measured beside."""

import pathlib
import re
import shutil
import signal
import subprocess
import time

from .bench import run, say, unprivileged

REDEMPTION = """
\\set token random(1, 1000000000)
\\set tenant random(1, 10000)
BEGIN;
INSERT INTO seat_blocks (tenant, sku_part_number, seats, token, starts_on, rights_end_on, service_ends_on, recorded_at)
    VALUES (:tenant, 'ENTERPRISEPACK', 25, :token, '2026-03-02', '2027-01-14', '2027-03-01', 1772409600000000);
INSERT INTO redemptions (tenant, intent, redeemed_on, recorded_at) VALUES (:tenant, 'add', '2026-03-02', 1772409600000000);
INSERT INTO audit (at, actor, organization, action, subject, changes, request_id, hash)
    VALUES (1772409600000000, 'root', 'contoso', 'token.redeem', 'T1000000', '{"intent":"add","redeemedOn":'
        '"2026-03-02","rightsEndOn":"2027-01-14","seats": 25,"serviceEndsOn":"2027-03-01","skuPartNumber":'
        '"ENTERPRISEPACK","tenantDomain":"contoso.onmicrosoft.com"}', 'r-0123456789abcdef',
        '\\x0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef');
COMMIT;
"""
POINT_SELECT = "\\set number random(1, {tokens})\nSELECT * FROM tokens WHERE number = :number;\n"
TABLES = """
CREATE TABLE seat_blocks (number bigserial PRIMARY KEY, tenant bigint NOT NULL, sku_part_number text NOT NULL,
    seats int NOT NULL, token bigint NOT NULL, starts_on text, rights_end_on text, service_ends_on text,
    recorded_at bigint);
CREATE INDEX ON seat_blocks (tenant, sku_part_number);
CREATE TABLE redemptions (token bigserial PRIMARY KEY, tenant bigint NOT NULL, intent text NOT NULL,
    redeemed_on text NOT NULL, recorded_at bigint NOT NULL);
CREATE TABLE audit (sequence bigserial PRIMARY KEY, at bigint NOT NULL, actor text NOT NULL, organization text,
    action text NOT NULL, subject text NOT NULL, changes text NOT NULL, request_id text NOT NULL, hash bytea NOT NULL);
CREATE TABLE tokens AS SELECT number, number / 10000 AS organization, 'ENTERPRISEPACK' AS sku_part_number, 25 AS seats,
    decode(md5(number::text) || md5((-number)::text), 'hex') AS code_lookup,
    decode(md5((number + 1)::text) || md5((-number - 1)::text), 'hex') AS code_sealed, '8FGYK' AS code_last_group,
    '2026-03-02' AS issued_on, 'imported' AS origin, 1772409600000000 AS recorded_at
    FROM generate_series(1, {tokens}) AS number;
ALTER TABLE tokens ADD PRIMARY KEY (number);
CREATE UNIQUE INDEX ON tokens (code_lookup);
VACUUM ANALYZE;
CHECKPOINT;
"""


class PostgreSQL:
    """A cluster of its own, on a Unix-domain socket, with the durability that it has by default."""

    @staticmethod
    def programs():
        """Where PostgreSQL 15 or newer is; none where it is not installed."""
        places = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        places += [pathlib.Path(path).parent for path in [shutil.which("initdb")] if path]
        for place in reversed(places):
            if all((place / name).exists() for name in ("initdb", "postgres", "psql", "pgbench")):
                return place
        return None

    def __init__(self, bench, tokens):
        self.programs_path = self.programs()
        self.directory = bench.directory / "postgresql"
        self.directory.mkdir(mode=0o700)
        self.user = unprivileged()
        if self.user:
            shutil.chown(self.directory, self.user.pw_uid, self.user.pw_gid)
        self.tokens = tokens
        say("Making a PostgreSQL cluster")
        self.call("initdb", "-D", self.directory / "data", "-A", "trust", "-U", "benchmark", "-E", "UTF8", "--locale=C")
        self.server = bench.start(
            [
                self.programs_path / "postgres", "-D", self.directory / "data", "-k", self.directory,
                "-c", "listen_addresses=", "-c", "max_connections=200", "-c", "shared_buffers=512MB",
                "-c", "max_wal_size=4GB",
            ],
            self.directory / ".s.PGSQL.5432",
            **self.identity(),
        )
        # It takes connections before it takes commands.
        while subprocess.run([self.programs_path / "pg_isready", "-q", "-h", self.directory]).returncode != 0:
            time.sleep(0.05)
        self.call("psql", *self.connection(), "-q", "-v", "ON_ERROR_STOP=1", input=TABLES.format(tokens=tokens))

    def identity(self):
        # The files of others are none of its business.
        if not self.user:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": [], "cwd": "/"}

    def connection(self):
        return ["-h", self.directory, "-U", "benchmark", "postgres"]

    def call(self, name, *arguments, input=None):
        return run([self.programs_path / name, *arguments], input=input, **self.identity())

    def rate(self, script, clients, seconds):
        """Transactions in a second, as pgbench measures them."""
        output = self.call(
            "pgbench", "-n", "-M", "prepared", "-c", clients, "-j", min(clients, 2), "-T", max(1, round(seconds)),
            "-f", "-", *self.connection(), input=script,
        )
        return float(re.search(r"tps = ([0-9.]+)", output).group(1))

    def redemptions(self, clients, seconds):
        return self.rate(REDEMPTION, clients, seconds)

    def point_selects(self, clients, seconds):
        return self.rate(POINT_SELECT.format(tokens=self.tokens), clients, seconds)

    def stop(self):
        self.server.stop(signal.SIGINT)


class Redis:
    """GET of values as long as a token's document, for orientation: nothing of it is durable, or looked up by rules."""

    @staticmethod
    def is_installed():
        return all(shutil.which(name) for name in ("redis-server", "redis-benchmark"))

    def __init__(self, bench):
        self.socket = bench.directory / "redis.sock"
        self.server = bench.start(
            ["redis-server", "--port", "0", "--unixsocket", self.socket, "--save", "", "--dir", bench.directory],
            self.socket,
        )
        self.benchmark("set", "-d", "400", "-n", "300000")

    def benchmark(self, test, *options, clients=64):
        output = run(
            ["redis-benchmark", "-s", self.socket, "-t", test, "-r", "100000", "-c", clients, "--csv", *options]
        )
        return float(output.strip().splitlines()[-1].split(",")[1].strip('"'))

    def gets(self, clients, seconds):
        return self.benchmark("get", "-n", int(80_000 * seconds), clients=clients)

    def stop(self):
        self.server.stop()


class BareServer:
    """NIO's HTTP pipeline with a handler that does nothing."""

    def __init__(self, bench, size=420):
        socket = bench.directory / "bare.sock"
        self.server = bench.start([bench.tools / "BareServer", socket, size], socket)

    def stop(self):
        self.server.stop()


def sqlite3():
    return shutil.which("sqlite3")
