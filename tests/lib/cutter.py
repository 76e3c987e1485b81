"""Stands between a mail client and its server and cuts one of them off at the n-th command."""
import signal
import socket
import threading

LONG = 60


class Cutter:
    """At command `number` (0: never), before or after the server did it, kills the victim or drops the connection.

    victim: a process, set by the one who starts it, then started.set(); None: the connection is dropped.
    rounds: how many connections are cut so; all later ones pass.
    """

    def __init__(self, port, number, after, drop=False, rounds=1):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.target, self.number, self.after, self.drop = port, number, after, drop
        self.rounds = rounds
        self.commands = []
        self.connections = 0
        self.victim = None
        self.started = threading.Event()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.serve, args=(client, self.connections <= self.rounds), daemon=True).start()

    def cut(self):
        if not self.drop:
            self.started.wait(LONG)
            self.victim.send_signal(signal.SIGKILL)

    def serve(self, client, armed):
        upstream = socket.create_connection(("127.0.0.1", self.target))
        state = {"muted": False, "wanted": b"", "answered": threading.Event()}
        threading.Thread(target=self.pump, args=(upstream, client, state), daemon=True).start()
        commands = []
        if self.connections == 1:
            self.commands = commands
        try:
            for line in client.makefile("rb"):
                commands.append(line)
                last = armed and len(commands) == self.number
                if last and not self.after:
                    self.cut()
                    break
                if last:
                    state["muted"], state["wanted"] = True, line.split()[0]
                upstream.sendall(line)
                if last:
                    state["answered"].wait(LONG)
                    self.cut()
                    break
        except OSError:
            pass
        # shutdown, not close: the other thread still reads it
        for s in (upstream, client):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def pump(self, upstream, client, state):
        """Passes on what the server says; from the fatal command on nothing, but waits for the end of the answer."""
        tail = b""
        while True:
            try:
                data = upstream.recv(65536)
            except OSError:
                break
            if not data:
                break
            if not state["muted"]:
                try:
                    client.sendall(data)
                except OSError:
                    break
                continue
            tail += data
            if b"\n" + state["wanted"] + b" " in b"\n" + tail or tail.startswith((b"+OK", b"-ERR")):
                state["answered"].set()
        state["answered"].set()
        try:
            client.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def close(self):
        self.listener.close()
