"""Run as a module: puts a second source into a library and is killed before its n-th statement.

``python -m tests.library.store.crashing LIBRARY N``; prints how many there were when it gets through.
"""

import os
import signal
import sys

from huiqi.library.store import Library
from tests.library.store.making import LOANS, OLD_SHOPS, reading

if __name__ == "__main__":
    path, last = sys.argv[1], int(sys.argv[2])
    done = 0

    def before_statement(_: str) -> None:
        """Count, and die in the middle of it all."""
        global done
        done += 1
        if done == last:
            os.kill(os.getpid(), signal.SIGKILL)

    with Library.open(path, create=False) as library:
        library._connection.set_trace_callback(before_statement)
        library.put(reading("来源.txt", LOANS, OLD_SHOPS, text="新的原文"))
        library._connection.set_trace_callback(None)
    sys.stdout.write(str(done))
