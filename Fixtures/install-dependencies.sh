#!/bin/sh
# Installs the system packages that building and testing need, where they are missing (Debian and its relatives).
set -eu

missing=""
need() { # need PACKAGE FILE...: the package is there when one of the files is
    package=$1
    shift
    for file in "$@"; do [ -e "$file" ] && return 0; done
    missing="$missing $package"
}
need libsqlite3-dev /usr/include/sqlite3.h
need tzdata /usr/share/zoneinfo/Europe/Berlin
if [ "${1:-}" = --for-tests ]; then
    need sqlite3 /usr/bin/sqlite3
    need mandoc /usr/bin/mandoc
    need shellcheck /usr/bin/shellcheck
    need strace /usr/bin/strace
    need libpq-dev /usr/include/postgresql/libpq-fe.h /usr/include/libpq-fe.h
    need postgresql /usr/lib/postgresql/*/bin/initdb
fi
if [ "${1:-}" = --for-clients ]; then
    need curl /usr/bin/curl
    need prometheus /usr/bin/promtool
    python3 -c 'import ensurepip' 2>/dev/null || missing="$missing python3-venv"
    need socat /usr/bin/socat
    need systemd /usr/bin/systemd-analyze
fi
if [ "${1:-}" = --for-page ]; then
    need curl /usr/bin/curl
    need chromium /usr/bin/chromium
    python3 -c 'import ensurepip' 2>/dev/null || missing="$missing python3-venv"
fi
case ${1:-} in
--for-installing | --for-packaging)
    need binutils /usr/bin/strip
    need python3 /usr/bin/python3
    ;;
esac
if [ "${1:-}" = --for-packaging ]; then
    need dpkg-dev /usr/bin/dpkg-shlibdeps
    need lintian /usr/bin/lintian
    need systemd /usr/bin/systemd-sysusers
fi
if [ "${1:-}" = --for-benchmarks ]; then
    need sqlite3 /usr/bin/sqlite3
    need binutils /usr/bin/strip
    need python3 /usr/bin/python3
    need postgresql /usr/lib/postgresql/*/bin/pgbench
    need redis-server /usr/bin/redis-server
    need redis-tools /usr/bin/redis-benchmark
fi
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then as_root=sudo; fi
echo "Installing:$missing" >&2
$as_root apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
