//! Documents of applicants, read: the filled forms that lie beside the sources
//! give their text, tables, boxes and what lies beside the text.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "what fails ends the test, and what is skipped is said"
)]

#[path = "common/docx.rs"]
mod make;

use std::fs;
use std::path::{Path, PathBuf};

use make::{docx, p, r, rp, with};
use pingshen::base::{FileKind, Limits, Problem, Unreadable};
use pingshen::domain::document::{Block, CarrierKind, Cell, Document, Table};
use pingshen::formats::document;
use pingshen::workflow::reader::{Converter, Read, Reader};

fn shared(folder: &str) -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("PINGSHEN_SHARED").map(PathBuf::from);
    let places = [named, Some(here.join("../shared")), Some(here.join("../../shared"))];
    let found = places.into_iter().flatten().map(|place| place.join(folder)).find(|place| place.is_dir());
    if found.is_none() {
        eprintln!("skipped: {folder} is not there; set PINGSHEN_SHARED");
    }
    found
}

fn lines(blocks: &[Block], out: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(text) => out.push(text.clone()),
            Block::Table(Table { rows, .. }) => {
                rows.iter().flat_map(|row| &row.cells).for_each(|cell| lines(&cell.blocks, out));
            }
        }
    }
}

fn text(document: &Document) -> String {
    let mut out = Vec::new();
    lines(&document.blocks, &mut out);
    out.join("\n")
}

#[track_caller]
fn read(bytes: &[u8]) -> Document {
    document::read(bytes, "x.docx", &Limits::STANDARD).unwrap()
}

/// The paragraphs of a document without tables.
#[track_caller]
fn paragraphs(body: &str) -> Vec<String> {
    let mut out = Vec::new();
    lines(&read(&docx(body)).blocks, &mut out);
    out
}

/// The text of a paragraph of these runs.
#[track_caller]
fn line(runs: &str) -> String {
    let all = paragraphs(&format!("<w:p>{runs}</w:p>"));
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].clone()
}

fn said(document: &Document, kind: CarrierKind) -> Vec<&str> {
    document.carriers.iter().filter(|carrier| carrier.kind == kind).map(|carrier| carrier.text.as_str()).collect()
}

#[track_caller]
fn table(document: &Document) -> &Table {
    document
        .blocks
        .iter()
        .find_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        })
        .unwrap()
}

fn grid(table: &Table) -> Vec<Vec<(u32, u32, bool, String)>> {
    let cell = |cell: &Cell| (cell.column, cell.span, cell.continues, cell.text());
    table.rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect()
}

fn tc(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
}

// ---- Text -------------------------------------------------------------------

#[test]
fn what_stands_in_a_line_is_one_text_however_it_is_cut() {
    assert_eq!(line(&(r("1") + "<w:proofErr/>" + &r("2,0") + &r("00"))), "12,000");
    assert_eq!(line("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>"), "a\tb\nc\nd");
    assert_eq!(
        line("<w:r><w:t>0417</w:t><w:noBreakHyphen/><w:t>555</w:t><w:softHyphen/><w:t>03</w:t></w:r>"),
        "0417-55503"
    );
    for around in ["hyperlink", "smartTag", "customXml", "fldSimple", "ins", "moveTo", "dir"] {
        let runs = format!("{}<w:{around}>{}</w:{around}>{}", r("甲"), r("乙"), r("丙"));
        assert_eq!(line(&runs), "甲乙丙", "{around}");
    }
    assert_eq!(line(&format!("<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", r("乙"))), "乙");
    assert_eq!(line("<w:r><w:t>a &amp; b &#65; &lt;</w:t></w:r>"), "a & b A <");
    assert_eq!(
        line(
            "<w:r><w:ruby><w:rt><w:r><w:t>yi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>伊</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        ),
        "伊"
    );
    assert_eq!(line("<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>"), "12");
}

#[test]
fn a_part_may_be_in_sixteen_bits_or_name_its_vocabulary_otherwise() {
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><d xmlns=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><body><p><r><t>正文</t></r></p></body></d>";
    let wide: Vec<u8> = std::iter::once(0xfeff).chain(xml.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(text(&read(&make::zip(&[("word/document.xml", &wide)]))), "正文");
}

#[test]
fn deleted_text_does_not_count_and_is_reported_with_who_did_it() {
    let body = format!(
        "<w:p>{}<w:del w:author=\"赵主任\"><w:r><w:delText>13</w:delText></w:r></w:del><w:ins w:author=\"钱老师\">{}</w:ins></w:p>",
        r("授权"),
        r("15")
    );
    let document = read(&docx(&body));
    assert_eq!(text(&document), "授权15");
    assert_eq!(said(&document, CarrierKind::DeletedText), ["13"]);
    assert_eq!(said(&document, CarrierKind::TrackedAuthor), ["赵主任", "钱老师"]);
    let moved = format!("<w:p><w:moveFrom w:author=\"x\">{}</w:moveFrom>{}</w:p>", r("旧处"), r("正文"));
    assert_eq!(text(&read(&docx(&moved))), "正文");
    // A paragraph whose end is deleted goes on with the next.
    let joined = format!("<w:p><w:pPr><w:rPr><w:del w:author=\"x\"/></w:rPr></w:pPr>{}</w:p>{}", r("12"), p("3件"));
    assert_eq!(paragraphs(&joined), ["123件"]);
    let row = |mark: &str, text: &str| format!("<w:tr><w:trPr>{mark}</w:trPr>{}</w:tr>", tc("", &p(text)));
    let rows =
        format!("<w:tbl>{}{}</w:tbl>", row("<w:del w:author=\"孙\"/>", "删"), row("<w:ins w:author=\"李\"/>", "留"));
    let document = read(&docx(&rows));
    assert_eq!(grid(table(&document)), [[(0, 1, false, "留".to_owned())]]);
    assert_eq!(said(&document, CarrierKind::DeletedText), ["删"]);
    assert_eq!(said(&document, CarrierKind::TrackedAuthor), ["孙", "李"]);
    let format_change = rp("<w:rPrChange w:author=\"周\"><w:rPr/></w:rPrChange>", "字");
    assert_eq!(said(&read(&docx(&format!("<w:p>{format_change}</w:p>"))), CarrierKind::TrackedAuthor), ["周"]);
}

#[test]
fn text_nobody_sees_does_not_count_and_is_reported() {
    let styles = r#"<w:styles SPACES><w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="i"><w:basedOn w:val="h"/></w:style><w:style w:type="character" w:styleId="loop"><w:basedOn w:val="loop"/></w:style></w:styles>"#;
    for hidden in [
        "<w:vanish/>",
        "<w:vanish w:val=\"1\"/>",
        "<w:rStyle w:val=\"h\"/>",
        "<w:rStyle w:val=\"i\"/>",
        "<w:color w:val=\"FFFFFF\"/>",
        "<w:color w:val=\"fefefe\"/>",
        "<w:sz w:val=\"2\"/>",
    ] {
        let body = format!("<w:p>{}{}{}{}</w:p>", r("前"), rp(hidden, "望舒"), rp(hidden, "农大"), r("后"));
        let document = read(&with(&body, &[("word/styles.xml", styles)]));
        assert_eq!(text(&document), "前后", "{hidden}");
        assert_eq!(said(&document, CarrierKind::HiddenText), ["望舒农大"], "{hidden}: runs on end are one");
    }
    for seen in [
        "<w:vanish w:val=\"0\"/>",
        "<w:rStyle w:val=\"h\"/><w:vanish w:val=\"false\"/>",
        "<w:rStyle w:val=\"loop\"/>",
        "<w:color w:val=\"FFFFFF\"/><w:shd w:val=\"clear\" w:fill=\"1F497D\"/>",
        "<w:color w:val=\"FF0000\"/>",
        "<w:sz w:val=\"10\"/>",
    ] {
        let document = read(&with(&format!("<w:p>{}</w:p>", rp(seen, "字")), &[("word/styles.xml", styles)]));
        assert_eq!(text(&document), "字", "{seen}");
    }
    let head = tc(
        "<w:shd w:val=\"clear\" w:fill=\"000080\"/>",
        &format!("<w:p>{}</w:p>", rp("<w:color w:val=\"FFFFFF\"/>", "名称")),
    );
    let document = read(&docx(&format!("<w:tbl><w:tr>{head}</w:tr></w:tbl>")));
    assert_eq!(text(&document), "名称", "white on blue is there to be read");
}

#[test]
fn what_is_struck_out_by_hand_does_not_count_and_is_reported() {
    for struck in ["<w:strike/>", "<w:dstrike/>", "<w:strike w:val=\"true\"/><w:dstrike w:val=\"0\"/>"] {
        let document = read(&docx(&format!("<w:p>{}{}</w:p>", rp(struck, "88"), r("74.28"))));
        assert_eq!(text(&document), "74.28", "{struck}");
        assert_eq!(said(&document, CarrierKind::DeletedText), ["88"], "{struck}");
    }
    assert_eq!(line(&(rp("<w:strike w:val=\"0\"/>", "7") + &r("4"))), "74");
}

#[test]
fn the_raised_mark_of_a_note_is_no_digit_of_the_figure_before_it() {
    assert_eq!(line(&(r("55") + &rp("<w:vertAlign w:val=\"superscript\"/>", "12"))), "55¹²");
    assert_eq!(line(&(r("55") + &rp("<w:vertAlign w:val=\"baseline\"/>", "1"))), "551");
}

#[test]
fn a_field_gives_what_it_shows_and_not_what_it_is_told() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let told = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let field = |what: &str, shows: &str| mark("begin") + &told(what) + &mark("separate") + &r(shows) + &mark("end");
    assert_eq!(line(&(r("第") + &field("PAGE", "3") + &r("页"))), "第3页");
    let link = read(&docx(&format!("<w:p>{}</w:p>", field("HYPERLINK \"https://x.example\"", "网站"))));
    assert_eq!(text(&link), "网站");
    assert!(said(&link, CarrierKind::LinkTarget)[0].contains("x.example"));
    // Never ended: nothing may vanish for it.
    assert_eq!(line(&(mark("begin") + &told("PAGE") + &r("正文"))), "正文");
    for (code, shown) in
        [("eq \\o\\ac(□,√)", "☑"), ("EQ \\o(□,✓)", "☑"), ("eq \\o\\ac(○,1)", "1"), ("eq \\o\\ac(□)", "□")]
    {
        assert_eq!(line(&(mark("begin") + &told(code) + &mark("end") + &r("是"))), format!("{shown}是"));
    }
}

#[test]
fn a_text_box_is_read_once_where_it_is_anchored() {
    let content = format!("<w:txbxContent>{}</w:txbxContent>", p("框内"));
    let both = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor><wp:docPr id=\"1\" name=\"文本框 1\" descr=\"描述\"/><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    );
    assert_eq!(paragraphs(&format!("<w:p>{}{both}</w:p>{}", r("前"), p("后"))), ["前", "框内", "后"]);
    let cell = tc("", &format!("<w:p>{}{both}</w:p>", r("格")));
    let document = read(&docx(&format!("<w:tbl><w:tr>{cell}</w:tr></w:tbl>")));
    assert_eq!(grid(table(&document)), [[(0, 1, false, "格\n框内".to_owned())]]);
    assert_eq!(said(&document, CarrierKind::ImageAlt), ["描述"], "the program's own name for it tells nothing");
    assert_eq!(
        paragraphs(&format!("<w:p>{}{both}{}{both}</w:p>", r("申报单位：__"), r("电话：  "))),
        ["申报单位：__框内电话：  框内"],
        "a box laid over the blank behind a label fills it in"
    );
    let only_old = both.replace("<mc:Choice", "<mc:Other").replace("</mc:Choice", "</mc:Other");
    assert_eq!(paragraphs(&format!("<w:p>{only_old}</w:p>")), ["", "框内"]);
}

// ---- Boxes ------------------------------------------------------------------

#[test]
fn every_make_of_a_box_is_one_of_two_signs() {
    let sym = |font: &str, code: &str| format!("<w:r><w:sym w:font=\"{font}\" w:char=\"{code}\"/></w:r>");
    let typed = |font: &str, c: &str| rp(&format!("<w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\"/>"), c);
    let control = |state: &str, shown: &str| {
        format!(
            "<w:sdt><w:sdtPr><w14:checkbox>{state}</w14:checkbox></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
            r(shown)
        )
    };
    let old = |state: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let mut on: Vec<String> = ["☑", "☒", "✔", "✓", "√"].map(r).into();
    on.extend(["F051", "F052", "F053", "F054", "0052"].map(|code| sym("Wingdings 2", code)));
    on.extend(["F0FC", "F0FD", "F0FE", "00FE"].map(|code| sym("Wingdings", code)));
    on.extend([typed("Wingdings 2", "R"), typed("Wingdings", "þ"), typed("Wingdings", "\u{f0fe}")]);
    on.extend(["<w14:checked w14:val=\"1\"/>", "<w14:checked w14:val=\"true\"/>"].map(|state| control(state, "☒")));
    on.push(control("<w14:checked w14:val=\"1\"/>", "★"));
    on.push(control("<w14:checked w14:val=\"1\"/>", "□"));
    on.extend(
        ["<w:checked/>", "<w:default w:val=\"0\"/><w:checked w:val=\"1\"/>", "<w:default w:val=\"1\"/>"].map(old),
    );
    let mut off: Vec<String> = ["□", "☐", "◻"].map(r).into();
    off.extend(["F0A3", "F02A"].map(|code| sym("Wingdings 2", code)));
    off.extend(["F06F", "F071", "F0A8", "006F"].map(|code| sym("Wingdings", code)));
    off.extend([typed("Wingdings", "o"), typed("Wingdings 2", "£"), typed("Wingdings", "¨")]);
    off.extend(["<w14:checked w14:val=\"0\"/>", ""].map(|state| control(state, "☐")));
    off.extend(
        [
            "<w:checked w:val=\"0\"/>",
            "<w:default w:val=\"1\"/><w:checked w:val=\"false\"/>",
            "<w:checked w:val=\"off\"/>",
            "",
        ]
        .map(old),
    );
    for (made, sign) in on.iter().map(|made| (made, '☑')).chain(off.iter().map(|made| (made, '□'))) {
        assert_eq!(line(&(made.clone() + &r("高等学校"))), format!("{sign}高等学校"), "{made}");
        assert_eq!(line(&(r("否") + made)), format!("否{sign}"), "{made}");
    }
    let other_script = rp("<w:rFonts w:ascii=\"宋体\" w:hAnsi=\"宋体\" w:cs=\"Wingdings 2\"/>", "R&amp;D \u{f052}");
    assert_eq!(line(&other_script), "R&D ☑", "letters of a run whose other script has a font of signs stay letters");
    assert_eq!(line(&sym("Wingdings", "F04A")), "•", "a smiling face is no letter J");
}

#[test]
fn signs_with_two_meanings_are_boxes_where_there_is_a_choice() {
    for (written, read) in [
        ("■高等学校 □科研机构", "☑高等学校 □科研机构"),
        ("●是 ○否", "☑是 □否"),
        ("是√ 否", "是☑ 否"),
        ("√2021年", "☑2021年"),
        ("√（一）管理办法", "☑（一）管理办法"),
        ("■ 主要做法", "■ 主要做法"),
        ("●到二○二五年", "●到二○二五年"),
        ("二○二三年", "二○二三年"),
        ("误差为√2倍", "误差为√2倍"),
        ("s=√x", "s=√x"),
        ("√PCT申请", "☑PCT申请"),
    ] {
        assert_eq!(line(&r(written)), read);
    }
    let cell = |content: &str| {
        let document = read(&docx(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", tc("", content))));
        table(&document).rows[0].cells[0].text()
    };
    assert_eq!(cell(&(p("■ 《规范》") + &p("□ 其他："))), "☑ 《规范》\n□ 其他：", "lines of one cell are one choice");
    assert_eq!(cell(&p("●是")), "☑是");
    assert_eq!(cell(&p("■")), "☑");
    assert_eq!(cell(&p("√")), "☑");
    assert_eq!(cell(&p("■ 一、制度建设方面的主要举措和成效")), "■ 一、制度建设方面的主要举措和成效");
    assert_eq!(paragraphs(&(p("● 第一") + &p("□ 甲") + &p("■ 乙") + &p("文") + &p("● 二")))[2], "☑ 乙");
}

// ---- Tables -----------------------------------------------------------------

#[test]
fn cells_keep_their_place_in_the_grid() {
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"2\"/></w:trPr>{}</w:tr><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>{}</w:tr></w:sdtContent></w:sdt></w:tbl>",
        tc("<w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/>", &p("单位")),
        tc("", &p("一")),
        tc("<w:gridSpan w:val=\"2\"/><w:vMerge/>", &p("")),
        tc("", &p("二")),
        tc("", &p("三")),
        tc("<w:gridSpan w:val=\"99999999999\"/>", &p("四")),
        tc("<w:vMerge/>", &p("五")),
    );
    let document = read(&docx(&body));
    let cell = |column, span, continues, text: &str| (column, span, continues, text.to_owned());
    assert_eq!(
        grid(table(&document)),
        vec![
            vec![cell(0, 2, false, "单位"), cell(2, 1, false, "一")],
            vec![cell(0, 2, true, ""), cell(2, 1, false, "二")],
            vec![cell(2, 1, false, "三")],
            vec![cell(0, 1, false, "四"), cell(1, 1, false, "五")],
        ]
    );
    let nested = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", tc("", &p("文号1")));
    let outer = format!(
        "<w:tbl><w:tr>{}</w:tr></w:tbl><w:tbl><w:tr>{}</w:tr></w:tbl>",
        tc("", &(p("外") + &nested + &p(""))),
        tc("", &p("后"))
    );
    let document = read(&docx(&outer));
    let cell = &table(&document).rows[0].cells[0];
    assert_eq!(cell.text(), "外\n");
    let inner = cell.tables().next().unwrap();
    assert_eq!((inner.number, inner.rows[0].cells[0].text()), (2, "文号1".to_owned()));
    assert!(matches!(&document.blocks[1], Block::Table(table) if table.number == 3));
}

// ---- Beside the text --------------------------------------------------------

#[test]
fn what_lies_beside_the_text_is_reported_with_its_part() {
    let body = format!(
        "<w:bookmarkStart w:name=\"_GoBack\"/><w:p><w:bookmarkStart w:name=\"望舒农大\"/><w:sdt><w:sdtPr><w:alias w:val=\"陶磊填\"/><w:tag w:val=\"tag1\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"校徽\" descr=\"望舒农业大学校徽\"/></wp:inline></w:drawing></w:r></w:p><!-- 内部稿 -->",
        r("字")
    );
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0btEXtAuthor\0Tao!\0\0\0\0";
    let document_xml = with(
        &body,
        &[
            (
                "docProps/core.xml",
                r#"<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>杨丽华</dc:creator><cp:lastModifiedBy>科研处</cp:lastModifiedBy><dc:title>申报书</dc:title><cp:revision>3</cp:revision></cp:coreProperties>"#,
            ),
            (
                "docProps/app.xml",
                "<Properties><Application>WPS</Application><Company>望舒农业大学</Company><Pages>7</Pages><Template>Normal.dotm</Template></Properties>",
            ),
            (
                "docProps/custom.xml",
                r#"<Properties><property name="归口"><v>科研院</v></property><property name="KSOProductBuildVer"><v>2052</v></property></Properties>"#,
            ),
            (
                "word/comments.xml",
                &format!(
                    "<w:comments SPACES><w:comment w:author=\"孙会计\" w:initials=\"S\">{}</w:comment></w:comments>",
                    p("请核对")
                ),
            ),
            ("word/header1.xml", &format!("<w:hdr SPACES>{}</w:hdr>", p("页眉单位"))),
            ("word/footer2.xml", &format!("<w:ftr SPACES>{}</w:ftr>", p("页脚单位"))),
            (
                "word/footnotes.xml",
                &format!("<w:footnotes SPACES><w:footnote>{}</w:footnote></w:footnotes>", p("脚注话")),
            ),
            (
                "word/settings.xml",
                r#"<w:settings SPACES><w:docVars><w:docVar w:name="u" w:val="变量值"/></w:docVars><w:mailMerge><w:query w:val="名单.xlsx"/></w:mailMerge></w:settings>"#,
            ),
            ("word/people.xml", r#"<w15:people SPACES><w15:person w15:author="周某"/></w15:people>"#),
            (
                "word/_rels/document.xml.rels",
                r#"<Relationships><Relationship Id="1" Type="x/hyperlink" Target="https://wsnd.example" TargetMode="External"/><Relationship Id="2" Type="x/styles" Target="styles.xml"/></Relationships>"#,
            ),
            ("customXml/item1.xml", r#"<data owner="望舒"><v>数据</v></data>"#),
            ("customXml/item2.xml", r#"<b:Sources xmlns:b="b" SelectedStyle="APA"/>"#),
            ("word/embeddings/a.xlsx", "PK"),
        ],
    );
    // The picture is no text: put in beside the others.
    let mut archive = zip::ZipWriter::new_append(std::io::Cursor::new(document_xml)).unwrap();
    archive.start_file("word/media/image1.png", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut archive, png).unwrap();
    archive.set_comment("压缩注释").unwrap();
    let bytes = archive.finish().unwrap().into_inner();
    let document = document::read(&bytes, "望舒.docx", &Limits::STANDARD).unwrap();
    let mut found: Vec<(CarrierKind, &str, &str)> =
        document.carriers.iter().map(|carrier| (carrier.kind, carrier.place.as_str(), carrier.text.as_str())).collect();
    found.sort_unstable();
    let mut wanted = vec![
        (CarrierKind::CoreAuthor, "docProps/core.xml", "杨丽华"),
        (CarrierKind::CoreAuthor, "docProps/core.xml", "科研处"),
        (CarrierKind::CoreProp, "docProps/core.xml", "申报书"),
        (CarrierKind::CoreProp, "docProps/app.xml", "望舒农业大学"),
        (CarrierKind::CustomProp, "docProps/custom.xml", "归口: 科研院"),
        (CarrierKind::CustomProp, "word/settings.xml", "u: 变量值"),
        (CarrierKind::CommentAuthor, "word/comments.xml", "孙会计"),
        (CarrierKind::CommentAuthor, "word/comments.xml", "S"),
        (CarrierKind::CommentAuthor, "word/people.xml", "周某"),
        (CarrierKind::CommentText, "word/comments.xml", "请核对"),
        (CarrierKind::HeaderName, "word/header1.xml", "页眉单位"),
        (CarrierKind::FooterName, "word/footer2.xml", "页脚单位"),
        (CarrierKind::Note, "word/footnotes.xml", "脚注话"),
        (CarrierKind::LinkTarget, "word/settings.xml", "名单.xlsx"),
        (CarrierKind::LinkTarget, "word/_rels/document.xml.rels", "https://wsnd.example"),
        (CarrierKind::EmbeddedData, "customXml/item1.xml", "望舒\n数据"),
        (CarrierKind::EmbeddedData, "word/embeddings/a.xlsx", "word/embeddings/a.xlsx"),
        (CarrierKind::EmbeddedData, "word/document.xml", "内部稿"),
        (CarrierKind::EmbeddedData, "zip comment", "压缩注释"),
        (CarrierKind::ImageText, "word/media/image1.png", "word/media/image1.png"),
        (CarrierKind::ImageText, "word/media/image1.png", "Author Tao!"),
        (CarrierKind::ImageAlt, "word/document.xml", "望舒农业大学校徽"),
        (CarrierKind::ImageAlt, "word/document.xml", "校徽"),
        (CarrierKind::BookmarkName, "word/document.xml", "望舒农大"),
        (CarrierKind::SdtAlias, "word/document.xml", "陶磊填"),
        (CarrierKind::SdtAlias, "word/document.xml", "tag1"),
        (CarrierKind::Filename, "", "望舒.docx"),
    ];
    wanted.sort_unstable();
    assert_eq!(found, wanted);
}

// ---- What was made to harm --------------------------------------------------

fn reader() -> Reader {
    Reader { program: env!("CARGO_BIN_EXE_pingshen").into(), converter: None, limits: Limits::STANDARD }
}

/// Documents that would take all there is, or lead somewhere else.
fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let deep = |open: &str, close: &str, times: usize| docx(&format!("{}{}", open.repeat(times), close.repeat(times)));
    let entities = format!(
        "<!DOCTYPE x [<!ENTITY a \"ha\">{}]><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>&z9;</w:t></w:r></w:p></w:body></w:document>",
        (1..10)
            .map(|n| format!("<!ENTITY z{n} \"{}\">", format!("&z{};", n - 1).repeat(10)))
            .collect::<Vec<_>>()
            .concat()
    );
    let attributes = (0..40_000).map(|n| format!(" a{n}=\"\"")).collect::<Vec<_>>().concat();
    let many: Vec<String> = (0..70_000).map(|n| format!("word/{n}.xml")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let mut cut = docx(&p("正文").repeat(2_000));
    cut.truncate(cut.len() / 2);
    let mut torn = docx(&p("正文").repeat(2_000));
    let middle = torn.len() / 2;
    torn[middle - 40..middle].fill(0xff);
    let zeros = vec![b' '; 256 << 20];
    vec![
        ("deep.docx", deep("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 100_000)),
        ("tables.docx", deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 30)),
        ("open.docx", docx(&"<w:p>".repeat(100_000))),
        ("laughs.docx", make::zip(&[("word/document.xml", entities.as_bytes())])),
        ("wide.docx", docx(&format!("<w:p{attributes}/>"))),
        ("paragraphs.docx", docx(&"<w:p/>".repeat(600_000))),
        ("entries.docx", make::zip(&many)),
        ("large.docx", make::zip(&[("word/document.xml", &zeros)])),
        ("cut.docx", cut),
        ("torn.docx", torn),
        ("out.docx", make::zip(&[("word/document.xml", b"<w/>"), ("../../out.txt", b"x")])),
        ("twice.docx", make::zip(&[("word/document.xml", b"<w/>"), ("WORD/document.xml", b"<w/>")])),
        ("empty.docx", Vec::new()),
        ("noise.docx", (0..200_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect()),
        ("none.docx", make::zip(&[("word/other.xml", b"<w/>")])),
    ]
}

#[test]
fn what_was_made_to_harm_is_refused_in_words_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (name, bytes) in bombs() {
        files.push(folder.path().join(name));
        fs::write(files.last().unwrap(), bytes).unwrap();
    }
    // As deep as tables may be, they come through whole.
    let most = Limits::STANDARD.document.nested;
    let open = "<w:tbl><w:tr><w:tc>".repeat(most);
    let close = format!("{}</w:tc></w:tr></w:tbl>", p("")).repeat(most);
    let nested = folder.path().join("nested.docx");
    fs::write(&nested, docx(&format!("{open}{}{close}", p("里")))).unwrap();
    assert!(matches!(reader().read(&nested), Ok(Read::Document(document)) if text(&document).contains('里')));
    let good = folder.path().join("good.docx");
    fs::write(&good, docx(&p("正文"))).unwrap();
    files.push(good);
    files.push(folder.path().join("missing.docx"));
    files.push(folder.path().to_owned());
    let mut done = Vec::new();
    reader().read_all(&files, 2, &mut |at, read| done.push((at, read)));
    assert_eq!(done.len(), files.len());
    for (at, outcome) in done {
        let name = files[at].file_name().unwrap().to_string_lossy().into_owned();
        if name == "good.docx" {
            assert!(matches!(&outcome, Ok(Read::Document(document)) if text(document) == "正文"), "{outcome:?}");
            continue;
        }
        let refusal = outcome.unwrap_err();
        let fault = refusal.faults().next().unwrap();
        assert!(fault.place.file.as_ref().is_some_and(|file| file.ends_with(&name)), "{fault:?}");
        let ended = matches!(
            fault.problem,
            Problem::Unreadable(Unreadable::Died { .. } | Unreadable::TooSlow { .. } | Unreadable::TooHungry { .. })
        );
        assert!(!ended, "{name}: the reader itself says what is wrong: {fault:?}");
        for lang in [pingshen::base::Lang::Zh, pingshen::base::Lang::En] {
            let said = pingshen::base::lang::problem(lang, fault);
            assert!(!said.what.is_empty() && !said.what.contains("panic"), "{said:?}");
        }
    }
}

#[test]
fn a_reader_that_answers_too_late_too_long_or_not_at_all_is_one_refusal() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("good.docx");
    fs::write(&file, docx(&p(&"正文".repeat(1_000)))).unwrap();
    let with = |change: &dyn Fn(&mut Reader)| {
        let mut reader = reader();
        change(&mut reader);
        reader.read(&file).unwrap_err().problem().clone()
    };
    let script = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::PermissionsExt::set_mode(&mut fs::metadata(&path).unwrap().permissions(), 0o755);
        let mut mode = fs::metadata(&path).unwrap().permissions();
        #[cfg(unix)]
        std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o755);
        fs::set_permissions(&path, mode).unwrap();
        path
    };
    if cfg!(unix) {
        let sleeps = script("sleeps", "exec sleep 30");
        let slow = with(&|reader| {
            reader.program.clone_from(&sleeps);
            reader.limits.document.seconds = 1;
        });
        assert_eq!(slow, Problem::Unreadable(Unreadable::TooSlow { seconds: 1 }));
        let shouts = script("shouts", "exec yes");
        assert!(matches!(with(&|reader| reader.program.clone_from(&shouts)), Problem::TooMany { .. }));
        let dies = script("dies", "kill -SEGV $$");
        assert!(matches!(
            with(&|reader| reader.program.clone_from(&dies)),
            Problem::Unreadable(Unreadable::Died { .. })
        ));
        let starves = script("starves", "kill -ABRT $$");
        assert!(matches!(
            with(&|reader| reader.program.clone_from(&starves)),
            Problem::Unreadable(Unreadable::TooHungry { .. })
        ));
        let lies = script("lies", "echo '{\"document\":{}}'");
        assert!(matches!(
            with(&|reader| reader.program.clone_from(&lies)),
            Problem::Unreadable(Unreadable::Died { .. })
        ));
    }
}

#[test]
fn a_kind_is_known_by_its_content_and_not_by_its_name() {
    let kind = |bytes: &[u8]| document::kind(bytes, &Limits::STANDARD);
    assert_eq!(kind(&docx(&p("x"))), FileKind::Docx);
    assert_eq!(kind(b"%PDF-1.7\n"), FileKind::Pdf);
    assert_eq!(kind(b"\xff\xd8\xff\xe0"), FileKind::Picture);
    assert_eq!(kind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"), FileKind::Doc);
    assert_eq!(kind(b"{\\rtf1 x}"), FileKind::Doc);
    assert_eq!(kind("名称,数\n甲,1\n".as_bytes()), FileKind::Csv);
    assert_eq!(kind(b"{\"code\":1}"), FileKind::Json);
    assert_eq!(kind(b" \n"), FileKind::Empty);
    let folder = tempfile::tempdir().unwrap();
    let scan = folder.path().join("申报书.docx");
    fs::write(&scan, b"%PDF-1.4 x").unwrap();
    assert_eq!(reader().read(&scan).unwrap(), Read::Evidence(FileKind::Pdf));
    let old = folder.path().join("申报书.wps");
    fs::write(&old, b"\xd0\xcf\x11\xe0 W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0").unwrap();
    assert_eq!(reader().read(&old).unwrap_err().problem(), &Problem::Unreadable(Unreadable::NoConverter));
}

/// An old document goes by way of the office program, which gets a harmless
/// name and a folder of its own that is gone afterwards.
#[cfg(unix)]
#[test]
fn an_old_document_is_converted_where_there_is_a_program_for_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("$(touch x) 申报书.wps");
    fs::write(&old, b"\xd0\xcf\x11\xe0 W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0").unwrap();
    fs::write(folder.path().join("made.docx"), docx(&p("转换后"))).unwrap();
    let office = folder.path().join("soffice");
    let converted = |script: &str| {
        fs::write(&office, format!("#!/bin/sh\nmade={}\n{script}\n", folder.path().join("made.docx").display()))
            .unwrap();
        fs::set_permissions(&office, fs::Permissions::from_mode(0o755)).unwrap();
        let scratch = folder.path().join("scratch");
        fs::create_dir_all(&scratch).unwrap();
        let converter = Some(Converter { program: office.clone(), scratch: scratch.clone() });
        let read = Reader { converter, ..reader() }.read(&old);
        assert_eq!(fs::read_dir(scratch).unwrap().count(), 0, "nothing is left behind");
        read
    };
    let Read::Document(document) = converted("test -f \"$9\" && cp \"$made\" \"$8/in.docx\"").unwrap() else {
        unreachable!("a document")
    };
    assert_eq!(text(&document), "转换后");
    assert_eq!(said(&document, CarrierKind::Filename), ["$(touch x) 申报书.wps"]);
    let refusal = converted("exit 1").unwrap_err();
    assert_eq!(refusal.problem(), &Problem::Unreadable(Unreadable::NotConverted));
}

/// A workbook of one sheet, and a hidden one.
fn workbook(sheet: &str) -> Vec<u8> {
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    let link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let links = |all: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
        )
    };
    let parts = [
        (
            "_rels/.rels",
            links(&format!("<Relationship Id=\"r1\" Type=\"{link}/officeDocument\" Target=\"xl/workbook.xml\"/>")),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook {main}><sheets><sheet name=\"申报表\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"望舒备注\" sheetId=\"2\" state=\"veryHidden\" r:id=\"r2\"/></sheets><definedNames><definedName name=\"望舒\">申报表!$A$1</definedName></definedNames></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            links(&format!(
                "<Relationship Id=\"r1\" Type=\"{link}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{link}/worksheet\" Target=\"worksheets/sheet2.xml\"/>"
            )),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet {main}>{sheet}</worksheet>")),
        (
            "xl/worksheets/sheet2.xml",
            format!(
                "<worksheet {main}><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>藏</t></is></c></row></sheetData></worksheet>"
            ),
        ),
    ];
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    make::zip(&parts)
}

#[test]
fn a_workbook_gives_what_is_seen_with_exact_figures() {
    let text = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let number = |at: &str, raw: &str| format!("<c r=\"{at}\"><v>{raw}</v></c>");
    let sheet = format!(
        "<cols><col min=\"6\" max=\"6\" hidden=\"1\"/></cols><sheetData><row r=\"1\">{}{}{}</row><row r=\"2\">{}{}{}{}</row><row r=\"4\" hidden=\"1\">{}</row><row r=\"5\">{}</row></sheetData><mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/></mergeCells>",
        text("A1", "单位"),
        text("B1", "名称"),
        text("F1", "列里的话"),
        number("B2", "12.300000000000001"),
        number("C2", "0.30000000000000004"),
        number("D2", "110101199003077758"),
        number("E2", "1.5E3"),
        text("A4", "行里的话"),
        text("A5", "■ 甲 □ 乙"),
    );
    let document = document::read(&workbook(&sheet), "x.xlsx", &Limits::STANDARD).unwrap();
    assert_eq!(document.blocks.len(), 1, "the hidden sheet is none");
    let table = table(&document);
    assert_eq!(table.sheet.as_deref(), Some("申报表"));
    let cell = |column, span, continues, text: &str| (column, span, continues, text.to_owned());
    assert_eq!(
        grid(table),
        vec![
            vec![cell(0, 1, false, "单位"), cell(1, 2, false, "名称")],
            vec![
                cell(0, 1, true, ""),
                cell(1, 1, false, "12.3"),
                cell(2, 1, false, "0.3"),
                cell(3, 1, false, "110101199003077758"),
                cell(4, 1, false, "1500"),
            ],
            vec![],
            vec![],
            vec![cell(0, 1, false, "☑ 甲 □ 乙")],
        ]
    );
    assert_eq!(said(&document, CarrierKind::HiddenSheet), ["列里的话\n行里的话", "望舒备注", "藏"]);
    assert_eq!(said(&document, CarrierKind::DefinedName), ["望舒: 申报表!$A$1"]);
}

#[test]
fn documents_of_others_open_and_hostile_ones_end_by_themselves() {
    let mut files = Vec::new();
    for folder in ["docx", "xlsx", "hostile", "zip", "encodings"] {
        let Some(folder) = shared(&format!("corpora/{folder}")) else { return };
        let mut open = vec![folder];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { open.push(path) } else { files.push(path) }
            }
        }
    }
    // As calamine's own tests have them: broken on purpose, or under a password.
    let refused = ["issue252.xlsx", "pass_protected.xlsx"];
    reader().read_all(&files, 2, &mut |at, read| {
        let path = files[at].to_string_lossy().into_owned();
        if let Err(refusal) = &read {
            let died = matches!(
                refusal.problem(),
                Problem::Unreadable(
                    Unreadable::Died { .. } | Unreadable::TooSlow { .. } | Unreadable::TooHungry { .. }
                )
            );
            assert!(!died, "{path}: {refusal}");
            let others = ["/mammoth/", "/python-docx/", "/poi-tl-zh/", "/calamine/", "/easyexcel-zh/"];
            let good = others.iter().any(|folder| path.contains(folder)) && !path.ends_with("LICENSE");
            assert!(!good || refused.iter().any(|name| path.ends_with(name)), "{path}: {refusal}");
        }
        if let Ok(Read::Document(document)) = &read
            && path.contains("/poi-tl-zh/")
            && !path.ends_with("LICENSE")
        {
            assert!(text(document).chars().any(char::is_alphabetic), "{path}: no text");
        }
    });
}

#[test]
fn the_filled_forms_give_what_was_put_into_them() {
    let Some(folder) = shared("forms") else { return };
    let key: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("answer_key.json")).unwrap()).unwrap();
    for form in key["applications"].as_array().unwrap() {
        let file = form["file"].as_str().unwrap();
        let document = document::read(&fs::read(folder.join(file)).unwrap(), file, &Limits::STANDARD).unwrap();
        let text = text(&document);
        for name in ["unit", "address", "uscc"] {
            let wanted = form["identity"][name].as_str().unwrap();
            assert!(text.contains(wanted), "{file}: {wanted} is not read\n{text}");
        }
        let boxes = text.chars().filter(|c| matches!(c, '☑' | '□')).count();
        assert!(boxes >= 7, "{file}: {boxes} boxes only; {}\n{text}", form["box_style"]);
        assert!(text.contains('☑'), "{file}: no box is ticked; {}", form["box_style"]);
        for leak in form["leaks"].as_array().unwrap() {
            let (kind, said) = (leak["kind"].as_str().unwrap(), leak["text"].as_str().unwrap_or_default());
            let of = |kind: CarrierKind| {
                document.carriers.iter().any(|carrier| carrier.kind == kind && carrier.text.contains(said))
            };
            let found = match kind {
                "header_name" => of(CarrierKind::HeaderName) && !text.contains(&format!("{said}\n申报")),
                "core_author" => {
                    let both = said.split(" / ");
                    both.into_iter().all(|name| {
                        let named = |carrier: &&pingshen::domain::document::Carrier| carrier.text == name;
                        document.carriers.iter().filter(named).any(|carrier| carrier.kind == CarrierKind::CoreAuthor)
                    })
                }
                "comment_author" => of(CarrierKind::CommentAuthor),
                "image_text" => document.carriers.iter().any(|carrier| carrier.kind == CarrierKind::ImageText),
                "image_alt" => of(CarrierKind::ImageAlt),
                "hidden_text" => of(CarrierKind::HiddenText),
                "tracked_author" => of(CarrierKind::TrackedAuthor),
                "sdt_alias" => of(CarrierKind::SdtAlias),
                "custom_prop" => of(CarrierKind::CustomProp),
                "bookmark_name" => of(CarrierKind::BookmarkName),
                "filename" => of(CarrierKind::Filename),
                _ => text.contains(said),
            };
            assert!(found, "{file}: {leak} is not found\n{:#?}", document.carriers);
        }
    }
}
