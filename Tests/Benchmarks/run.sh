#!/usr/bin/env bash
# Builds the programs in release and measures them beside their yardsticks; see README.md beside it.
#
#     Tests/Benchmarks/run.sh [--quick|--large] [--json FILE] [--only ROW,...] [--rounds N] [--work DIR]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

case " $* " in *" --help "* | *" -h "*) cd "$here" && exec python3 -m benchmark --help ;; esac

echo "Building in release (the first time takes some minutes)" >&2
cd "$root"
swift build -c release --product tokenctl >&2
swift build -c release --product tokend >&2
swift build -c release --package-path "$here" >&2

export PYTHONPATH=$here PYTHONDONTWRITEBYTECODE=1
exec python3 -m benchmark \
    --programs "$(swift build -c release --package-path "$root" --show-bin-path)" \
    --tools "$(swift build -c release --package-path "$here" --show-bin-path)" \
    "$@"
