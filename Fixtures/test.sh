#!/bin/sh
# Runs all tests, after installing what they need: the store's on either engine, the acceptance tests without a daemon and
# with one. With arguments, which go to 'swift test', only those tests. The build has everything: registries on PostgreSQL
# too, for which the tests start servers of their own.
set -eu
cd "$(dirname "$0")/.."
Fixtures/install-dependencies.sh --for-tests
if [ $# -gt 0 ]; then exec swift test --traits PostgreSQL --parallel "$@"; fi
swift test --traits PostgreSQL --parallel
echo "== The store's tests again, on PostgreSQL" >&2
Fixtures/with-postgresql.sh swift test --traits PostgreSQL --skip-build --no-parallel --filter RegistrySQLiteTests
echo "== The acceptance tests again, through a daemon" >&2
TOKENCTL_TEST_ACCESS=daemon exec swift test --traits PostgreSQL --skip-build --parallel --filter AcceptanceTests
