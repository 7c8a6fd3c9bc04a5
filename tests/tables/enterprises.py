"""What tests of tables share: a vocabulary with every kind of fact, and tables of it read whole."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from huiqi.columns.batch import Batch
from huiqi.tables import Chunk, Reject, open_table
from tests.support import FACTS, read_vocabulary

VOCABULARY = read_vocabulary(
    FACTS
    + """\
  统一社会信用代码: {类型: 文本, 格式: 统一社会信用代码, 问: 代码？}
  所在地: {类型: 文本, 格式: 行政区划代码, 问: 在哪？}
  负责人证件: {类型: 文本, 格式: 公民身份号码, 问: 证件？}
  负责人失业月数: {类型: 时长, 单位: 月, 最大: 12个月, 敏感: 是, 问: 几个月？}
  负责人身份: {类型: 选项, 选项: [甲类人员, 乙类人员], 敏感: 是, 问: 哪一类？}
  电价: {类型: 数量, 单位: 元/千瓦时, 问: 多少？}
  招用人员:
    类型: 集合
    称呼: 代号
    问: 有谁？
    字段:
      代号: {类型: 文本, 问: 哪一个？}
      合同期限: {类型: 时长, 单位: 月, 问: 几个月？}
      失业月数: {类型: 时长, 单位: 月, 敏感: 是, 问: 几个月？}
"""
)


def chunks(source: Any, **options: Any) -> list[Chunk]:
    """All chunks of a table."""
    return list(open_table(source, VOCABULARY, **options).chunks())


def as_csv(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A CSV file with this text."""
    path.write_bytes(text.encode(encoding))
    return path


def as_parquet(path: Path, columns: Mapping[str, Any], **options: Any) -> Path:
    """A Parquet file with these columns."""
    pl.DataFrame(columns, strict=False).write_parquet(path, **options)
    return path


def values(batch: Batch) -> list[Mapping[str, Any]]:
    """The facts of the enterprises of a batch as evaluation reads them."""
    return [batch.values(row, VOCABULARY) for row in range(len(batch))]


def all_values(read: Sequence[Chunk]) -> list[Mapping[str, Any]]:
    """The same for all chunks."""
    return [one for chunk in read for one in values(chunk.batch)]


def rejects(read: Sequence[Chunk]) -> list[Reject]:
    """All rejects of all chunks."""
    return [one for chunk in read for one in chunk.rejects]


def stream(content: bytes) -> io.TextIOWrapper:
    """What stands for ``sys.stdin``."""
    return io.TextIOWrapper(io.BufferedReader(io.BytesIO(content)))
