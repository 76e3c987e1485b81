"""A private Postfix on loopback that takes mail and throws it away: smtpd, queue manager, discard."""
import os
import shutil
import subprocess
import tempfile
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
maillog_file_prefixes = /tmp
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.test.example
mydestination =
alias_maps =
alias_database =
mynetworks = 127.0.0.0/8
relay_domains = static:all
relay_transport = discard:
default_transport = discard:
"""


class Postfix:
    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="sbp", dir="/tmp")
        os.chmod(self.folder, 0o755)
        self.etc = os.path.join(self.folder, "etc")
        for name in ("etc", "spool", "data", "log"):
            os.mkdir(os.path.join(self.folder, name))
        shutil.chown(os.path.join(self.folder, "data"), "postfix")
        self.port = free_port()
        with open(os.path.join(self.etc, "main.cf"), "w") as f:
            f.write(MAIN_CF.format(T=self.folder))
        self.master_cf()
        self.command("start")
        wait_for_port(self.port)
        return self

    def master_cf(self):
        """That of the machine, without its listeners and chroots, and with ours."""
        lines = []
        for line in open("/etc/postfix/master.cf"):
            words = line.split()
            if len(words) >= 8 and not line[0].isspace() and not line.startswith("#"):
                if words[1] == "inet":
                    continue
                words[4] = "n"
                line = " ".join(words) + "\n"
            elif line.startswith((" ", "\t")) and lines and lines[-1].startswith("#skipped"):
                continue
            lines.append(line)
        lines.append("127.0.0.1:%d inet n - n - - smtpd\n" % self.port)
        with open(os.path.join(self.etc, "master.cf"), "w") as f:
            f.writelines(lines)

    def command(self, word):
        subprocess.run(["postfix", "-c", self.etc, word], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def drain(self):
        """Waits until the queue is empty."""
        for _ in range(600):
            left = sum(len(names) for folder in ("incoming", "active", "deferred", "maildrop")
                       for _, _, names in os.walk(os.path.join(self.folder, "spool", folder)))
            if left == 0:
                return
            time.sleep(0.1)
        raise SystemExit("postfix: the queue does not empty")

    def __exit__(self, *_):
        subprocess.run(["postfix", "-c", self.etc, "stop"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shutil.rmtree(self.folder, ignore_errors=True)
