#!/usr/bin/env bash
# Makes sure that there is a cvc5, the second solver that certificates are checked with. Silent if there is one already.
# Exit codes: 0 there is one now; 4 there is none, and what to do about it has been said.
set -euo pipefail

say() { printf 'checker: %s\n' "$*" >&2; }

command -v cvc5 > /dev/null && exit 0

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

say "To be installed: cvc5, from this system's own sources."
if [ -t 0 ] && [ -t 2 ]; then
    read -r -p 'checker: Go ahead? [Y/n] ' answer
    case $answer in [nN]*) say 'Nothing was changed. As root: apt-get install cvc5'; exit 4 ;; esac
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! "${as_root[@]}" sh -c "$install" < /dev/null > "$log" 2>&1; then
    cat "$log" >&2
    say "The installation failed; apt's words are above."
    exit 4
fi

say "cvc5 $(dpkg-query -W -f '${Version}' cvc5 2> /dev/null || true) is installed."
