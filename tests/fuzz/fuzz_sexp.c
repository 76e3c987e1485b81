/*
 * fuzz_sexp: any bytes as gpg-agent's answer to PKSIGN; what is accepted goes on into a packet.
 */
#include "test.h"

#include "buf.h"
#include "openpgp_packet.h"
#include "sexp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct openpgp_signature s = { .algorithm = OPENPGP_RSA };
	const uint8_t digest[32] = { 0 };
	struct sexp_signature answer;
	struct buf packet = BUF_INIT, armour = BUF_INIT;

	if (!sexp_signature(&answer, span_of(data, n)))
		return 0;
	for (size_t i = 0; i < answer.n; i++)
		if (answer.number[i].p < (const char *)data ||
		    answer.number[i].end > (const char *)data + n)
			abort();
	openpgp_signature_packet(&packet, &s, digest, answer.number, answer.n);
	openpgp_armour(&armour, "PGP SIGNATURE", packet.s, packet.len);
	buf_clear(&packet);
	buf_clear(&armour);
	return 0;
}
