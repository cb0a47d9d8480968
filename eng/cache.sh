# shellcheck shell=bash
# Sourced by the other scripts: `cache` is the private folder for all that is fetched, and for what is built if the checkout
# cannot be written. It is CHECKER_CACHE if that is set, else the user's cache folder. If that one cannot be written (a service's
# HOME, say), it is a folder of the user's own among the temporary files; CHECKER_CACHE then tells the program.

# An empty HOME names no folder: ~ is then the one in the list of users.
[ -n "${HOME:-}" ] || { unset HOME; export HOME=~; }

find_cache() {
    case ${CHECKER_CACHE:-} in
        '') ;;
        /*) cache=$CHECKER_CACHE; return ;;
        *) export CHECKER_CACHE=$PWD/$CHECKER_CACHE; cache=$CHECKER_CACHE; return ;;
    esac
    # The XDG rules say to ignore a relative path.
    case ${XDG_CACHE_HOME:-} in /*) cache=$XDG_CACHE_HOME/checker ;; *) cache=$HOME/.cache/checker ;; esac
    can_be_made "$cache" && return
    local temporary=${TMPDIR:-/tmp}/checker-$EUID
    if is_own "$temporary"; then
        export CHECKER_CACHE=$temporary
        cache=$temporary
    elif [ ! -e "$temporary" ] && [ ! -L "$temporary" ]; then
        cache=$temporary
    fi
}

# Makes the folder; fails if it cannot be written, or if another user was first to make it.
make_cache() {
    [ "$cache" != "${TMPDIR:-/tmp}/checker-$EUID" ] || mkdir -m 700 "$cache" 2> /dev/null || is_own "$cache" || return 1
    mkdir -p "$cache" 2> /dev/null && [ -w "$cache" ] || return 1
    find_cache
}

is_own() { [ -d "$1" ] && [ ! -L "$1" ] && [ -O "$1" ]; }

# The nearest folder that exists decides.
can_be_made() {
    local folder=$1
    [[ $folder == /* ]] || return 1
    while [ ! -e "${folder:-/}" ]; do folder=${folder%/*}; done
    [ -d "${folder:-/}" ] && [ -w "${folder:-/}" ]
}

find_cache
