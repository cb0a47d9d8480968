#!/usr/bin/env bash
# Makes sure that there is a Chromium, the browser in which the page of reports is tested. The options are those of provision-apt.sh.
#   CHECKER_CHROMIUM=FILE     the browser to use, and no other
set -euo pipefail

for browser in "${CHECKER_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    if [ -n "$browser" ] && [ -x "$browser" ]; then
        case " $* " in *' --quiet '*) ;; *) printf 'checker: Chromium: %s is there; nothing was changed.\n' "$browser" >&2 ;; esac
        exit 0
    fi
done

exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/provision-apt.sh" --lean "$@" chromium
