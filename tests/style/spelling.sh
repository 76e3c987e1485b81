#!/bin/sh
# Every Dutch warning text is spelt as the Dutch dictionary has it, or as the list of terms does.
# Mustache tags, section lines of advice and ruled lines are no text.

if ! command -v hunspell >/dev/null 2>&1 || ! echo fiets | hunspell -d nl_NL -i utf-8 -l >/dev/null 2>&1
then
	echo '1..0 # SKIP hunspell with its nl_NL dictionary is not installed'
	exit 0
fi

: "${top_srcdir:?names the folder of the sources}"
templates=$top_srcdir/templates/nl
terms=$top_srcdir/tests/data/spelling/terms.txt

strip_tags()
{
	sed -e 's/{{[^}]*}}/ /g' -e '/^# /d' -e '/^-*$/d' "$@"
}

# Prints the words on standard input that are in neither list.  The quotes and full stops that hunspell leaves on a
# word are not part of it.
misspelt()
{
	hunspell -d nl_NL -i utf-8 -l | sed -e 's/[.’]*$//' -e 's/^‘//' | sort -u | while IFS= read -r word
	do
		grep -v '^#' "$terms" | grep -qxF -e "$word" && continue
		# A word that was only wrong because of what stood around it.
		test -n "$(printf '%s\n' "$word" | hunspell -d nl_NL -i utf-8 -l)" && printf '%s\n' "$word"
	done
}

n=0
result()
{
	n=$((n + 1))
	if test "$1" = "$2"
	then
		echo "ok $n - $3"
	else
		echo "not ok $n - $3"
		printf '%s\n' "$1" | sed 's/^/# found: /'
	fi
}

result "$(echo 'Wijzig {{naam}} uw {{#one}}wachtwoort{{/one}} vandaag.' | strip_tags | misspelt)" wachtwoort \
	'a misspelt word inside a section is found'
result "$(echo '{{#cves}}De firewall en RDP.{{/cves}} Zo’n ‘u’.' | strip_tags | misspelt)" '' \
	'names of tags, terms and quotes are no mistakes'

for file in "$templates"/*.mustache "$templates"/advice/*.mustache
do
	if test -s "$file"
	then
		result "$(strip_tags "$file" | misspelt)" '' "nl${file#"$templates"}"
	else
		result "missing or empty: $file" '' "nl${file#"$templates"}"
	fi
done

# A term that no text uses any more would hide a mistake later.
result "$(grep -v '^#' "$terms" | while IFS= read -r term
do
	cat "$templates"/*.mustache "$templates"/advice/*.mustache | strip_tags | grep -qwF -e "$term" || printf '%s\n' "$term"
done)" '' 'every listed term is in use'
echo "1..$n"
