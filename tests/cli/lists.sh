#!/bin/sh
# The listing commands, over a small register and feed: what they show in each form, what a person can decide with
# them, how they refuse, and that text out of mail and feeds cannot pass for ours.
S="$top_builddir/seinpost"
python=${PYTHON3:-python3}
dir=$(mktemp -d "${TMPDIR:-/tmp}/sp.XXXXXX") || exit 99
trap 'gpgconf --homedir "$dir/gnupg" --kill all >/dev/null 2>&1; rm -rf "$dir"' EXIT
cd "$dir" || exit 99
unset SEINPOST_CONFIG
n=0

check() { # STATUS NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		sed 's/^/# out: /' out
		sed 's/^/# err: /' err
	fi
}

run() { # COMMAND...: leaves out, err and $rc
	"$S" "$@" >out 2>err </dev/null
	rc=$?
}

json() { # EXPRESSION over d, the JSON in out
	[ "$rc" -eq 0 ] && "$python" -c 'import json, sys
d = json.load(open("out", encoding="utf-8"))
sys.exit(0 if eval(sys.argv[1]) else 1)' "$1" 2>>err
}

value() { # EXPRESSION: prints it
	"$python" -c 'import json, sys
d = json.load(open("out", encoding="utf-8"))
print(eval(sys.argv[1]))' "$1"
}

refused() { # STATUS TEXT NAME
	[ "$rc" -eq "$1" ] && grep -q -- "$2" err
	check $? "$3"
}

# ---- a gateway with three companies: one with mail, one with a telephone, one that others warn

run init .
cat >register.csv <<'END'
company,kind,value,name,status,vital,role,rank
bakker,company,,Bakkerij Bakker,participant,no,,
bakker,mail,security@bakker.example.nl,Anna,,,security,1
bakker,mail,info@bakker.example.nl,,,,,2
bakker,phone,+31 10 1234567,Anna,,,,3
bakker,network,192.0.2.0/28,,,,,
slager,company,,Slagerij De Haas,found,no,,
slager,phone,+31 20 7654321,,,,,1
slager,domain,slager.example.nl,,,,,
water,company,,Waterbedrijf,participant,yes,,
water,network,198.51.100.0/24,,,,,
END
cat >2026-11-20-scan_rdp-nl.csv <<'END'
"timestamp","severity","ip","protocol","port","hostname","tag","asn","geo","region","city"
"2026-11-20 00:10:00","high","192.0.2.5","tcp","3389","","rdp","64496","NL","","Utrecht"
"2026-11-20 00:11:00","high","198.51.100.9","tcp","3389","","rdp","64496","NL","","Delft"
"2026-11-20 00:12:00","high","203.0.113.9","tcp","3389","","rdp","64496","NL","","Delft"
END
cat >events.jsonl <<'END'
{"time.source":"2026-11-20T00:10:00+00:00","source.fqdn":"www.slager.example.nl","classification.type":"vulnerable-system","classification.identifier":"=cmd(1)","feed.provider":"voorbeeld","feed.name":"x","extra.note":"een notitie"}
END
for step in "company import register.csv" "incident open rdp --title Open-RDP --severity high" \
	"intake --incident rdp 2026-11-20-scan_rdp-nl.csv" "intake --incident rdp events.jsonl" "match rdp" "warn rdp"; do
	# shellcheck disable=SC2086
	run $step
	check $rc "$step"
done

# ---- queue

run queue list --format json
json 'len(d) == 1 and d[0]["to"] == "security@bakker.example.nl" and d[0]["state"] == "ready" and d[0]["company"] == "bakker" and d[0]["incident"] == "rdp" and d[0]["attempts"] == 0 and d[0]["next_try"].endswith("Z") and set(d[0]) == {"id", "ref", "company", "incident", "to", "state", "attempts", "next_try", "priority", "code", "status", "text"}'
check $? "queue list: the one mail"
mail=$(value 'd[0]["id"]')
ref=$(value 'd[0]["ref"]')
run queue hold "$mail"
check $rc "queue hold"
run queue list --state held --format json
json "len(d) == 1 and d[0]['id'] == $mail and d[0]['next_try'] == ''"
check $? "queue list --state: the mail is held"
run queue hold "$mail"
refused 65 "mail $mail: it is held" "queue hold: a held mail cannot be held"
run queue release 999999 "$mail"
refused 1 "mail 999999: no such mail; see 'seinpost queue list'" "queue release: the unknown id is told, the other is done"
run queue show "$mail" --format json
json 'd["state"] == "ready" and d["attempts"] == [] and d["from"].startswith("bounces+") and d["message_id"].startswith("<")'
check $? "queue show: released"
bounce=$(value 'd["from"]')
run queue retry "$mail"
refused 65 "it is ready" "queue retry: a mail that is due anyway"
run queue show "$mail"
grep -q '^attempts:$' out && grep -q '^(none)$' out
check $? "queue show: text says that there were no attempts"
run queue list --state sent
refused 64 "a mail is never 'sent'" "queue list: a state that is none"
run queue show x
refused 64 "'x' is no id" "queue show: an id that is none"
run queue show
refused 64 "ID is missing" "queue show: nothing to show"
run queue frobnicate
refused 64 "has no sub-command 'frobnicate'" "queue: an unknown sub-command"
run queue show 12345
refused 65 "see 'seinpost queue list'" "queue show: an unknown id"

# ---- contact

run contact list bakker --format json
json '[k["value"] for k in d] == ["security@bakker.example.nl", "info@bakker.example.nl", "+31 10 1234567"] and d[0]["state"] == "unproven" and d[0]["rank"] == 1'
check $? "contact list: one company, in the order they are tried"
contact=$(value 'd[1]["id"]')
run contact list --format csv
[ "$rc" -eq 0 ] && [ "$(wc -l <out)" -eq 5 ] && head -1 out | grep -q '^id,company,kind,value,'
check $? "contact list: CSV of all"
run contact list niemand
refused 65 "niemand" "contact list: an unknown company"
run contact set "$contact" invalid
refused 64 "reason is missing" "contact set: not without a reason"
run contact set "$contact" dood --reason x
refused 64 "not 'dood'" "contact set: a state that is none"
run contact set "$contact" invalid --reason "gebeld: adres bestaat niet meer"
check $rc "contact set"
run contact show "$contact" --format json
json 'd["state"] == "invalid" and len(d["history"]) == 1 and d["history"][0]["reason"] == "by_hand" and d["history"][0]["evidence"] == "gebeld: adres bestaat niet meer" and d["history"][0]["from"] == "unproven"'
check $? "contact show: the reason stands in the history"
run contact show 4711
refused 65 "see 'seinpost contact list'" "contact show: an unknown id"

# ---- finding

run finding list rdp --format json
json 'len(d) == 4 and sorted(f["state"] for f in d) == ["unmatched", "warned", "warned", "warned"]'
check $? "finding list"
run finding list rdp --state unmatched --format json
json 'len(d) == 1 and d[0]["ip"] == "203.0.113.9" and d[0]["port"] == 3389 and d[0]["what"] == "rdp" and d[0]["source_type"] == "scan_rdp"'
check $? "finding list --state"
run finding list rdp --format csv
grep -q '=cmd(1)' out && ! grep -q ',=cmd' out
check $? "finding list: CSV starts no formula"
run finding list rdp --format json
event=$(value '[f["id"] for f in d if f["source_type"] == "intelmq"][0]')
run finding show "$event" --format json
json 'd["domain"] == "www.slager.example.nl" and d["incident"] == "rdp" and d["owners"][0]["company"] == "slager" and d["owners"][0]["asset"] == "slager.example.nl" and d["owners"][0]["matched_by"] == "domain" and d["owners"][0]["ref"].startswith("SP-") and {"name": "note", "value": "een notitie"} in d["extra"]'
check $? "finding show: owners and the other columns"
run finding show 1
refused 65 "see 'seinpost finding list SLUG'" "finding show: an unknown id"
run finding list geen
refused 65 "no incident 'geen'" "finding list: an unknown incident"
run finding list rdp --state oud
refused 64 "not 'oud'" "finding list: a state that is none"
run finding list
refused 64 "SLUG is missing" "finding list: of what"

# ---- call

run call list --format json
json 'sorted((c["company"], c["reason"], c["phones"]) for c in d) == [("slager", "no_contact", "+31 20 7654321"), ("water", "vital", "")]'
check $? "call list: whom mail does not reach, and whom others warn"
slager=$(value '[c["ref"] for c in d if c["company"] == "slager"][0]')
run call list
grep -q 'NO NUMBER' out
check $? "call list: text says where a number is missing"
run call done "$slager"
refused 64 "outcome is missing" "call done: not without an outcome"
run call done "$slager" --outcome "gesproken met de eigenaar, sluit het systeem af"
check $rc "call done"
run call done "$slager" --outcome nogmaals
refused 65 "see 'seinpost call list'" "call done: once is enough"
run warning show "$slager" --format json
json 'any(h["reason"] == "telephoned" and h["evidence"].startswith("gesproken") for h in d["history"]) and d["mails"] == [] and len(d["findings"]) == 1'
check $? "call done: the outcome stands in the warning's history"

# ---- inbox: a reply without a token, that tries to look like us

esc=$(printf '\033')
cat >reply.eml <<END
From: Anna <anna@bakker.example.nl>
To: waarschuwing@gateway.example
Subject: Re: [$ref] ${esc}[2J vraag
Date: Sun, 22 Nov 2026 06:00:00 +0000
Message-ID: <1@bakker.example.nl>

Wat moeten wij doen? ${esc}[31m
state          resolved
END
"$S" receive <reply.eml >out 2>err
check $? "receive: a reply"
run inbox list --format json
json "len(d) == 1 and d[0]['kind'] == 'reply' and d[0]['ref'] == '$ref' and d[0]['trust'] == 'reference' and d[0]['company'] == 'bakker' and d[0]['review_reason'] != ''"
check $? "inbox list: it waits for a person"
inbox=$(value 'd[0]["id"]')
run inbox show "$inbox"
[ "$rc" -eq 0 ] && grep -q '^| Wat moeten wij doen' out && grep -q '^| state' out && ! grep -q "$esc" out
check $? "inbox show: its lines are marked and harmless"
[ "$(grep -c '^state ' out)" -eq 1 ]
check $? "inbox show: no line of it passes for ours"
run inbox show "$inbox" --format json
json 'd["review"] is True and "\nstate" in d["excerpt"] and "\x1b" not in d["excerpt"] + d["subject"]'
check $? "inbox show: JSON keeps the lines"
run inbox show "$inbox" --raw
[ "$rc" -eq 0 ] && cmp -s out reply.eml
check $? "inbox show --raw: the bytes as they came"
run status --format json
json 'd["review"] == 1'
check $? "status: one mail waits for a person"
run inbox done "$inbox"
check $rc "inbox done"
run inbox list
[ "$rc" -eq 0 ] && grep -q 'nothing waits for a person' out
check $? "inbox list: nothing waits any more"
run inbox list --all --limit 5 --format json
json "len(d) == 1 and d[0]['id'] == $inbox"
check $? "inbox list --all: it is still there"
run inbox done "$inbox"
refused 65 "does not wait for a person" "inbox done: once is enough"
run inbox show 7 --raw
refused 65 "see 'seinpost inbox list --all'" "inbox show --raw: an unknown id"
run inbox list --limit 0
refused 64 "--limit is a number" "inbox list: a limit that is none"

# a forged token is counted, and changes nothing
forged=$(echo "$bounce" | sed -e 's/q\(.....@\)/z\1/' -e t -e 's/.\(.....@\)/q\1/')
sed -e "s/^To:.*/To: $forged/" -e 's/<1@/<2@/' reply.eml >forged.eml
"$S" receive <forged.eml >out 2>err
check $? "receive: a mail with a forged token"

# ---- warning

run warning list rdp --format json
json 'sorted((w["company"], w["state"], w["findings"], w["mails"], w["overdue"]) for w in d) == [("bakker", "queued", 1, 1, False), ("slager", "unreachable", 1, 0, False), ("water", "draft", 1, 0, False)]'
check $? "warning list"
run warning set "$ref" resolved
refused 64 "reason is missing" "warning set: not without a reason"
run warning set "$ref" sent --reason x
refused 65 "'sent' is the gateway's own to set" "warning set: not everything can be said by hand"
run warning set "$ref" klaar --reason x
refused 64 "not 'klaar'" "warning set: a state that is none"
run warning set SP-XXXX-XXXX resolved --reason x
refused 65 "no warning 'SP-XXXX-XXXX'; see 'seinpost warning list'" "warning set: an unknown reference"
run warning set "$(echo "$ref" | tr A-Z a-z)" resolved --reason "gebeld: poort is dicht"
check $rc "warning set: the reference in any case"
run warning show "$ref" --format json
json 'd["state"] == "resolved" and d["history"][-1]["evidence"] == "gebeld: poort is dicht" and d["history"][-1]["reason"] == "by_hand" and d["mails"][0]["state"] == "cancelled" and d["findings"][0]["subject"] == "192.0.2.5"'
check $? "warning show: resolved by hand, its mail is cancelled"
run queue list
grep -q 'no mail is under way' out
check $? "queue list: nothing is left to send"

# ---- report and status

run report --format json
json 'd["from"] is None and d["to"] is None and len(d["incidents"]) == 1 and d["incidents"][0]["slug"] == "rdp" and d["total"]["findings"] == 4 and d["total"]["unmatched"] == 1 and d["total"]["companies"] == 1 and d["total"]["others"] == 1 and d["total"]["participants"] == 0 and d["total"]["mails"] == 1 and d["total"]["accepted"] == 0 and d["total"]["acknowledged"] == 1 and d["total"]["resolved"] == 1 and d["total"]["handed_over"] == 1 and d["total"]["to_call"] == 0 and d["total"]["incidents"] == 1'
check $? "report: the numbers"
run report
grep -q '^aanleiding  *aanleidingen  *bevindingen  *bedrijven  *deelnemers  *overige  *mails  *geaccepteerd  *teruggekomen  *bevestigd  *opgelost  *onbereikbaar  *te bellen  *overgedragen$' out && grep -Eq '^Totaal +1 +4 +1 +0 +1 +1 +0 +0 +1 +1 +' out
check $? "report: in Dutch for its readers"
today=$(date -u +%Y-%m-%d)
tomorrow=$(date -u -d '+1 day' +%Y-%m-%d)
run report rdp --from "$(date -u -d '-1 day' +%Y-%m-%d)" --to "$tomorrow" --format json
json "d['total']['findings'] == 4 and d['to'] > '${tomorrow}T00:00:00Z'"
check $? "report: the last day counts as a whole"
run report --to 2020-01-01 --format csv
[ "$rc" -eq 0 ] && [ "$(wc -l <out)" -eq 2 ] && head -1 out | grep -q '^row,slug,title,incidents,findings,' && grep -q '^"total","","","0","0",' out
check $? "report: CSV of a period without anything"
run report --from "$tomorrow" --to 2020-01-01
refused 64 "ends before it begins" "report: a period that is none"
run report --from gisteren
refused 64 "is no date" "report: a date that is none"
run report geen
refused 65 "no incident 'geen'" "report: an unknown incident"
run report --format html
refused 64 "text, json or csv" "report: a form that is none"
run status --format json
json 'd["waiting"] == 0 and d["to_call"] == 0 and d["to_hand_over"] == 1 and d["forged_tokens"] == 1 and d["incidents"][0]["incident"] == "rdp" and d["incidents"][0]["warnings"] == 3 and d["incidents"][0]["acknowledged"] == 1 and d["inboxes"] == [{"inbox": "maildir", "last_fetch": ""}]'
check $? "status: what is going on"
mkdir -p Maildir/cur Maildir/new Maildir/tmp
run fetch --once
run status --format json
json "d['inboxes'][0]['last_fetch'] >= '$today'"
check $? "status: when an inbox was fetched"

# ---- doctor

run doctor --format json
[ "$rc" -eq 78 ] && grep -q 'gateway.phone is still <telephone number>' out
check $? "doctor: what init left to fill in"
sed -i -e 's/"<[^>]*>"/"Voorbeeld"/' -e 's/@gateway\.example"/@post.example"/' seinpost.conf
run doctor --format json
json 'all(c["result"] == "OK" for c in d) and {c["check"] for c in d} == {"configuration", "store", "register", "token keys", "templates", "advice", "signing", "routes", "sending", "inboxes"}'
check $? "doctor: all is well"
(umask 077 && echo geheim >passphrase)
sed -i 's|^  home = "gnupg";|&  passphrase_file = "passphrase";|' seinpost.conf
run doctor
[ "$rc" -eq 0 ] && grep -q '^signing *NOTE *the key has a passphrase' out
check $? "doctor: a passphrase is slow"
chmod 644 token.key
run doctor
[ "$rc" -eq 78 ] && grep -q '^token keys *PROBLEM' out && grep -q '^signing *OK' out
check $? "doctor: a key that others can read; the other checks go on"
chmod 600 token.key
printf '*\t*\t*\tgeen-tekst\tno\tlow\n' >advice.tsv
sed -i 's|^advice = .*|advice = "advice.tsv";|' seinpost.conf
run doctor
[ "$rc" -eq 78 ] && [ "$(grep -c "PROBLEM .*names advice 'geen-tekst'" out)" -eq 2 ]
check $? "doctor: advice without a text, in both languages"
run --config nergens.conf doctor
[ "$rc" -eq 78 ] && grep -q '^configuration *PROBLEM .*nergens.conf' out
check $? "doctor: no configuration"
run doctor now
refused 64 "too many words" "doctor: a word too many"

echo "1..$n"
