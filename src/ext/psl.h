/*
 * psl: public suffixes, "co.uk" and the like: domains under which everybody can register (libpsl,
 * its built-in list).
 */
#ifndef SEINPOST_PSL_H
#define SEINPOST_PSL_H

#include "base.h"

/*
 * Is domain (in normal form, domain.h) a public suffix?  Those that companies run for their
 * customers ("github.io") count as well: what is below them belongs to others.  An unknown
 * top-level domain is one; false for all where libpsl was built without a list.
 */
bool psl_domain_is_public_suffix(const char *domain);

#endif
