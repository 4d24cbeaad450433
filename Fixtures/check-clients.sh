#!/bin/sh
# Lets other people's tools talk to the built daemon, and read what the built command prints: curl, httpx,
# openapi-spec-validator, schemathesis and icalendar (PyPI), promtool and systemd-analyze (Debian).
#
#   Fixtures/check-clients.sh [DIR]      DIR: where tokenctl and tokend were built (default: .build/debug)
#
# SCHEMATHESIS_SECONDS is how long schemathesis goes on (default: 60).
set -eu
cd "$(dirname "$0")/.."
bin=$(cd "${1:-.build/debug}" && pwd)
Fixtures/install-dependencies.sh --for-clients

work=$(mktemp -d /tmp/tc-XXXXXX)
daemon="" bridge=""
trap '[ -z "$bridge" ] || kill "$bridge"; [ -z "$daemon" ] || { kill "$daemon"; wait "$daemon" || :; }; rm -rf "$work"' EXIT
step() { printf '\n-- %s\n' "$*"; }

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    httpx icalendar openapi-spec-validator schemathesis

socket=$work/tokend.sock
"$bin/tokenctl" init --registry "$work/registry" >/dev/null
"$bin/tokend" --registry "$work/registry" --socket "$socket" --log-file "$work/log" &
daemon=$!
curl --silent --show-error --fail --retry 100 --retry-delay 1 --retry-all-errors \
    --unix-socket "$socket" http://localhost/readyz >"$work/readyz" 2>/dev/null
export TOKENCTL_SOCKET="$socket"
start=$(date -d '-60 days' +%F)
"$bin/tokenctl" org add "Contoso Ltd" --id contoso --country DE -q >/dev/null
"$bin/tokenctl" enrollment add contoso --program gold-competency --start "$start" --id gold --tokens mint -q >/dev/null
"$bin/tokenctl" tenant signup contoso --domain contoso.onmicrosoft.com --admin admin@contoso.com -q >/dev/null

step "curl"
curl --silent --fail --unix-socket "$socket" http://localhost/v1/organizations/contoso
[ "$(curl --silent --output /dev/null --write-out '%{http_code}' --unix-socket "$socket" \
    http://localhost/v1/organizations/nobody)" = 404 ]

step "httpx"
"$work/venv/bin/python" - "$socket" <<'PYTHON'
import sys

import httpx

with httpx.Client(transport=httpx.HTTPTransport(uds=sys.argv[1]), base_url="http://localhost") as client:
    request = {"token": "T1", "tenant": "contoso.onmicrosoft.com"}
    first = client.post("/v1/redemptions", json=request, headers={"Idempotency-Key": "one"})
    assert first.is_success, first.text
    again = client.post("/v1/redemptions", json=request, headers={"Idempotency-Key": "one"})
    assert again.json() == first.json(), again.text
    second = client.post("/v1/redemptions", json=request)
    assert second.status_code == 409, second.text
    assert second.headers["content-type"] == "application/problem+json"
    assert second.json()["code"] == "token.already-redeemed", second.text
    print(first.json()["tokenId"], "redeemed once")
PYTHON

step "openapi-spec-validator"
curl --silent --fail --unix-socket "$socket" http://localhost/v1/openapi.json >"$work/openapi.json"
"$work/venv/bin/openapi-spec-validator" "$work/openapi.json"

step "promtool"
curl --silent --fail --unix-socket "$socket" http://localhost/metrics >"$work/metrics"
promtool check metrics <"$work/metrics"

step "icalendar"
"$bin/tokenctl" renewal calendar --format ical >"$work/renewals.ics"
"$work/venv/bin/python" -c '
import icalendar, sys
calendar = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read())
events = list(calendar.walk("VEVENT"))
assert events and all(event.walk("VALARM") for event in events)
print(len(events), "events")
' "$work/renewals.ics"

step "systemd-analyze"
"$bin/tokenctl" setup systemd --unit tokend.service --prefix "$(dirname "$bin")" |
    sed "s|^ExecStart=[^ ]*|ExecStart=$bin/tokend|" >"$work/tokend.service"
systemd-analyze verify --man=no "$work/tokend.service"
systemd-analyze security --offline=true --threshold=30 --no-pager "$work/tokend.service" | tail -n 1

step "schemathesis"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
socat "TCP-LISTEN:$port,bind=127.0.0.1,fork,reuseaddr" "UNIX-CONNECT:$socket" 2>"$work/socat" &
bridge=$!
# A schema cannot tell a day in the future or a token that belongs to somebody else: such requests are refused with 422,
# which the check "positive_data_acceptance" takes for a failure. And the ledger, once followed, never ends.
# It leaves files where it runs.
cd "$work"
"$work/venv/bin/schemathesis" run "$work/openapi.json" --url "http://127.0.0.1:$port" --max-time \
    "${SCHEMATHESIS_SECONDS:-60}" --max-examples 20 --checks all \
    --exclude-checks positive_data_acceptance --exclude-path /v1/audit --warnings off --no-color --seed 1

step "check"
"$bin/tokenctl" check
