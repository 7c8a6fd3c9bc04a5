"""Tables in databases. PostgreSQL is tried where HUIQI_TEST_DATABASE is the address of one."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from huiqi.tables.errors import TableError
from huiqi.tables.places import open_sources
from tests.tables.enterprises import all_values, chunks, rejects, values


def _duckdb(path: Path, *statements: str) -> str:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(path)) as connection:
        for one in statements:
            connection.execute(one)
    return f"duckdb:///{path.as_posix().lstrip('/')}"


def test_a_table_of_duckdb(tmp_path: Path) -> None:
    address = _duckdb(
        tmp_path / "t.duckdb",
        """CREATE TABLE 企业 AS SELECT 'E' || i AS 编号, i * 1.25 AS 投资额, i % 2 = 0 AS 高新企业,
           DATE '2024-05-01' AS 成立日期, [{'名称': '甲', '人数': i}] AS 项目 FROM range(25) r(i)""",
    )
    read = chunks(f"{address}?table=企业", rows=10)
    assert [one.rows for one in read] == [10, 10, 5]
    assert values(read[1].batch)[3] == {
        "投资额": 1625,
        "高新企业": False,
        "成立日期": values(read[0].batch)[0]["成立日期"],
        "项目": ({"名称": "甲", "人数": 13},),
    }
    assert open_sources(f"{address}?table=企业")[0].rows == 25
    assert [one.digest for one in read] == [one.digest for one in chunks(f"{address}?table=企业", rows=10)]
    with pytest.raises(TableError, match="读不了表“没有”"):
        open_sources(f"{address}?table=没有")


def test_a_driver_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(TableError, match=r"huiqi\[duckdb\]"):
        open_sources("duckdb:///x.duckdb?table=t")
    with pytest.raises(TableError, match=r"huiqi\[postgresql\]"):
        open_sources("postgresql://localhost/x?table=t")


def test_a_server_that_does_not_answer() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(TableError, match="PostgreSQL 读不了表") as refused:
        open_sources("postgresql://u:secret@127.0.0.1:1/x?table=t")
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.fixture
def address() -> Iterator[str]:
    given = os.environ.get("HUIQI_TEST_DATABASE", "")
    if not given.startswith("postgres"):
        pytest.skip(
            "HUIQI_TEST_DATABASE is not the address of a PostgreSQL: reading tables from it was not tried"
        )
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS huiqi_table_test")
        connection.execute(
            """CREATE TABLE huiqi_table_test ("编号" text, "投资额" numeric, "利润" double precision,
               "高新企业" boolean, "成立日期" date, "开工日期" timestamp, "企业规模" text, "项目" jsonb)"""
        )
        connection.execute(
            """INSERT INTO huiqi_table_test VALUES
               ('E2', 1234.5600, -0.1, true, '2024-05-01', '2024-05-02', '小型',
                '[{"人数": 7, "名称": "甲"}]'),
               ('E1', NULL, NULL, false, NULL, '2024-05-02 08:00', '', '[]'),
               ('E3', NULL, NULL, NULL, NULL, NULL, NULL, NULL)"""
        )
        yield f"{given}{'&' if '?' in given else '?'}table=huiqi_table_test"
        connection.execute("DROP TABLE huiqi_table_test")


def test_a_table_of_postgresql(address: str) -> None:
    for rows in (1, 2, 50):
        read = chunks(address, rows=rows)
        assert [(one.place, one.id, one.column) for one in rejects(read)] == [(1, "E1", "开工日期")]
        e2, e3 = all_values(read)
        assert e3 == {}
        assert {name: str(one) for name, one in e2.items()} == {
            "投资额": "123456",
            "利润": "-10",
            "高新企业": "True",
            "成立日期": "2024-05-01",
            "开工日期": "2024-05-02",
            "企业规模": "小型",
            "项目": "({'名称': '甲', '人数': 7},)",
        }
    assert open_sources(address)[0].rows == 3


def test_a_table_of_postgresql_without_ids_has_no_order(address: str) -> None:
    with pytest.raises(TableError, match="读不了表“没有”"):
        open_sources(address.replace("huiqi_table_test", "没有"))
    with pytest.raises(TableError, match="要有编号一列"):
        open_sources(address.replace("huiqi_table_test", "pg_catalog.pg_class"))
