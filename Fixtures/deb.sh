#!/bin/sh
# Makes a Debian package of tokenctl and tokend, and has lintian look at it.
#
#   Fixtures/deb.sh [--out DIR] [--try]
#
#   --out DIR   where the package is written (default: .build/deb)
#   --try       as root, install the package, run what is in it, and purge it again: for a machine without tokenctl
#
# The maintainer is $DEBFULLNAME <$DEBEMAIL>, else the author of the last commit.
set -eu

usage() {
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
    exit 64
}

out="" try=""
while [ $# -gt 0 ]; do
    case $1 in
    --out) [ $# -gt 1 ] || usage; out=$2; shift ;;
    --out=*) out=${1#*=} ;;
    --try) try=yes ;;
    *) usage ;;
    esac
    shift
done
case $out in
/* | "") ;;
*) out=$PWD/$out ;;
esac
cd "$(dirname "$0")/.."
out=${out:-$PWD/.build/deb}
Fixtures/install-dependencies.sh --for-packaging

version=$(sed -n 's/.*current = "\(.*\)".*/\1/p' Sources/ProgramVersion/Version.swift)
architecture=$(dpkg --print-architecture)
maintainer="${DEBFULLNAME:-$(git log -1 --format=%an)} <${DEBEMAIL:-$(git log -1 --format=%ae)}>"
day=$(git log -1 --format=%cd --date=format:'%a, %d %b %Y %H:%M:%S %z')

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
umask 022
Fixtures/install.sh --vendor --prefix /usr --destdir "$root"

doc=$root/usr/share/doc/tokenctl
mv "$doc/CHANGELOG.md" "$doc/changelog"
# A system of record is not taken away with its program.
cat >"$doc/README.Debian" <<EOT
tokenctl for Debian
===================

The package makes the user and group tokenctl and the directory /var/lib/tokenctl, and starts nothing: there is no registry
yet. Create it, and start the daemon:

  runuser -u tokenctl -- tokenctl init --registry /var/lib/tokenctl
  systemctl enable --now tokend.service tokenctl-notify.timer tokenctl-backup.timer

Whoever is to use it joins the group tokenctl, and is granted something with 'tokenctl access grant'.

Purging the package leaves /var/lib/tokenctl and its owner alone: it is the only record of which tokens were redeemed, and
nothing brings it back. Remove it by hand once it is kept elsewhere.
EOT
cat >"$doc/copyright" <<EOT
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: tokenctl
Comment: The programs include the Swift runtime and the packages that sbom.cdx.json lists;
 their licences and notices are in third-party-licences.txt.gz.

Files: *
Copyright: $(git log --reverse --format=%ad --date=format:%Y | head -1)-$(git log -1 --format=%ad --date=format:%Y) the authors of tokenctl
License: Apache-2.0
 On Debian systems the Apache License 2.0 is in /usr/share/common-licenses/Apache-2.0.
EOT
cat >"$work/changelog.Debian" <<EOT
tokenctl ($version-1) unstable; urgency=medium

  * See changelog.gz, and $(git rev-parse --short HEAD) of the repository.

 -- $maintainer  $day
EOT
gzip -9n <"$work/changelog.Debian" >"$doc/changelog.Debian.gz"
gzip -9n "$doc/changelog" "$doc/third-party-licences.txt" "$root"/usr/share/man/man*/*

# What lintian finds and is meant so, each with its reason.
mkdir -p "$root/usr/share/lintian/overrides"
cat >"$root/usr/share/lintian/overrides/tokenctl" <<'EOT'
# The Swift compiler has no such functions to replace, and no C of ours is in the programs.
tokenctl: hardening-no-fortify-functions *
# The package is built from the repository, and closes no bug of Debian's.
tokenctl: initial-upload-closes-no-bugs *
# No service is started before its registry was created by hand.
tokenctl: maintainer-script-calls-systemctl *
EOT

control=$root/DEBIAN
mkdir "$control"
cat >"$control/postinst" <<'EOT'
#!/bin/sh
set -e
if [ "$1" = configure ]; then
    systemd-sysusers /usr/lib/sysusers.d/tokenctl.conf
    systemd-tmpfiles --create /usr/lib/tmpfiles.d/tokenctl.conf
    if [ -d /run/systemd/system ]; then
        systemctl daemon-reload
        systemctl try-restart tokend.service
    fi
fi
EOT
cat >"$control/prerm" <<'EOT'
#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
    systemctl disable --now tokenctl-backup.timer tokenctl-notify.timer tokend.service
fi
EOT
cat >"$control/postrm" <<'EOT'
#!/bin/sh
set -e
if [ -d /run/systemd/system ]; then
    systemctl daemon-reload
fi
if [ "$1" = purge ]; then
    # Not /var/lib/tokenctl: README.Debian says why.
    rm -rf /run/tokend /var/cache/tokend
fi
EOT
chmod 755 "$control/postinst" "$control/prerm" "$control/postrm"

# dpkg-shlibdeps wants the source package's control file.
mkdir -p "$work/source/debian"
printf 'Source: tokenctl\n\nPackage: tokenctl\nArchitecture: any\n' >"$work/source/debian/control"
libraries=$(cd "$work/source" && dpkg-shlibdeps -O "$root/usr/bin/tokenctl" "$root/usr/bin/tokend" |
    sed -n 's/^shlibs:Depends=//p')
cat >"$control/control" <<EOT
Package: tokenctl
Version: $version-1
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du --apparent-size -sk "$root/usr" | cut -f1)
Depends: $libraries, systemd | systemd-standalone-sysusers, systemd | systemd-standalone-tmpfiles, tzdata
Suggests: bash-completion, sqlite3
Section: admin
Priority: optional
Description: record of an organisation's cloud tokens and seats
 tokenctl keeps track of every cloud token, seat and licence that an
 organisation gets from the Microsoft partner programme: which tokens were
 issued, where each was redeemed, who uses the seats, what is left and what
 lapses when. It refuses what breaks the programme's rules, and proves every
 figure from a ledger in which nothing is overwritten. It only records, and
 never talks to Microsoft.
 .
 tokend serves the same registry to many programs on a Unix-domain socket.
EOT
(cd "$root" && find usr -type f -exec md5sum {} + | sort -k 2) >"$control/md5sums"
chmod -R u=rwX,go=rX "$root"

mkdir -p "$out"
package=$out/tokenctl_$version-1_$architecture.deb
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) dpkg-deb --root-owner-group --build "$root" "$package"
lintian --fail-on error,warning --tag-display-limit 0 "$package"
echo "Made $package."
[ -n "$try" ] || exit 0

[ "$(id -u)" -eq 0 ] || { echo "deb.sh: --try needs root" >&2; exit 77; }
if [ -e /var/lib/tokenctl ] || dpkg-query -W tokenctl >/dev/null 2>&1; then
    echo "deb.sh: --try is for a machine without tokenctl and without /var/lib/tokenctl" >&2
    exit 77
fi
apt-get install -y -qq --no-install-recommends "$package" >/dev/null
dpkg -L tokenctl >"$work/files"
daemon=""
stop() {
    [ -z "$daemon" ] || { kill "$daemon"; wait "$daemon" || :; }
    daemon=""
}
end() {
    stop
    dpkg --purge tokenctl >/dev/null 2>&1 || :
    rm -rf /var/lib/tokenctl /run/tokend "$work"
    userdel tokenctl
}
trap end EXIT

[ "$(stat -c '%U:%G %a' /var/lib/tokenctl)" = "tokenctl:tokenctl 700" ]
runuser -u tokenctl -- tokenctl init --registry /var/lib/tokenctl
install -d -o tokenctl -g tokenctl /run/tokend
runuser -u tokenctl -- tokend --registry /var/lib/tokenctl --socket /run/tokend/tokend.sock --spool /tmp &
daemon=$!
for _ in $(seq 100); do [ -S /run/tokend/tokend.sock ] && break; sleep 0.1; done
tokenctl org add "Contoso Ltd" --id contoso --country DE
tokenctl status
tokenctl check
stop

dpkg --purge tokenctl
[ -f /var/lib/tokenctl/registry.db ]
while read -r file; do
    [ -d "$file" ] || [ ! -e "$file" ] || { echo "deb.sh: $file is still there" >&2; exit 1; }
done <"$work/files"
echo "The package was installed, ran, and is gone again."
