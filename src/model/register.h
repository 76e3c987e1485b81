/*
 * register: who can be warned, how to reach them, and what they own.
 *
 * Strings are borrowed (usually from an arena) and never NULL: what is not known is "".
 * There is no kind, size or branch of a company, on purpose (data minimisation).
 */
#ifndef SEINPOST_REGISTER_H
#define SEINPOST_REGISTER_H

#include "base.h"
#include "ip.h"

enum company_status { COMPANY_PARTICIPANT, COMPANY_FOUND };
extern const char *const company_status_words[];

enum language { LANGUAGE_NL, LANGUAGE_EN };
extern const char *const language_words[];

struct company {
	int64_t id;
	const char *ref;  /* the register's own key: letters, digits, '-', '_', '.'; unique */
	const char *name; /* as the company writes it, UTF-8 */
	enum company_status status;
	enum language language;
	bool vital; /* warned by another organisation: never mailed, listed for hand-over */
	const char *partner;  /* ref of the company that may receive this one's warnings, or "" */
};

enum contact_kind { CONTACT_MAIL, CONTACT_PHONE };
extern const char *const contact_kind_words[];

enum contact_state { CONTACT_UNPROVEN, CONTACT_PROVEN, CONTACT_DOUBTFUL, CONTACT_INVALID };
extern const char *const contact_state_words[];

struct contact {
	int64_t id, company_id;
	enum contact_kind kind;
	const char *value;    /* normal mail address, or telephone number as "+31 10 1234567" */
	const char *name;     /* whom to ask for, or "" */
	const char *role;     /* "security", "administrator", "director", ... or "" */
	int rank;             /* 1 is tried first; 1..999 */
	const char *source;   /* where it came from: "register", "security.txt", "rdap", ... */
	int64_t source_date;  /* when, 0 = not known */
	const char *language; /* "nl", "en", or "" for the company's */
	const char *pgp;      /* OpenPGP fingerprint, 40 upper-case hex digits, or "" */
	enum contact_state state;
	int score;            /* soft failures, decays; see validity.h */
	int64_t score_at;
};

enum asset_kind { ASSET_NETWORK, ASSET_DOMAIN };
extern const char *const asset_kind_words[];

struct asset {
	int64_t id, company_id;
	enum asset_kind kind;
	struct ip_range range; /* ASSET_NETWORK */
	const char *text;      /* the range or the domain in normal form */
};

/* Lengths the register accepts, in octets. */
enum { REF_MAX = 64, NAME_MAX_OCTETS = 200, ROLE_MAX = 64, SOURCE_MAX = 64, PHONE_MAX = 32 };

/* 1..REF_MAX letters, digits, '-', '_', '.'; begins with a letter or digit. */
bool ref_valid(const char *s);
/* 40 or 64 hex digits with optional blanks, and an optional "0x", to upper case without them; false
 * where it is none. */
bool fingerprint_normalise(char out[65], const char *s);

#endif
