"""What of a Word file is text, and what is not."""

from tests.foundation.files.word_files import plain, text_of

RUN = "<w:r><w:t>{}</w:t></w:r>"
BOX = f"<w:txbxContent>{plain('框内')}</w:txbxContent>"


def paragraph(*parts: str) -> str:
    return f"<w:p>{''.join(parts)}</w:p>"


def test_tracked_changes_count_as_accepted():
    gone = '<w:del w:id="1" w:author="甲"><w:r><w:delText>五月</w:delText></w:r></w:del>'
    come = f'<w:ins w:id="2" w:author="甲">{RUN.format("六月")}</w:ins>'
    assert text_of(paragraph(RUN.format("于"), gone, come)).startswith("于六月")


def test_a_paragraph_mark_that_was_taken_out_joins_the_next():
    mark = '<w:pPr><w:rPr><w:del w:id="1" w:author="甲"/></w:rPr></w:pPr>'
    assert text_of(paragraph(mark, RUN.format("加强")), plain("巡查")).startswith("加强巡查")


def test_breaks_and_tabs_inside_a_paragraph_stay():
    assert text_of(
        paragraph("<w:r><w:t>责任</w:t><w:br/><w:t>时限</w:t><w:tab/><w:t>六月</w:t></w:r>")
    ).startswith("责任\n时限\t六月")


def test_a_text_box_comes_once_behind_its_paragraph():
    shape = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{BOX}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert text_of(paragraph(RUN.format("外"), f"<w:r>{shape}</w:r>")).strip() == "外\n框内"


def test_controls_links_and_fields_are_read_like_plain_words():
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{plain('控件')}</w:sdtContent></w:sdt>"
    link = f"<w:hyperlink>{RUN.format('链接')}</w:hyperlink>"
    field = f'<w:fldSimple w:instr="DATE">{RUN.format("域")}</w:fldSimple>'
    assert text_of(control, paragraph(link, field)).startswith("控件\n链接域")


def test_contents_notes_and_hidden_words_are_left_out():
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    contents = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{plain('目录')}</w:sdtContent></w:sdt>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    assert text_of(contents, paragraph(RUN.format("演练"), hidden, note)).strip() == "演练"


def test_a_cell_merged_downwards_leaves_an_empty_line():
    cell = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>"
    row = "<w:tr>{}{}</w:tr>"
    top = row.format(
        cell.format('<w:vMerge w:val="restart"/>', plain("县教育局")), cell.format("", plain("演练"))
    )
    low = row.format(cell.format("<w:vMerge/>", plain("")), cell.format("", plain("培训")))
    assert text_of(f"<w:tbl>{top}{low}</w:tbl>").startswith("县教育局\n演练\n\n培训")


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def test_a_row_is_one_line_where_tables_are_wanted_as_such():
    words = table(row(plain("序号"), plain("单位")), row(plain("1"), plain("浛洸镇") + plain("（街）")))
    assert text_of(words, rows=True) == "序号\t单位\n1\t浛洸镇 （街）"


def test_merged_cells_keep_the_columns_apart():
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + plain("合计")
    below = "<w:tcPr><w:vMerge/></w:tcPr>" + plain("")
    words = table(row(wide, plain("3")), row(below, plain("甲"), plain("1")))
    assert text_of(words, rows=True) == "合计\t\t3\n\t甲\t1"


def test_a_frame_around_text_is_no_table():
    assert text_of(table(row(plain("一、要求") + plain("正文。"))), rows=True) == "一、要求\n正文。"
