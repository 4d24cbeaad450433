#!/bin/sh
# Builds tokenctl and tokend, each one file with the Swift runtime in it, and installs them stripped, with their man pages,
# completion, units, licences, and a bill of what is linked in.
#
#   Fixtures/install.sh [--prefix DIR] [--destdir DIR] [--vendor]
#
#   --prefix DIR    where they are installed (default: /usr/local)
#   --destdir DIR   a directory to install into as if it were /, for packaging
#   --vendor        completion where a distribution's packages have it, not where an administrator's programs do
#
# Where they are, 'tokenctl setup systemd' says how to begin. What was installed is listed in
# PREFIX/share/doc/tokenctl/files: 'xargs rm -f < files' takes it away again. Registries are not in it.
set -eu

usage() {
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
    exit 64
}

prefix=/usr/local destdir="" vendor=""
while [ $# -gt 0 ]; do
    case $1 in
    --prefix) [ $# -gt 1 ] || usage; prefix=$2; shift ;;
    --prefix=*) prefix=${1#*=} ;;
    --destdir) [ $# -gt 1 ] || usage; destdir=$2; shift ;;
    --destdir=*) destdir=${1#*=} ;;
    --vendor) vendor=yes ;;
    *) usage ;;
    esac
    shift
done
case $prefix in
/*) ;;
*) echo "install.sh: --prefix takes an absolute path, such as /usr/local" >&2; exit 64 ;;
esac
prefix=${prefix%/}
case $destdir in
/* | "") ;;
*) destdir=$PWD/$destdir ;;
esac
cd "$(dirname "$0")/.."

Fixtures/install-dependencies.sh --for-installing
swift build -c release --product tokenctl
swift build -c release --product tokend
built=$(swift build -c release --show-bin-path)

list=$(mktemp)
trap 'rm -rf "$list" "$list.d"' EXIT
mkdir "$list.d"
put() { # put MODE FILE PATH: FILE as PREFIX/PATH
    install -D -m "$1" "$2" "$destdir$prefix/$3"
    echo "$prefix/$3" >>"$list"
}
made() { # made PATH: standard input as PREFIX/PATH
    cat >"$list.d/file"
    put 644 "$list.d/file" "$1"
}

for program in tokenctl tokend; do
    cp "$built/$program" "$list.d/$program"
    strip --strip-unneeded --remove-section=.comment --remove-section=.note "$list.d/$program"
    put 755 "$list.d/$program" "bin/$program"
done

for page in Man/*.[1-8]; do
    put 644 "$page" "share/man/man${page##*.}/${page##*/}"
done

zsh=share/zsh/site-functions
[ -z "$vendor" ] || zsh=share/zsh/vendor-completions
bash=share/bash-completion/completions fish=share/fish/vendor_completions.d
"$built/tokenctl" completion bash | made $bash/tokenctl
"$built/tokenctl" completion zsh | made $zsh/_tokenctl
"$built/tokenctl" completion fish | made $fish/tokenctl.fish
# It is read, not run.
"$built/tokend" --generate-completion-script bash | sed '1{/^#!/d}' | made $bash/tokend
"$built/tokend" --generate-completion-script zsh | made $zsh/_tokend
"$built/tokend" --generate-completion-script fish | made $fish/tokend.fish

# Units, and the user and directory that they need.
for unit in tokend.service tokenctl-notify.service tokenctl-notify.timer tokenctl-failure@.service tokenctl-backup.service \
    tokenctl-backup.timer; do
    "$built/tokenctl" setup systemd --prefix "${prefix:-/}" --unit "$unit" | made "lib/systemd/system/$unit"
    "$built/tokenctl" setup systemd --prefix "${prefix:-/}" --user --unit "$unit" | made "lib/systemd/user/$unit"
done
echo 'u tokenctl - "Registry of cloud tokens and seats" /var/lib/tokenctl' | made lib/sysusers.d/tokenctl.conf
printf 'd /var/lib/%s 0700 tokenctl tokenctl -\n' tokenctl tokenctl-backups | made lib/tmpfiles.d/tokenctl.conf

doc=share/doc/tokenctl
put 644 README.md $doc/README.md
put 644 SECURITY.md $doc/SECURITY.md
put 644 CHANGELOG.md $doc/CHANGELOG.md
[ -n "$vendor" ] || put 644 LICENSE $doc/LICENSE
python3 Fixtures/sbom.py --bin "$built" --sbom "$list.d/sbom" --licences "$list.d/licences"
put 644 "$list.d/sbom" $doc/sbom.cdx.json
put 644 "$list.d/licences" $doc/third-party-licences.txt
if [ -z "$vendor" ]; then
    { cat "$list"; echo "$prefix/$doc/files"; } | made $doc/files
fi
echo "Installed in $destdir${prefix:-/}."
