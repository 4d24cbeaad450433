#!/bin/sh
# Looks at the daemon's page and at the reports with headless Chromium: light, dark, narrow, printed and without scripts, for an
# organisation that has nothing, a usual one, and one in sixty countries. axe-core says what those who cannot see it would miss.
#
#   Fixtures/check-page.sh [DIR] [SHOTS]    DIR: where tokenctl and tokend were built (default: .build/debug)
#                                           SHOTS: where screenshots are kept (default: nowhere)
set -eu
cd "$(dirname "$0")/.."
bin=$(cd "${1:-.build/debug}" && pwd)
shots=${2:-}
Fixtures/install-dependencies.sh --for-page

work=$(mktemp -d /tmp/tp-XXXXXX)
daemon=""
trap '[ -z "$daemon" ] || { kill "$daemon"; wait "$daemon" || :; }; rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
# axe-core comes with the one, without what the package itself needs.
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps axe-playwright-python websocket-client
axe=$(find "$work/venv" -name axe.min.js)

export TOKENCTL_REGISTRY="$work/registry"
tokenctl() { "$bin/tokenctl" "$@" --quiet >/dev/null; }
start=$(date -d '-60 days' +%F)
tokenctl init
tokenctl org add "Nothing yet" --id empty --country FR
tokenctl org add '<b>Contoso & "Söhne"</b> שלום' --id contoso --country DE
tokenctl enrollment add contoso --program gold-competency --start "$start" --id gold --tokens mint
tokenctl tenant signup contoso --domain contoso.onmicrosoft.com --admin admin@contoso.com --on "$start"
tokenctl redeem --token T1 --tenant contoso.onmicrosoft.com --yes
tokenctl seat assign anna@contoso.com --tenant contoso.onmicrosoft.com --sku ENTERPRISEPACK
tokenctl license assign bert@contoso.com --org contoso --product office-suite
tokenctl org add "Sixty countries" --id sixty --country DE
{
    echo organization,name,country,id
    for country in AE AR AT AU BE BG BR CA CH CL CN CO CY CZ DK EE EG ES FI FR GB GR HR HU ID IE IL IN IS IT JP KE KR LT \
        LU LV MA MT MX MY NG NL NO NZ PE PH PL PT RO SA SE SG SI SK TH TR US VN ZA; do
        echo "sixty,Office in $country with a rather long name,$country,office-$country"
    done
} >"$work/locations.csv"
tokenctl location import "$work/locations.csv" --yes
tokenctl enrollment add sixty --program gold-competency --start "$start" --id sixty-gold --tokens mint
for country in US GB JP IN ZA; do
    tokenctl enrollment add sixty --program silver-competency --location "office-$country" --start "$start" \
        --id "silver-$country" --tokens mint
done

for organization in empty contoso sixty; do
    "$bin/tokenctl" statement "$organization" --format html >"$work/statement-$organization.html"
done
"$bin/tokenctl" renewal plan gold --format html >"$work/plan.html"
"$bin/tokenctl" renewal plan sixty-gold --format html >"$work/plan-sixty.html"
look() { "$work/venv/bin/python" Tests/Page/look.py --axe "$axe" ${shots:+--shots "$shots"} "$@"; }
look "$work"/*.html

"$bin/tokend" --registry "$work/registry" --socket "$work/s" --log-file "$work/log" --web 127.0.0.1:0 &
daemon=$!
curl --silent --fail --retry 100 --retry-delay 1 --retry-all-errors --unix-socket "$work/s" http://localhost/readyz >/dev/null 2>&1
link=$("$bin/tokenctl" web --socket "$work/s" --quiet)
set -- "" renewals ledger rules rules/R31 "rules/R31?organization=contoso" "ask?q=can+i+move+seats&organization=contoso" \
    tenants/contoso.onmicrosoft.com tokens/T1
for organization in empty contoso sixty; do
    for page in "" /statement /tenants /tokens /users /renewals /ledger; do
        set -- "$@" "organizations/$organization$page"
    done
done
look --sign-in "$link" "$@"
