/*
 * answer_rules_doubt: what takes a claim back: doubt, hearsay, other matters, other times.
 *
 * One line a rule, with the sentence that it was made for.
 * Input: none; constant data.
 */
#include "base.h"

#include "answer_grammar.h"

const struct answer_rule answer_rules_doubt[] = {
	/* ---- doubt */
	{ SAYS_IF, "mocht het niet van ons zijn", { W_START, W_IF | NEAR } },
	{ SAYS_UNCLEAR, "zou opgelost moeten zijn", { W_DOUBT, W_FIXED | GAP } },
	{ SAYS_UNCLEAR, "it might not be ours", { W_DOUBT, W_NEG | NEAR, W_OUR | GAP } },
	{ SAYS_UNCLEAR, "fixed, I think", { W_FIXED, W_DOUBT | GAP } },

	/* ---- somebody else says so; we are to say so */
	{ SAYS_UNCLEAR, "per ongeluk geantwoord", { W_MISTAKE | ANY, W_CLICKED | ANY } },
	{ SAYS_UNSURE, "onze leverancier zegt", { W_PARTY, W_SAY | NEAR } },
	{ SAYS_UNSURE, "zegt onze leverancier", { W_SAY, W_PARTY | NEAR, W_WE | LACKS } },
	{ SAYS_UNSURE, "hij zegt", { W_THEY, W_SAY } },
	{ SAYS_UNSURE, "zegt hij", { W_SAY, W_THEY } },
	{ SAYS_UNSURE, "I was told", { W_WE, W_BE | NEAR, W_SAY | NEAR } },
	{ SAYS_NOT_RECEIVED, "I was told", { W_WE, W_BE | NEAR, W_SAY | NEAR } },
	{ SAYS_UNSURE, "uw meting deugt niet",
	  { W_YOUR, W_MEASURE | NEAR, W_NEG | GAP, W_MORE | LACKS } },
	{ SAYS_UNSURE, "onbereikbaar sinds jullie mail", { W_SINCE, W_YOUR } },
	{ SAYS_NOT_RESOLVED, "ons adres is veranderd",
	  { W_OUR, W_LINE | NEAR, W_BE | NEAR, W_CHANGED | NEAR } },
	{ SAYS_NOT_RESOLVED, "I'd have closed it", { W_WOULD, W_HAVE | NEAR, W_CHANGED | GAP } },
	{ SAYS_NOT_RESOLVED, "I'd have fixed it", { W_WOULD, W_HAVE | NEAR, W_FIXED | GAP } },
	{ SAYS_NOT_RESOLVED, "wij zijn gestopt", { W_WE, W_BE | NEAR, W_CHANGED | NEAR } },
	{ SAYS_NOT_RESOLVED, "de praktijk is gesloten",
	  { W_PREMISES, W_BE | NEAR, W_CHANGED | NEAR } },
	{ SAYS_NOT_RESOLVED, "de virusscanner is uitgeschakeld",
	  { W_DEFENCE, W_BE | NEAR, W_FIXED | GAP } },
	{ SAYS_UNSURE, "expres zo ingesteld", { W_DELIBERATE } },
	{ SAYS_NOT_RESOLVED, "bewust open gezet",
	  { W_REACH, W_CHANGED | NEAR, W_NOT | LACKS, W_ONLY | LACKS } },
	{ SAYS_NOT_RESOLVED, "bijna opgelost", { W_ALMOST } },
	{ SAYS_NOT_RECEIVED, "reported as phishing", { W_FRAUD } },
	{ SAYS_NOT_RECEIVED, "u moet het oplossen", { W_START, W_YOU, W_FUTURE } },
	{ SAYS_UNSURE, "de update is teruggedraaid", { W_ROLLBACK | ANY, W_REPAIR | ANY } },
	{ SAYS_UNSURE, "we rolled it back", { W_ROLLBACK, W_IT | NEAR, W_BACK } },
	{ SAYS_NOT_RECEIVED, "vier keer ontvangen", { W_TIMES | ANY, W_GOT | ANY } },
	{ SAYS_NOT_RECEIVED, "we can fix this for you", { W_FOR, W_YOU } },
	{ SAYS_UNSURE, "geen computers gezien", { W_NOT, W_DEVICE | NEAR, W_GOT | NEAR } },
	{ SAYS_NOT_RESOLVED, "de server vervangen kost 4000 euro", { W_COST } },
	{ SAYS_NOT_RESOLVED, "wij zijn niet meer bereikbaar",
	  { W_WE, W_BE | NEAR, W_NOT | NEAR, W_MORE, W_REACH | NEAR } },
	{ SAYS_NOT_RESOLVED, "before this can be fixed", { W_ONCE, W_FIXED | GAP } },
	{ SAYS_NOT_RESOLVED, "can be fixed", { W_WANT, W_BE | NEAR, W_FIXED | NEAR } },
	{ SAYS_NOT_RESOLVED, "kan opgelost worden", { W_WANT, W_FIXED | NEAR, W_BE } },
	{ SAYS_UNSURE, "onze beheerder heeft gezegd", { W_PARTY, W_HAVE | NEAR, W_SAY | GAP } },
	{ SAYS_UNSURE, "volgens Piet", { W_ACCORDING, W_EVIDENCE | LACKS, W_YOU | LACKS } },
	{ SAYS_NOT_RESOLVED, "graag bevestigen", { W_LIKE, W_CONFIRM | NEAR } },
	{ SAYS_NOT_RESOLVED, "bevestig dat", { W_START, W_CONFIRM } },
	{ SAYS_NOT_RESOLVED, "kunt u bevestigen", { W_WANT, W_YOU | NEAR, W_CONFIRM | GAP } },
	{ SAYS_NOT_RESOLVED, "graag horen", { W_LIKE, W_HEAR | GAP } },
	{ SAYS_NOT_RESOLVED, "wil vrijdag horen", { W_WISH, W_HEAR | GAP, W_YOU | LACKS } },
	{ SAYS_NOT_RESOLVED, "wil van je horen", { W_WISH, W_VAN | GAP, W_YOU, W_HEAR } },
	{ SAYS_NOT_RESOLVED, "laat me weten", { W_ME, W_HEAR } },

	{ SAYS_NOT_RESOLVED, "dacht dat het opgelost was", { W_DOUBT, W_FIXED | GAP } },
	{ SAYS_UNSURE, "no equipment to test this with", { W_NOT, W_DEVICE | NEAR, W_PURPOSE } },
	{ SAYS_NOT_RECEIVED, "graag een bevestiging", { W_LIKE, W_CONFIRM | NEAR } },
	{ SAYS_NOT_RECEIVED, "willen blijven ontvangen", { W_WISH, W_GOT | GAP } },
	{ SAYS_NOT_RECEIVED, "u bent verkeerd ingelicht", { W_YOU, W_BE, W_PASSED | NEAR } },
	{ SAYS_NOT_RECEIVED, "nog niet gezien", { W_NOT, W_GOT | NEAR } },

	{ SAYS_OURS, "wij hebben dit adres overgenomen",
	  { W_WE, W_HAVE | NEAR, W_TAKEN | GAP, W_VAN } },

	/* ---- about something else */
	{ SAYS_NOT_RESOLVED, "de vergadering is verplaatst", { W_OTHER } },
	{ SAYS_NOT_RECEIVED, "de factuur is ontvangen", { W_OTHER } },
	{ SAYS_NOT_RECEIVED, "received this in Dutch", { W_LANG } },
	{ SAYS_UNCLEAR, "it is back on", { W_IT, W_BE | NEAR, W_BACK, W_ON | NEAR, W_END } },

	/* ---- decided to do nothing */
	{ SAYS_UNCLEAR, "laten de situatie zoals zij is",
	  { W_KEEP, W_SAME | GAP, W_NEG | LACKS, W_HEAR | LACKS } },
	{ SAYS_UNCLEAR, "besloten niets te veranderen", { W_DECIDE, W_NOT | GAP, W_MORE | LACKS } },
	{ SAYS_UNCLEAR, "kiezen ervoor het zo te laten", { W_DECIDE, W_KEEP | GAP, W_END } },
	{ SAYS_UNCLEAR, "wordt niets aan gewijzigd",
	  { W_BE, W_NOT | NEAR, W_CHANGED | NEAR, W_END, W_STILL | LACKS } },

	/* ---- long ago, each time, of no concern */
	{ SAYS_NOT_RESOLVED, "vorig jaar vernieuwd",
	  { W_LAST, W_YEAR, W_THING | ANY, W_VAN | LACKS } },
	{ SAYS_NOT_RESOLVED, "twee jaar geleden vervangen",
	  { W_YEAR, W_AGO, W_TODAY | LACKS } },
	{ SAYS_NOT_RESOLVED, "de poort is 's nachts dicht",
	  { W_BE, W_PERIOD | NEAR, W_SHUT | NEAR, W_END, W_SINCE | LACKS } },
	{ SAYS_NOT_RESOLVED, "in 2023 bijgewerkt", { W_UNDER, W_DATE } },
	{ SAYS_NOT_RESOLVED, "tijdens de vakantie is alles uitgeschakeld",
	  { W_START, W_PERIOD | GAP, W_BE | NEAR, W_IDLE | GAP, W_END, W_FORMER | LACKS } },
	{ SAYS_NOT_RESOLVED, "'s nachts staat hij uit",
	  { W_START, W_PERIOD | GAP, W_BE | NEAR, W_OUT | GAP, W_END, W_FORMER | LACKS } },
	{ SAYS_NOT_RECEIVED, "ik vind dit merkwaardig", { W_ODD } },
	{ SAYS_UNCLEAR, "dit is phishing", { W_BE, W_FRAUD | GAP, W_END, W_NOT | LACKS } },
	{ SAYS_UNCLEAR, "phishing", { W_START, W_FRAUD | NEAR, W_END, W_NOT | LACKS } },
	{ SAYS_UNSURE, "we hebben hem weer teruggedraaid",
	  { W_HAVE | ANY, W_IT, W_ROLLBACK | NEAR } },
	{ SAYS_NOT_RESOLVED, "uw bericht is verplaatst", { W_MAIL, W_BE | NEAR, W_CHANGED | GAP } },
	{ SAYS_NOT_RESOLVED, "ons bedrijf is gestopt",
	  { W_OUR, W_ORG | NEAR, W_BE | NEAR, W_CHANGED | GAP } },
	/* ---- the attackers were there */
	{ SAYS_HARM, "wij zijn gehackt", { W_HARM, W_NOT | LACKS, W_IF | LACKS, W_WOULD | LACKS } },
	{ SAYS_HARM, "alle bestanden zijn versleuteld",
	  { W_DATA | ANY, W_ENCRYPTED | ANY, W_NOT | LACKS } },
	{ SAYS_HARM, "alles versleuteld", { W_START, W_ALL, W_ENCRYPTED | NEAR, W_END } },
	{ SAYS_HARM, "onze bestanden zijn verwijderd",
	  { W_OUR, W_DATA | NEAR, W_BE | NEAR, W_CHANGED | GAP } },
	{ SAYS_HARM, "onze bestanden zijn weg", { W_DATA, W_BE | NEAR, W_GONE | NEAR } },
	{ SAYS_HARM, "someone changed our password",
	  { W_START, W_YOU, W_CHANGED, W_OUR, W_SECRET | NEAR } },
	{ SAYS_HARM, "wachtwoord is gewijzigd door iemand anders",
	  { W_SECRET | ANY, W_CHANGED, W_OF, W_YOU, W_ELSE } },
	{ SAYS_NOT_RESOLVED, "de winkel is dicht",
	  { W_PREMISES, W_BE | NEAR, W_SHUT | NEAR, W_END } },
	{ SAYS_COUNT, NULL, { W_NONE } },
};
