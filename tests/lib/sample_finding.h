/*
 * sample_finding: an open RDP port as a feed reports it, for tests of the store and of the flows.
 * The caller sets the incident, the time and the address; has_ip is set.
 */
#ifndef SEINPOST_SAMPLE_FINDING_H
#define SEINPOST_SAMPLE_FINDING_H

#include "finding.h"

static inline struct finding sample_finding(void)
{
	return (struct finding){ .source_type = "scan_rdp",
		                 .feed = "shadowserver",
		                 .advice = "open-rdp",
		                 .has_ip = true,
		                 .port = 3389,
		                 .transport = "tcp",
		                 .application = "rdp",
		                 .domain = "",
		                 .hostname = "",
		                 .url = "",
		                 .account = "",
		                 .identifier = "rdp",
		                 .cve = "",
		                 .product = "",
		                 .tlp = "green",
		                 .severity = SEVERITY_HIGH };
}

#endif
