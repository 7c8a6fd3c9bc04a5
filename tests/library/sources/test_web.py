"""Web pages to text: the main text found, and set in lines as a browser would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.library.model import LossKind, Source
from huiqi.library.sources import SourceError, read_bytes
from tests.library.sources.making import outcome

FILLER = "<p>各县（区）人民政府，市直各部门：</p><p>　　现将有关事项通知如下，请认真组织实施。</p>"


def read(markup: str, encoding: str = "utf-8") -> Source:
    return read_bytes(markup.encode(encoding), "a.html")


def body(inside: str) -> str:
    """The text of a page whose body is this."""
    return read(f"<!DOCTYPE html><html><body>{inside}</body></html>").text


PAGE = f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>关于支持企业发展的通知_青禾市人民政府</title>
<style>p{{color:red}}</style></head><body>
<header><h1>青禾市人民政府</h1></header><nav><a href="/">首页</a><a href="/x">政务公开，要闻。</a></nav>
<div class="trail">当前位置：<a>首页</a> &gt; <a>政策</a></div>
<div class="page">
  <div class="side"><h3>相关新闻</h3><ul><li><a>会议强调，要抓好落实，要取得实效。</a></li></ul></div>
  <div class="article"><h1>关于支持企业发展的通知</h1><div>发布时间：2024-03-01　来源：市政府办公室</div>
    <div class="content">{FILLER}<p style="display: none">藏起来的话，不该出现。</p>
      <p>青禾市人民政府办公室</p><p>2024年3月1日</p></div>
    <div class="files"><p>附件：<a href="a.docx">申请表</a></p></div>
    <div class="share">分享到<a>微博</a></div>
  </div>
</div>
<footer>主办：青禾市人民政府，地址：某路1号。</footer><script>var a = "脚本，里面的话。";</script>
</body></html>"""


def test_the_main_text_of_a_page_is_found_with_its_title_and_attachments() -> None:
    source = read(PAGE)
    assert source.text.splitlines() == [
        "关于支持企业发展的通知",
        "各县（区）人民政府，市直各部门：",
        "　　现将有关事项通知如下，请认真组织实施。",
        "青禾市人民政府办公室",
        "2024年3月1日",
        "附件：申请表",
    ]
    assert (source.medium, source.paragraphs, source.page_starts, source.losses) == ("网页", True, (), ())


def test_the_title_a_page_names_for_itself_goes_before_a_heading() -> None:
    named = PAGE.replace(
        "<title>", '<meta name="ArticleTitle" content="青禾市关于支持企业发展的通知"><title>'
    )
    assert read(named).text.startswith("青禾市关于支持企业发展的通知\n各县")


def test_a_title_that_the_main_text_has_is_not_put_there_twice() -> None:
    inside = PAGE.replace('<div class="content">', '<div class="content"><p>关于支持企业<br>发展的通知</p>')
    assert read(inside).text.startswith("关于支持企业\n发展的通知\n各县")


def test_a_page_that_is_only_its_text_is_read_whole() -> None:
    assert body(
        "<div>青禾市通知</div><div>各单位，请认真组织实施，务求实效，按时完成。</div><div>办公室</div>"
    ) == ("青禾市通知\n各单位，请认真组织实施，务求实效，按时完成。\n办公室\n")


def test_one_paragraph_is_not_the_whole_text_however_long_it_is() -> None:
    long = "<p>各单位，请<b>认真</b>组织<i>实施</i>，务求实效，按时完成，不得拖延。</p>"
    text = body(f"<div>青禾市通知</div><div><div>{long}</div></div><div>办公室</div>")
    assert text.splitlines()[0::2] == ["青禾市通知", "办公室"]


def test_text_in_several_parts_is_never_cut_to_the_largest() -> None:
    parts = f"<div><p>第一部分，甲。</p>{FILLER * 3}</div><div><p>第二部分，乙。</p>{FILLER}</div>"
    text = body(f"<div>菜单</div><div>{parts}</div>")
    assert text.startswith("第一部分，甲。")
    assert "第二部分，乙。" in text


def test_a_page_without_sentences_is_measured_by_its_words() -> None:
    table = "<table><tr><td>档次<td>金额<tr><td>一档<td>30万元</table>"
    assert body(f"<div><a>首页</a></div><div>{table}</div>") == "档次\t金额\n一档\t30万元\n"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>甲<b>乙</b> 丙</p>丁<div>戊<p>己</div>庚", "甲乙 丙\n丁\n戊\n己\n庚\n"),
        ("<p>甲<br>乙<br/><br>丙</p>", "甲\n乙\n\n丙\n"),
        ("<p>  甲 \n  乙\t丙  </p>", "甲乙 丙\n"),
        ("<p>small\nfirms</p>", "small firms\n"),
        ("<p>给予\n30 万元</p>", "给予 30 万元\n"),
        ("<p>&nbsp;&nbsp;甲&#12288;乙&lt;丙&gt;</p>", "\xa0\xa0甲　乙<丙>\n"),
        ("<pre>甲\n  乙\n</pre>", "甲\n  乙\n"),
        ("<p>㎡ m<sup>2</sup> <ruby>戊<rp>(</rp><rt>wù</rt><rp>)</rp></ruby></p>", "㎡ m2 戊\n"),
        ("<ol><li>甲<li><p>乙</p><li value=7>丙</ol>", "1. 甲\n2. 乙\n7. 丙\n"),
        ("<ol start=3 type=a><li>甲<li>乙</ol>", "c. 甲\nd. 乙\n"),
        ("<ol reversed><li>甲<li>乙</ol>", "2. 甲\n1. 乙\n"),
        ('<ol style="list-style-type: cjk-ideographic"><li>甲<li>乙</ol>', "一、甲\n二、乙\n"),
        ('<ol style="list-style:none"><li>甲</ol><ul><li>乙</ul>', "甲\n乙\n"),
        ("<ol start=x><li value=y>甲<ol><li>乙</ol><li>丙</ol>", "1. 甲\n1. 乙\n2. 丙\n"),
        ("<table><caption>表<tr><th>档次<th>金额<tr><td><p>一档<p>首次<td>30万元</table>",
         "表\n档次\t金额\n一档 首次\t30万元\n"),
        ("<table><thead><tr><td>甲<td>乙<tbody><tr><td>丙<td>丁</table>", "甲\t乙\n丙\t丁\n"),
        ("<table><tbody><tr><td>甲<p>乙<td> </table>", "甲\n乙\n"),
        ("<table><tr><td>甲<td><table><tr><td>乙<td>丙</table></table>", "甲\n乙\t丙\n"),
        ("<table><tr><td>甲<td><td>丙<tr><td> <td></table>", "甲\t\t丙\n"),
        ("<p>甲<span hidden>乙</span><span style='VISIBILITY:hidden'>丙</span>丁</p>", "甲丁\n"),
        ("<p>甲<input value=乙><select><option>丙</select><button>丁</button></p>", "甲\n"),
        ("<article><header>题</header>甲</article><aside>乙</aside>", "题\n甲\n"),
        ("<p>甲<!-- 乙 --><?php 丙 ?>丁</p>", "甲丁\n"),
    ],
)  # fmt: skip
def test_lines_are_those_of_a_browser(markup: str, text: str) -> None:
    assert body(markup) == text


def test_pictures_and_what_is_not_in_the_file_are_losses_at_their_place() -> None:
    markup = (
        "<p>甲 <img src=a.png alt=' 流程 图 ' width=600>乙<img src=b.png></p>"
        "<p><img src=c.gif width=16><img style='width:20px;height:20px'></p>"
        "<iframe src=x></iframe><p>丙<video></video><svg></svg></p>"
    )
    source = read(f"<html><body>{markup}</body></html>")
    assert source.text == "甲 乙\n\n丙\n"
    assert [(loss.kind, loss.at, loss.what) for loss in source.losses] == [
        (LossKind.PICTURE, 2, "图片“流程 图”没有读出"),
        (LossKind.PICTURE, 3, "图片没有读出"),
        (LossKind.UNREADABLE, 4, "嵌入的另一个网页不在这个文件里，没有读出"),
        (LossKind.UNREADABLE, 6, "视频不在这个文件里，没有读出"),
        (LossKind.PICTURE, 6, "图片没有读出"),
    ]


def test_a_picture_in_a_row_of_a_table_keeps_its_place() -> None:
    source = read("<html><body><table><tr><td>一档<td>见<img src=a.png></table></body></html>")
    assert source.text[: source.losses[0].at] == "一档\t见"


CUT = "".join(f"<br>这一行是从纸上抄来的第{index}行文字它在句子中间就断开了" for index in range(12))
WHOLE = "".join(f"<br>　　第{index}条这一行是一个完整的自然段，它以句号结尾。" for index in range(12))


def test_lines_broken_within_sentences_are_printed_lines() -> None:
    assert read(f"<html><body><div>{CUT}</div></body></html>").paragraphs is False
    assert read(f"<html><body><div>{WHOLE}</div></body></html>").paragraphs is True


TEXT = "青禾市，支持企业发展的若干措施。"


@pytest.mark.parametrize(
    ("encoding", "declared", "found"),
    [
        ("utf-8", '<meta charset="utf-8">', "UTF-8"),
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "GB18030"),
        ("gb18030", "<meta charset=GBK>", "GB18030"),
        ("gb18030", "", "GB18030"),
        ("utf-8", "<meta charset=gb2312>", "UTF-8"),
        ("utf-8-sig", "<meta charset=gb2312>", "UTF-8 BOM"),
        ("utf-16", "<meta charset=gb2312>", "UTF-16LE"),
    ],
)
def test_the_encoding_is_told_by_mark_bytes_and_declaration(encoding: str, declared: str, found: str) -> None:
    source = read(f"<html><head>{declared}</head><body><p>{TEXT}</body></html>", encoding)
    assert (source.text, source.encoding) == (TEXT + "\n", found)


def test_the_declaration_of_xhtml_names_the_encoding_too() -> None:
    markup = f'<?xml version="1.0" encoding="gb2312"?><!DOCTYPE html><html><body><p>{TEXT}</p></body></html>'
    assert read(markup, "gb18030").text == TEXT + "\n"


def test_an_encoding_that_is_not_read_is_named() -> None:
    with pytest.raises(SourceError, match="自称编码是 Big5"):
        read("<html><meta charset=Big5><body>補助</body></html>", "big5")


@pytest.mark.parametrize(
    "markup",
    ["<html></html>", "<html><body><script>x</script></body></html>", "<!DOCTYPE html>", "<!-- --><p>"],
)
def test_a_page_without_text_is_told_what_may_be_the_reason(markup: str) -> None:
    with pytest.raises(SourceError, match=r"网页里(没有正文文字|什么也没有).*复制正文"):
        read(markup)


def test_a_page_nested_too_deeply_is_refused_and_never_cut_short() -> None:
    with pytest.raises(SourceError, match="嵌套得太深"):
        read("<html><body>" + "<div>" * 300 + "甲" + "</div>" * 300 + "尾</body></html>")


@pytest.mark.parametrize("tags", [["div"], ["ul", "li"], ["table", "tr", "td"], ["b"], ["ins", "blockquote"]])
def test_the_deepest_nesting_that_is_read_is_read_whole(tags: list[str]) -> None:
    path = (tags * 250)[:240]
    opened, closed = "".join(f"<{tag}>" for tag in path), "".join(f"</{tag}>" for tag in reversed(path))
    assert "".join(body(f"{opened}甲，乙。{closed}<p>尾，丙。").split()) == "甲，乙。尾，丙。"


def test_a_fragment_is_a_web_page_by_its_name_and_text_without_it() -> None:
    fragment = "青禾市<br>临江区<p>一、措施</p>".encode()
    assert read_bytes(fragment, "a.html").text == "青禾市\n临江区\n一、措施\n"
    assert read_bytes(fragment, "a.txt").medium == "文本"
    assert read_bytes("只有文字，没有标记。".encode(), "a.html").medium == "文本"


@given(st.lists(st.text("甲乙丙，。 1a", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=8))
def test_what_is_written_into_paragraphs_comes_out_line_by_line(texts: list[str]) -> None:
    lines = [" ".join(text.split()) for text in ["青禾市，通知。", *texts]]
    assert body("".join(f"<p>{line}</p>" for line in lines)).splitlines() == lines


@given(st.text("<>/pdivtablerol=\"'&; 甲乙\n", max_size=80))
def test_any_markup_is_read_or_refused(markup: str) -> None:
    assert outcome(f"<html>{markup}".encode(), "a.html")
