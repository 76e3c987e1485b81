/*
 * answer_endings: words that are not in the lexicon: compounds by their end, slips of the keyboard.
 *
 * Input: none; constant data.
 */
#include "base.h"

#include "answer_lexicon.h"

#define END(text) text, sizeof(text) - 1

/* "praktijkserver", "softwareleverancier": what the word is in the end */
const struct lexicon_ending answer_endings[] = {
	{ END("server"), { W_THING, W_DEVICE } }, { END("servers"), { W_THING, W_DEVICE } },
	{ END("systeem"), { W_THING, W_DEVICE } }, { END("systemen"), { W_THING, W_DEVICE } },
	{ END("machine"), { W_THING, W_DEVICE } }, { END("camera"), { W_THING, W_DEVICE } },
	{ END("router"), { W_THING, W_DEVICE } },
	{ END("omgeving"), { W_THING, W_DEVICE } }, { END("poort"), { W_THING } },
	{ END("pagina"), { W_THING } },
	{ END("apparaat"), { W_THING, W_DEVICE } }, { END("wachtwoord"), { W_THING } },
	{ END("leverancier"), { W_PARTY } }, { END("beheerder"), { W_PARTY } },
	{ END("beheer"), { W_PARTY } },
	{ END("partner"), { W_PARTY } }, { END("partij"), { W_PARTY } },
	{ END("bedrijf"), { W_PARTY } },
	{ END("afdeling"), { W_PARTY } }, { END("team"), { W_PARTY } },
	{ END("desk"), { W_PARTY } },
	{ END("-man"), { W_PARTY } }, { END("zoon"), { W_PARTY } }, { END("dochter"), { W_PARTY } },
	{ END("bouwer"), { W_PARTY } }, { END("dienst"), { W_PARTY } },
	{ END("manager"), { W_PARTY } },
	{ END("leider"), { W_PARTY } }, { END("-boer"), { W_PARTY } },
	{ END("jongen"), { W_PARTY } },
	{ END("lijst"), { W_LIST } }, { END("bestand"), { W_LIST } },
	{ END("monteur"), { W_PARTY } }, { END("technicus"), { W_PARTY } },
	{ END("ontwikkelaar"), { W_PARTY } }, { END("provider"), { W_PARTY } },
	{ END("specialist"), { W_PARTY } }, { END("engineer"), { W_PARTY } },
	{ END("installateur"), { W_PARTY } }, { END("coordinator"), { W_PARTY } },
	{ END("commissie"), { W_PARTY } }, { END("kastje"), { W_THING, W_DEVICE } },
	{ END("computer"), { W_THING, W_DEVICE } }, { END("laptop"), { W_THING, W_DEVICE } },
	{ END("netwerk"), { W_THING, W_DEVICE } }, { END("website"), { W_THING, W_DEVICE } },
	{ END("firewall"), { W_THING, W_DEVICE } }, { END("modem"), { W_THING, W_DEVICE } },
	{ END("-doos"), { W_THING, W_DEVICE } }, { END("club"), { W_ORG } },
	{ END("bureau"), { W_PARTY } },
	{ END("support"), { W_PARTY } }, { END("versie"), { W_THING } },
	{ END("versies"), { W_THING } },
	{ END("praktijk"), { W_ORG } }, { END("school"), { W_ORG } },
	{ END("vereniging"), { W_ORG } }, { END("stichting"), { W_ORG } },
	{ NULL, 0, { W_NONE } },
};

const char *const answer_mistyped[] = {
	"opgelost", "verholpen", "ontvangen", "doorgestuurd", "doorgegeven", "afmelden",
	"uitschrijven", "uitgeschakeld", "bijgewerkt", "verwijderd", "afgesloten", "dichtgezet",
	"gepatcht", "geblokkeerd", "vervangen", "terugbellen", "onderzoeken", "genoteerd",
	"resolved", "received", "unsubscribe", "forwarded", "disabled", "patched", "removed",
	NULL,
};
