#!/bin/sh
# demo: a whole round of warnings on this machine alone, told as it goes.
#
#     demo.sh TOP BUILD FOLDER
#
# Everything lies in FOLDER, which is made anew: register, findings, store, key, sent mails, answers.  The outside world
# is world.py on a loopback port.  Nothing leaves the machine, and nothing stays behind but FOLDER.
set -eu
top=$1 build=$2 folder=$3
here=$top/tests/demo
PATH=$build:$PATH LC_ALL=C.UTF-8
export PATH LC_ALL
unset SEINPOST_CONFIG GNUPGHOME

work=$folder world=

# The socket of gpg-agent lives in the working directory and takes no long name: such a demo runs below /tmp first.
if [ "${#folder}" -gt 80 ]; then
	work=$(mktemp -d /tmp/seinpost.XXXXXX)
fi

clean_up() {
	[ -z "$world" ] || kill "$world" 2>/dev/null || :
	# every folder with secret keys may have an agent of its own
	find "$work" -name private-keys-v1.d 2>/dev/null | while read -r keys; do
		gpgconf --homedir "$(dirname "$keys")" --kill all >/dev/null 2>&1 || :
	done
	if [ "$work" != "$folder" ]; then
		mv "$work" "$folder"
	fi
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

tell() {
	printf '\n# %s\n' "$*"
}

# Shows a command as it would be typed, then runs it; exit status 1 says that some input was refused, and why.
run() {
	shown=
	for word; do
		case $word in
		*[!A-Za-z0-9_./:=@-]*) shown="$shown '$word'" ;;
		*) shown="$shown $word" ;;
		esac
	done
	printf '$%s\n' "$shown"
	"$@" 2>&1 || [ $? = 1 ]
}

start_world() {
	python3 -B "$here/world.py" --port-file world.port --sent sent --maildir Maildir &
	world=$!
	tries=0
	until [ -s world.port ]; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || exit 1
		sleep 0.1
	done
}

# What a person would do in an editor: put the own data in, and shorten the waiting time for the occasion.
edit_configuration() {
	sed -i -e 's|<name of your organisation>|Stichting Waarschuwingsdienst (demonstratie)|' \
		-e 's|<telephone number>|+31 20 5550100|' -e 's|<www.gateway.example>|www.gateway.example|' \
		-e "s|port = 25;|port = $(cat world.port);|" seinpost.conf
	echo 'deliver = { retry = "1s 2s"; };' >>seinpost.conf
}

rm -rf "$folder"
[ "$work" != "$folder" ] || mkdir -p "$work"
cd "$work"
python3 -B "$here/make_data.py" data
start_world

tell "A working directory: configuration, store (SQLite), a throw-away signing key."
run seinpost init .
edit_configuration

tell "The register: $(grep -c ',company,' data/register.csv) invented companies, how to reach them, what they own."
run seinpost company import data/register.csv

tell "Today's findings: three Shadowserver reports and a file of IntelMQ events.  One row is damaged: it is refused" \
	"and named, the rest goes in."
run seinpost incident open demo --title 'Open deuren in uw netwerk' --deadline 7
run seinpost intake --incident demo data/*-nl.csv data/intelmq-events.jsonl

tell "Whose are they?"
run seinpost match demo
run seinpost match --explain 198.51.100.2

tell "The mails as they would go out; nothing is sent yet.  This is the one to the bakery, as a person reads it:"
run seinpost preview demo bakkerij-korenaar --out preview
python3 -B "$here/show_mail.py" preview/demo-bakkerij-korenaar.eml 46

tell "Write, sign and queue all of them.  The water company is vital: another organisation warns it."
run seinpost warn demo

tell "Send.  Some mail servers put off the first attempt (451), some refuse the address (550): then the next contact" \
	"is written to."
run seinpost deliver --drain

tell "Bounces, notes of robots and answers of people have arrived.  A bounce leads to the next contact, too."
run seinpost fetch --once
run seinpost deliver --drain
run seinpost fetch --once

tell "Where every warning stands."
run seinpost warning list demo

tell "Nobody could be reached by mail there: telephone."
run seinpost call list

tell "What a person should read: questions, and answers that change the register."
run seinpost inbox list

tell "The report."
run seinpost report demo

mail=$(grep -l '^To: .*info@korenaar' sent/*.eml | head -n 1)
python3 -B "$here/show_mail.py" --split "$mail" >/dev/null
cd /
tell "Look at one sent warning (the mail server's copy), and check its signature:"
cat <<-END
	less ${folder#"$top/"}/$mail
	gpg --homedir ${folder#"$top/"}/gnupg --verify ${folder#"$top/"}/${mail%.eml}.asc ${folder#"$top/"}/${mail%.eml}.signed
	cd ${folder#"$top/"} && ../build/seinpost help
END
