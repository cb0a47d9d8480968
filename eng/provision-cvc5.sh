#!/usr/bin/env bash
# Makes sure that there is a cvc5, the second solver that certificates are checked with.
exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/provision-apt.sh" "$@" cvc5
