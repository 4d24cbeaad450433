#!/bin/sh
# Lets other people's tools talk to the built daemon, and read what the built command prints: curl, httpx,
# openapi-spec-validator, openapi-python-client, schemathesis and icalendar (PyPI), promtool and systemd-analyze (Debian).
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
    httpx icalendar openapi-python-client openapi-spec-validator ruff schemathesis

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

step "openapi-python-client"
# What it cannot make, it only warns of: every operation has to be there.
PATH=$work/venv/bin:$PATH "$work/venv/bin/openapi-python-client" generate --path "$work/openapi.json" --meta none \
    --output-path "$work/tokend_client" >"$work/generated" 2>&1
if grep "will not be generated" "$work/generated"; then exit 1; fi
PYTHONPATH=$work "$work/venv/bin/python" - "$socket" Fixtures/tokens.csv <<'PYTHON'
import sys

import httpx
from tokend_client import Client
from tokend_client.api.enrollments import import_tokens
from tokend_client.api.organizations import list_tokens
from tokend_client.api.redemptions import redeem_token
from tokend_client.api.tokens import reserve_token
from tokend_client.models import ImportTokensOverrideItem, ListTokensStatus, ReserveTokenRequest
from tokend_client.types import File

socket, path = sys.argv[1:]
client = Client(base_url="http://localhost", httpx_args={"transport": httpx.HTTPTransport(uds=socket)})
with open(path, "rb") as file:
    imported = import_tokens.sync_detailed("gold", client=client, body=File(payload=file), override=[ImportTokensOverrideItem.R12])
assert imported.status_code == 201, imported.content
tokens = list_tokens.sync("contoso", client=client, status=ListTokensStatus.UNREDEEMED).items
token, tenant = tokens[-1], "contoso.onmicrosoft.com"
reserved = reserve_token.sync_detailed(token.id, client=client, body=ReserveTokenRequest(tenant=tenant))
assert reserved.status_code == 201, reserved.content
redeemed = redeem_token.sync_detailed(client=client, body={"token": token.id, "tenant": tenant})
assert redeemed.status_code == 201, redeemed.content
assert redeemed.parsed.token_id == token.id
again = redeem_token.sync_detailed(client=client, body={"token": token.id, "tenant": tenant})
assert again.status_code == 409 and again.parsed.code == "token.already-redeemed", again.content
print(imported.parsed.tokens, "tokens imported,", token.id, "reserved and redeemed")
PYTHON

step "promtool"
curl --silent --fail --unix-socket "$socket" http://localhost/metrics >"$work/metrics"
promtool check metrics <"$work/metrics"

step "node-exporter's textfile"
"$bin/tokenctl" notify --state "$work/told.json" --textfile "$work/notices.prom" >/dev/null
promtool check metrics <"$work/notices.prom"

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
for unit in tokend.service tokenctl-notify.service tokenctl-notify.timer tokenctl-failure@.service; do
    "$bin/tokenctl" setup systemd --unit "$unit" --prefix "$(dirname "$bin")" |
        sed "s|^ExecStart=[^ ]*/\(token[^ ]*\)|ExecStart=$bin/\1|" >"$work/$unit"
done
systemd-analyze verify --man=no "$work/tokend.service" "$work/tokenctl-notify.timer" "$work/tokenctl-failure@x.service"
systemd-analyze security --offline=true --threshold=30 --no-pager "$work/tokend.service" | tail -n 1

step "schemathesis"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
socat "TCP-LISTEN:$port,bind=127.0.0.1,fork,reuseaddr" "UNIX-CONNECT:$socket" 2>"$work/socat" &
bridge=$!
# A schema cannot tell a day in the future or a token that belongs to somebody else: such requests are refused with 422,
# which the check "positive_data_acceptance" takes for a failure. And the ledger, once followed, never ends;
# a page for browsers, which answers with 503 where there is none, this daemon does not serve.
# It leaves files where it runs.
cd "$work"
"$work/venv/bin/schemathesis" run "$work/openapi.json" --url "http://127.0.0.1:$port" --max-time \
    "${SCHEMATHESIS_SECONDS:-60}" --max-examples 20 --checks all \
    --exclude-checks positive_data_acceptance --exclude-path /v1/audit --exclude-path /v1/web/links --warnings off --no-color --seed 1

step "check"
"$bin/tokenctl" check
