#!/bin/sh
# Runs all tests, after installing what they need. Arguments go to 'swift test'.
set -eu
cd "$(dirname "$0")/.."
Fixtures/install-dependencies.sh --for-tests
exec swift test --parallel "$@"
