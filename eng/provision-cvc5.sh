#!/usr/bin/env bash
# Makes sure that there is a cvc5, the second solver that certificates are checked with.
#   --yes                     agrees to the installation, as CI=true does
#   --quiet                   says nothing if there is a cvc5 already
#   CHECKER_NO_PROVISION=1    installs nothing
# Exit codes: 0 there is one now; 4 there is none, and what to do about it has been said.
set -euo pipefail

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

if command -v cvc5 > /dev/null; then
    [ -n "$quiet" ] || say "cvc5: $(command -v cvc5) is there; nothing was changed."
    exit 0
fi

if [ "${CHECKER_NO_PROVISION:-}" = 1 ]; then
    say 'cvc5 is needed and was not found. CHECKER_NO_PROVISION=1: nothing was installed.'
    exit 4
fi

if ! command -v apt-get > /dev/null; then
    if [ "$(uname)" = Darwin ]; then remedy='brew install cvc5/cvc5/cvc5'; else remedy='install cvc5 from https://cvc5.github.io'; fi
    say "cvc5 is needed and was not found: $remedy"
    exit 4
fi

readonly install='apt-get -q -o DPkg::Lock::Timeout=300 update || true; DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300 install cvc5'
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2> /dev/null; then
        say 'cvc5 is needed. As root: apt-get install cvc5'
        exit 4
    fi
    as_root=(sudo)
fi

say "To be installed with apt: cvc5, from this system's own sources."
if [ -z "$agreed" ] && [ -t 0 ] && [ -t 2 ]; then
    read -r -p 'checker: Go ahead? [Y/n] ' answer || answer=n
    case $answer in [nN]*) say 'Nothing was changed. As root: apt-get install cvc5'; exit 4 ;; esac
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! ${as_root[@]+"${as_root[@]}"} sh -c "$install" < /dev/null > "$log" 2>&1; then
    cat "$log" >&2
    say "The installation failed; apt's words are above."
    exit 4
fi

say "cvc5 $(dpkg-query -W -f '${Version}' cvc5 2> /dev/null || true) is installed."
