"""The few lines of TAP that the end-to-end tests need."""
import sys
import traceback


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = 0

    def run(self, name, test):
        """One test: a function that raises where it fails."""
        self.count += 1
        try:
            test()
            print("ok %d - %s" % (self.count, name), flush=True)
        except Exception:
            self.failed += 1
            for line in traceback.format_exc().splitlines():
                print("# " + line)
            print("not ok %d - %s" % (self.count, name), flush=True)

    def done(self):
        print("1..%d" % self.count)
        sys.exit(1 if self.failed else 0)


def skip_all(why):
    print("1..0 # SKIP " + why)
    sys.exit(0)


def equal(got, want, what=""):
    if got != want:
        raise AssertionError("%s: got %r, want %r" % (what, got, want))


def contains(text, part):
    if part not in text:
        raise AssertionError("%r is not in %r" % (part, text))
