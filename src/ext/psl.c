/*
 * psl: public suffixes.
 *
 * Input: domains from registers (hostile, but in normal form and at most DOMAIN_MAX octets).
 */
#include "base.h"

#include <libpsl.h>

#include "psl.h"

bool psl_domain_is_public_suffix(const char *domain)
{
	const psl_ctx_t *list = psl_builtin();

	return list != NULL && psl_is_public_suffix(list, domain) == 1;
}
