#!/bin/sh
# Renews everything that an organisation holds, with nothing but tokenctl: shows what is due, plans it into a directory,
# shows who would lapse, and applies every plan, redeeming the new tokens as planned. Where the portal's tokens are not there
# yet, import them into the enrollments that it names ('tokenctl token import') and run it again. Safe to run at any time.
#
#   Fixtures/renew-organization.sh ORG [DIR]      DIR: where the plans are kept (default: ./renewal-ORG)
#
# TOKENCTL names the command (default: tokenctl); the registry is the one that tokenctl uses. Ends with 0 when all that is
# due is renewed, else with the first failure's exit code.
set -eu

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 64
fi
organization=$1
plans=${2:-./renewal-$organization}
tokenctl=${TOKENCTL:-tokenctl}

# One line of CSV for each enrollment: enrollment, organisation, programme, end, window opens, closes, days left, state,
# days left for its tokens.
open_enrollments() {
    "$tokenctl" renewal due --within 90d -o csv | while IFS=, read -r enrollment owner _ _ _ _ _ state _; do
        if [ "$owner" = "$organization" ] && [ "$state" = open ]; then printf '%s\n' "$enrollment"; fi
    done
}

"$tokenctl" org show "$organization" >/dev/null
enrollments=$(open_enrollments)
mkdir -p "$plans"

status=0
for enrollment in $enrollments; do
    echo "== $enrollment"
    plan=$plans/$enrollment.json
    "$tokenctl" renewal plan "$enrollment" --out "$plan" || {
        status=$?
        continue
    }
    # The plan of the state that it was made from: applied twice it does nothing twice.
    "$tokenctl" renewal apply "$plan" --redeem --yes || status=$?
done

# Plans of earlier runs whose tokens had to wait: for the next year to begin, or to be imported.
for plan in "$plans"/*.json; do
    [ -e "$plan" ] || continue
    "$tokenctl" renewal apply "$plan" --redeem --yes -q -o ndjson >/dev/null || status=$?
done

echo "== $organization"
"$tokenctl" enrollment list "$organization"
"$tokenctl" renewal calendar "$organization"
exit "$status"
