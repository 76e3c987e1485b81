/*
 * listing_stub: says that the listing commands are not there yet, until they are.
 */
#include "base.h"
#include "cli.h"
#define S(n) int n(struct cli *c, int argc, char **argv, struct err *e) { (void)c;(void)argc;(void)argv; return err_set(e, ERR_PERM, "not yet"); }
S(cmd_queue) S(cmd_contact) S(cmd_warning) S(cmd_finding) S(cmd_inbox) S(cmd_call) S(cmd_report) S(cmd_status) S(cmd_doctor)
