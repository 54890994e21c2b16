//! Files of other forms, made by hand: archives, books, documents, saved pages, subtitles, papers.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A zip of these entries.
pub fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

/// Lines as paragraphs of HTML, the first one a heading.
pub fn body(lines: &[&str]) -> String {
    let paragraphs: String = lines[1..].iter().map(|line| format!("<p>{line}</p>\n")).collect();
    format!("<h1>{}</h1>\n{paragraphs}", lines[0])
}

/// A page of a book: `<title/>` and `<script/>` end themselves, as XML allows.
pub fn xhtml(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" \
         xmlns:epub=\"http://www.idpf.org/2007/ops\"><head><title/><script src=\"x.js\"/></head><body>{body}</body></html>"
    )
}

const CONTAINER: &str = "<?xml version=\"1.0\"?><container version=\"1.0\" \
    xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile full-path=\"OEBPS/book.opf\" \
    media-type=\"application/oebps-package+xml\"/></rootfiles></container>";

/// A book of the third EPUB: chapters are a file, its title in the contents if it is there, and its page.
pub fn epub(chapters: &[(&str, Option<&str>, String)], more: &[(&str, &[u8])]) -> Vec<u8> {
    let line = |(name, title, _): &(&str, Option<&str>, String)| {
        title.map(|title| format!("<li><a href=\"Text/{name}\">{title}</a></li>"))
    };
    let files: Vec<(&str, &str)> = chapters.iter().map(|(name, _, page)| (*name, page.as_str())).collect();
    book(&files, &chapters.iter().filter_map(line).collect::<String>(), more)
}

/// A book of these files in `Text`, and of this list in its contents.
pub fn book(files: &[(&str, &str)], contents: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut manifest, mut spine) = (String::new(), String::new());
    for (at, (name, _)) in files.iter().enumerate() {
        write!(manifest, "<item id=\"c{at}\" href=\"Text/{name}\" media-type=\"application/xhtml+xml\"/>")
            .expect("text");
        write!(spine, "<itemref idref=\"c{at}\"/>").expect("text");
    }
    let package = format!(
        "<?xml version=\"1.0\"?><package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\">\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>小城故事</dc:title><dc:creator>王某</dc:creator>\
         </metadata><manifest><item id=\"nav\" href=\"nav.xhtml\" properties=\"nav\" media-type=\"application/xhtml+xml\"/>\
         {manifest}</manifest><spine><itemref idref=\"nav\"/>{spine}</spine></package>"
    );
    let nav = xhtml(&format!("<nav epub:type=\"toc\"><h1>目录</h1><ol>{contents}</ol></nav>"));
    let names: Vec<String> = files.iter().map(|(name, _)| format!("OEBPS/Text/{name}")).collect();
    let mut entries: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("OEBPS/book.opf", package.as_bytes()),
        ("OEBPS/nav.xhtml", nav.as_bytes()),
    ];
    entries.extend(names.iter().zip(files).map(|(name, (_, page))| (name.as_str(), page.as_bytes())));
    entries.extend_from_slice(more);
    zipped(&entries)
}

/// A Word document with this in its body.
pub fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

/// A paragraph of a Word document.
pub fn word(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A page as browsers save it with its pictures.
pub fn mhtml(html: &[u8], charset: &str) -> Vec<u8> {
    let mut coded = String::new();
    for (at, byte) in html.iter().enumerate() {
        write!(coded, "={byte:02X}").expect("text");
        if at % 20 == 19 {
            coded.push_str("=\r\n");
        }
    }
    format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/1.html\r\nSubject: x\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--b\"\r\n\r\n\r\n\
         ----b\r\nContent-Type: text/html; charset=\"{charset}\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\
         Content-Location: https://news.example/1.html\r\n\r\n{coded}\r\n----b\r\nContent-Type: image/png\r\n\
         Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n----b--\r\n"
    )
    .into_bytes()
}

/// Subtitles: each line in two cues, cut in its middle, without a pause; the first by itself.
pub fn srt(lines: &[&str]) -> String {
    let (mut text, mut at) = (String::new(), 0);
    let mut cue = |said: &str| {
        at += 1;
        write!(text, "{at}\r\n00:00:{at:02},000 --> 00:00:{:02},000\r\n<i>{said}</i>\r\n\r\n", at + 1)
            .expect("text");
        if at == 1 {
            at += 9;
        }
    };
    cue(lines[0]);
    for line in &lines[1..] {
        let middle = line.find(['，', '：']).expect("a pause") + '，'.len_utf8();
        cue(&line[..middle]);
        cue(&line[middle..]);
    }
    text
}

/// A PDF of one page with these lines: a font that is nowhere, whose codes are those of Unicode.
pub fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut page = String::from("BT /F 12 Tf 16 TL 40 780 Td\n");
    for line in lines {
        let codes: String = line.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        writeln!(page, "<{codes}> Tj T*").expect("text");
    }
    page.push_str("ET");
    let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n\
               1 begincodespacerange <0000> <FFFF> endcodespacerange\n1 beginbfrange <0000> <FFFF> <0000> endbfrange\n\
               endcmap end end";
    let stream = |text: &str| format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len());
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
            .to_owned(),
        stream(&page),
        "<< /Type /Font /Subtype /Type0 /BaseFont /S /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>"
            .to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /S /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) \
         /Supplement 0 >> /DW 1000 /FontDescriptor 8 0 R >>"
            .to_owned(),
        stream(map),
        "<< /Type /FontDescriptor /FontName /S /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 \
         /CapHeight 700 /StemV 80 >>"
            .to_owned(),
    ];
    let mut pdf = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(pdf.len());
        writeln!(pdf, "{number} 0 obj\n{object}\nendobj").expect("text");
    }
    let at = pdf.len();
    write!(pdf, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).expect("text");
    for place in places {
        writeln!(pdf, "{place:010} 00000 n ").expect("text");
    }
    write!(pdf, "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n", objects.len() + 1)
        .expect("text");
    pdf.into_bytes()
}
