# fuzz.sh: builds the fuzz targets in a folder of their own and runs each for FUZZ_SECONDS.
#
# "make fuzz FUZZ_SECONDS=n" starts it; FUZZ_TARGETS="classify dsn" chooses some.  What is learned
# stays in fuzz/corpus of the build folder for the next run.  The first finding ends it: its input
# lies where the last lines say, and goes to tests/fuzz/seeds when it is mended.
set -eu

seconds=${FUZZ_SECONDS:-60}
top=$top_srcdir
here=$top_builddir/fuzz

fail() {
	printf 'fuzz: %s\n' "$*" >&2
	exit 1
}

case $seconds in ''|*[!0-9]*|0) fail "FUZZ_SECONDS=$seconds: a number of seconds is needed" ;; esac
command -v clang >/dev/null || fail "clang is needed; on Debian: apt-get install clang"
[ ! -e "$top/config.status" ] ||
	fail "configure in a folder beside the source, then again: $top is built in place"

all=
for file in "$top"/tests/fuzz/fuzz_*.c; do
	name=${file##*/fuzz_}
	all="$all ${name%.c}"
done
targets=${FUZZ_TARGETS:-$all}

mkdir -p "$here/build"
cd "$here/build"
if [ ! -f Makefile ]; then
	echo "configuring $here/build"
	CC=clang CFLAGS='-O1 -g' "$top/configure" -q --enable-fuzzers --enable-sanitizers
fi
programs=
for name in $targets; do
	[ -f "$top/tests/fuzz/fuzz_$name.c" ] || fail "no target '$name'; there are:$all"
	programs="$programs tests/fuzz/fuzz_$name"
done
# shellcheck disable=SC2086 # one word a program
make -s $programs >"$here/make.log" 2>&1 || {
	tail -n 20 "$here/make.log" >&2
	fail "building failed"
}

# Seeds of its own, and for the readers of whole mails those of the classifier.
seeds_of() {
	printf '%s\n' "$top/tests/fuzz/seeds/$1"
	case $1 in classify|mime|prescan)
		printf '%s\n' "$top/tests/fuzz/seeds/classify" "$top/tests/data/inbox" ;;
	esac
}

figure() {
	sed -n "s/^stat::$1: *//p" "$2"
}

run_target() {
	log=$here/$1.log
	mkdir -p "$here/corpus/$1" "$here/findings/$1"
	set -- "$1" "$here/corpus/$1" $(seeds_of "$1")
	name=$1
	shift
	ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 \
		"tests/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=1 -detect_leaks=1 -rss_limit_mb=2048 \
		-use_value_profile=1 -print_final_stats=1 -dict="$top/tests/fuzz/dict/$name.dict" \
		-artifact_prefix="$here/findings/$name/" "$@" >"$log" 2>&1 || {
		tail -n 40 "$log" >&2
		input=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
		fail "$name: a finding; its input: $input (all of it: $log)"
	}
	edges=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
	printf '%-10s %12s %8s %8s %8s\n' "$name" "$(figure number_of_executed_units "$log")" "$seconds" \
		"$edges" "$(figure peak_rss_mb "$log")"
}

printf '%-10s %12s %8s %8s %8s\n' target executions seconds edges MiB
for name in $targets; do
	run_target "$name"
done
