#!/usr/bin/env bash
# Makes sure that there is a libz3 that Microsoft.Z3 4.12.2 can use, and changes as little as possible for it.
#   1. One that is there is used: CHECKER_LIBZ3, or the first in the places of Solver/Smt/libz3-places.txt.
#   2. Else pip fetches the z3-solver wheel into a private folder. That takes no root and changes nothing else.
#   3. Else, with apt, root and agreement, the package is installed: this system's, or Debian 13's.
#   --yes                     agrees to everything, also to another libc6 (as CI=true does)
#   --quiet                   says nothing if there is a libz3 already
#   CHECKER_LIBZ3=FILE        the library to use, and no other
#   CHECKER_CACHE=FOLDER      the private folder, in place of ~/.cache/checker (eng/cache.sh)
#   CHECKER_WHEELS=FOLDER     where the wheel is taken from, in place of the package index
#   CHECKER_NO_PROVISION=1    fetches and installs nothing
# Exit codes: 0 there is one now; 4 there is none, and what to do about it has been said.
set -euo pipefail

readonly source_file=/etc/apt/sources.list.d/checker-trixie.sources
readonly pin_file=/etc/apt/preferences.d/checker-trixie
# The series that Debian 13 has, and that the tests run with.
readonly wheel='z3-solver==4.13.*'

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
. "$here/libz3.sh"

say() { printf 'checker: %s\n' "$*" >&2; }

agreed='' quiet=''
for option in "$@"; do
    case $option in
        --yes) agreed=yes ;;
        --quiet) quiet=yes ;;
        *) say "$option: the options are --yes and --quiet."; exit 4 ;;
    esac
done
case ${CI:-} in '' | 0 | false) ;; *) agreed=yes ;; esac

say_found() { [ -n "$quiet" ] || say "libz3: $1 can be used; nothing was changed."; }

if [ -n "${CHECKER_LIBZ3:-}" ]; then
    # A mere name is looked up by the loader, which only the program can ask.
    if [[ $CHECKER_LIBZ3 == */* ]] && reason=$(fault "$CHECKER_LIBZ3"); then
        say "CHECKER_LIBZ3: $CHECKER_LIBZ3 cannot be used: $reason; unset CHECKER_LIBZ3, or set it to the path of libz3 4.12 or newer."
        exit 4
    fi
    say_found "$CHECKER_LIBZ3"
    exit 0
fi

if find_libz3; then
    say_found "$library"
    exit 0
fi

# Two calls at once would both fetch, both ask, and meet at apt's lock. (Some network file systems refuse the lock.)
exec 9< "${BASH_SOURCE[0]}"
! command -v flock > /dev/null || flock 9 || true
if find_libz3; then
    say_found "$library"
    exit 0
fi

while read -r line; do
    [ -z "$line" ] || say "$line"
done <<< "$refused"

if [ "${CHECKER_NO_PROVISION:-}" = 1 ]; then
    say 'libz3 4.12 or newer is needed and was not found. CHECKER_NO_PROVISION=1: nothing was installed.'
    exit 4
fi

# This folder is removed at exit, for whatever reason the script ends.
scratch=''
trap '[ -z "$scratch" ] || rm -rf "$scratch"' EXIT

# Says in one line what was done, or why nothing was.
fetch_wheel() {
    local pip=() wheels
    if ! have_python; then
        say 'pip: python3 was not found, so the z3-solver wheel was not fetched.'
        return 1
    fi
    # In the folder where the library is to be: it is then moved there at once, or not at all.
    if ! make_cache || ! scratch=$(mktemp -d "$cache/fetching.XXXXXX" 2> /dev/null); then
        say "pip: $cache cannot be written, so the z3-solver wheel was not fetched. CHECKER_CACHE names another folder."
        return 1
    fi

    say "libz3 4.12 or newer is needed and was not found: looking for $wheel in ${CHECKER_WHEELS:-the package index}..."
    if python3 -m pip --version > /dev/null 2>&1; then
        pip=(python3 -m pip)
    elif [ -z "${CHECKER_WHEELS:-}" ]; then
        # A virtual environment has a pip of its own, and goes when this ends.
        if ! python3 -m venv "$scratch/venv" > /dev/null 2>&1; then
            say 'pip: python3 has neither pip nor venv, so the z3-solver wheel was not fetched.'
            return 1
        fi
        pip=("$scratch/venv/bin/python" -m pip)
    fi

    if [ "${#pip[@]}" -gt 0 ]; then
        download "${pip[@]}" || return
        wheels=("$scratch"/z3_solver-*.whl)
    else
        # A local folder needs no pip. A wheel for another system cannot be loaded.
        wheels=("$CHECKER_WHEELS"/z3_solver-4.13.*.whl)
        if [ ! -e "${wheels[0]}" ]; then
            say "pip: python3 has no pip, and $CHECKER_WHEELS has no wheel z3_solver-4.13.*.whl."
            return 1
        fi
    fi
    local file
    for file in "${wheels[@]}"; do
        use_wheel "$file" && return
    done
    return 1
}

# $@: pip. Without an answer it is to give up soon: it is not the only way. Its own cache stays as it is.
download() {
    local from=() words=''
    [ -z "${CHECKER_WHEELS:-}" ] || from=(--no-index --find-links "$CHECKER_WHEELS")
    words=$(TMPDIR=$scratch PIP_REQUIRE_VIRTUALENV=0 "$@" download --quiet --disable-pip-version-check --no-input \
        --no-cache-dir --timeout 15 --retries 1 --no-deps --only-binary :all: ${from[@]+"${from[@]}"} \
        --dest "$scratch" "$wheel" 2>&1 < /dev/null 9>&-) && return
    if [[ $words == *'connection broken'* ]]; then
        say 'pip: the package index cannot be reached, so the z3-solver wheel was not fetched.'
    else
        words=$(grep -m 1 '^ERROR' <<< "$words" || tail -n 1 <<< "$words")
        say "pip: the z3-solver wheel was not fetched: $words"
    fi
    return 1
}

# Takes the library out of the wheel $1, tries it, and moves it to its place.
use_wheel() {
    local version status=0 target
    version=$( { python3 "$here/libz3_of_wheel.py" "$1" "$scratch/library"; } 2>&1) || status=$?
    if [ "$status" -ne 0 ]; then
        [ "$status" -le 128 ] || version='its library is damaged: loading it crashes'
        say "pip: the wheel $(basename "$1") cannot be used: $version"
        return 1
    fi
    target=$cache/z3-solver-$version-$(uname -s)-$(uname -m)
    library=$target/libz3.$([ "$(uname)" = Darwin ] && echo dylib || echo so)
    mkdir -p "$target"
    mv -f "$scratch/library" "$library"
    say "libz3 $version is now in $library, from $(basename "$1"); nothing else was changed."
}

if fetch_wheel; then
    exit 0
fi
[ -z "$scratch" ] || rm -rf "$scratch"
rmdir "$cache" 2> /dev/null || true

if ! command -v apt-get > /dev/null; then
    remedy="install this system's package of Z3, or pip install z3-solver"
    [ "$(uname)" != Darwin ] || remedy='brew install z3'
    say "libz3 4.12 or newer is needed: $remedy, or set CHECKER_LIBZ3 to the path of one."
    exit 4
fi

# shellcheck disable=SC1091
[ ! -r /etc/os-release ] || . /etc/os-release
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

# The commands that run here are also the ones that are printed, for doing it by hand.
readonly apt_install='DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -y -q -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold install'

# Set if the installation replaces this system's libc6, which nearly every program uses. apt can tell without doing anything.
new_libc=''

if has_new_enough "$(offered)" || { [ -z "$(offered)" ] && [ "${VERSION_ID:-}" = 13 ]; }; then
    say "To be installed with apt: libz3-4, from this system's own sources."
    if apt-get -s -q install libz3-4 2> /dev/null | grep -E '^Inst libc6[ :]' > /dev/null; then
        new_libc=yes
        say 'It brings another libc6 along.'
    fi
    # Another source may be broken. That is no reason to stop.
    commands="apt-get -q -o DPkg::Lock::Timeout=300 update || true
$apt_install libz3-4"
elif [ "${ID:-}" = debian ] && { [ "${VERSION_ID:-}" = 12 ] || [ -e "$source_file" ]; }; then
    say "To be installed with apt: libz3-4 from Debian 13 (trixie), a source pinned to priority 100, so that nothing else is taken from it."
    # A system that was upgraded so before has the libc6 that the package needs.
    dpkg --compare-versions "$(dpkg-query -W -f '${Version}' libc6 2> /dev/null || true)" ge 2.38 || new_libc=yes
    if [ -n "$new_libc" ]; then
        say "It brings Debian 13's libc6 along, with what must match it (libstdc++6, base-files: /etc/os-release will say 13; \
libc6-dev and dpkg, if they are there)."
    fi

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
    say "Its packages have no newer one. Install it: pip install z3-solver, or set CHECKER_LIBZ3 to the path of libz3 4.12 or newer."
    exit 4
fi

by_hand() {
    say "$1 Nothing was changed. As root, run $here/provision.sh --yes, or:"
    printf '%s\n' "$commands" >&2
    exit 4
}

[ "${as_root[*]}" = false ] && by_hand 'That takes root, and there is no sudo here.'
if [ -z "$agreed" ]; then
    if [ -t 0 ] && [ -t 2 ]; then
        # Enter alone keeps the present libc6.
        if [ -n "$new_libc" ]; then choice='[y/N]'; else choice='[Y/n]'; fi
        read -r -p "checker: Go ahead? $choice " answer || answer=n
        case ${answer:-$choice} in [yY]* | '[Y/n]') ;; *) by_hand 'The answer was no.' ;; esac
    elif [ -n "$new_libc" ]; then
        by_hand 'Replacing libc6 takes an answer on a terminal, `./checker provision --yes`, or CI=true.'
    fi
fi

scratch=$(mktemp -d)
log=$scratch/log
if ! ${as_root[@]+"${as_root[@]}"} sh -e -c "$commands" < /dev/null > "$log" 2>&1 9>&-; then
    cat "$log" >&2
    say "The installation failed; apt's words are above."
    exit 4
fi

grep -E '^[0-9]+ upgraded' "$log" | sed 's/^/checker: apt: /' >&2 || true
if ! find_libz3; then
    say 'libz3-4 is installed, but no usable libz3 is found.'
    exit 4
fi
say "libz3-4 $(dpkg-query -W -f '${Version}' libz3-4) is installed."
