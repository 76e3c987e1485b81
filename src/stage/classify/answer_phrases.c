/*
 * answer_phrases: Dutch and English phrases of people who answer a warning.
 *
 * Input: none; constant data.
 */
#include "base.h"

#include "answer_phrases.h"

const struct answer_keyword answer_keywords[] = {
	{ "ontvangen", ANSWER_RECEIVED }, { "received", ANSWER_RECEIVED }, { "opgelost", ANSWER_RESOLVED },
	{ "resolved", ANSWER_RESOLVED }, { "niet van ons", ANSWER_NOT_OURS }, { "not ours", ANSWER_NOT_OURS },
	{ "afmelden", ANSWER_UNSUBSCRIBE }, { "unsubscribe", ANSWER_UNSUBSCRIBE }, { "bel mij", ANSWER_CALL_ME },
	{ "call me", ANSWER_CALL_ME }, { "bel me", ANSWER_CALL_ME }, { "fixed", ANSWER_RESOLVED }, { "niet van mij", ANSWER_NOT_OURS },
	{ "solved", ANSWER_RESOLVED }, { "verholpen", ANSWER_RESOLVED }, { "gefixt", ANSWER_RESOLVED }, { "uitschrijven", ANSWER_UNSUBSCRIBE },
	{ "afgemeld", ANSWER_UNSUBSCRIBE }, { "done", ANSWER_RESOLVED }, { "gedaan", ANSWER_RESOLVED }, { "geregeld", ANSWER_RESOLVED },
	{ NULL, ANSWER_NONE },
};

const struct answer_phrase answer_phrases[] = {
	/* ---- not certain */
	{ "van een klant", SAYS_UNCLEAR }, { "van onze klant", SAYS_UNCLEAR }, { "bij een klant", SAYS_UNCLEAR },
	{ "klant van ons", SAYS_UNCLEAR }, { "onze klant", SAYS_UNCLEAR }, { "our customer", SAYS_UNCLEAR }, { "a customer", SAYS_UNCLEAR },
	{ "customer of ours", SAYS_UNCLEAR }, { "moederbedrijf", SAYS_UNCLEAR }, { "moedermaatschappij", SAYS_UNCLEAR },
	{ "zusterbedrijf", SAYS_UNCLEAR }, { "parent company", SAYS_UNCLEAR }, { "alleen de lijn", SAYS_UNCLEAR }, { "only supply the line", SAYS_UNCLEAR },
	{ "leveren alleen", SAYS_UNCLEAR }, { "we only provide", SAYS_UNCLEAR }, { "we only supply", SAYS_UNCLEAR },
	{ "als het om", SAYS_UNCLEAR }, { " bedoelt u ", SAYS_UNCLEAR }, { "volgens onze", SAYS_UNCLEAR }, { "volgens de leverancier", SAYS_UNCLEAR },
	{ "according to our", SAYS_UNCLEAR }, { "misschien", SAYS_UNCLEAR }, { "wellicht", SAYS_UNCLEAR }, { "vermoedelijk", SAYS_UNCLEAR },
	{ "waarschijnlijk", SAYS_UNCLEAR }, { "probably", SAYS_UNCLEAR }, { "perhaps", SAYS_UNCLEAR }, { " maybe ", SAYS_UNCLEAR },
	{ "voor zover wij weten", SAYS_UNCLEAR }, { "voor zover ik weet", SAYS_UNCLEAR }, { "as far as we know", SAYS_UNCLEAR }, { "as far as i know", SAYS_UNCLEAR },
	{ "niet zeker", SAYS_UNCLEAR }, { "weet niet of", SAYS_UNCLEAR }, { "weten niet of", SAYS_UNCLEAR }, { "not sure", SAYS_UNCLEAR }, { "ik denk dat", SAYS_UNCLEAR },
	{ "wij denken dat", SAYS_UNCLEAR }, { "we denken dat", SAYS_UNCLEAR }, { "i think", SAYS_UNCLEAR }, { "we think", SAYS_UNCLEAR }, { "lijkt opgelost", SAYS_UNCLEAR },
	{ "lijkt mij", SAYS_UNCLEAR }, { "zou opgelost", SAYS_UNCLEAR }, { "moet opgelost zijn", SAYS_UNCLEAR }, { "zou nu", SAYS_UNCLEAR }, { "should be", SAYS_UNCLEAR },
	{ "niet vaststellen", SAYS_UNCLEAR }, { "for now", SAYS_UNCLEAR }, { "voorlopig", SAYS_UNCLEAR }, { "tijdelijk", SAYS_UNCLEAR }, { "temporarily", SAYS_UNCLEAR },
	{ "temporary", SAYS_UNCLEAR }, { "risico * aanvaard", SAYS_UNCLEAR }, { "accept the risk", SAYS_UNCLEAR }, { "accepteren * risico", SAYS_UNCLEAR }, { "geen maatregelen", SAYS_UNCLEAR },
	{ "een van de twee", SAYS_UNCLEAR }, { "eén van de", SAYS_UNCLEAR }, { "één van de", SAYS_UNCLEAR }, { "one of the", SAYS_UNCLEAR }, { "deels", SAYS_UNCLEAR }, { "gedeeltelijk", SAYS_UNCLEAR },
	{ "partly", SAYS_UNCLEAR }, { "partially", SAYS_UNCLEAR }, { "false positive", SAYS_UNCLEAR }, { "honeypot", SAYS_UNCLEAR },

	/* ---- taken back */
	{ "nog niet", SAYS_NOT_RESOLVED }, { "not yet", SAYS_NOT_RESOLVED }, { "niet opgelost", SAYS_NOT_RESOLVED }, { "niet door ons opgelost", SAYS_NOT_RESOLVED },
	{ "niet verholpen", SAYS_NOT_RESOLVED }, { "not fixed", SAYS_NOT_RESOLVED }, { "not resolved", SAYS_NOT_RESOLVED }, { "not solved", SAYS_NOT_RESOLVED },
	{ "hasn't been", SAYS_NOT_RESOLVED }, { "has not been", SAYS_NOT_RESOLVED }, { "isn't fixed", SAYS_NOT_RESOLVED }, { "niet gelukt", SAYS_NOT_RESOLVED },
	{ "niet helemaal", SAYS_NOT_RESOLVED }, { "to be fixed", SAYS_NOT_RESOLVED }, { "will be fixed", SAYS_NOT_RESOLVED }, { "will be resolved", SAYS_NOT_RESOLVED },
	{ "will fix", SAYS_NOT_RESOLVED }, { "wordt * opgelost", SAYS_NOT_RESOLVED }, { "worden opgelost", SAYS_NOT_RESOLVED }, { "wordt opgelost", SAYS_NOT_RESOLVED }, { "opgelost moet", SAYS_NOT_RESOLVED },
	{ "moet opgelost", SAYS_NOT_RESOLVED }, { "zodra * opgelost", SAYS_NOT_RESOLVED }, { "niet ontvangen", SAYS_NOT_RECEIVED }, { "not received", SAYS_NOT_RECEIVED }, { "niet bellen", SAYS_NO_CALL },
	{ "do not call", SAYS_NO_CALL }, { "don't call", SAYS_NO_CALL }, { "niet te bellen", SAYS_NO_CALL },

	/* ---- not ours */
	{ "niet van ons", SAYS_NOT_OURS }, { "nie van ons", SAYS_NOT_OURS }, { "niet van mij", SAYS_NOT_OURS }, { "niet van onze", SAYS_NOT_OURS }, { "niet * ons systeem", SAYS_NOT_OURS },
	{ "niet meer van ons", SAYS_NOT_OURS }, { "niet langer van ons", SAYS_NOT_OURS }, { "niet bij ons", SAYS_NOT_OURS }, { "niet in ons beheer", SAYS_NOT_OURS }, { "niet * in beheer", SAYS_NOT_OURS },
	{ "niet * op onze naam", SAYS_NOT_OURS }, { "niet ons systeem", SAYS_NOT_OURS }, { "niet ons adres", SAYS_NOT_OURS }, { "niet ons ip", SAYS_NOT_OURS }, { "hoort niet bij ons", SAYS_NOT_OURS },
	{ "behoort niet", SAYS_NOT_OURS }, { "hebben dit systeem niet", SAYS_NOT_OURS }, { "hebben dat systeem niet", SAYS_NOT_OURS }, { "hebben die * niet", SAYS_NOT_OURS }, { "hebben geen * server", SAYS_NOT_OURS },
	{ "hebben zo'n * niet", SAYS_NOT_OURS }, { "kennen dit systeem niet", SAYS_NOT_OURS }, { "kennen dit adres niet", SAYS_NOT_OURS }, { "kennen dit ip", SAYS_NOT_OURS }, { "verkeerde adres", SAYS_NOT_OURS },
	{ "verkeerde bedrijf", SAYS_NOT_OURS }, { "verkeerde partij", SAYS_NOT_OURS }, { "verkeerd adres", SAYS_NOT_OURS }, { "aan het verkeerde", SAYS_NOT_OURS }, { "buiten onze adresreeks", SAYS_NOT_OURS },
	{ "niet bij onze organisatie", SAYS_NOT_OURS }, { "niet * onze organisatie", SAYS_NOT_OURS }, { "geen eigenaar", SAYS_NOT_OURS }, { "niet de eigenaar", SAYS_NOT_OURS }, { "ander bedrijf", SAYS_NOT_OURS },
	{ "een andere organisatie", SAYS_NOT_OURS }, { "not ours", SAYS_NOT_OURS }, { "isn't ours", SAYS_NOT_OURS }, { "not our ", SAYS_NOT_OURS }, { "not one of ours", SAYS_NOT_OURS }, { "no longer ours", SAYS_NOT_OURS },
	{ "does not belong to us", SAYS_NOT_OURS }, { "doesn't belong to us", SAYS_NOT_OURS }, { "not belong to", SAYS_NOT_OURS }, { "wrong company", SAYS_NOT_OURS }, { "wrong address", SAYS_NOT_OURS }, { "wrong organisation", SAYS_NOT_OURS },
	{ "wrong party", SAYS_NOT_OURS }, { "wrong person", SAYS_NOT_OURS }, { "do not own", SAYS_NOT_OURS }, { "don't own", SAYS_NOT_OURS }, { "not owned by us", SAYS_NOT_OURS }, { "not managed by us", SAYS_NOT_OURS },
	{ "nothing to do with us", SAYS_NOT_OURS }, { "niets met ons te maken", SAYS_NOT_OURS }, { "niets te maken met", SAYS_NOT_OURS }, { "verkocht", SAYS_NOT_OURS }, { "overgedragen aan", SAYS_NOT_OURS },

	/* ---- unsubscribe */
	{ "afmelden", SAYS_UNSUBSCRIBE }, { "meld * af ", SAYS_UNSUBSCRIBE }, { "uitschrijven", SAYS_UNSUBSCRIBE }, { "schrijf * uit ", SAYS_UNSUBSCRIBE }, { "geen * meer te ontvangen", SAYS_UNSUBSCRIBE },
	{ "geen * meer ontvangen", SAYS_UNSUBSCRIBE }, { "geen berichten meer", SAYS_UNSUBSCRIBE }, { "geen mails meer", SAYS_UNSUBSCRIBE }, { "geen mail meer", SAYS_UNSUBSCRIBE }, { "geen e-mails meer", SAYS_UNSUBSCRIBE },
	{ "geen meldingen meer", SAYS_UNSUBSCRIBE }, { "geen waarschuwingen meer", SAYS_UNSUBSCRIBE }, { "stop met mailen", SAYS_UNSUBSCRIBE }, { "stop met * sturen", SAYS_UNSUBSCRIBE }, { "niet meer mailen", SAYS_UNSUBSCRIBE },
	{ "niet meer te mailen", SAYS_UNSUBSCRIBE }, { "verwijder * adres", SAYS_UNSUBSCRIBE }, { "adres * verwijderen", SAYS_UNSUBSCRIBE }, { "van de lijst", SAYS_UNSUBSCRIBE }, { "uit uw bestand", SAYS_UNSUBSCRIBE }, { "unsubscribe", SAYS_UNSUBSCRIBE },
	{ "remove me", SAYS_UNSUBSCRIBE }, { "remove us", SAYS_UNSUBSCRIBE }, { "remove this", SAYS_UNSUBSCRIBE }, { "remove our", SAYS_UNSUBSCRIBE }, { "remove my", SAYS_UNSUBSCRIBE }, { "from your mailing list", SAYS_UNSUBSCRIBE },
	{ "from your list", SAYS_UNSUBSCRIBE }, { "stop sending", SAYS_UNSUBSCRIBE }, { "stop mailing", SAYS_UNSUBSCRIBE }, { "stop emailing", SAYS_UNSUBSCRIBE }, { "no more mail", SAYS_UNSUBSCRIBE }, { "no more e-mail", SAYS_UNSUBSCRIBE },
	{ "no more messages", SAYS_UNSUBSCRIBE }, { "no further messages", SAYS_UNSUBSCRIBE }, { "do not mail", SAYS_UNSUBSCRIBE }, { "don't mail", SAYS_UNSUBSCRIBE },

	/* ---- call me */
	{ "bel mij", SAYS_CALL_ME }, { "bel me", SAYS_CALL_ME }, { "belt u mij", SAYS_CALL_ME }, { "mij bellen", SAYS_CALL_ME }, { "me bellen", SAYS_CALL_ME }, { "ons bellen", SAYS_CALL_ME }, { "iemand bellen", SAYS_CALL_ME },
	{ "mij even bellen", SAYS_CALL_ME }, { "terugbellen", SAYS_CALL_ME }, { "teruggebeld", SAYS_CALL_ME }, { "bel ons", SAYS_CALL_ME }, { "telefonisch contact", SAYS_CALL_ME }, { "per telefoon", SAYS_CALL_ME }, { "telefonisch te overleggen", SAYS_CALL_ME },
	{ "telefonisch overleg", SAYS_CALL_ME }, { "telefonisch bespreken", SAYS_CALL_ME }, { "graag gebeld", SAYS_CALL_ME }, { "contact met mij op", SAYS_CALL_ME }, { "contact met ons op", SAYS_CALL_ME }, { "call me", SAYS_CALL_ME }, { "call us", SAYS_CALL_ME },
	{ "give me a call", SAYS_CALL_ME }, { "give us a call", SAYS_CALL_ME }, { "phone me", SAYS_CALL_ME }, { "by phone", SAYS_CALL_ME }, { "over the phone", SAYS_CALL_ME }, { "ring me", SAYS_CALL_ME }, { "someone call", SAYS_CALL_ME },

	/* ---- resolved */
	{ "opgelost", SAYS_RESOLVED }, { "verholpen", SAYS_RESOLVED }, { "gefixt", SAYS_RESOLVED }, { "gefikst", SAYS_RESOLVED }, { "afgehandeld", SAYS_RESOLVED }, { "afgerond", SAYS_RESOLVED }, { "dichtgezet", SAYS_RESOLVED }, { "dicht gezet", SAYS_RESOLVED },
	{ "afgesloten", SAYS_RESOLVED }, { "gesloten", SAYS_RESOLVED }, { "gepatcht", SAYS_RESOLVED }, { "gepatched", SAYS_RESOLVED }, { "bijgewerkt", SAYS_RESOLVED }, { "geüpdatet", SAYS_RESOLVED }, { "geupdate", SAYS_RESOLVED }, { "geüpdate", SAYS_RESOLVED },
	{ "uitgeschakeld", SAYS_RESOLVED }, { "uitgezet", SAYS_RESOLVED }, { "offline gehaald", SAYS_RESOLVED }, { "van het net", SAYS_RESOLVED }, { "van internet gehaald", SAYS_RESOLVED }, { "niet meer bereikbaar", SAYS_RESOLVED }, { "niet langer bereikbaar", SAYS_RESOLVED },
	{ "staat niet meer open", SAYS_RESOLVED }, { "niet meer open", SAYS_RESOLVED }, { "weggewerkt", SAYS_RESOLVED }, { "dossier sluiten", SAYS_RESOLVED }, { "kwetsbaarheid weg", SAYS_RESOLVED }, { "lek is gedicht", SAYS_RESOLVED }, { "gedicht", SAYS_RESOLVED },
	{ "nieuwste versie", SAYS_RESOLVED }, { "laatste versie", SAYS_RESOLVED }, { "firewall * aangepast", SAYS_RESOLVED }, { "alleen nog via", SAYS_RESOLVED }, { "afgeschermd", SAYS_RESOLVED }, { "hersteld", SAYS_RESOLVED },
	{ "has been fixed", SAYS_RESOLVED }, { "is fixed", SAYS_RESOLVED }, { "we fixed", SAYS_RESOLVED }, { "i fixed", SAYS_RESOLVED }, { "have fixed", SAYS_RESOLVED }, { "now fixed", SAYS_RESOLVED }, { "been resolved", SAYS_RESOLVED }, { "is resolved", SAYS_RESOLVED },
	{ " resolved", SAYS_RESOLVED }, { " solved", SAYS_RESOLVED }, { " patched", SAYS_RESOLVED }, { "taken offline", SAYS_RESOLVED }, { "took it offline", SAYS_RESOLVED }, { "have closed", SAYS_RESOLVED }, { "has been closed", SAYS_RESOLVED }, { "port is closed", SAYS_RESOLVED }, { "no longer reachable", SAYS_RESOLVED },
	{ "no longer accessible", SAYS_RESOLVED }, { "no longer exposed", SAYS_RESOLVED }, { "been updated", SAYS_RESOLVED }, { "have updated", SAYS_RESOLVED }, { "been disabled", SAYS_RESOLVED }, { "been mitigated", SAYS_RESOLVED }, { "switched off", SAYS_RESOLVED }, { "shut down", SAYS_RESOLVED },
	{ "been secured", SAYS_RESOLVED }, { " fixed.", SAYS_RESOLVED }, { " fixed ", SAYS_RESOLVED },

	/* ---- received */
	{ "ontvangen", SAYS_RECEIVED }, { "binnengekregen", SAYS_RECEIVED }, { "in goede orde", SAYS_RECEIVED }, { "wij nemen actie", SAYS_RECEIVED }, { "we gaan * uitzoeken", SAYS_RECEIVED }, { "gaan het uitzoeken", SAYS_RECEIVED }, { "zoeken het uit", SAYS_RECEIVED },
	{ "kijken ernaar", SAYS_RECEIVED }, { "kijken hiernaar", SAYS_RECEIVED }, { "pakken het op", SAYS_RECEIVED }, { "pakken dit op", SAYS_RECEIVED }, { "in behandeling", SAYS_RECEIVED }, { "doorgezet", SAYS_RECEIVED }, { "doorgestuurd", SAYS_RECEIVED }, { "doorgegeven", SAYS_RECEIVED },
	{ "dank", SAYS_RECEIVED }, { "bedankt", SAYS_RECEIVED }, { "mee aan de slag", SAYS_RECEIVED }, { "aan de slag", SAYS_RECEIVED }, { "bij ons bekend", SAYS_RECEIVED }, { "genoteerd", SAYS_RECEIVED }, { "oppakken", SAYS_RECEIVED }, { "zijn ermee bezig", SAYS_RECEIVED },
	{ "mee bezig", SAYS_RECEIVED }, { "leverancier", SAYS_RECEIVED }, { "we gaan * kijken", SAYS_RECEIVED }, { "thank", SAYS_RECEIVED }, { "received", SAYS_RECEIVED }, { "looking into", SAYS_RECEIVED }, { "look into", SAYS_RECEIVED }, { "working on", SAYS_RECEIVED },
	{ "will investigate", SAYS_RECEIVED }, { "are investigating", SAYS_RECEIVED }, { "forwarded", SAYS_RECEIVED }, { "passed * on", SAYS_RECEIVED }, { "acknowledged", SAYS_RECEIVED }, { "noted", SAYS_RECEIVED }, { "on it", SAYS_RECEIVED },
	{ NULL, SAYS_COUNT },
};
