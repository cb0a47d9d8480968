#!/usr/bin/env bash
# Makes sure that there is a Chromium, the browser in which the page of reports is tested.
#   --yes                     agrees to the installation, as CI=true does
#   --quiet                   says nothing if there is a Chromium already
#   CHECKER_CHROMIUM=FILE     the browser to use, and no other
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

for browser in "${CHECKER_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    if [ -n "$browser" ] && [ -x "$browser" ]; then
        [ -n "$quiet" ] || say "Chromium: $browser is there; nothing was changed."
        exit 0
    fi
done

if [ "${CHECKER_NO_PROVISION:-}" = 1 ]; then
    say 'Chromium was not found. CHECKER_NO_PROVISION=1: nothing was installed.'
    exit 4
fi

if ! command -v apt-get > /dev/null; then
    say 'Chromium is needed and was not found: install it, or set CHECKER_CHROMIUM to the path of one'
    exit 4
fi

readonly install='apt-get -q -o DPkg::Lock::Timeout=300 update || true; DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300 install --no-install-recommends chromium'
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2> /dev/null; then
        say 'Chromium is needed. As root: apt-get install chromium'
        exit 4
    fi
    as_root=(sudo)
fi

say "To be installed with apt: chromium, from this system's own sources."
if [ -z "$agreed" ]; then
    # It is large, and only the slow tests of the page use it.
    if [ ! -t 0 ] || [ ! -t 2 ]; then
        say 'Nothing was changed. The installation takes --yes, or CI=true.'
        exit 4
    fi
    read -r -p 'checker: Go ahead? [Y/n] ' answer || answer=n
    case $answer in [nN]*) say 'Nothing was changed. As root: apt-get install chromium'; exit 4 ;; esac
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! ${as_root[@]+"${as_root[@]}"} sh -c "$install" < /dev/null > "$log" 2>&1; then
    cat "$log" >&2
    say "The installation failed; apt's words are above."
    exit 4
fi

say "Chromium $(dpkg-query -W -f '${Version}' chromium 2> /dev/null || true) is installed."
