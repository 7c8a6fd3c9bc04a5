"""What a clause is for: the classes that the coverage of a compendium is counted in."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """归类: every clause of a document is in exactly one."""

    BENEFIT = "事项"  # gives somebody something
    PROCEDURE = "程序"  # says how a matter runs: who may do what by when
    DUTY = "责任"  # tells a body of government to do something
    TARGET = "目标"  # states what is to be reached, with a figure
    DEFINITION = "定义"  # says what a word means or what the document applies to
    DECLARATORY = "宣示"  # principles, aims, calls; nothing that could be tested
    NOT_YET = "未编码"  # none of these could be made out
