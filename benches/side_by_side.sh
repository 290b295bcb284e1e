#!/usr/bin/env bash
# Measures Rationale beside Typst and LibreOffice in one run, and prints docs/speed.md:
#
#   benches/side_by_side.sh > docs/speed.md
#
# Needs cargo, python3, LibreOffice (soffice), hyperfine, GNU time, Xvfb and xwd; on Debian:
#   apt-get install libreoffice-writer hyperfine time xvfb x11-apps python3-venv
# and Typst's command line: cargo install typst-cli --locked
# Typst's library comes from PyPI, into a folder that is deleted afterwards. Close other programs first.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8 RATIONALE_DATA DBUS_SESSION_BUS_ADDRESS=disabled:
work=$(mktemp -d)
RATIONALE_DATA=$work/data
trap 'rm -rf "$work"' EXIT
rationale=${RATIONALE:-target/release/rationale}
[[ -v RATIONALE ]] || cargo build --release >&2
# The program that a bench is built as.
built() { cargo bench --no-run --bench "$1" --message-format=json | grep -o '"executable":"[^"]*' | cut -d'"' -f4; }
empty=${EMPTY:-$(built empty_window)}

say() { echo "$*" >&2; }
# The median of a command's runs, in milliseconds.
timed() {
  hyperfine --warmup 2 --runs "${RUNS:-15}" --style none --export-json "$work/timed.json" "$@" >/dev/null 2>&1
  python3 -c 'import json, sys; print(round(json.load(open(sys.argv[1]))["results"][0]["median"] * 1e3, 1))' "$work/timed.json"
}
divide() { python3 -c 'import sys; print(round(float(sys.argv[1]) / float(sys.argv[2]), 1))' "$1" "$2"; }
# The largest memory of a command, in MB, and how long it took, in seconds.
heaviest() { /usr/bin/time -f '%M %e' -o "$work/time" "$@" >/dev/null 2>&1 || true; awk '{ print int($1 / 1024), $2 }' "$work/time"; }

say "The library by itself"
if [[ -v SPEED ]]; then "$SPEED"; else cargo bench --quiet --bench speed; fi >"$work/speed.tsv"
median() { awk -F'\t' -v what="$1" -v which="$2" '$1 == what && $2 == which { print $3 }' "$work/speed.tsv"; }
slowest() { awk -F'\t' -v what="$1" -v which="$2" '$1 == what && $2 == which { print $4 }' "$work/speed.tsv"; }

say "Typst"
python3 -m venv "$work/venv" && "$work/venv/bin/pip" install --quiet typst >&2
python=$work/venv/bin/python
for letter in sample long; do
  "$rationale" compose examples/$letter-letter.ron -o "$work/$letter.html" >/dev/null 2>&1
  "$rationale" compose examples/$letter-letter.ron -o "$work/$letter.docx" >/dev/null 2>&1
  python3 benches/to_typst.py "$work/$letter.html" >"$work/$letter.typ"
done
typst_running() { "$python" benches/typst_warm.py "$1" assets/fonts; }
typst_sample=$(typst_running "$work/sample.typ") typst_long=$(typst_running "$work/long.typ")

say "One letter on the command line"
ours=$(timed "$rationale compose examples/sample-letter.ron -o $work/ours.pdf")
ours_long=$(timed "$rationale compose examples/long-letter.ron -o $work/ours.pdf")
typst_alone() { timed "typst compile --ignore-system-fonts --font-path assets/fonts $1 $work/typst.pdf"; }
typst_whole=$(typst_alone "$work/sample.typ") typst_whole_long=$(typst_alone "$work/long.typ")
# With settings of its own: one that runs already would take the letter over and answer at once.
own_settings=-env:UserInstallation=file://$work/office
office() { RUNS=5 timed "soffice $own_settings --headless --convert-to pdf --outdir $work $1"; }
office_sample=$(office "$work/sample.docx") office_long=$(office "$work/long.docx")

say "Many letters"
mkdir "$work/drafts"
for number in $(seq -w 1000); do sed "s/CM13-0012345/CM13-000$number/" examples/sample-letter.ron >"$work/drafts/$number.ron"; done
rate() { awk -v letters="$1" '{ printf "%d", letters / $2 }' <<<"$2"; }
mkdir "$work/ten"
for copy in 0 1 2 3 4 5 6 7 8 9; do for draft in "$work"/drafts/*.ron; do ln "$draft" "$work/ten/$copy$(basename "$draft")"; done; done
batch_few=$(heaviest taskset -c 0 "$rationale" compose "$work"/drafts/*.ron --out-dir "$work/few")
batch_one=$(heaviest taskset -c 0 "$rationale" compose "$work"/ten/*.ron --out-dir "$work/one")
batch_all=$(heaviest "$rationale" compose "$work"/ten/*.ron --out-dir "$work/all")
check_few=$(heaviest taskset -c 0 "$rationale" check "$work/drafts")
check_one=$(heaviest taskset -c 0 "$rationale" check "$work/ten")
check_all=$(heaviest "$rationale" check "$work/ten")

say "The window"
read -r window_ours memory_ours < <(python3 benches/first_frame.py "$rationale" examples/sample-letter.ron)
read -r _ memory_empty < <(python3 benches/first_frame.py "$empty")
read -r window_office memory_office < <(python3 benches/first_frame.py soffice "$own_settings" --norestore --nologo --nofirststartwizard "$work/sample.docx")

processor=$(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)
cat <<TABLE
# Speed

Printed by \`benches/side_by_side.sh\` on $(nproc) cores of $processor, $(uname -s) $(uname -m), beside
Typst $("$python" -c 'import importlib.metadata as m; print(m.version("typst"))') and $(soffice --version | cut -d' ' -f1-2). All figures are medians of one run. The letters are
\`examples/sample-letter.ron\` (one page) and \`examples/long-letter.ron\` (eleven pages, 21 items); the others got
the same words.

## One changed word to new PDF bytes, in a program that is running

| letter | Rationale, with every check | without checks, as a draft | Typst, which checks nothing |
|---|---|---|---|
| one page | $(median "changed word to PDF" "one page") ms | $(median "changed word, no checks" "one page") ms | $typst_sample ms |
| eleven pages | $(median "changed word to PDF" "eleven pages") ms | $(median "changed word, no checks" "eleven pages") ms | $typst_long ms |

## A keystroke to the painted page

| letter | median | 95th percentile | the rules alone |
|---|---|---|---|
| one page | $(median "keystroke to painted page" "one page") ms | $(slowest "keystroke to painted page" "one page") ms | $(median "rules" "one page") ms |
| eleven pages | $(median "keystroke to painted page" "eleven pages") ms | $(slowest "keystroke to painted page" "eleven pages") ms | $(median "rules" "eleven pages") ms |

## One letter on the command line, from the draft to the PDF

| letter | Rationale | Typst | LibreOffice | times faster than LibreOffice |
|---|---|---|---|---|
| one page | $ours ms | $typst_whole ms | $office_sample ms | $(divide "$office_sample" "$ours") |
| eleven pages | $ours_long ms | $typst_whole_long ms | $office_long ms | $(divide "$office_long" "$ours_long") |

Rationale checks the letter and waits until its file is safe on the disk; the others do neither.

## Many letters of one page

| what | letters a second | memory |
|---|---|---|
| \`compose\`, 1,000 drafts, one core | $(rate 1000 "$batch_few") | ${batch_few% *} MB |
| \`compose\`, 10,000 drafts, one core | $(rate 10000 "$batch_one") | ${batch_one% *} MB |
| \`compose\`, 10,000 drafts, all cores | $(rate 10000 "$batch_all") | ${batch_all% *} MB |
| \`check\`, 1,000 drafts, one core | $(rate 1000 "$check_few") | ${check_few% *} MB |
| \`check\`, 10,000 drafts, one core | $(rate 10000 "$check_one") | ${check_one% *} MB |
| \`check\`, 10,000 drafts, all cores | $(rate 10000 "$check_all") | ${check_all% *} MB |

## One more word in a longer letter, from the form to new pages, checks included

| items | median | an item |
|---|---|---|
$(for items in 1 10 100 1000; do
  time=$(median "keystroke, checks" "$items items")
  echo "| $items | $time ms | $(python3 -c "print(round($time / $items, 3))") ms |"
done)

## The window, from its start to the drawn letter

| program | time | memory |
|---|---|---|
| Rationale | $window_ours ms | $memory_ours MB |
| an empty window of the same library | | $memory_empty MB |
| LibreOffice | $window_office ms | $memory_office MB |
TABLE
