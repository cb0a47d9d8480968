#!/usr/bin/env bash
# Makes sure that there is a libz3 that Microsoft.Z3 4.12.2 can use. Silent if there is one already.
# Exit codes: 0 there is one now; 4 there is none, and what to do about it has been said.
set -euo pipefail

readonly source_file=/etc/apt/sources.list.d/checker-trixie.sources
readonly pin_file=/etc/apt/preferences.d/checker-trixie

say() { printf 'checker: %s\n' "$*" >&2; }

# The same places as Solver/Smt/NativeZ3.cs, which has the last word: it asks the loaded library for its version.
candidates() {
    PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | awk '$1 ~ /^libz3\.so/ { print $NF }'
    ls -d {/usr/lib/x86_64-linux-gnu,/usr/lib/aarch64-linux-gnu,/usr/lib64,/usr/local/lib}/libz3.so{.4,} \
        {/opt/homebrew,/usr/local}/lib/libz3.dylib \
        {"${VIRTUAL_ENV:-/usr}","${CONDA_PREFIX:-/usr}",~/.local,~/.pyenv/versions/*,/usr/local,/usr,/opt/homebrew,/Library/Frameworks/Python.framework/Versions/3*}/lib/python3*/{site,dist}-packages/z3/lib/libz3.{so,dylib} \
        2>/dev/null || true
}

# What Debian 12's 4.8.12 lacks, and the first thing that Microsoft.Z3 4.12.2 calls. Reading it from the file
# takes a few milliseconds and needs neither .NET nor Python.
usable() { LC_ALL=C grep -qsaF Z3_enable_concurrent_dec_ref -- "$1"; }

have_libz3() {
    local library
    while read -r library; do
        usable "$library" && return 0
    done < <(candidates)
    return 1
}

# An explicit choice is the user's; the program checks it.
[ -n "${CHECKER_LIBZ3:-}" ] && exit 0
have_libz3 && exit 0

if ! command -v apt-get > /dev/null; then
    if [ "$(uname)" = Darwin ]; then remedy='brew install z3'; else remedy='pip install z3-solver'; fi
    say "libz3 4.12 or newer is needed and was not found. Install it: $remedy"
    exit 4
fi

# Two calls at once would both ask, and meet at apt's lock.
exec 9< "${BASH_SOURCE[0]}"
flock 9
have_libz3 && exit 0

. /etc/os-release
has_new_enough() { dpkg --compare-versions "${1:-0}" ge 4.12; }
offered() { apt-cache policy libz3-4 2>/dev/null | awk '$1 == "Candidate:" && $2 != "(none)" { print $2 }'; }

installed=$(dpkg-query -W -f '${Version}' libz3-4 2>/dev/null || true)
say "libz3 4.12 or newer is needed; this system (${PRETTY_NAME:-unknown}) has ${installed:-none}."

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    # Without a terminal nobody can type a password.
    if [ -t 0 ]; then sudo_works() { command -v sudo > /dev/null; }; else sudo_works() { sudo -n true 2> /dev/null; }; fi
    sudo_works && as_root=(sudo) || as_root=(false)
fi

# What is printed for whoever has to do it by hand is what runs here.
readonly apt_install='DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -y -q -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold install'

if has_new_enough "$(offered)" || { [ -z "$(offered)" ] && [ "${VERSION_ID:-}" = 13 ]; }; then
    say "To be installed: libz3-4, from this system's own sources."
    # Somebody else's broken source is no reason to stop.
    commands="apt-get -q -o DPkg::Lock::Timeout=300 update || true
$apt_install libz3-4"
elif [ "${ID:-}" = debian ] && { [ "${VERSION_ID:-}" = 12 ] || [ -e "$source_file" ]; }; then
    say "To be installed: libz3-4 from Debian 13 (trixie), a source pinned to priority 100, so that nothing else is taken from it."
    say "It brings Debian 13's libc6 along, with what must match it (libstdc++6, base-files: /etc/os-release will say 13; libc6-dev and dpkg, if they are there)."

    # From this machine's own mirrors and with their key, in whatever format and file they are configured.
    readonly keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    stanza() { # $1 suite here, $2 suite wanted, $3 mirror if there is none for $1
        local mirror entry key
        IFS='|' read -r mirror entry < <(
            apt-get indextargets --no-release-info --format '$(RELEASE)|$(COMPONENT)|$(REPO_URI)|$(SOURCESENTRY)' 'Identifier: Packages' |
                awk -F'|' -v suite="$1" '$1 == suite && $2 == "main" { print $3 "|" $4; exit }') || true
        key=$([ -z "$entry" ] || sed -nE 's/.*signed-by[:=] *(\/[^] ]+).*/\1/Ip' "${entry%:*}" | head -n 1)
        mirror=${mirror:-$3}
        [ -z "$mirror" ] || printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n\n' "$mirror" "$2" "${key:-$keyring}"
    }
    # A libc6 from there gets its security updates from there too.
    sources=$(
        stanza bookworm trixie http://deb.debian.org/debian
        stanza bookworm-updates trixie-updates ''
        stanza bookworm-security trixie-security ''
    )

    commands="cat > $source_file <<'END'
# Written by checker's eng/provision.sh for libz3-4.
$sources
END
cat > $pin_file <<'END'
Package: *
Pin: release n=trixie*
Pin-Priority: 100
END
apt-get -q -o DPkg::Lock::Timeout=300 update -o Dir::Etc::SourceList=$source_file -o Dir::Etc::SourceParts=- -o APT::Get::List-Cleanup=0
$apt_install -t trixie libz3-4"
else
    say "Its packages have no newer one. Install it: pip install z3-solver, or set CHECKER_LIBZ3 to the path of one."
    exit 4
fi

by_hand() {
    say "$1 As root, run $(readlink -f "${BASH_SOURCE[0]}"), or:"
    printf '%s\n' "$commands" >&2
    exit 4
}

[ "${as_root[*]}" = false ] && by_hand 'That takes root, and there is no sudo here.'
if [ -t 0 ] && [ -t 2 ]; then
    read -r -p 'checker: Go ahead? [Y/n] ' answer
    case $answer in [nN]*) by_hand 'Nothing was changed.' ;; esac
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! "${as_root[@]}" sh -e -c "$commands" < /dev/null > "$log" 2>&1; then
    cat "$log" >&2
    say "The installation failed; apt's words are above."
    exit 4
fi

grep -E '^[0-9]+ upgraded' "$log" | sed 's/^/checker: apt: /' >&2 || true
if ! have_libz3; then
    say "libz3-4 is installed, but no usable libz3 is found."
    exit 4
fi
say "libz3-4 $(dpkg-query -W -f '${Version}' libz3-4) is installed."
