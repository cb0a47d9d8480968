# shellcheck shell=bash disable=SC2154
# Sourced by eng/provision.sh, which sets $here: finds a libz3 that Microsoft.Z3 4.12.2 can use, in the places that
# Solver/Smt/libz3-places.txt lists for the program as well. The program has the last word: it asks the loaded library
# for its version.
. "$here/cache.sh"

# Python must leave no compiled files behind, and must not run a module of the current folder.
export PYTHONDONTWRITEBYTECODE=1 PYTHONSAFEPATH=1

have_python() {
    local python
    python=$(command -v python3) || return 1
    # macOS has a python3 that offers to install the developer tools.
    [ "$(uname)" != Darwin ] || [ "$python" != /usr/bin/python3 ] || xcode-select -p > /dev/null 2>&1 || return 1
    python3 -c '' > /dev/null 2>&1
}

# A "*" in the list stands for parts of names; one in a variable's value stands for itself.
candidates() {
    local line start folder IFS='' LC_ALL=C
    while read -r line; do
        case $line in
            /*) start='' ;;
            '~'/*) start=$HOME ;;
            '$'*/*)
                start=${line%%/*}
                start=${start#?}
                start=${!start:-}
                [[ $start == /* ]] || continue
                ;;
            loader) loader_candidates; continue ;;
            python) python_candidates; continue ;;
            *) continue ;;
        esac
        # shellcheck disable=SC2231
        for folder in "$start"/${line#*/}; do
            printf '%s\n' "$folder"/libz3.{so.4,so,dylib}
        done
    done < "$here/../Solver/Smt/libz3-places.txt"
}

# The loader takes the first library of each name.
loader_candidates() {
    local folder IFS=:
    for folder in ${LD_LIBRARY_PATH:-}; do
        printf '%s\n' "$folder"/libz3.so{.4,}
    done
    PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2> /dev/null |
        awk '($1 == "libz3.so.4" || $1 == "libz3.so") && $2 ~ /64/ && !found[$1]++ { print $NF }' || true
}

python_candidates() {
    ! have_python || python3 -c 'import sys
for folder in sys.path:
    if folder.startswith("/"):
        print(folder + "/z3/lib/libz3.so", folder + "/z3/lib/libz3.dylib", sep="\n")' 2> /dev/null || true
}

# Prints why Microsoft.Z3 cannot use the library $1; fails if it can. A few milliseconds, without .NET or Python.
fault() {
    if [ ! -f "$1" ]; then
        echo 'there is no such file'
    elif ! LC_ALL=C grep -qsaF Z3_get_version -- "$1"; then
        echo 'it is not libz3, or cannot be read'
    elif ! LC_ALL=C grep -qsaF Z3_enable_concurrent_dec_ref -- "$1"; then
        # The first thing that Microsoft.Z3 4.12.2 calls, and missing in Debian 12's 4.8.12.
        echo 'it is older than 4.12'
    else
        load_fault "$1"
    fi
}

# The loader preloads $1 into a program that does nothing. It splits what it is told at spaces and colons: hence the `cd`.
load_fault() {
    [[ $(uname) = Linux && ${1##*/} != *[\ :]* ]] || return 1
    local nothing words status=0
    nothing=$(type -P true) || return 1
    words=$( { cd "$(dirname "$1")" && LD_PRELOAD=./${1##*/} "$nothing"; } 2>&1) || status=$?
    if [ "$status" -gt 128 ]; then
        echo 'it is damaged: loading it crashes'
    elif [ "$status" -ne 0 ] || [ -n "$words" ]; then
        # ERROR: ld.so: object '...' from LD_PRELOAD cannot be preloaded (the reason): ignored.
        words=${words##*cannot be preloaded (}
        echo "it is damaged or made for another kind of machine (${words%): ignored.})"
    else
        return 1
    fi
}

# Sets `library` to the first usable one, and `refused` to a line for each that was found and cannot be used.
find_libz3() {
    local candidate file reason
    library='' refused=''
    while read -r candidate; do
        [ -e "$candidate" ] || continue
        file=$(readlink -f "$candidate")
        [[ $refused != *"$file cannot"* ]] || continue
        if ! reason=$(fault "$file"); then
            library=$candidate
            return 0
        fi
        refused+="$file cannot be used: $reason"$'\n'
    done < <(candidates)
    return 1
}
