# shellcheck shell=bash disable=SC2154
# Sourced by ./checker and ./test, which set $root: finds the .NET SDK, builds, provisions.
# Everything said here goes to stderr: stdout belongs to the program.

say() { printf 'checker: %s\n' "$*" >&2; }

find_dotnet() {
    local directory
    for directory in "" "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet; do
        dotnet=$(command -v "${directory:+$directory/}dotnet") && return
    done
    say 'the .NET 10 SDK is needed and was not found: https://dotnet.microsoft.com/download/dotnet/10.0'
    exit 4
}

require_sdk() {
    # global.json decides; where nothing fits, `dotnet --version` in its folder lists what there is and fails.
    local answer
    if ! answer=$(cd "$root" && "$dotnet" --version 2>&1); then
        printf '%s\n' "$answer" >&2
        say "the .NET 10 SDK is needed, and $dotnet has none: https://dotnet.microsoft.com/download/dotnet/10.0"
        exit 4
    fi
}

# Several calls at once: one builds, the others wait. Held until exit or `unlock`. (macOS has no flock. The file
# is one that .NET does not open: it takes flock for itself, and fails on a locked file.)
lock() {
    exec 9< "$root/eng/dotnet.sh"
    ! command -v flock > /dev/null || flock 9
}
unlock() { exec 9>&-; }

# $1: project or solution. What the build says is shown only where it fails.
build() {
    require_sdk
    local log options=(--configuration Release --nologo --verbosity quiet)
    # The version comes from git's tags, which must not be what a build fails for.
    command -v git > /dev/null || options+=(-p:MinVerSkip=true)
    log=$(mktemp)
    # The build's servers outlive it: they must not inherit the lock.
    if ! (cd "$root" && "$dotnet" build "$1" "${options[@]}") > "$log" 2>&1 < /dev/null 9>&-; then
        cat "$log" >&2
        rm -f "$log"
        say 'the build failed; see above.'
        exit 4
    fi
    rm -f "$log"
}

provision() { [ "${CHECKER_NO_PROVISION:-}" = 1 ] || "$root/eng/provision.sh"; }

provision_cvc5() { [ "${CHECKER_NO_PROVISION:-}" = 1 ] || "$root/eng/provision-cvc5.sh"; }
