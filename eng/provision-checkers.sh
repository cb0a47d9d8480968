#!/usr/bin/env bash
# Makes sure that there are the other model checkers that `checker agree` runs, and the C compiler that both need.
exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/provision-apt.sh" "$@" rumur spin gcc
