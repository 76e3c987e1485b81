/*
 * test_openpgp: the bytes around a signature, and the agent's side of the talk, table by table.
 */
#include "test.h"

#include <sys/socket.h>
#include <unistd.h>

#include "agent_link.h"
#include "buf.h"
#include "openpgp_packet.h"
#include "sexp.h"
#include "span.h"

#define R32 "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr"
#define S32 "ssssssssssssssssssssssssssssssss"

static void answers_are_read_strictly(void **state)
{
	static const struct {
		const char *answer;
		int algorithm; /* 0: refused */
	} cases[] = {
		{ "(7:sig-val(5:eddsa(1:r32:" R32 ")(1:s32:" S32 ")))", OPENPGP_EDDSA },
		{ "(7:sig-val(3:rsa(1:s4:abcd)))", OPENPGP_RSA },
		{ "(7:sig-val(3:rsa(1:s10:(((((:)))))))", OPENPGP_RSA },
		{ "", 0 },
		{ "(", 0 },
		{ "(7:sig-val(3:rsa(1:s4:abcd)))x", 0 },
		{ "(7:sig-val(3:rsa(1:s4:abcd))", 0 },
		{ "(7:sig-val(3:rsa(1:s4:abc", 0 },
		{ "(7:sig-val(3:rsa(1:s5:abcd)))", 0 },
		{ "(7:sig-val(3:rsa(1:s0:)))", 0 },
		{ "(7:sig-val(3:rsa(1:s:abcd)))", 0 },
		{ "(7:sig-val(3:rsa(1:s04:abcd)))", 0 },
		{ "(7:sig-val(3:rsa(1:s99999999999999999999:abcd)))", 0 },
		{ "(7:sig-val(3:rsa(1:s18446744073709551617:a)))", 0 },
		{ "(7:sig-val(3:rsa(1:r4:abcd)))", 0 },
		{ "(7:sig-val(3:rsa(1:s4:abcd))(4:hash3:abc))", 0 },
		{ "(7:sig-val(3:dsa(1:r4:abcd)(1:s4:abcd)))", 0 },
		{ "(7:sig-val(5:ecdsa(1:r4:abcd)(1:s4:abcd)))", 0 },
		{ "(7:sig-val(5:eddsa(1:r31:rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr)(1:s32:" S32 ")))", 0 },
		{ "(7:sig-val(5:eddsa(1:s32:" S32 ")(1:r32:" R32 ")))", 0 },
		{ "(7:sig-val(5:eddsa(1:r32:" R32 ")))", 0 },
		{ "(11:private-key(3:rsa(1:s4:abcd)))", 0 },
		{ " (7:sig-val(3:rsa(1:s4:abcd)))", 0 },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		size_t n = strlen(cases[i].answer);
		char *copy = exact_copy(cases[i].answer, n);
		struct sexp_signature s;
		bool ok = sexp_signature(&s, span_of(copy, n));

		assert_int_equal(ok, cases[i].algorithm != 0);
		if (ok) {
			assert_int_equal(s.algorithm, cases[i].algorithm);
			assert_int_equal(s.n, s.algorithm == OPENPGP_RSA ? 1 : 2);
		}
		free(copy);
	}
}

/* RFC 4880 6.1's polynomial over known bytes; the sums by an independent implementation. */
static void armour_has_its_checksum(void **state)
{
	static const struct {
		const char *bytes, *want;
	} cases[] = {
		{ "", "-----BEGIN X-----\n\n=twTO\n-----END X-----\n" },
		{ "123456789", "-----BEGIN X-----\n\nMTIzNDU2Nzg5\n=Ic8C\n-----END X-----\n" },
	};
	char bytes[49];
	struct buf out = BUF_INIT;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		buf_reset(&out);
		openpgp_armour(&out, "X", cases[i].bytes, strlen(cases[i].bytes));
		assert_string_equal(out.s, cases[i].want);
	}
	memset(bytes, 0, sizeof(bytes));
	buf_reset(&out);
	openpgp_armour(&out, "X", bytes, sizeof(bytes));
	/* 64 characters a line, the 49th octet on the next */
	assert_int_equal(strcspn(out.s + 19, "\n"), 64);
	assert_true(strncmp(out.s + 19 + 65, "AA==\n=", 6) == 0);
	buf_clear(&out);
}

static void packet_has_its_layout(void **state)
{
	static const uint8_t want[] = {
		0xc2, 58, /* signature, new format */
		4,    0,    OPENPGP_EDDSA,
		8,    0,    29, /* version, type, algorithms, hashed */
		22,   33,   4,
		1,    2,    3,
		4,    5,    6,
		7,    8,    9,
		10, /* issuer fingerprint */
		11,   12,   13,
		14,   15,   16,
		17,   18,   19,
		20,   5,    2,
		0x6a, 0x5b, 0x4c,
		0x3d, /* created */
		0,    10,   9,
		16,   13,   14,
		15,   16,   17,
		18,   19,   20, /* unhashed: issuer */
		0xaa, 0xbb,     /* left two octets */
		0,    9,    0x01,
		0xff, /* 9 bits: zeros in front dropped */
		0,    3,    0x05,
		0,    0, /* 3 bits; and nothing at all */
	};
	static const char r[] = { 0, 0, 1, (char)0xff }, s[] = { 5 }, zero[] = { 0, 0 };
	const struct span number[] = { span_of(r, 4), span_of(s, 1), span_of(zero, 2) };
	struct openpgp_signature sig = { .algorithm = OPENPGP_EDDSA, .created = 0x6a5b4c3d };
	uint8_t digest[32] = { 0xaa, 0xbb }, tail[OPENPGP_TAIL];
	struct buf out = BUF_INIT;

	UNUSED(state);
	for (uint8_t i = 0; i < OPENPGP_FINGERPRINT; i++)
		sig.fingerprint[i] = i + 1;
	openpgp_signature_tail(tail, &sig);
	assert_memory_equal(tail, want + 2, 35);
	assert_memory_equal(tail + 35, "\x04\xff\0\0\0\x23", 6);
	openpgp_signature_packet(&out, &sig, digest, number, 3);
	assert_int_equal(out.len, sizeof(want));
	assert_memory_equal(out.s, want, sizeof(want));
	buf_clear(&out);
}

/* Two octets of length from 192 on. */
static void long_packets_say_their_length(void **state)
{
	char big[512];
	const struct span number = span_of(big, sizeof(big));
	struct openpgp_signature sig = { .algorithm = OPENPGP_RSA };
	uint8_t digest[32] = { 0 };
	struct buf out = BUF_INIT;
	size_t len;

	UNUSED(state);
	memset(big, 0x7f, sizeof(big));
	openpgp_signature_packet(&out, &sig, digest, &number, 1);
	len = (((size_t)(uint8_t)out.s[1] - 192) << 8) + (uint8_t)out.s[2] + 192;
	assert_int_equal(len, out.len - 3);
	assert_int_equal((uint8_t)out.s[0], 0xc2);
	buf_clear(&out);
}

/* What the agent says, all at once, and what becomes of the command. */
static void agents_are_not_trusted(void **state)
{
	static const struct {
		const char *answer, *data;
		int rc;
		bool open_after;
	} cases[] = {
		{ "OK\n", "", 0, true },
		{ "OK closing down\n", "", 0, true },
		{ "S PROGRESS x\n# comment\nD ab%25%0A\nD c\nOK\n", "ab%\nc", 0, true },
		{ "INQUIRE PINENTRY_LAUNCHED 1\nOK\n", "", 0, true },
		{ "INQUIRE PASSPHRASE\nERR 67109139 canceled\n", "", ERR_TEMP, true },
		{ "ERR 67108881 No secret key\n", "", ERR_TEMP, true },
		{ "D ab%2\nOK\n", NULL, ERR_PERM, false },
		{ "D ab%zz\nOK\n", NULL, ERR_PERM, false },
		{ "D ab%\nOK\n", NULL, ERR_PERM, false },
		{ "HELLO\n", NULL, ERR_PERM, false },
		{ "OKAY\n", NULL, ERR_PERM, false },
		{ "", NULL, ERR_TEMP, false },
		{ "OK", NULL, ERR_TEMP, false },
		{ "D half", NULL, ERR_TEMP, false },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct agent_link l = AGENT_LINK_INIT;
		struct buf data = BUF_INIT;
		struct err e = ERR_INIT;
		int fd[2];

		assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
		agent_use(&l, fd[0]);
		assert_int_equal(write(fd[1], cases[i].answer, strlen(cases[i].answer)),
		                 strlen(cases[i].answer));
		assert_int_equal(shutdown(fd[1], SHUT_WR), 0);
		assert_int_equal(agent_command(&l, "NOP", &data, &e), cases[i].rc);
		assert_int_equal(l.fd >= 0, cases[i].open_after);
		if (cases[i].data != NULL)
			assert_string_equal(data.s, cases[i].data);
		agent_close(&l);
		assert_int_equal(agent_command(&l, "NOP", &data, &e), ERR_TEMP);
		close(fd[1]);
		buf_clear(&data);
	}
}

/* Both answers are read, whatever the first was: the next command must not find the rest of this
 * one. */
static void two_commands_have_two_answers(void **state)
{
	static const struct {
		const char *answers, *data;
		int rc;
		bool open_after;
	} cases[] = {
		{ "OK\nD ab\nOK\n", "ab", 0, true },
		{ "ERR 1 no\nD ab\nOK\n", "ab", ERR_TEMP, true },
		{ "OK\nERR 2 no\n", "", ERR_TEMP, true },
		{ "HELLO\n", "", ERR_PERM, false },
		{ "OK\n", "", ERR_TEMP, false },
		{ "D data where none may be\nOK\nOK\n", "", ERR_PERM, false },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct agent_link l = AGENT_LINK_INIT;
		struct buf data = BUF_INIT;
		struct err e = ERR_INIT;
		char sent[16] = "";
		int fd[2];

		assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
		agent_use(&l, fd[0]);
		assert_int_equal(write(fd[1], cases[i].answers, strlen(cases[i].answers)),
		                 strlen(cases[i].answers));
		assert_int_equal(shutdown(fd[1], SHUT_WR), 0);
		assert_int_equal(agent_send_pair(&l, "ONE", "TWO", &e), 0);
		assert_int_equal(agent_read_pair(&l, &data, &e), cases[i].rc);
		assert_int_equal(l.fd >= 0, cases[i].open_after);
		assert_string_equal(data.s, cases[i].data);
		assert_int_equal(read(fd[1], sent, sizeof(sent)), 8);
		assert_memory_equal(sent, "ONE\nTWO\n", 8);
		agent_close(&l);
		close(fd[1]);
		buf_clear(&data);
	}
}

/* Two pairs under way: their answers come in order, and nothing is believed behind an error. */
static void pairs_are_not_mixed_up(void **state)
{
	static const struct {
		const char *answers, *first, *second;
		int rc, rc2;
	} cases[] = {
		{ "OK\nD ab\nOK\nOK\nD cd\nOK\n", "ab", "cd", 0, 0 },
		{ "OK\nD ab\nOK\nOK\nERR 2 no\n", "ab", "", 0, ERR_TEMP },
		{ "OK\nERR 2 no\nOK\nD cd\nOK\n", "", "", ERR_TEMP, ERR_TEMP },
		{ "ERR 1 no\nD ab\nOK\nOK\nD cd\nOK\n", "ab", "", ERR_TEMP, ERR_TEMP },
		/* nobody can be asked in between */
		{ "OK\nINQUIRE PINENTRY_LAUNCHED 1\nD ab\nOK\nOK\nD cd\nOK\n", "", "", ERR_PERM,
		  ERR_TEMP },
		{ "OK\nD ab\nOK\nOK\nINQUIRE PINENTRY_LAUNCHED 1\nD cd\nOK\n", "ab", "cd", 0, 0 },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct agent_link l = AGENT_LINK_INIT;
		struct buf data = BUF_INIT;
		struct err e = ERR_INIT;
		int fd[2];

		assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
		agent_use(&l, fd[0]);
		assert_int_equal(write(fd[1], cases[i].answers, strlen(cases[i].answers)),
		                 strlen(cases[i].answers));
		assert_int_equal(agent_send_pair(&l, "ONE", "TWO", &e), 0);
		assert_int_equal(agent_send_pair(&l, "ONE", "TWO", &e), 0);
		assert_int_equal(agent_read_pair(&l, &data, &e), cases[i].rc);
		assert_string_equal(data.s, cases[i].first);
		assert_int_equal(agent_read_pair(&l, &data, &e), cases[i].rc2);
		assert_string_equal(data.s, cases[i].second);
		agent_close(&l);
		close(fd[1]);
		buf_clear(&data);
	}
}

static void agents_meet_limits(void **state)
{
	struct agent_link l = AGENT_LINK_INIT;
	struct buf text = BUF_INIT, data = BUF_INIT;
	struct err e = ERR_INIT;
	int fd[2];

	UNUSED(state);
	/* a line without end */
	for (int i = 0; i < AGENT_LINE + 1; i++)
		buf_addch(&text, 'x');
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	agent_use(&l, fd[0]);
	assert_int_equal(write(fd[1], text.s, text.len), text.len);
	assert_int_equal(agent_command(&l, "NOP", &data, &e), ERR_PERM);
	assert_int_equal(l.fd, -1);
	close(fd[1]);
	/* data without end */
	buf_reset(&text);
	while (text.len < 2 * AGENT_ANSWER_MAX)
		buf_addstr(&text,
		           "D aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n");
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	agent_use(&l, fd[0]);
	assert_int_equal(write(fd[1], text.s, text.len), text.len);
	assert_int_equal(agent_command(&l, "NOP", &data, &e), ERR_PERM);
	assert_true(data.len <= AGENT_ANSWER_MAX);
	close(fd[1]);
	/* a socket that nobody listens at */
	assert_int_equal(agent_open(&l, "/nonexistent/S.gpg-agent", &e), ERR_TEMP);
	assert_int_equal(l.fd, -1);
	buf_clear(&text);
	buf_clear(&data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_read_strictly),
		cmocka_unit_test(armour_has_its_checksum),
		cmocka_unit_test(packet_has_its_layout),
		cmocka_unit_test(long_packets_say_their_length),
		cmocka_unit_test(agents_are_not_trusted),
		cmocka_unit_test(two_commands_have_two_answers),
		cmocka_unit_test(pairs_are_not_mixed_up),
		cmocka_unit_test(agents_meet_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
