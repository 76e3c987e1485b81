/*
 * test_advice: the rules that choose the advice, and the ones shipped.
 */
#include "intake_case.h"

static void rules_parse_and_fit(void **state)
{
	static const char text[] =
		"# comment\n\nscan*_x\t*\t*Shell*\tcompromised-system\tyes\tcritical\n"
		"scan*_x\tid\t\t*\tgeneric\tno\tlow\r\n*\ta*b*c\t*\topen-rdp\tno\tinfo";
	static const struct { const char *type, *identifier, *tag, *want; } cases[] = {
		{ "scan_x", "q", "webshell", "compromised-system" },
		{ "scan6_x", "q", "shell", "compromised-system" },
		{ "scan6_x", "id", "other", "generic" },
		{ "scan6_x", "id", NULL, "generic" },
		{ "scan6_xy", "id", NULL, NULL },
		{ "any", "abc", NULL, "open-rdp" },
		{ "any", "a--bb--cc", NULL, "open-rdp" },
		{ "any", "abcd", NULL, NULL },
		{ "any", "", NULL, NULL },
	};
	struct arena a = ARENA_INIT;
	struct advice_rules rules;
	struct err e = ERR_INIT;

	UNUSED(state);
	assert_int_equal(advice_rules_parse(&rules, &a, text, sizeof(text) - 1, "t", &e), 0);
	assert_int_equal(rules.n, 3);
	assert_true(rules.rule[0].compromised);
	assert_int_equal(rules.rule[1].severity, SEVERITY_LOW);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct advice_rule *r = advice_rules_find(&rules, cases[i].type,
		                                                cases[i].identifier, &cases[i].tag,
		                                                cases[i].tag != NULL);

		assert_string_equal(r ? r->advice : "none", cases[i].want ? cases[i].want : "none");
	}
	arena_clear(&a);
}

static void wrong_rules_name_their_line(void **state)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "*\t*\t*\tgeneric\tno\n", "t:1: 5 columns" },
		{ "#\n*\t*\t*\tgeneric\tno\tlow\tx\n", "t:2: more than six" },
		{ "* * * generic no low\n", "t:1: 1 columns" },
		{ "*\t*\t*\tge/neric\tno\tlow\n", "no kind of advice" },
		{ "*\t*\t*\tgeneric\tmaybe\tlow\n", "write yes or no" },
		{ "*\t*\t*\tgeneric\tno\tawful\n", "severity is \"awful\"" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = ARENA_INIT;
		struct advice_rules rules;
		struct err e = ERR_INIT;

		assert_int_equal(advice_rules_parse(&rules, &a, cases[i].text,
		                                    strlen(cases[i].text), "t", &e),
		                 ERR_INPUT);
		if (strstr(e.text, cases[i].want) == NULL)
			fail_msg("\"%s\" lacks \"%s\"", e.text, cases[i].want);
		arena_clear(&a);
	}
}

/* The templates there are; a rule naming another would find no text. */
static bool known_advice(const char *s)
{
	static const char *const kinds[] = {
		"open-rdp",
		"open-smb",
		"open-database",
		"open-reflector",
		"vulnerable-exchange",
		"vulnerable-edge",
		"exposed-device",
		"compromised-website",
		"compromised-system",
		"malware-infection",
		"leaked-account",
		"phishing-page",
		"exposed-service",
		"vulnerable-service",
		"generic",
	};

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strcmp(s, kinds[i]) == 0)
			return true;
	return false;
}

static void shipped_rules_say_what_they_should(void **state)
{
	const struct advice_rules *rules = &((struct shipped *)*state)->rules;
	static const struct {
		const char *type, *identifier, *tag, *want;
		bool compromised;
	} cases[] = {
		{ "scan_rdp", "rdp", "rdp", "open-rdp", false },
		{ "scan6_rdpeudp", "", "", "open-rdp", false },
		{ "scan_smb", "smb", "smb", "open-smb", false },
		{ "scan_mongodb", "", "", "open-database", false },
		{ "scan_db2", "db2", "db2", "open-database", false },
		{ "scan_ldap_udp", "", "", "open-reflector", false },
		{ "scan_ldap_tcp", "", "", "exposed-service", false },
		{ "scan_dns", "", "", "open-reflector", false },
		{ "scan_mdns", "", "", "open-reflector", false },
		{ "scan_memcached", "", "", "open-reflector", false },
		{ "scan_exchange", "", "exchange", "vulnerable-exchange", false },
		{ "scan_http_vulnerable", "", "fortinet-vpn", "vulnerable-edge", false },
		{ "scan_http_vulnerable", "", "cisco-implant", "compromised-system", true },
		{ "scan_http", "", "", "exposed-service", false },
		{ "scan_smtp_vulnerable", "", "21nails", "vulnerable-service", false },
		{ "scan_ipmi", "", "", "exposed-device", false },
		{ "scan_synfulknock", "", "", "compromised-system", true },
		{ "compromised_website6", "", "stealrat", "compromised-website", true },
		{ "compromised_website", "", "phishing", "phishing-page", true },
		{ "compromised_iot", "", "", "compromised-system", true },
		{ "event4_microsoft_sinkhole_http", "", "", "malware-infection", true },
		{ "event6_sinkhole", "", "", "malware-infection", true },
		{ "event4_honeypot_brute_force", "", "", "malware-infection", true },
		{ "event4_honeypot_ddos_target", "", "", "generic", false },
		{ "intelmq", "open-elasticsearch", "", "open-database", false },
		{ "intelmq", "accessible-vnc", "vulnerable-system", "exposed-service", false },
		{ "intelmq", "dns-open-resolver", "", "open-reflector", false },
		{ "intelmq", "zeus", "infected-system", "malware-infection", true },
		{ "intelmq", "x", "phishing", "phishing-page", true },
		{ "intelmq", "x", "undetermined", "none", false },
		{ "special", "", "cve-2025-1", "vulnerable-service", false },
	};

	for (size_t i = 0; i < rules->n; i++)
		if (!known_advice(rules->rule[i].advice))
			fail_msg("rule %zu: no such kind: %s", i, rules->rule[i].advice);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct advice_rule *r = advice_rules_find(
			rules, cases[i].type, cases[i].identifier, &cases[i].tag, 1);

		if (strcmp(r ? r->advice : "none", cases[i].want) != 0 ||
		    (r && r->compromised != cases[i].compromised))
			fail_msg("%s %s %s: %s", cases[i].type, cases[i].identifier, cases[i].tag,
			         r ? r->advice : "none");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_parse_and_fit),
		cmocka_unit_test(wrong_rules_name_their_line),
		cmocka_unit_test(shipped_rules_say_what_they_should),
	};

	return cmocka_run_group_tests(tests, read_rules, drop_rules);
}
