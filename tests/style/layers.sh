#!/bin/sh
# Who may include what, where SQL may stand, and how long things may be.

: "${top_srcdir:?names the folder of the sources}" "${top_builddir:?names the build folder}"
cd "$top_srcdir" || exit 99
flags=$top_builddir/tests/style/layers.flags
if ! test -s "$flags"
then
	echo "Bail out! no $flags: run make check"
	exit 99
fi
sources=$(find src -name '*.[ch]' | sort)
n=0

# result FOUND NAME: ok where nothing was found.
result()
{
	n=$((n + 1))
	if test -z "$1"
	then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		printf '%s\n' "$1" | sed 's/^/# /'
	fi
}

# ---- headers of libraries: the file, the header, and why it is there

allowed()
{
	sed -e 's/#.*//' -e '/^$/d' <<'END'
src/sql/sql_sqlite.c sqlite3.h                       # the SQLite driver
src/conf/conf.c libconfig.h                          # which settings there are
src/conf/conf_item.c libconfig.h                     # one setting
src/conf/conf_item.h libconfig.h                     # its arguments are settings
src/stage/classify/answer_learnt.c math.h             # likelihoods
src/stage/classify/learn_answers.c math.h             # how they are learnt
src/stage/intake/intake_csv.c csv.h                  # findings as CSV
src/stage/register/rows_csv.c csv.h                  # the register as CSV
src/stage/intake/intake_json.c jansson.h             # findings as JSON
src/stage/register/rows_jsonl.c jansson.h            # the register as JSON lines
src/stage/classify/classify_json.c jansson.h         # a verdict as JSON, for people
src/flow/flow_intake.c jansson.h                     # columns without a field are stored as JSON
src/cli/table.c jansson.h                            # every listing as JSON
src/cli/cmd_finding.c jansson.h                      # shows the columns without a field
src/cli/cmd_report.c jansson.h                       # the report as JSON
src/stage/classify/mime_walk.c libetpan/libetpan.h   # the MIME tree of inbound mail
src/stage/classify/charset.c libetpan/libetpan.h     # charsets of inbound mail
src/stage/inbox/inbox_imap.c libetpan/libetpan.h     # IMAP
src/stage/inbox/inbox_mailstream.c libetpan/mailstream.h # its connections over our TLS
src/stage/inbox/inbox_mailstream.h libetpan/mailstream.h # hands one out
src/ext/crypto.c gnutls/crypto.h                     # SHA-256, HMAC
src/ext/crypto.c gnutls/gnutls.h                     # its errors
src/stage/sign/sign_digest.c gnutls/crypto.h         # the digest that gpg-agent signs
src/stage/sign/sign_digest.c gnutls/gnutls.h         # its errors
src/stage/inbox/inbox_tls.c gnutls/gnutls.h          # TLS to IMAP and POP3
src/stage/inbox/inbox_tls.c gnutls/x509.h            # the certificate's name
src/stage/deliver/deliver_esmtp.c libesmtp.h         # SMTP
src/stage/deliver/deliver_esmtp.c auth-client.h      # its log-in
src/stage/deliver/deliver_esmtp.c openssl/ssl.h      # its TLS context is ours
src/stage/deliver/deliver_tls.h openssl/ssl.h        # makes that context
src/stage/deliver/deliver_tls.c openssl/x509v3.h     # checks the name in the certificate
src/stage/deliver/deliver_tls.c openssl/err.h        # says why not
src/stage/sign/sign_gpgme_context.h gpgme.h          # for sign_gpgme*.c
src/ext/idn.c idn2.h                                 # names in their A-label form
src/ext/psl.c libpsl.h                               # the registrable domain
src/proc/sandbox_linux.c seccomp.h                   # system calls a role may make
END
}

# What libc and the kernel bring.
libc='^((sys|net|netinet|arpa|linux)/.*|assert|ctype|dirent|endian|errno|fcntl|grp|iconv|inttypes|libgen|limits|netdb|poll|pwd'
libc="$libc"'|sched|signal|spawn|std[a-z]+|string|strings|time|unistd)[.]h$'

used()
{
	awk '/^[[:space:]]*#[[:space:]]*include[[:space:]]*</ {
		sub(/^[^<]*</, ""); sub(/>.*/, ""); print FILENAME, $0 }' $sources |
		awk -v libc="$libc" '$2 !~ libc' | sort -u
}

listed=$(allowed | awk '{ print $1, $2 }' | sort -u)
result "$(used | grep -vxF -e "$listed")" 'headers of libraries only in the files that are named'
result "$(printf '%s\n' "$listed" | grep -vxF -e "$(used)")" 'every file that is named needs its header still'

# ---- SQL

sql='"[^"]*\<(SELECT .* FROM |INSERT INTO |UPDATE [a-z_]+ SET |DELETE FROM |CREATE (TABLE|INDEX)|ORDER BY |PRAGMA )'
result "$(grep -nE "$sql" $sources | grep -Ev '^src/(sql|store)/')" 'SQL only in src/sql and src/store'
result "$(grep -qE "$sql" src/store/store_mail.c || echo 'none in store_mail.c')" 'the search for SQL finds it'

# ---- what a layer cannot include, since it is not in its list of folders

# flags_of LAYER
flags_of()
{
	sed -n "s/^$1 //p" "$flags"
}

# compiler_says LAYER TEXT: nothing where it compiles.
compiler_says()
{
	(cd "$top_builddir" && printf '%b' "$2" | $(flags_of cc) $(flags_of "$1") -fsyntax-only -x c - 2>&1) |
		grep error
}

# hidden_from LAYER HEADER...: none of them is found, though base.h is.
hidden_from()
{
	layer=$1 text='#include "base.h"\nint x;\n'
	shift
	for header
	do
		text="$text#if __has_include(\"$header\")\n#error $header\n#endif\n"
	done
	result "$(compiler_says "$layer" "$text")" "$layer sees nothing of what is above it"
}

upper='store.h sql.h conf.h wire.h gateway.h dispatch.h cli.h'
hidden_from base finding.h crypto.h $upper
hidden_from model crypto.h $upper
hidden_from conf store.h sql.h wire.h gateway.h dispatch.h cli.h
hidden_from sql store.h conf.h wire.h gateway.h dispatch.h cli.h
hidden_from ipc store.h sql.h conf.h gateway.h dispatch.h cli.h
hidden_from ext $upper
hidden_from store conf.h wire.h crypto.h queue.h gateway.h dispatch.h cli.h
hidden_from flow dispatch.h cli.h
hidden_from proc cli.h
stages='ack classify compose deliver inbox intake match queue register render sign validity'
# the header that each stage shows
shows='ack:ack.h classify:classify.h compose:compose.h deliver:deliver.h inbox:inbox.h intake:intake.h match:match.h
	queue:queue.h register:rows.h render:template.h sign:sign.h validity:validity.h'
for stage in $stages
do
	others=$(for pair in $shows; do test "${pair%:*}" = "$stage" || echo "${pair#*:}"; done)
	hidden_from "$stage" $upper crypto.h $others
done
hidden_from warn $upper crypto.h queue.h deliver.h inbox.h classify.h match.h intake.h
result "$(compiler_says queue '#include "base.h"\n#include "store.h"\n' | grep -q store.h || echo it does)" \
	'an include across the border does not compile'
result "$(compiler_says queue '#include "base.h"\n#include "queue.h"\n')" 'an include inside the border does'
result "$(for file in src/stage/*/*.h
do
	stage=$(basename "$(dirname "$file")")
	case " $stages warn " in
	*" $stage "*) ;;
	*) echo "$stage" ;;
	esac
done | sort -u)" 'every stage was looked at'

# ---- sizes

result "$(wc -l $sources | awk '$2 != "total" && $1 > 600')" 'no file over 600 lines'
# A function is from the first line behind a blank one to the brace in the first column that closes it.
result "$(awk 'FNR == 1 { start = 1 } /^$/ && !inside { start = FNR + 1 } /^\{/ { inside = 1 }
	/^\}/ { if (inside && FNR - start + 1 > 120) print FILENAME ":" start ": " FNR - start + 1 " lines"; inside = 0 }' \
	$sources)" 'no function over 120 lines'

result "$(LC_ALL=C.UTF-8 wc -L $sources | awk '$2 != "total" && $1 > 100 { print $2 ": " $1 " columns" }')" \
	'no line over 100 columns'

# ---- the look of a file

banned=$(sed -n 's/^#undef \([a-z]*\)$/\1/p' src/base/banned.h | paste -sd '|')
result "$(grep -nE "#[[:space:]]*undef[[:space:]]+($banned)\>|\(($banned)\)[[:space:]]*\(|\<(gets|setlocale|alloca)[[:space:]]*\(" \
	$sources | grep -v '^src/base/banned\.h:')" 'nobody goes around banned.h'
result "$(awk 'FNR == 1 { seen = 0 } FILENAME ~ /[.]c$/ && /^#include / && !seen++ && $2 != "\"base.h\"" {
	print FILENAME ":" FNR ": " $0 }' $sources)" 'base.h, and banned.h with it, comes first in every .c file'
result "$(awk 'FNR == 1 && $0 != "/*" { print FILENAME }' $sources)" 'every file begins with a comment'
result "$(awk 'FILENAME !~ /[.]h$/ { next }
	FNR == 1 { guard = FILENAME; sub(/.*\//, "", guard); sub(/[.]h$/, "", guard)
		guard = "SEINPOST_" toupper(guard) "_H"; want = "#ifndef" }
	want == "#define" && ($1 != "#define" || $2 != guard) { print FILENAME ":" FNR ": not #define " guard }
	want == "#define" { want = "" }
	/^#/ && want == "#ifndef" { if ($1 == want && $2 == guard) want = "#define"
		else { print FILENAME ":" FNR ": not #ifndef " guard; want = "" } }' $sources)" \
	'every header has the guard of its name'
result "$(grep -nE '(^|[;{}),])[[:space:]]*//' $sources)" 'comments are /* */'
result "$(grep -nE '[[:space:]]$' $sources)" 'no blanks at the end of a line'
result "$(grep -nE 'typedef[[:space:]]+(struct|enum|union)' $sources)" 'no type hides a struct'
result "$(for file in $sources
do
	grep -rqF --include=local.mk "$file" src tests || echo "$file"
done)" 'every file is in the release'
echo "1..$n"
