"""A real Postfix on loopback: a smarthost, and behind it a second hop that can still say no.

Postfix has to be started by root; where the test is not root it asks sudo, and says so where that is refused.
Everything lives in a folder of its own below /tmp; the machine's own /etc/postfix is neither read nor written.
"""
import os
import shutil
import socket
import socketserver
import subprocess
import tempfile
import threading
import time

from servers import free_port, wait_for_port

MAIN_CF = """
compatibility_level = 3.6
config_directory = {T}/etc
queue_directory = {T}/spool
data_directory = {T}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = {T}/log/maillog
maillog_file_prefixes = /var, /dev/stdout, /tmp
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.test.example
mydestination =
local_transport = error:local delivery disabled
local_recipient_maps =
alias_maps =
alias_database =
mynetworks = 127.0.0.0/8
recipient_delimiter = +
virtual_mailbox_domains = texthash:{T}/etc/mailbox_domains
virtual_mailbox_maps = texthash:{T}/etc/mailboxes
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
relay_domains = texthash:{T}/etc/far_domains
relay_recipient_maps =
transport_maps = texthash:{T}/etc/transport
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access texthash:{T}/etc/near_access,
 check_policy_service inet:127.0.0.1:{policy}, reject_unauth_destination
hop2_restrictions = check_recipient_access texthash:{T}/etc/far_access, permit
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_tls_security_level = may
smtpd_tls_cert_file = {cert}
smtpd_tls_key_file = {key}
smtp_host_lookup = native
smtp_dns_support_level = disabled
smtp_destination_concurrency_limit = 20
minimal_backoff_time = 2s
maximal_backoff_time = 4s
queue_run_delay = 2s
maximal_queue_lifetime = 60s
bounce_queue_lifetime = 60s
in_flow_delay = 0
"""

MASTER_CF = """
127.0.0.1:{smtp} inet n - n - 40 smtpd
127.0.0.1:{hop2} inet n - n - 40 smtpd
  -o virtual_mailbox_domains=
  -o smtpd_recipient_restrictions=$hop2_restrictions
  -o content_filter=discard:hop2
postlog unix-dgram n - n - 1 postlogd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
"""


class Greylist:
    """Postfix's policy protocol: the first attempt for a recipient on the list is put off, the next ones pass."""

    def __init__(self, recipients):
        self.waiting = {r.lower() for r in recipients}
        self.refused = []
        self.lock = threading.Lock()
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                attributes = {}
                for line in self.rfile:
                    name, equals, value = line.decode("utf-8", "replace").rstrip("\n").partition("=")
                    if equals:
                        attributes[name] = value
                        continue
                    answer = outer.judge(attributes.get("recipient", "").lower())
                    self.wfile.write(("action=%s\n\n" % answer).encode())
                    attributes = {}

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def judge(self, recipient):
        with self.lock:
            if recipient in self.waiting:
                self.waiting.remove(recipient)
                self.refused.append(recipient)
                return "451 4.7.1 greylisted, try again"
        return "dunno"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def table(pairs):
    return "".join("%s %s\n" % pair for pair in sorted(pairs.items()))


class Postfix:
    """
    mailboxes: addresses that exist here (a "+detail" is allowed) and go to LMTP; refused: addresses that the smarthost
    refuses, with the reply; far: addresses behind the second hop, with its reply ("OK" or "550 ..."); greylisted: as
    said.  An address at one of the mailboxes' domains that is not listed is refused as unknown.
    """

    @staticmethod
    def program():
        return shutil.which("postfix", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")

    def __init__(self, mailboxes, refused, far, greylisted, lmtp, cert, key):
        self.folder = tempfile.mkdtemp(prefix="postfix.", dir="/tmp")
        os.chmod(self.folder, 0o755)
        self.sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        self.greylist = Greylist(greylisted)
        self.smtp, self.hop2 = free_port(), free_port()
        self.running = False
        for part in ("etc", "spool", "data", "log"):
            os.mkdir(os.path.join(self.folder, part), 0o755)
        values = dict(T=self.folder, lmtp=lmtp, policy=self.greylist.port, smtp=self.smtp, hop2=self.hop2, cert=cert,
                      key=key)
        far_domains = {a.split("@")[1] for a in far}
        self.write("main.cf", MAIN_CF.format(**values))
        self.write("master.cf", MASTER_CF.format(**values))
        self.write("mailboxes", table({a: "x" for a in mailboxes}))
        self.write("mailbox_domains", table({a.split("@")[1]: "x" for a in mailboxes}))
        self.write("near_access", table(refused))
        self.write("far_access", table(far))
        self.write("far_domains", table({d: "x" for d in far_domains}))
        self.write("transport", table({d: "smtp:[127.0.0.1]:%d" % self.hop2 for d in far_domains}))

    def write(self, name, text):
        with open(os.path.join(self.folder, "etc", name), "w", encoding="ascii") as f:
            f.write(text)

    def control(self, *words, check=True):
        return subprocess.run([*self.sudo, self.program(), "-c", os.path.join(self.folder, "etc"), *words],
                              check=check, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)

    def start(self):
        subprocess.run([*self.sudo, "chown", "-R", "root:root", os.path.join(self.folder, "etc")], check=True)
        subprocess.run([*self.sudo, "chown", "postfix", os.path.join(self.folder, "data")], check=True)
        subprocess.run([*self.sudo, "chmod", "700", os.path.join(self.folder, "data")], check=True)
        self.running = True
        done = self.control("start", check=False)
        if done.returncode != 0 or not wait_for_port(self.smtp, 20) or not wait_for_port(self.hop2, 20):
            text = done.stdout + self.log()
            self.__exit__()
            raise RuntimeError("postfix does not start:\n" + text)
        return self

    def stop(self):
        if self.running:
            self.control("abort", check=False)
            self.running = False

    def wait_until_empty(self, seconds=60):
        """Until no mail is under way any more; True where that was reached."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            queues = [os.path.join(self.folder, "spool", q) for q in ("maildrop", "incoming", "active", "deferred")]
            found = subprocess.run([*self.sudo, "find", *queues, "-type", "f"], stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, check=False).stdout
            if not found.strip():
                return True
            time.sleep(0.1)
        return False

    def log(self):
        done = subprocess.run([*self.sudo, "cat", os.path.join(self.folder, "log", "maillog")], check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return done.stdout.decode("utf-8", "replace")

    def __enter__(self):
        return self.start()

    def __exit__(self, *_exc):
        self.stop()
        self.greylist.stop()
        subprocess.run([*self.sudo, "rm", "-rf", self.folder], check=False)


def send(port, sender, recipient, data, helo="far.test.example"):
    """Hands one mail to the smarthost as a stranger would; raises where it is not taken."""
    with socket.create_connection(("127.0.0.1", port), 20) as s:
        stream = s.makefile("rwb")

        def talk(line, want):
            if line is not None:
                stream.write(line)
                stream.flush()
            while True:
                reply = stream.readline()
                if reply[3:4] != b"-":
                    break
            if not reply.startswith(want):
                raise RuntimeError("%r answered %r" % (line, reply))

        talk(None, b"220")
        talk(b"HELO %s\r\n" % helo.encode(), b"250")
        talk(b"MAIL FROM:<%s>\r\n" % sender.encode(), b"250")
        talk(b"RCPT TO:<%s>\r\n" % recipient.encode(), b"250")
        talk(b"DATA\r\n", b"354")
        body = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n").replace(b"\r\n.", b"\r\n..")
        talk(body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n", b"250")
        talk(b"QUIT\r\n", b"221")
