#!/usr/bin/env bash
# Records the public members of Checker.Model, Checker.App and Checker.Testing in their PublicAPI.Unshipped.txt files.
# A release moves them to PublicAPI.Shipped.txt: eng/public-api.sh ship
set -euo pipefail
export LC_ALL=C

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")

for project in Model/Core App Testing; do
    shipped=$root/$project/PublicAPI.Shipped.txt
    unshipped=$root/$project/PublicAPI.Unshipped.txt
    if [ "${1:-}" = ship ]; then
        { echo '#nullable enable'; cat "$shipped" "$unshipped" | grep -v '^#nullable' | sort -u; } > "$shipped.new"
        mv "$shipped.new" "$shipped"
        echo '#nullable enable' > "$unshipped"
        continue
    fi

    # What the analyzer reports as missing is added, what it reports as gone is removed.
    name=$(basename "$project")
    echo '#nullable enable' > "$unshipped"
    log=$(cd "$root" && dotnet build "$project/$name.csproj" -c Release --no-incremental -v quiet -nologo -tl:off -clp:NoSummary \
        -p:TreatWarningsAsErrors=false 2>&1 || true)
    { echo '#nullable enable'; sed -nE "s/.*(error|warning) RS0016: Symbol '(.*)' is not part of the declared public API.*/\2/p" <<< "$log" | sort -u; } > "$unshipped"
    sed -nE "s/.*(error|warning) RS0017: Symbol '(.*)' is part of the declared API, but.*/\2/p" <<< "$log" | sort -u > "$unshipped.gone"
    grep -vxFf "$unshipped.gone" "$shipped" > "$shipped.new" || true
    [ -s "$unshipped.gone" ] && mv "$shipped.new" "$shipped"
    rm -f "$unshipped.gone" "$shipped.new"
    printf '%s: %s members\n' "$project" "$(grep -vc '^#' "$unshipped" || true)"
done
