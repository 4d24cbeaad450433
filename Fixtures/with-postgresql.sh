#!/bin/sh
# Runs a command with a PostgreSQL server of its own, which is gone afterwards: TOKENCTL_TEST_POSTGRESQL is its address
# without a database. The user tokend may do what a daemon may. Needs Debian's postgresql package.
set -eu
if [ $# -eq 0 ]; then
    echo "usage: $0 COMMAND [ARGUMENT…]" >&2
    exit 64
fi
bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin | sort -V | tail -n 1)
directory=$(mktemp -d /tmp/pg-XXXXXX)
# The server refuses to run as root.
as_server() {
    if [ "$(id -u)" -eq 0 ]; then su postgres -s /bin/sh -c "$*"; else sh -c "$*"; fi
}
if [ "$(id -u)" -eq 0 ]; then chown postgres "$directory"; fi
# What is started here must not outlive it.
# shellcheck disable=SC2317  # The trap runs it.
stop() {
    as_server "$bin/pg_ctl -D $directory/data -m immediate stop" >/dev/null 2>&1 || true
    rm -rf "$directory"
}
trap stop EXIT
trap 'exit 130' INT TERM
as_server "$bin/initdb -D $directory/data -U postgres -A trust -E UTF8 --locale C --no-sync" >/dev/null
as_server "$bin/pg_ctl -D $directory/data -w -l $directory/log -o \
    \"-c listen_addresses= -k $directory -c max_connections=200 -c jit=off\" start" >/dev/null
psql --quiet --host "$directory" --username postgres \
    --command 'CREATE ROLE tokenctl_daemon' --command 'CREATE ROLE tokend LOGIN IN ROLE tokenctl_daemon'
TOKENCTL_TEST_POSTGRESQL="postgresql://postgres@/%s?host=$directory" "$@"
