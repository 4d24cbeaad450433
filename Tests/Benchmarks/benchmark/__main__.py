"""The command; run.sh beside this package builds what it needs."""

import argparse
import dataclasses
import pathlib

from . import report, rows, yardsticks
from .bench import SIZES, Bench, say

GROUPS = {
    "socket": "queries and redemptions over the socket",
    "process": "tokenctl as a process, and the programs' sizes",
    "import": "a large import",
    "statement": "the statement of a large organisation",
    "growth": "queries, redemptions and memory in registries of several sizes",
    "build": "a clean release build (only when it is named)",
}


def arguments():
    parser = argparse.ArgumentParser(
        prog="run.sh",
        description="Measures tokenctl and tokend beside their yardsticks, in turn, and prints medians and ratios.",
        epilog="Groups of rows: " + "; ".join(f"{name}: {what}" for name, what in GROUPS.items()) + ".",
    )
    parser.add_argument("--quick", action="store_const", dest="size", const="quick", help="a quick look: small data")
    parser.add_argument("--large", action="store_const", dest="size", const="large", help="up to 10 million tokens")
    parser.add_argument("--json", metavar="FILE", help="also write every figure to FILE, or - for standard output")
    parser.add_argument("--only", metavar="GROUP,...", help="only these groups of rows")
    parser.add_argument("--rounds", type=int, metavar="N", help="how often ours and the yardstick are run in turn")
    parser.add_argument("--work", metavar="DIR", default="/var/tmp", help="where the data lies: on a disk (/var/tmp)")
    parser.add_argument("--programs", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--tools", required=True, help=argparse.SUPPRESS)
    parser.set_defaults(size="usual")
    options = parser.parse_args()
    options.groups = options.only.split(",") if options.only else [name for name in GROUPS if name != "build"]
    unknown = [name for name in options.groups if name not in GROUPS]
    if unknown:
        parser.error(f"no group is called {unknown[0]}")
    if options.rounds is not None and options.rounds < 1:
        parser.error("--rounds is 1 or more")
    return options


def main():
    options = arguments()
    size = SIZES[options.size]
    if options.rounds:
        size = dataclasses.replace(size, rounds=options.rounds)
    needs_sqlite3 = {"process", "import", "statement"} & set(options.groups)
    if needs_sqlite3 and not yardsticks.sqlite3():
        say(f"Left out, since sqlite3 is not installed: {', '.join(sorted(needs_sqlite3))}")
        options.groups = [name for name in options.groups if name not in needs_sqlite3]
    if "socket" in options.groups:
        if not yardsticks.PostgreSQL.programs():
            say("PostgreSQL is not installed (postgresql, with pgbench): its yardsticks are left out")
        if not yardsticks.Redis.is_installed():
            say("redis is not installed (redis-server, redis-tools): its yardstick is left out")

    root = pathlib.Path(__file__).resolve().parents[3]
    bench = Bench(options.programs, options.tools, options.work, size)
    measured = []
    try:
        for name in options.groups:
            if name == "build":
                found = rows.build_rows(bench, root)
            else:
                found = getattr(rows, f"{name}_rows")(bench)
            measured.extend(found)
    finally:
        bench.close()
    if options.json != "-":
        print(report.text(measured))
    if options.json:
        document = report.document(measured, options.size)
        if options.json == "-":
            print(document)
        else:
            pathlib.Path(options.json).write_text(document + "\n")


main()
