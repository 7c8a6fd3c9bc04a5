"""Procedures as a visitor reads them: the list, the steps, the versions, who handles what, the picture."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import LazySettings

from huiqi.portal.procedures import selectors
from tests.portal.test_citation_links import linked
from tests.portal.texts import OLD, SHOPS
from tests.portal.visitor import IN_FORCE, Visitor, heading

PAGE = "/procedures/shop-aid/"


def section(page: str, name: str) -> str:
    """The words of a section of the page."""
    inside = page.split(f'aria-labelledby="{name}"')[1].split("</section>")[0]
    inside = re.sub(r"</(?:td|th|dt|li|p|h3)>", " ", inside)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", inside.partition(">")[2]))


@pytest.fixture
def nothing(settings: LazySettings, tmp_path: Path) -> Any:
    """A catalogue without procedures and without a calendar, as far as these are looked for."""
    for cached in (selectors.procedures, selectors.calendar):
        cached.cache_clear()
    settings.CATALOGUE_ROOT = tmp_path
    yield tmp_path
    for cached in (selectors.procedures, selectors.calendar):
        cached.cache_clear()


def test_the_list_says_who_acts_how_long_and_since_when(visitor: Visitor) -> None:
    page = visitor.get("/procedures/")
    assert heading(page) == "办事程序"
    assert "2025年10月1日施行的 1 个。" in page
    assert "小店岗位补贴申领" in page
    assert "谁来办：小店、人社部门、省人社厅、市人社局。时限：审查 5 个工作日、提醒 1 个月。" in page
    assert "云政〔2024〕5号" in page
    assert "2024年5月1日起施行" in page
    assert 'aria-current="page">办事程序' in page


def test_a_procedure_out_of_force_is_listed_apart(visitor: Visitor) -> None:
    page = visitor.get("/procedures/", on="2018-01-01")
    assert "2018年1月1日不施行的" in page
    assert "2019年3月1日起施行，到2024年4月30日" in page


def test_the_version_is_that_of_the_day(visitor: Visitor) -> None:
    new, old = visitor.get(PAGE), visitor.get(PAGE, on="2020-06-01")
    assert "云岭省小店经营若干规定" in new
    assert "云岭省小店管理办法" in old
    assert "已由云岭省小店经营若干规定代替" in old
    for page in (new, old):
        assert f'href="{PAGE}?on=2024-05-01"' in page
        assert f'href="{PAGE}?on=2019-03-01"' in page
        assert "不在这一版的施行期里" not in page
    before = visitor.get(PAGE, on="2018-01-01")
    assert "2018年1月1日不在这一版的施行期里" in before
    assert "云岭省小店管理办法" in before


def test_the_steps_say_who_with_what_until_when_and_what_then(visitor: Visitor) -> None:
    steps = section(visitor.get(PAGE), "steps")
    assert "1. 待申请" in steps
    assert "小店：申请 → 审查中" in steps
    assert "先要：写明招用的人属于哪一种" in steps
    assert "材料：申请表；看情形还要毕业证书" in steps
    assert "审查：5 个工作日。到期：不用谁来办，自动“视为同意”，转到“已发放”" in steps
    assert "可以“退回”，转到“已退回”，由人社部门决定，不会自动发生" in steps
    assert "记下“一个月了还没有结果”，办理不停" in steps
    assert "材料是不是齐全——要“是”" in steps
    assert "书面告诉小店：已经发放" in steps
    assert "这一步没有期限：没有写复核几日" in steps
    assert "已发放 到此结束" in steps
    assert "期限届满" not in steps, "nobody has to do what happens by itself"
    always = steps.split("办理当中随时可以做的")
    assert len(always) == 2
    assert "先行答复" in always[1]
    assert "先行答复" not in always[0]


def test_materials_limits_duties_and_approval(visitor: Visitor) -> None:
    page = visitor.get(PAGE)
    papers = section(page, "papers")
    assert "小店办的时候要有" in papers
    assert "申请表 “申请” 当时就要有 第二条" in papers
    assert "毕业证书 “申请”，用工形式是“毕业生”时 可以后补 第二条" in papers
    limits = section(page, "limits")
    assert "审查 5 个工作日 （第二条） 申请 发放、视为同意、退回、提请复核 “要求补正”到“补正”之间" in limits
    assert "市人社局可以“延期”：多少由“加几日”写明，最多 2 次" in limits
    assert "补正 到「补正期至」写明的日期 （第二条） 要求补正" in limits
    assert "人社部门 先答复收到了 4 小时 申请 第二条" in section(page, "duties")
    chains = section(page, "chains")
    assert "所在地是“城区”：人社部门（提请复核） → 省人社厅（同意复核）" in chains
    assert "市人社局（逐级同意）" in chains


def test_what_is_open_and_whose_name_is_kept(visitor: Visitor) -> None:
    page = visitor.get(PAGE)
    is_open = section(page, "open")
    assert "五日按工作日还是自然日 取：工作日" in is_open
    assert "别的理解：自然日" in is_open
    assert "补贴几年由各市规定：还没有填" in is_open
    assert "小店的身份保密。" in page
    assert "只有人社部门看得到" in page


def test_a_procedure_is_found_by_its_name(visitor: Visitor) -> None:
    assert f'href="{PAGE}?on={IN_FORCE}">小店岗位补贴申领' in visitor.get("/search/", q="岗位补贴 申领")
    assert "名字相符的办事程序" not in visitor.get("/search/", q="月球")
    assert "名字相符的办事程序" not in visitor.get("/search/", q="岗位", level="市")


def test_who_handles_a_case(visitor: Visitor) -> None:
    page = visitor.get(PAGE, table="1", c1="乡镇", c2="毕业生")
    routing = section(page, "routing")
    assert "归 县人社局毕业生窗口 （第二条）" in routing
    assert "城区 不限 区人社局" in routing
    assert page.count('class="hit-row"') == 1
    assert "hit-row" not in visitor.get(PAGE)


@pytest.mark.parametrize(
    ("first", "said"), [("", "请选一项。"), ("月球", "没有“月球”这一项"), ("<b>", "没有“&lt;b&gt;”这一项")]
)
def test_a_case_that_is_not_told_in_full(visitor: Visitor, first: str, said: str) -> None:
    page = visitor.get(PAGE, 422, table="1", c1=first, c2="毕业生")
    assert said in page
    assert 'aria-describedby="t1-c1-error"' in page
    assert "hit-row" not in page


def test_citations_lead_to_the_clause_where_the_library_has_it(visitor: Visitor, library: Path) -> None:
    page = visitor.get(PAGE)
    links = linked(page)
    assert links["第二条"] == f"/library/{SHOPS}/main__chp_1__art_2/?on={IN_FORCE}"
    assert links["云岭省小店经营若干规定"] == f"/library/{SHOPS}/?on={IN_FORCE}"
    assert f"/library/{OLD}/" in unquote(visitor.get(PAGE, on="2020-06-01"))


def test_citations_are_words_where_it_has_not(visitor: Visitor) -> None:
    page = visitor.get(PAGE)
    assert linked(page) == {}
    assert "（第三条）" in page


def test_the_picture_is_an_image_with_a_style_that_is_allowed(visitor: Visitor) -> None:
    assert f'src="{PAGE}picture.svg?on={IN_FORCE}"' in visitor.get(PAGE)
    response = visitor.client.get(f"{PAGE}picture.svg", {"on": IN_FORCE})
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert "审查中" in response.content.decode()
    policy = response.headers["Content-Security-Policy"]
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[\w+/]{43}='", policy)
    tag = response.headers["ETag"]
    again = visitor.client.get(f"{PAGE}picture.svg", {"on": IN_FORCE}, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.headers["Content-Security-Policy"] == policy
    old = visitor.client.get(f"{PAGE}picture.svg", {"on": "2020-01-01"}, headers={"If-None-Match": tag})
    assert old.status_code == 200


@pytest.mark.parametrize("rest", ["", "picture.svg", "due.ics"])
def test_a_procedure_that_does_not_exist_is_not_found(visitor: Visitor, rest: str) -> None:
    assert heading(visitor.get(f"/procedures/none/{rest}", 404)) == "没有这个页面"
    assert heading(visitor.get(f"/procedures/没有/{rest}", 404)) == "没有这个页面"


def test_a_catalogue_without_procedures_says_so(visitor: Visitor, nothing: Path) -> None:
    assert "还没有收录办事程序" in visitor.get("/procedures/")


def test_a_catalogue_without_calendar_says_so(visitor: Visitor, nothing: Path) -> None:
    (nothing / "procedure.yaml").write_text(selectors_file().read_text("utf-8"), encoding="utf-8")
    page = visitor.get(PAGE)
    assert "还没有放假安排，算不了日子" in page
    assert "小店：申请 → 审查中" in section(page, "steps")
    visitor.get(f"{PAGE}due.ics", 404)


def selectors_file() -> Path:
    """The newer version of the invented procedure."""
    return Path(__file__).parent / "catalogue" / "sample" / "shop-aid-2024" / "procedure.yaml"
