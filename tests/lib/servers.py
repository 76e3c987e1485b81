"""Real mail servers on loopback for tests: started without an init system, in a folder of their own, and stopped.

Each class is a context manager; ports are chosen free at run time.  Nothing outside the folder is read or written.
"""
import os
import pwd
import grp
import shutil
import signal
import socket
import subprocess
import tempfile
import time


def free_port():
    """A port nobody listens on now; somebody else may take it before it is used, so starting may be tried again."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for_port(port, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return True
        except OSError:
            time.sleep(0.02)
    return False


def run(*args, **kw):
    return subprocess.run(args, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **kw)


class Authority:
    """A certificate authority of the test's own: ca.pem, and NAME.pem/NAME.key for each server made."""

    def __init__(self, folder):
        self.folder = folder
        self.ca = os.path.join(folder, "ca.pem")
        self._self_signed("ca", "/CN=Test authority", "basicConstraints=critical,CA:TRUE")

    def path(self, name):
        return os.path.join(self.folder, name)

    def _self_signed(self, name, subject, extension):
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", subject, "-addext", extension, "-keyout", self.path(name + ".key"),
            "-out", self.path(name + ".pem"))

    def self_signed(self, name, host):
        self._self_signed(name, "/CN=" + host, "subjectAltName=DNS:" + host)

    def server(self, name, host, *more, days="2"):
        run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=" + host,
            "-keyout", self.path(name + ".key"), "-out", self.path(name + ".csr"))
        with open(self.path(name + ".ext"), "w") as f:
            f.write("subjectAltName=DNS:%s\n" % host + "".join(line + "\n" for line in more))
        run("openssl", "x509", "-req", "-in", self.path(name + ".csr"), "-CA", self.ca, "-CAkey", self.path("ca.key"),
            "-CAcreateserial", "-days", days, "-extfile", self.path(name + ".ext"), "-out", self.path(name + ".pem"))


DOVECOT_CONF = """
base_dir = {T}/run
state_dir = {T}/state
log_path = {T}/dovecot.log
auth_verbose = yes
mail_debug = no
protocols = imap pop3 lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{cert}
ssl_key = <{key}
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{T}/mail/%n
mail_uid = {uid}
mail_gid = {gid}
recipient_delimiter = +
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%n {T}/passwd
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={T}/mail/%n allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    port = {pop3}
  }}
  inet_listener pop3s {{
    port = {pop3s}
    ssl = yes
  }}
}}
service lmtp {{
  user = {user}
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
{extra}
"""


class Dovecot:
    """Dovecot 2.3 with IMAP, POP3 and LMTP; any user, any of the passwords given, mail in folder/mail/USER."""

    @staticmethod
    def program():
        return shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")

    def __init__(self, users, cert, key, extra=""):
        self.folder = tempfile.mkdtemp(prefix="dovecot.", dir="/tmp")
        self.conf = os.path.join(self.folder, "dovecot.conf")
        self.log_file = os.path.join(self.folder, "dovecot.log")
        # as root the mail belongs to nobody, so that the server's own drop of rights is exercised
        as_root = os.geteuid() == 0
        self.uid = pwd.getpwnam("nobody").pw_uid if as_root else os.geteuid()
        self.gid = pwd.getpwnam("nobody").pw_gid if as_root else os.getegid()
        self.user = pwd.getpwuid(self.uid).pw_name
        self.group = grp.getgrgid(self.gid).gr_name
        self.cert, self.key, self.extra = cert, key, extra
        self.process = None
        os.chmod(self.folder, 0o755)
        for part in ("run", "state", "mail"):
            os.mkdir(os.path.join(self.folder, part), 0o755)
        self._give(os.path.join(self.folder, "mail"))
        with open(os.path.join(self.folder, "passwd"), "w") as f:
            for name, password in users.items():
                f.write("%s:{PLAIN}%s::::::\n" % (name, password))
        # the authentication process runs as the internal user
        self._give(os.path.join(self.folder, "passwd"))

    def _give(self, path):
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)

    def start(self):
        for _ in range(3):
            for service in ("imap", "imaps", "pop3", "pop3s", "lmtp"):
                setattr(self, service, free_port())
            with open(self.conf, "w") as f:
                f.write(DOVECOT_CONF.format(T=self.folder, cert=self.cert, key=self.key, uid=self.uid, gid=self.gid,
                                            user=self.user, group=self.group, imap=self.imap, imaps=self.imaps,
                                            pop3=self.pop3, pop3s=self.pop3s, lmtp=self.lmtp, extra=self.extra))
            self.process = subprocess.Popen([self.program(), "-F", "-c", self.conf], stdin=subprocess.DEVNULL,
                                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if wait_for_port(self.imap) and self.process.poll() is None:
                return self
            self.stop()
        raise RuntimeError("dovecot does not start:\n" + self.log())

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    def __enter__(self):
        return self.start()

    def __exit__(self, *exc):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def doveadm(self, *args, check=True):
        program = os.path.join(os.path.dirname(self.program()), "doveadm")
        program = program if os.path.exists(program) else "doveadm"
        return subprocess.run([program, "-c", self.conf, *args], check=check, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True).stdout

    def log(self):
        try:
            with open(self.log_file, errors="replace") as f:
                return f.read()
        except FileNotFoundError:
            return ""
