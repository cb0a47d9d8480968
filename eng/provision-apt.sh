#!/usr/bin/env bash
# Makes sure that there are some programs, each in the apt package of its name.
#   eng/provision-apt.sh [--yes] [--quiet] PROGRAM...
#   --yes                     agrees to the installation, as CI=true does
#   --quiet                   says nothing if the programs are there already
#   --lean                    leaves out the packages that apt only recommends
#   CHECKER_NO_PROVISION=1    installs nothing
# Exit codes: 0 they are there now; 4 one is missing, and what to do about it has been said.
set -euo pipefail

say() { printf 'checker: %s\n' "$*" >&2; }

agreed='' quiet='' lean='' programs=()
for option in "$@"; do
    case $option in
        --yes) agreed=yes ;;
        --quiet) quiet=yes ;;
        --lean) lean=' --no-install-recommends' ;;
        -*) say "$option: the options are --yes, --quiet and --lean."; exit 4 ;;
        *) programs+=("$option") ;;
    esac
done
case ${CI:-} in '' | 0 | false) ;; *) agreed=yes ;; esac

missing=()
for program in "${programs[@]}"; do
    if ! command -v "$program" > /dev/null; then
        missing+=("$program")
    elif [ -z "$quiet" ]; then
        say "$program: $(command -v "$program") is there; nothing was changed."
    fi
done
[ ${#missing[@]} -gt 0 ] || exit 0

names=${missing[*]}
if [ ${#missing[@]} -eq 1 ]; then are='is' were='was'; else are='are' were='were'; fi

if [ "${CHECKER_NO_PROVISION:-}" = 1 ]; then
    say "$names $are needed and $were not found. CHECKER_NO_PROVISION=1: nothing was installed."
    exit 4
fi

if ! command -v apt-get > /dev/null; then
    remedy="install $names"
    if [ "$names" = cvc5 ]; then
        if [ "$(uname)" = Darwin ]; then remedy='brew install cvc5/cvc5/cvc5'; else remedy='install cvc5 from https://cvc5.github.io'; fi
    fi
    say "$names $are needed and $were not found: $remedy"
    exit 4
fi

readonly install="apt-get -q -o DPkg::Lock::Timeout=300 update || true; DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300 install$lean $names"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2> /dev/null; then
        say "$names $are needed. As root: apt-get install $names"
        exit 4
    fi
    as_root=(sudo)
fi

say "To be installed with apt: $names, from this system's own sources."
if [ -z "$agreed" ] && [ -t 0 ] && [ -t 2 ]; then
    read -r -p 'checker: Go ahead? [Y/n] ' answer || answer=n
    case $answer in [nN]*) say "Nothing was changed. As root: apt-get install $names"; exit 4 ;; esac
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! ${as_root[@]+"${as_root[@]}"} sh -c "$install" < /dev/null > "$log" 2>&1; then
    cat "$log" >&2
    say "The installation failed; apt's words are above."
    exit 4
fi

for program in "${missing[@]}"; do
    say "$program $(dpkg-query -W -f '${Version}' "$program" 2> /dev/null || true) is installed."
done
