/*
 * answer_lexicon: words and their classes.
 */
#ifndef SEINPOST_ANSWER_LEXICON_H
#define SEINPOST_ANSWER_LEXICON_H

#include "base.h"
#include "span.h"

/* Classes of words; a word may have several.  W_START and W_END are the borders of a clause. */
enum word_class {
	W_NONE,
	W_WE,      /* the writer as subject */
	W_OUR,     /* the writer as owner or object */
	W_MINE,
	W_ME,      /* the writer as object */
	W_YOU,
	W_JIJ,     /* a colleague, not us */
	W_THIS,    /* articles and pronouns */
	W_IT,      /* pronouns */
	W_OF,      /* prepositions */
	W_VAN,
	W_UNDER,
	W_CONTACT,
	W_NEG,     /* without "geen", "niets" */
	W_BEHIND,
	W_ORG,
	W_TRY,
	W_DONE,
	W_AWAY,    /* particles of split verbs */
	W_NOT,
	W_NEVER,
	W_MORE,    /* "meer", "langer" */
	W_STILL,
	W_ALL,
	W_BE,
	W_HAVE,
	W_USE,     /* run, own, know */
	W_FUTURE,
	W_WANT,    /* can, will, would */
	W_LIKE,    /* please, rather */
	W_IF,
	W_DOUBT,
	W_DEVICE,  /* what may be somebody's */
	W_THING,   /* what may be repaired */
	W_PARTY,   /* who may repair it */
	W_MAIL,
	W_LIST,
	W_FIXED,   /* participles that are a repair by themselves */
	W_CHANGED, /* participles that are one with a W_THING */
	W_REPAIR,  /* any form of a verb of repair */
	W_SHUT,
	W_OFF,     /* is "off" at the end of a clause only */
	W_REACH,   /* how it must not be any more */
	W_UNSEEN,
	W_WHAT,
	W_BUT,
	W_CONCERN, /* what a mail does with what it is about */
	W_TEMP,
	W_AS,
	W_MIXUP,   /* what we may have made */
	W_WHETHER,
	W_AGAIN,
	W_HARM,    /* what attackers do, and they themselves */
	W_ENCRYPTED,
	W_DATA,
	W_LET,
	W_WENT,
	W_WITH,
	W_ONLY,
	W_VIA,
	W_STUDY,
	W_TAKE,    /* in hand */
	W_PASSED,
	W_PASSING,
	W_COME,
	W_GOT,
	W_STOP,
	W_SEND,
	W_CALL,
	W_CALLED,
	W_TEL,
	W_WRONG,
	W_NAME,    /* common surnames */
	W_ELSE,
	W_SOLD,
	W_BELONG,
	W_ACK,     /* small talk of receipts */
	W_HOLD,    /* where what is somebody's is listed */
	W_HERE,
	W_SAY,     /* how hearsay is told */
	W_ACCORDING,
	W_EVIDENCE, /* what may well be relied on */
	W_CONFIRM,
	W_HEAR,
	W_TELL,
	W_WISH,
	W_LANG,
	W_WHO,
	W_ONCE,    /* when something is to come */
	W_OTHER,   /* what a warning is never about */
	W_FOR,
	W_PREMISES, /* sold with all that is in it */
	W_LINE,    /* a device that may be given back: addresses, connections */
	W_BACK,
	W_GIVE,
	W_TAKEN,   /* over, or bought */
	W_MEASURE,
	W_DUMP,    /* where rubbish goes */
	W_NEW,
	W_SECRET,
	W_MFA,
	W_NEED,
	W_NOW,
	W_TODAY,   /* past or to come */
	W_SINCE,
	W_GONE,
	W_LOCAL,
	W_DENY,
	W_OUT,     /* off, without the rest of W_OFF */
	W_ORDER,   /* not delivered yet */
	W_OFFIT,
	W_ON,
	W_STAND,   /* how a device is in use */
	W_TO,
	W_COST,
	W_ROLLBACK,
	W_TIMES,
	W_FORMER,
	W_DELIBERATE,
	W_FRAUD,
	W_ALMOST,
	W_DEFENCE, /* no repair to switch off */
	W_MISTAKE,
	W_CLICKED,
	W_THEY,    /* persons, not things */
	W_WOULD,
	W_NOBODY,
	W_NEIGHBOUR,
	W_DISSOLVED,
	W_REQUIRE,
	W_PURPOSE,
	W_SUPPORT,
	W_ONGOING,
	W_NEXT,    /* beside */
	W_SPEAK,
	W_FROM,
	W_YOUR,
	W_BOX,     /* where mails go to */
	W_FILE,    /* where addresses are kept */
	W_CLIENT,  /* who may own what stands at the writer's */
	W_DECIDE,
	W_KEEP,
	W_SAME,
	W_LAST,
	W_YEAR,
	W_AGO,
	W_LEFT,    /* lists, and registers of other people */
	W_WAS,
	W_QUIT,    /* verbs with "uit", "af" behind */
	W_BLAME,   /* what lies with somebody without being handed over */
	W_LIE,
	W_ODD,     /* what people call our doing */
	W_PERIOD,  /* when devices are off every time */
	W_IDLE,
	W_KIND,    /* what a device is "of" without being owned */
	W_PULLED,
	W_MALWARE, /* what attackers leave behind */
	W_FILL,    /* says nothing: such words are not counted; a word's first class */
	/* found by their form or place, not in the lexicon */
	W_START,
	W_END,
	W_NUMBER,  /* a telephone number */
	W_DATE,    /* a year */
	W_COUNT,
};

enum { WORD_CLASSES = 6, WORD_MAX = 40 };

struct lexicon_word {
	const char *text;         /* lower case, without accents */
	uint8_t is[WORD_CLASSES]; /* W_NONE behind the last */
};

/* Each sorted by text; the name says the letters that its words begin with. */
extern const struct lexicon_word answer_lexicon_af[], answer_lexicon_gm[], answer_lexicon_ns[],
	answer_lexicon_tz[];
extern const size_t answer_lexicon_af_size, answer_lexicon_gm_size, answer_lexicon_ns_size,
	answer_lexicon_tz_size;

struct lexicon_ending {
	const char *text;
	size_t n; /* its bytes */
	uint8_t is[WORD_CLASSES];
};

extern const struct lexicon_ending answer_endings[]; /* of compounds; NULL at the end */

/* Words that are known with one slip of the keyboard too; NULL at the end. */
extern const char *const answer_mistyped[];

/* One letter left out, too many, wrong, or two swapped; of s the case is of no concern. */
bool word_nearly(struct span s, const char *word);

/*
 * Takes the next word of a text in the form of struct hay off its front, without hyphens and
 * apostrophes around it; empty where two marks stand together.  False at the end.
 */
bool word_take(struct span *rest, struct span *word);
/* The word without accents, cut; its length. */
size_t word_fold(char out[WORD_MAX], struct span word);
/* The classes of a folded word of n bytes, W_NONE behind the last; NULL for an unknown one. */
const uint8_t *word_classes(const char *word, size_t n);

#endif
