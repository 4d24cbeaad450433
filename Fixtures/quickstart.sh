#!/bin/sh
# Sets everything up and does the main job: installs what is missing, builds tokenctl, and redeems a token of
# Fixtures/tokens.csv on a tenant in a fresh registry.
#
#   Fixtures/quickstart.sh [DIR]      DIR: where the registry is made (default: a new temporary directory)
set -eu
cd "$(dirname "$0")/.."

Fixtures/install-dependencies.sh
swift build -c release --product tokenctl

TOKENCTL_REGISTRY=${1:-$(mktemp -d)/registry}
export TOKENCTL_REGISTRY
tokenctl() {
    printf '\n$ tokenctl %s\n' "$*"
    .build/release/tokenctl "$@"
}

tokenctl init
tokenctl org add "Contoso Ltd" --id contoso --country DE --time-zone Europe/Berlin
tokenctl enrollment add contoso --program gold-competency --start "$(date +%Y)-01-01" --id gold
tokenctl token import Fixtures/tokens.csv --enrollment gold
tokenctl tenant signup contoso --domain contoso.onmicrosoft.com --admin admin@contoso.onmicrosoft.com
tokenctl redeem XKB4C-T9V2M-QH7RD-6WJ3P-8FGYK --tenant contoso.onmicrosoft.com --yes
tokenctl seat list contoso.onmicrosoft.com
tokenctl token list contoso

cat <<EOT

The registry is $TOKENCTL_REGISTRY. Go on with it:

  export TOKENCTL_REGISTRY=$TOKENCTL_REGISTRY
  PATH=$PWD/.build/release:\$PATH
  tokenctl redeem XKB4C-T9V2M-QH7RD-6WJ3P-8FGYK --tenant contoso.onmicrosoft.com --yes    # refused: it was redeemed
EOT
