"""The command line ``huiqi``: one module a command, help in Chinese or English by locale.

Exit codes: 0 found or true, 1 a negative answer, 2 bad input, said on stderr in one clear line a mistake.
"""

from huiqi.cli.main import main

__all__ = ["main"]
