"""办案: cases kept in a database: opened, acted on, looked at; the log is the truth and only ever grows.

What a case amounts to is worked out by ``huiqi.procedures`` from its log; this package keeps the log, decides
who may write into it, and makes sure that of two who act at once one wins and the other is told. It knows no
procedure and shows no pages.
"""
