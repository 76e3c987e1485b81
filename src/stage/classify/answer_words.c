/*
 * answer_words: our keywords, and the small words that turn a sentence.
 *
 * Input: none; constant data.
 */
#include "base.h"

#include "answer_phrases.h"

const struct answer_keyword answer_keywords[] = {
	{ "ontvangen", ANSWER_RECEIVED }, { "received", ANSWER_RECEIVED },
	{ "opgelost", ANSWER_RESOLVED },
	{ "resolved", ANSWER_RESOLVED }, { "niet van ons", ANSWER_NOT_OURS },
	{ "not ours", ANSWER_NOT_OURS },
	{ "afmelden", ANSWER_UNSUBSCRIBE }, { "unsubscribe", ANSWER_UNSUBSCRIBE },
	{ "bel mij", ANSWER_CALL_ME },
	{ "call me", ANSWER_CALL_ME }, { "bel me", ANSWER_CALL_ME }, { "fixed", ANSWER_RESOLVED },
	{ "niet van mij", ANSWER_NOT_OURS },
	{ "solved", ANSWER_RESOLVED }, { "verholpen", ANSWER_RESOLVED },
	{ "gefixt", ANSWER_RESOLVED }, { "uitschrijven", ANSWER_UNSUBSCRIBE },
	{ "afgemeld", ANSWER_UNSUBSCRIBE }, { "done", ANSWER_RESOLVED },
	{ "gedaan", ANSWER_RESOLVED }, { "geregeld", ANSWER_RESOLVED },
	{ "stop", ANSWER_UNSUBSCRIBE }, { "unsub", ANSWER_UNSUBSCRIBE },
	{ "opt out", ANSWER_UNSUBSCRIBE }, { "opt-out", ANSWER_UNSUBSCRIBE },
	{ "uitschrijving", ANSWER_UNSUBSCRIBE }, { "afmelding", ANSWER_UNSUBSCRIBE }, { "klaar",
	ANSWER_RESOLVED }, { "gereed", ANSWER_RESOLVED },
	{ NULL, ANSWER_NONE },
};

const char *const answer_future[] = {
	" wordt ", " worden ", " zal ", " zullen ", " gaan ", " ga ", " gaat ", " moet ",
	" moeten ", " morgen", " vanavond", " straks", " binnenkort", " komende week",
	" volgende week", " volgende maand", " volgend jaar", " komend ", " gepland", " planning",
	" ingepland", " verwachten", " verwacht", " hopen ", " will ", "'ll ", " shall ",
	" going to ", " tomorrow", " tonight", " this weekend", " next week", " next month",
	" soon ", " planned", " scheduled", " expect", " plan to ",
	NULL,
};

const char *const answer_repair[] = {
	"oplossen", "opgelost", "op te lossen", "los het op", "lossen het op", "lossen dit op",
	"patch", "update", "updaten", "upgrade", "fix", "resolve", "solve", "dicht", "sluiten",
	"verhelpen", "verholpen", "repair", "vervang", "replace", "herstel", "uitschakelen",
	"uitgeschakeld", "offline", "afsluiten", "beveiligen", NULL,
};

const char *const answer_negation[] = {
	" niet ", " nie ", " geen ", " nooit ", " nimmer ", " niets ", " niks ", " not ", " never ",
	"n't ",
	" no ", NULL,
};

const char *const answer_question[] = {
	"hoe ", "wat ", "wie ", "waar", "wanneer ", "welk", "wat ", "is ", "zijn ", "kan ", "kun",
	"mag ", "mogen ", "heeft ", "heb ", "hebben ", "hebt ", "klopt ", "geldt ", "moet ",
	"bij wie", "aan wie", "van wie", "was ", "how ", "what ", "who ", "why ", "where ", "when ",
	"which ", "are ", "can ", "could ", "did ", "does ", "do ", "has ", "have ", "is ", "were ",
	"will ", "would ", "should ", "wilt ", "willen ", "bent ", "zou ", "belt u ", "bel je ",
	NULL,
};

const char *const answer_request[] = {
	"kunt u", "kunnen jullie", "kunt", "kun je", "kan u", "kan iemand", "kan er iemand",
	"is het mogelijk", "belt u even", "hebben jullie tijd", "heeft u tijd",
	"heeft u even tijd", "hebt u even tijd", "hebt u tijd",
	"wilt u", "willen jullie", "wil je", "zou u", "zouden jullie", "graag", "please", "can you",
	"could you", "would you", "will you", "can someone", "can somebody", "could someone",
	"could somebody", "kunnen we", "can we", "would you mind", "any chance", "kan ik",
	"mag ik", "wie kan", "zou iemand", "zouden we", "would it be possible", "could we",
	"may i", "wil iemand", "kunnen wij", "kan je", "kan er", "zou je", "hoe laat kan",
	"belt u mij", "belt u ons", "bel je me", "kan dit", "kan deze", "kan ons", "kan mijn",
	"mag dit", "mag deze",
	"mag ons",
	"wanneer kan", "wanneer kun", "when can", "when could", "is er iemand",
	"hebben jullie", "zullen we", "neemt u", "melden jullie", "zou het mogelijk",
	"zou het kunnen", "zou dat kunnen",
	"wie belt",
	"heeft u vandaag",
	"heeft u morgen", "heeft u gelegenheid", "meldt u", "schrijft u", "haalt u", "verwijdert u",
	"heeft iemand", "kunde", "kunt ge",
	"kunnekik", "is het goed als", "is het goed dat",
	"zijn jullie bereid", "bent u bereid", "lukt het",
	"belt u hem", "belt u haar", "bel je hem", "bel je haar", "belt iemand", "schikt het", NULL,
};

/* Sorted: those with one first letter stand together. */
const char *const answer_conjunction[] = {
	" and a different ", " and different ", " and has ", " and have ", " and i ", " and is ",
	" and it ", " and no ", " and not ", " and now ", " and the ", " and they ", " and we ",
	" and will ", " because ", " but ", " dat nog wel ", " die nog wel ", " doch ",
	" dus daar ", " dus dat ", " dus die ", " dus er ", " dus het ", " dus hij ", " dus ik ",
	" dus u ", " dus we ", " dus wij ", " en alles ", " en ander ",
	" en blijft ", " en daar ", " en dat ", " en de ", " en die ", " en dit ", " en doen ",
	" en een ander ", " en er ", " en gaan ", " en gaat ", " en graag ", " en halen ",
	" en heb", " en heeft ", " en het ", " en hij ", " en hoef", " en ik ", " en is ",
	" en kan ", " en komt ", " en nemen ", " en nu ", " en ruimen ", " en staat ",
	" en verzoek", " en we ", " en wensen ", " en wij ", " en wil ", " en willen ",
	" en worden ", " en wordt ", " en zal ", " en zetten ", " en zijn ", " en zullen ",
	" however ", " maar begrijp ", " maar daar ", " maar dat ", " maar de ", " maar deze ",
	" maar die ", " maar dit ", " maar dus ", " maar er ", " maar ga ", " maar gaan ",
	" maar geen ", " maar heb ", " maar hebben ", " maar helaas ", " maar het ", " maar hij ",
	" maar ik ",
	" maar is ", " maar kan ", " maar kunnen ", " maar moet ", " maar moeten ",
	" maar morgen ", " maar nee ", " maar niet ", " maar nog ", " maar nu ", " maar onze ",
	" maar ook ", " maar snap ", " maar u ", " maar van ", " maar volgens ", " maar we ",
	" maar weet ", " maar wij ", " maar wil ", " maar zijn ", " omdat ", " so it ",
	" so that ", " so we ", " so you ", " want de ", " want dit ", " want het ", " want we ",
	" want wij ", NULL,
};

const char *const answer_thing[] = {
	"server", "systeem", "system", "poort", " port", "camera", " nas ", "router", "firewall",
	"dienst", "service", " map ",
	"-map ", "folder", "directory", "plugin", "software", "firmware", "wachtwoord", "password",
	"toegang", "access", "database",
	"vpn", " rdp ", "machine", "apparaat", "device", " lek ", "kwetsba", "vulnerab", "probleem",
	"problem", "issue",
	"regel", " rule", " host", "website", "site ", "instelling", "setting", "config", "update",
	"patch", "forward",
	"interface", "beheer", "dat is ", "dit is ", "het is ", "inmiddels", "switch", "computer",
	"doos", " box ", "nat-",
	"appliance", "modem", "gateway", NULL,
};

const char *const answer_closing[] = {
	" ervan uit u hier", " ervan uit dat wij u hier", " hopen u hier", " vertrouwen u hier",
	" vertrouwen erop u hier", " vragen heeft", " vragen hebt", " vragen hebben",
	" vragen zijn", " nog vragen",
	" vragen mochten",
	" vraag heeft", " bij vragen", " voor vragen", " nadere vragen", " verdere vragen",
	" mocht u toch", " mocht u nog", " mocht er nog", " mochten er nog", " als u nog vra",
	" als u nog iets",
	" als u nog meer", " als u nog info", " als u toch", " als er nog vra", " als er nog iets",
	" indien u nog", " if you still", " if you see",
	" if you need", " if there is any", " if there are any", " if anything", " should you",
	" any questions", " further questions", " more information", " meer informatie nodig",
	" questions, ", " if you need any", " toelichting nodig", " toelichting wenst", NULL,
};

const char *const answer_courtesy[] = {
	" fijn zijn als ", " mooi zijn als ", " prettig zijn als ", " fijn vinden als ",
	" prettig vinden als ", " handig zijn als ", " waarderen als ", " prijs als ",
	" prijs stellen als ", " blij zijn als ", " be great if ", " be nice if ",
	" be good if ", " appreciate it if ", " appreciated if ", " be grateful if ",
	" be helpful if ", " handigst is als ", " makkelijkst is als ", " beste is als ",
	" best is als ", NULL,
};

const char *const answer_not_so[] = {
	" niet zo dat ", " is niet dat ", " niet alsof ", " not that ", " not as if ",
	" not as though ", " niet omdat ", NULL,
};

const char *const answer_disputes[] = {
	" bedoelt u ", " bedoelen jullie ", " bedoel je ", " do you mean ", " hoe komen jullie ",
	" wat moet ik ", " welk * moet ik ",
	" hoe moet ik ", " waar moet ik ", " what should i ", " which * should i ",
	" what do i need to ", " hoe komt u ", " waar haalt u ", " waar halen jullie ",
	" hoe kunnen jullie ", " hoe kunt u dan ", " how did you ", " how do you know",
	" how can you ", " where did you get", " who told you", " wie zegt ", NULL,
};

const char *const answer_also[] = { " ook ", " as well", " too ", " also ", NULL };

const char *const answer_rather[] = {
	" niet beter ", " niet even ", " niet gewoon ", " niet liever ", " niet een keer ",
	" niet eens ", " niet handiger ", NULL,
};

const char *const answer_supposed[] = {
	"gaat het ", "gaat dit ", "bedoelt u", "bedoelen jullie", "betreft het", "betreft dit",
	"is het ", "is dit ", "zijn het ", "staat het ", "staat dit ", "heeft u het over",
	"hebt u het over", "hebben jullie het over", NULL,
};

const char *const answer_sometime[] = {
	" vanmiddag", " vandaag nog", " deze week", " dit weekend", " this week", NULL,
};

const char *const answer_suits[] = {
	" als dat kan ", " als het kan ", " als dat lukt ", " als het lukt ", " als het schikt ",
	" als het uitkomt ", " als u tijd heeft ", " als u kunt ", " als je kunt ",
	" als dat schikt ", " als dat uitkomt ", " if you can ", " if it suits ",
	" if you have time ", " if that helps", " if it helps", " if that is ok", " if that's ok",
	" if you like", " if you wish", " if you want", " if possible", " if needed",
	" als dat helpt", " als u wilt", " als u dat wilt", " als je wilt", " als dat mag ",
	" als u zin heeft", " als het mogelijk is", " als dat mogelijk is", " indien mogelijk",
	" als het onze ", " als ons ", " als onze ", " zowel ", " als een ", " als we klaar ",
	" als het klaar ", " als wij klaar ",
	" als het gelukt ", " indien nodig",
	" indien gewenst", " zo nodig", " as if ", NULL,
};
