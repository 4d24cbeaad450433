#!/usr/bin/env bash
# The long run of the simulator: random operations on a registry whose disk fails and loses power, each answer and each
# figure held against a model. Prints the counts.
#
#   Tests/Evidence/run.sh [--operations N] [--seed N] [--each N]
#
# --operations  so many in all; 1000000 unless it is given
# --seed        the first seed; 1 unless it is given. A run that failed names its seed: --seed N --operations N replays it
# --each        so many operations with each seed; 5000 unless it is given
set -euo pipefail
cd "$(dirname "$0")/../.."

operations=1000000 seed=1 each=5000
while [ $# -gt 0 ]; do
    case $1 in
        --operations) operations=$2 ;;
        --seed) seed=$2 ;;
        --each) each=$2 ;;
        *) echo "usage: Tests/Evidence/run.sh [--operations N] [--seed N] [--each N]" >&2; exit 64 ;;
    esac
    shift 2
done
[ "$each" -le "$operations" ] || each=$operations

swift build --build-tests
SIMULATION_SEED=$seed SIMULATION_SEEDS=$(((operations + each - 1) / each)) SIMULATION_OPERATIONS=$each \
    swift test --skip-build --no-parallel --filter SimulationTests
