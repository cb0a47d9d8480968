# shellcheck shell=bash disable=SC2154
# Sourced by ./checker and ./test, which set $root: finds the .NET SDK, builds, provisions.
# Everything said here goes to stderr: stdout belongs to the program.
. "$root/eng/cache.sh"

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
    # global.json decides; if no SDK fits, `dotnet --version` in its folder lists those that are there, and fails.
    local answer
    if ! answer=$(run_dotnet --version 2>&1); then
        printf '%s\n' "$answer" >&2
        say "the .NET 10 SDK is needed, and $dotnet has none: https://dotnet.microsoft.com/download/dotnet/10.0"
        exit 4
    fi
}

# Settings for the SDK, made by choose_home.
environment=()

run_dotnet() { (cd "$root" && env ${environment[@]+"${environment[@]}"} "$dotnet" "$@"); }

# The SDK and NuGet write into the home folder. If it cannot be written, they get one in the private folder; packages
# that are in the other are still used.
choose_home() {
    can_be_made "$HOME/.nuget/x" && can_be_made "$HOME/.dotnet/x" && can_be_made "$HOME/.local/share/x" && return
    if ! make_cache || ! mkdir -p "$cache/home"; then
        say "neither $HOME nor $cache can be written, so nothing can be built. CHECKER_CACHE names another folder."
        exit 4
    fi
    environment=("HOME=$cache/home")
    [ ! -r "$HOME/.nuget/packages" ] || environment+=("NUGET_FALLBACK_PACKAGES=$HOME/.nuget/packages")
}

# Several calls at once: one builds, the others wait. Held until exit or `unlock`. (macOS has no flock. The file
# is one that .NET does not open: it takes flock for itself, and fails on a locked file.)
lock() {
    exec 9< "$root/eng/dotnet.sh"
    # Some network file systems refuse the lock.
    ! command -v flock > /dev/null || flock 9 || true
}
unlock() { exec 9>&-; }

# Set by use_program and use_tests: the program, the record of its last build, and the folders with its sources.
use_program() {
    use_output Composition checker.dll
    folders=(Model Properties Solver App Testing Cli Composition)
}
use_tests() {
    use_output Tests Checker.Tests.dll
    folders=(Model Properties Solver App Testing Cli Composition Tests Benchmarks)
}

# The folder for what is built, if the checkout cannot be written.
artifacts=''

use_output() {
    if [ -z "$artifacts" ]; then
        program=$root/$1/bin/Release/net10.0/$2
        stamp=$root/$1/obj/checker.sources
    else
        program=$artifacts/bin/$1/release/$2
        stamp=$artifacts/obj/$1/checker.sources
    fi
}

# Sets `artifacts` if a project's output cannot be written in the checkout. Each checkout has a folder of its own in the private
# one.
choose_output() {
    local project output
    for project in "$root"/{*,Model/*}/*.csproj; do
        for output in "$(dirname "$project")"/{bin,obj}; do
            can_be_made "$output" || artifacts=$cache/build-$(printf %s "$root" | sum | cut -c 1-16)
        done
    done
}

# The files that the program is built from, each with its size, times and number. A file that is moved to its place
# has another number and change time than the one before it, whatever its age.
sources() {
    (
        cd "$root"
        # shellcheck disable=SC2046
        source_files $(find_stat) | LC_ALL=C sort
    )
}

source_files() {
    find "${folders[@]}" Directory.* global.json .editorconfig \( -name bin -o -name obj \) -prune -o -type f "$@"
}

find_stat() {
    if find . -maxdepth 0 -printf '' 2> /dev/null; then
        echo '-printf %p|%s|%T@|%C@|%i\n'
    else
        echo '-exec stat -f %N|%z|%Fm|%Fc|%i {} +'
    fi
}

sum() { if command -v sha256sum > /dev/null; then sha256sum; else shasum -a 256; fi; }

contents_of_sources() { (cd "$root" && source_files -print0 | LC_ALL=C sort -z | xargs -0 "$(command -v sha256sum || echo shasum)" | sum); }

contents_of_program() { (cd "$(dirname "$program")" && cat checker.dll Checker.*.dll | sum); }

# `dotnet build` takes seconds to find that there is nothing to do; this takes milliseconds. Where the list of the
# sources has changed, their contents decide: times alone do not tell.
up_to_date() {
    [ -f "$program" ] && [ -f "$stamp" ] || return 1
    local now program_now
    now=$(sources)
    program_now=$(times_of_program)
    [ "$now"$'\n'"$program_now" != "$(tail -n +3 "$stamp")" ] || return 0
    local contents
    contents=$(contents_of_sources)
    [ "$contents"$'\n'"$(contents_of_program)" = "$(head -n 2 "$stamp")" ] || return 1
    write_stamp "$contents" "$now" 2> /dev/null || true
}

times_of_program() {
    (
        cd "$(dirname "$program")"
        # shellcheck disable=SC2046
        find . -maxdepth 1 \( -name checker.dll -o -name 'Checker.*.dll' \) $(find_stat) | LC_ALL=C sort
    )
}

# $1: the contents of the sources, $2: their list.
write_stamp() {
    local new=$stamp.$$
    mkdir -p "$(dirname "$stamp")" || return
    printf '%s\n' "$1" "$(contents_of_program)" "$2" "$(times_of_program)" > "$new" && mv "$new" "$stamp"
}

# MSBuild compares times: it would not see a changed file that is older than the program. $1: the list of the sources.
has_older_changes() {
    [ -f "$program" ] || return 1
    [ -f "$stamp" ] || return 0
    local changed
    changed=$(LC_ALL=C comm -13 <(tail -n +3 "$stamp" | LC_ALL=C sort) <(printf '%s\n' "$1") | cut -d '|' -f 1)
    while read -r file; do
        if [ -n "$file" ] && [ ! "$root/$file" -nt "$program" ]; then return 0; fi
    done <<< "$changed"
    return 1
}

# Builds the project or solution $1 and records of which sources. What was edited meanwhile may be in the program or
# not: without a record the next call builds again.
build_and_record() {
    local before contents options=()
    before=$(sources)
    contents=$(contents_of_sources)
    if has_older_changes "$before"; then options=(--no-incremental); fi
    build "$1" "${options[@]}"
    rm -f "$stamp"
    if [ "$before" = "$(sources)" ]; then write_stamp "$contents" "$before"; fi
}

# $1: project or solution; then further options. The build's output is shown only if it fails.
build() {
    choose_home
    require_sdk
    local log options=(--configuration Release --nologo --verbosity quiet)
    if [ -n "$artifacts" ]; then
        if ! make_cache; then
            say "neither $root nor $cache can be written, so nothing can be built. CHECKER_CACHE names another folder."
            exit 4
        fi
        say "$root cannot be written: what is built goes to $artifacts."
        # The lock files are up to date, or else could not be written.
        options+=(--artifacts-path "$artifacts" -p:RestoreLockedMode=true)
    fi
    # The version comes from git's tags, which must not be what a build fails for.
    command -v git > /dev/null || options+=(-p:MinVerSkip=true)
    if ! log=$(mktemp 2> /dev/null); then
        say "a temporary file cannot be made in ${TMPDIR:-/tmp}: TMPDIR must name a directory that can be written."
        exit 4
    fi
    # The build's servers outlive it: they must not inherit the lock.
    if ! run_dotnet build "$@" "${options[@]}" > "$log" 2>&1 < /dev/null 9>&-; then
        # MSBuild prints an error where it occurs and again at the end.
        local mistakes
        mistakes=$(grep -E ': error CS[0-9]+: ' "$log" | sed 's/^ *//; s/ \[[^]]*\]$//' | awk '!seen[$0]++') || true
        if [ -n "$mistakes" ]; then
            printf '%s\n' "${mistakes//"$root/"/}" >&2
            rm -f "$log"
            say 'the sources do not compile; see above.'
            not_compiled=yes
            exit 2
        fi
        cat "$log" >&2
        rm -f "$log"
        say 'the build failed; see above.'
        exit 4
    fi
    rm -f "$log"
}

# Both take the further options of their scripts. If nothing may be installed, the program says what it lacks.
provision() {
    [ "${CHECKER_NO_PROVISION:-}" != 1 ] || return 0
    "$root/eng/provision.sh" --quiet "$@" || return
    # The program must look where the library was put.
    find_cache
}

provision_cvc5() { [ "${CHECKER_NO_PROVISION:-}" = 1 ] || "$root/eng/provision-cvc5.sh" --quiet "$@"; }

provision_checkers() { [ "${CHECKER_NO_PROVISION:-}" = 1 ] || "$root/eng/provision-checkers.sh" --quiet "$@"; }
provision_chromium() { [ "${CHECKER_NO_PROVISION:-}" = 1 ] || "$root/eng/provision-chromium.sh" --quiet "$@"; }
