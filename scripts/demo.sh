#!/bin/sh
# An archive of fixtures/ in ./demo and what it answers; every command is shown before its output. $1: the kehoach command.
set -eu
kehoach=${1:-kehoach}
cd "$(dirname "$0")/.."
rm -rf demo
mkdir demo
export KEHOACH_ARCHIVE=demo/archive

run() {
    printf '\n$ kehoach'
    for word in "$@"; do
        case "$word" in
            *[\ \"]*) printf " '%s'" "$word" ;;
            *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    "$kehoach" "$@"
}

printf '$ export KEHOACH_ARCHIVE=%s\n' "$KEHOACH_ARCHIVE"
run add fixtures
run list
run cites 18-NQ/TW
run cites 18-NQ/TW@2017
run duties "tuyên truyền cổ động trực quan"
run units
run register --output demo/register.xlsx
# The page that these words stand on was read by a machine that did not know Vietnamese.
run search '"cổ động trực quan"'
run search '"co dong truc quan"'
run graph --format graphml --output demo/graph.graphml
run graph --format svg --output demo/graph.svg
printf '\n'
ls demo/graph.graphml demo/graph.svg demo/register.xlsx demo/archive
printf '\nIn the browser / Mở trong trình duyệt: %s web --archive demo/archive --open\n' "$kehoach"
