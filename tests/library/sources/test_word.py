"""Word to text: paragraphs, tables, notes, changes, pages, and what cannot be read."""

import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK

from huiqi.library.model import LossKind, Source
from huiqi.library.sources import SourceError, read_bytes
from huiqi.library.sources.word import package
from tests.library.sources.making import paragraph, word, zipped


def read(body: str, **parts: str) -> Source:
    return read_bytes(word(body, **parts), "a.docx")


def run(inside: str) -> str:
    return f"<w:p><w:r>{inside}</w:r></w:p>"


def test_a_file_of_a_real_writer_is_read_paragraph_by_paragraph() -> None:
    document = docx.Document()
    document.add_heading("支持企业发展的若干措施", 0)
    document.add_paragraph("一、对新认定的企业，给予30万元奖励。")
    document.add_paragraph("")
    last = document.add_paragraph("二、上页")
    last.add_run().add_break(WD_BREAK.PAGE)
    last.add_run("下页")
    saved = io.BytesIO()
    document.save(saved)
    source = read_bytes(saved.getvalue(), "a.docx")
    assert source.text == "支持企业发展的若干措施\n一、对新认定的企业，给予30万元奖励。\n\n二、上页\n下页\n"
    assert (source.medium, source.encoding, source.paragraphs, source.losses) == ("Word", "", True, ())
    assert [source.text[start:][:2] for start in source.page_starts] == ["支持", "下页"]


def test_breaks_tabs_hyphens_and_symbols_become_characters() -> None:
    body = run(
        "<w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:cr/><w:t>a</w:t><w:noBreakHyphen/>"
        '<w:t>b</w:t><w:softHyphen/><w:t>c</w:t><w:sym w:font="Wingdings" w:char="F0FE"/>'
        '<w:sym w:font="Symbol" w:char="F0B3"/><w:sym w:font="Other" w:char="E123"/>'
        '<w:sym w:font="Wingdings" w:char="nonsense"/><w:sym w:font="Wingdings" w:char="D800"/>'
    )
    assert read(body).text == "甲\n乙\t丙\na-bc☑≥\ue123\n"


def test_blanks_at_the_ends_of_a_run_count_only_where_the_file_says_so() -> None:
    body = run('<w:t> 甲 </w:t><w:t xml:space="preserve"> 乙\n丙 </w:t>')
    assert read(body).text == "甲 乙 丙 \n"


def test_runs_are_read_out_of_whatever_wraps_them() -> None:
    inside = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        "<w:p><w:hyperlink>" + inside.format("甲") + "</w:hyperlink><w:smartTag>" + inside.format("乙")
        + "</w:smartTag><w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + inside.format("丙")
        + '</w:sdtContent></w:sdt><w:fldSimple w:instr="DATE">' + inside.format("丁") + "</w:fldSimple>"
        + "<w:r><w:ruby><w:rt>" + inside.format("wù") + "</w:rt><w:rubyBase>" + inside.format("戊")
        + "</w:rubyBase></w:ruby></w:r></w:p>"
        + "<w:sdt><w:sdtContent>" + paragraph("己") + "</w:sdtContent></w:sdt>"
    )  # fmt: skip
    assert read(body).text == "甲乙丙丁戊\n己\n"


def test_of_a_field_only_what_it_shows_is_text() -> None:
    body = run(
        '<w:fldChar w:fldCharType="begin"/><w:instrText>IF </w:instrText><w:fldChar w:fldCharType="begin"/>'
        '<w:instrText>REF x</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>里</w:t>'
        '<w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/><w:t>见第三条</w:t>'
        '<w:fldChar w:fldCharType="end"/><w:t>。</w:t>'
    )
    assert read(body).text == "见第三条。\n"


def test_a_field_that_is_never_closed_swallows_nothing_after_its_paragraph() -> None:
    body = run('<w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText>') + paragraph("正文")
    assert read(body).text == "\n正文\n"


def test_tracked_changes_count_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>给予</w:t></w:r><w:del><w:r><w:delText>10</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>30</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>走</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>万元</w:t></w:r></w:moveTo></w:p>"
    )
    assert read(body).text == "给予30万元\n"


@pytest.mark.parametrize("gone", ["w:del", "w:moveFrom", "w:vanish"])
def test_a_paragraph_whose_end_was_taken_away_goes_on_in_the_next(gone: str) -> None:
    body = paragraph("前半", f"<w:rPr><{gone}/></w:rPr>") + paragraph("后半") + paragraph("另段")
    assert read(body).text == "前半后半\n另段\n"


def test_a_paragraph_that_was_deleted_whole_leaves_nothing() -> None:
    mark = '<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
    deleted = f"<w:p>{mark}<w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
    assert read(paragraph("甲") + deleted + paragraph("乙")).text == "甲\n乙\n"
    assert read(paragraph("甲") + deleted).text == "甲\n"


def test_an_open_paragraph_ends_before_a_table_and_at_the_end() -> None:
    opened = paragraph("开着", "<w:rPr><w:del/></w:rPr>")
    table = "<w:tbl><w:tr><w:tc>" + paragraph("格") + "</w:tc></w:tr></w:tbl>"
    assert read(opened + table + opened).text == "开着\n格\n开着\n"


def test_hidden_text_is_left_out() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r></w:p>'
    )
    assert read(body).text == "显\n"


def cell(*texts: str) -> str:
    return "<w:tc>" + "".join(paragraph(text) for text in texts) + "</w:tc>"


def rows(*inside: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{each}</w:tr>" for each in inside) + "</w:tbl>"


def test_a_row_of_a_table_is_a_line_with_tabs_between_cells() -> None:
    table = rows(
        cell("档次") + cell("金额"),
        cell("一档", "首次") + cell("30万元"),
        cell("二档") + cell("") + cell("略"),
    )
    source = read(paragraph("前文") + table + paragraph("后文"))
    assert source.text == "前文\n档次\t金额\n一档 首次\t30万元\n二档\t\t略\n后文\n"
    assert source.losses == ()


def test_a_row_with_one_filled_cell_or_a_table_inside_only_frames_text() -> None:
    frame = rows(
        cell("甲", "乙") + cell(""),
        "<w:tc>" + paragraph("丙") + rows(cell("丁") + cell("戊")) + "</w:tc>" + cell("己"),
    )
    assert read(frame).text.splitlines() == ["甲", "乙", "丙", "丁\t戊", "己"]


def test_rows_that_were_deleted_and_empty_ones_are_left_out() -> None:
    deleted = "<w:trPr><w:del/></w:trPr>" + cell("旧") + cell("旧")
    assert read(rows(deleted, cell("") + cell(""), cell("甲") + cell("乙"))).text == "甲\t乙\n"


def test_rows_and_cells_are_found_in_content_controls() -> None:
    wrapped = "<w:sdt><w:sdtContent><w:tr>" + cell("甲") + "<w:sdt><w:sdtContent>" + cell("乙")
    wrapped += "</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt>"
    assert read(f"<w:tbl>{wrapped}</w:tbl>").text == "甲\t乙\n"


NOTES = (
    '<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t xml:space="preserve"> 指当年。</w:t></w:r></w:p>'
    + paragraph("含本数。")
    + "</w:footnote>"
)


def test_a_footnote_stands_at_the_end_of_its_paragraph() -> None:
    body = run('<w:t>年度</w:t><w:footnoteReference w:id="2"/><w:t>内给予奖励。</w:t>') + paragraph("后文")
    assert read(body, footnotes=NOTES).text == "年度内给予奖励。［注：指当年。 含本数。］\n后文\n"


def test_an_endnote_is_like_a_footnote_and_a_note_that_is_missing_is_nothing() -> None:
    body = run('<w:t>甲</w:t><w:endnoteReference w:id="2"/><w:endnoteReference w:id="9"/>')
    notes = NOTES.replace("footnote", "endnote")
    assert read(body, endnotes=notes).text == "甲［注：指当年。 含本数。］\n"
    assert read(body).text == "甲\n"


def test_pages_begin_at_page_breaks_sections_and_paragraphs_that_say_so() -> None:
    section = "<w:sectPr/>"
    body = (
        paragraph("甲")
        + run('<w:br w:type="page"/>')
        + run('<w:br w:type="page"/><w:t>丙</w:t>')
        + paragraph("丁", "<w:pageBreakBefore/>")
        + paragraph("戊", section)
        + paragraph("己", '<w:sectPr><w:type w:val="nextPage"/></w:sectPr>')
        + paragraph("庚")
        + run('<w:t>辛</w:t><w:br w:type="page"/>')
        + paragraph("壬")
        + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    )
    source = read(body)
    assert source.text == "甲\n丙\n丁\n戊\n己\n庚\n辛\n壬\n"
    assert [source.text[start] for start in source.page_starts] == list("甲丙丁己壬")


def test_a_style_may_say_that_its_paragraphs_begin_pages() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="base"><w:pPr><w:pageBreakBefore/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="part"><w:basedOn w:val="base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
    )
    body = (
        paragraph("甲", '<w:pStyle w:val="loop"/>')
        + paragraph("乙", '<w:pStyle w:val="part"/>')
        + paragraph("丙", '<w:pStyle w:val="part"/><w:pageBreakBefore w:val="0"/>')
    )
    assert read(body, styles=styles).page_starts == (0, 2)


PICTURE = (
    '<w:drawing><wp:inline><wp:extent cx="3600000" cy="1800000"/><wp:docPr id="1" name="图 1" descr="{}"/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
)


def test_a_picture_is_a_loss_at_its_place() -> None:
    source = read(paragraph("甲") + run("<w:t>见</w:t>" + PICTURE.format("流程图") + "<w:t>图</w:t>"))
    (loss,) = source.losses
    assert (loss.kind, loss.what, loss.at) == (LossKind.PICTURE, "图片“流程图”（10.0×5.0 厘米）没有读出", 3)
    assert source.text == "甲\n见图\n"


def test_old_pictures_charts_and_objects_are_losses_too() -> None:
    old = '<w:pict><v:shape><v:imagedata r:id="x"/></v:shape></w:pict>'
    chart = (
        "<w:drawing><wp:anchor><a:graphic><a:graphicData"
        ' uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic></wp:anchor></w:drawing>'
    )
    sheet = '<w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/></w:object>'
    source = read(run("<w:t>甲</w:t>" + old + chart + sheet))
    assert [loss.what for loss in source.losses] == [
        "图片没有读出",
        "图表没有读出",
        "嵌入的对象（Excel.Sheet.12）没有读出",
    ]


def test_a_picture_in_a_row_of_a_table_keeps_its_place() -> None:
    table = rows(cell("一档") + "<w:tc>" + run("<w:t>见</w:t>" + PICTURE.format("")) + "</w:tc>")
    source = read(table)
    assert source.text[: source.losses[0].at] == "一档\t见"


def test_text_boxes_and_drawn_words_follow_their_paragraph_once() -> None:
    box = f"<w:txbxContent>{paragraph('框一')}{paragraph('框二')}</w:txbxContent>"
    twice = (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
        f'<a:graphicData uri="wps"><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData>'
        "</a:graphic></wp:anchor></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    drawn = '<w:pict><v:shape><v:textpath string="青禾市人民政府文件"/></v:shape></w:pict>'
    source = read(run("<w:t>甲</w:t>" + twice + drawn + "<w:t>乙</w:t>") + paragraph("丙"))
    assert source.text == "甲乙\n青禾市人民政府文件\n框一\n框二\n丙\n"
    assert source.losses == ()


def test_of_alternatives_that_hold_text_the_first_is_taken() -> None:
    both = "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    inside = both.format("<w:r><w:t>新</w:t></w:r>", "<w:r><w:t>旧</w:t></w:r>")
    body = f"<w:p>{inside}</w:p>" + both.format(paragraph("新段"), paragraph("旧段"))
    assert read(body).text == "新\n新段\n"


def test_pictures_are_found_among_alternatives_and_without_a_size() -> None:
    grouped = (
        "<w:drawing><wp:inline><wp:docPr/><mc:AlternateContent><mc:Fallback><pic:pic/></mc:Fallback>"
        '</mc:AlternateContent></wp:inline></w:drawing><w:drawing><wp:inline><wp:extent cx="x"/><pic:pic/>'
        "</wp:inline></w:drawing>"
    )
    assert [loss.what for loss in read(run("<w:t>甲</w:t>" + grouped)).losses] == ["图片没有读出"] * 2


def test_a_formula_is_read_as_characters_and_reported() -> None:
    source = read(
        f"<w:p><m:oMath><m:r><m:t>x</m:t></m:r><m:r><m:t>+1</m:t></m:r></m:oMath></w:p>{paragraph('甲')}"
    )
    assert source.text == "x+1\n甲\n"
    assert [(loss.kind, loss.at) for loss in source.losses] == [(LossKind.UNREADABLE, 0)]


def test_a_file_inside_the_file_is_reported() -> None:
    source = read(paragraph("甲") + '<w:altChunk r:id="x"/>' + paragraph("乙"))
    assert [(loss.kind, loss.at) for loss in source.losses] == [(LossKind.UNREADABLE, 2)]


def test_a_file_of_pictures_only_is_told_as_a_scan() -> None:
    with pytest.raises(SourceError, match=r"Word 文件里没有文字.*OCR"):
        read(run(PICTURE.format("")))


def problem(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read_bytes(data, "a.docx")
    return caught.value.problem


def test_macros_templates_and_the_strict_form_are_told_by_name() -> None:
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    template = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
    assert "带宏的 Word 文件或模板" in problem(word(paragraph("甲"), content_type=macro))
    assert "带宏的 Word 文件或模板" in problem(word(paragraph("甲"), content_type=template))
    strict = '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
    assert "严格 Open XML" in problem(zipped({"word/document.xml": strict}))


def test_a_file_with_missing_or_broken_parts_is_told_as_broken() -> None:
    assert "坏了" in problem(zipped({"word/document.xml": "<w:document/>"}))
    assert "坏了" in problem(zipped({"[Content_Types].xml": "<Types/>"}))
    sound = word(paragraph("甲"))
    assert "坏了" in problem(sound[: len(sound) // 2])
    for part in ("word/document.xml", "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        files = {each: content for each, content in unzipped(sound).items() if each != part}
        assert "坏了" in problem(zipped({**files, part: "<broken"}))
    assert "坏了" in problem(zipped({**unzipped(sound), "word/document.xml": "<document/>"}))


def unzipped(data: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def test_an_archive_with_a_password_is_told_as_one() -> None:
    data = bytearray(word(paragraph("甲")))
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert "加了密码" in problem(bytes(data))


@pytest.mark.parametrize(("limit", "least"), [("_MOST_XML", 100), ("_MOST_BYTES", 100), ("_MOST_PARTS", 2)])
def test_what_unfolds_to_too_much_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch, limit: str, least: int
) -> None:
    monkeypatch.setattr(package, limit, least)
    assert "解压后太大" in problem(word(paragraph("甲")))


def test_a_bomb_of_a_few_kilobytes_is_refused_at_once() -> None:
    bomb = zipped({"word/document.xml": b" " * (70 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    assert "解压后太大（70 MB" in problem(bomb)


def test_entities_of_a_file_are_never_unfolded() -> None:
    files = unzipped(word(paragraph("甲") + paragraph("乙")))
    document = files["word/document.xml"]
    assert isinstance(document, bytes)
    laughs = '<!DOCTYPE x [<!ENTITY a "哈哈"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    inside = document.replace("甲".encode(), b"&a;&b;")
    source = read_bytes(zipped({**files, "word/document.xml": laughs.encode() + inside}), "a.docx")
    assert source.text == "\n乙\n"
