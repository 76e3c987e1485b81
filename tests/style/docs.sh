#!/bin/sh
# docs: the manuals and the program say the same.
set -u
LC_ALL=C.UTF-8
export LC_ALL
top=${top_srcdir:-.}
bin=${top_builddir:-.}/seinpost
work=$(mktemp -d "${TMPDIR:-/tmp}/docs.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
n=0 bad=0

# result NAME FILE: the test passes where FILE is empty.
result() {
	n=$((n + 1))
	if [ -s "$2" ]; then
		bad=1
		echo "not ok $n - $1"
		sed 's/^/# /' "$2"
	else
		echo "ok $n - $1"
	fi
}

# same NAME A B: two lists of words are the same; both have some.
same() {
	sort -u "$2" >"$work/a"
	sort -u "$3" >"$work/b"
	{
		[ -s "$work/a" ] || echo "found nothing in the source"
		comm -23 "$work/a" "$work/b" | sed 's/^/not in the manual: /'
		comm -13 "$work/a" "$work/b" | sed 's/^/only in the manual: /'
	} >"$work/diff"
	result "$1" "$work/diff"
}

manual=$top/doc/seinpost.1 conf_manual=$top/doc/seinpost.conf.5

for page in "$manual" "$conf_manual"; do
	: >"$work/lint"
	if command -v mandoc >/dev/null; then
		mandoc -Tlint -W warning "$page" 2>&1 | grep -v 'outdated mandoc.db' >"$work/lint"
	fi
	result "$(basename "$page") is free of mistakes" "$work/lint"
done

# ---- commands and options

sed -n 's/^\t{ "\([a-z]*\)", cmd_[a-z]*,.*/\1/p' "$top/src/cli/main.c" >"$work/commands"
sed -n 's/^\.It Cm \([a-z]*\).*/\1/p' "$manual" >"$work/described"
same "every command is in seinpost.1, and the other way round" "$work/commands" "$work/described"

# "company import" and its like: the tables that end a family
awk '
	/^int cmd_[a-z]*\(/ { family = substr($2, 5); sub(/\(.*/, "", family) }
	/^}/ { family = "" }
	family != "" {
		for (rest = $0; match(rest, /{ "[a-z]*", [a-z_]*, "", "" }/); rest = substr(rest, RSTART + RLENGTH)) {
			split(substr(rest, RSTART), word, "\"")
			print family, word[2]
		}
	}
' "$top"/src/cli/cmd_*.c >"$work/commands"
sed -n 's/^\.It Cm \([a-z]* [a-z][a-z]*\).*/\1/p' "$manual" >"$work/described"
same "every sub-command is in seinpost.1, and the other way round" "$work/commands" "$work/described"

{
	grep -ho '{ "[a-z]*", [^,{}]*, [^,{}]* }' "$top"/src/cli/*.c | grep -e '", &' -e 'NULL, &' | sed 's/{ "\([a-z]*\).*/\1/'
	grep -o '"--[a-z]*"' "$top/src/cli/main.c" | tr -d '"-' | grep -v '^role$' # people never type it
} >"$work/options"
grep -o 'Fl -[a-z][a-z]*' "$manual" | sed -e 's/^Fl -//' -e '/^name$/d' >"$work/described"
same "every option is in seinpost.1, and the other way round" "$work/options" "$work/described"

# ---- settings, as "group setting"

cat "$top"/src/conf/*.c | awk '
	/^static const struct conf_item [a-z]*_items/ {
		group = $5; sub(/_items.*/, "", group)
		if (group ~ /^(route|mapping)$/) group = group "s"
		if (group == "inbox") group = "inboxes"
		if (group == "token") group = "token_keys"
	}
	match($0, /\.name = "[a-z0-9_]*"/) { print group, substr($0, RSTART + 9, RLENGTH - 10) }
' >"$work/settings"
awk '
	/^\.Ss General/ { group = "root" }
	/^\.Ss [a-z_]*:/ { group = $2; sub(/:/, "", group); print "root", group }
	/^\.It Ic / { print group, $3 }
' "$conf_manual" >"$work/described"
same "every setting is in seinpost.conf.5, and the other way round" "$work/settings" "$work/described"

example=$top_builddir/etc/seinpost.conf.example
"$bin" --config "$example" doctor --format csv >"$work/doctor" 2>&1
grep -q '^"configuration","OK"' "$work/doctor" && : >"$work/doctor"
result "seinpost.conf.example is a configuration" "$work/doctor"

: >"$work/missing"
installed=$(sed -n 's/^ExecStart=.* --config \([^ ]*\) .*/\1/p' "$top_builddir/etc/seinpost.service")
grep -q "^# $installed: " "$example" || echo "$installed" >>"$work/missing"
grep '@[a-z]*@' "$example" "$top_builddir/etc/seinpost.service" >>"$work/missing"
result "seinpost.conf.example and seinpost.service name the same installation" "$work/missing"

# ---- formats.md, README.md

: >"$work/missing"
grep -ho '{ "[a-z_]*", COLUMN_[A-Z]*' "$top"/src/cli/cmd_*.c "$top/src/cli/listing.c" | sed 's/{ "\([a-z_]*\)".*/\1/' |
	sort -u | while read -r column; do
	case $column in # headings that people read, in Dutch
	aanleiding|aanleidingen|bevindingen|bedrijven|deelnemers|overige|geaccepteerd|teruggekomen|bevestigd) continue ;;
	opgelost|onbereikbaar|overgedragen) continue ;;
	esac
	grep -q "[\` ]$column[\` ]" "$top/doc/formats.md" || echo "column $column" >>"$work/missing"
done
result "every column of a listing is in formats.md" "$work/missing"

: >"$work/missing"
sed -n 's/^ *\$ \.\/bootstrap \([a-z]*\).*/\1/p' "$top/README.md" | while read -r word; do
	# a release tarball comes without bootstrap
	[ ! -e "$top/bootstrap" ] || grep -q "^$word)" "$top/bootstrap" || echo "bootstrap $word" >>"$work/missing"
done
sed -n 's/^ *\$ seinpost \([a-z]*\).*/\1/p' "$top/README.md" | while read -r word; do
	"$bin" help "$word" | grep -q "^usage: seinpost $word" || echo "seinpost $word" >>"$work/missing"
done
result "the commands of README.md exist" "$work/missing"

echo "1..$n"
exit $bad
