//! HTML that the learner wrote in Anki, or that a deck from elsewhere brought into the learner's collection.
//!
//! It goes back as it came, byte for byte, unless something in it could run, load a page or ask for input: then it goes
//! through a sanitiser, which writes it anew without that. Asking first matters: the sanitiser closes and quotes what
//! Anki's editor leaves open and bare, and an edit that comes back altered would be told as a new one.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use ammonia::Builder;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::text::without_traps;

/// Elements that format a text, and show pictures and recordings.
const TAGS: &str = "\
    a abbr address article aside audio b bdi bdo big blockquote br caption center cite code col colgroup dd del \
    details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd \
    li main mark menu nav nobr ol p picture pre q rb rp rt rtc ruby s samp section small source span strike \
    strong sub summary sup table tbody td tfoot th thead time tr track tt u ul var video wbr acronym data";

/// Their attributes. `data-…` and `aria-…` are allowed as well.
const ATTRIBUTES: &str = "\
    abbr align alt axis bgcolor border cellpadding cellspacing char charoff cite class clear color cols colspan \
    compact controls datetime dir draggable face frame headers height href hreflang hspace lang loading loop \
    muted nowrap open preload rel reversed role rows rowspan rules scope size span spellcheck src start style \
    summary target title valign value width";

/// Attributes whose names begin so carry data for whoever asks for them, and do nothing.
const PREFIXES: [&str; 2] = ["data-", "aria-"];

/// Properties of a style that say how a text looks. None of them loads anything.
const PROPERTIES: &str = "\
    background background-color border border-bottom border-collapse border-color border-left border-radius \
    border-right border-spacing border-style border-top border-width box-sizing caret-color clear color \
    direction display float font font-family font-feature-settings font-kerning font-size font-size-adjust \
    font-stretch font-style font-variant font-variant-alternates font-variant-caps font-variant-east-asian \
    font-variant-ligatures font-variant-numeric font-variant-position font-weight height letter-spacing \
    line-height list-style-type margin margin-bottom margin-left margin-right margin-top max-height max-width \
    min-height min-width opacity orphans overflow-wrap padding padding-bottom padding-left padding-right \
    padding-top ruby-align ruby-position tab-size text-align text-decoration text-decoration-color \
    text-decoration-line text-decoration-style text-decoration-thickness text-emphasis text-indent \
    text-transform vertical-align white-space white-space-collapse widows width word-break word-spacing";

/// Whether a word is in one of these lists.
fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

/// `html` without anything that could run.
pub fn harmless(html: &str) -> Cow<'_, str> {
    // Both compare each attribute of a tag with all others.
    match without_traps(html) {
        Cow::Borrowed(html) if is_harmless(html) => Cow::Borrowed(html),
        html => Cow::Owned(sanitised(&html)),
    }
}

/// Whether nothing in it can run, so that it can stay as it is.
fn is_harmless(html: &str) -> bool {
    if !html.contains(['<', '&']) {
        return true;
    }
    // A tag that the field leaves open swallows whatever follows on the card, and a sign at its end begins a tag with
    // the beginning of the next field. So a tag of ours stands behind it, and has to be seen.
    const AFTER: &str = "<i>";
    let queue = BufferQueue::default();
    let tokenizer = Tokenizer::new(Judge::default(), TokenizerOpts::default());
    queue.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&queue);
    tokenizer.sink.last.take();
    queue.push_back(StrTendril::from_slice(AFTER));
    let _ = tokenizer.feed(&queue);
    let sees_what_follows = tokenizer.sink.last.take().as_deref() == Some("i");
    tokenizer.end();
    !tokenizer.sink.harm.get() && sees_what_follows && !html.ends_with('<')
}

/// Looks at each tag. No element that would change how the rest is read (`script`, `textarea`, `svg`) is allowed, so the
/// tags that are seen here are those that a browser sees.
#[derive(Default)]
struct Judge {
    harm: Cell<bool>,
    /// The tag seen last, if it has no attribute.
    last: RefCell<Option<String>>,
}

impl TokenSink for Judge {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => {
                if !allows(&tag) {
                    self.harm.set(true);
                }
                let bare = tag.kind == TagKind::StartTag && tag.attrs.is_empty();
                *self.last.borrow_mut() = bare.then(|| tag.name.to_string());
            }
            Token::DoctypeToken(_) => self.harm.set(true),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn allows(tag: &Tag) -> bool {
    has(TAGS, &tag.name)
        && tag.attrs.iter().all(|attribute| {
            let name = &*attribute.name.local;
            let known = has(ATTRIBUTES, name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix));
            known && allows_value(&tag.name, name, &attribute.value)
        })
}

fn allows_value(tag: &str, attribute: &str, value: &str) -> bool {
    match attribute {
        "href" | "cite" => leads_to_a_page(value),
        "src" => leads_to_a_page(value) || (tag == "img" && is_picture(value)),
        "style" => {
            loads_nothing(value)
                && value.split(';').map(str::trim).filter(|one| !one.is_empty()).all(|one| {
                    let name = one.split(':').next().unwrap_or_default().trim().to_ascii_lowercase();
                    has(PROPERTIES, &name)
                })
        }
        _ => true,
    }
}

/// Whether it is a file among Anki's media, or an address on the web.
fn leads_to_a_page(address: &str) -> bool {
    match scheme(address) {
        None => true,
        Some(scheme) => ["http", "https", "mailto"].contains(&scheme.as_str()),
    }
}

/// Whether it is a picture that is written into the address itself.
fn is_picture(address: &str) -> bool {
    let start: String = address.chars().take("data:image/".len()).collect();
    start.eq_ignore_ascii_case("data:image/")
}

/// The scheme of an address, before its colon, as browsers read it: without blanks and control characters.
fn scheme(address: &str) -> Option<String> {
    let seen: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let end = seen.find([':', '/', '?', '#', '\\'])?;
    seen[end..].starts_with(':').then(|| seen[..end].to_ascii_lowercase())
}

/// Whether a style asks for no file, in any of the ways there are, and hides none of them.
fn loads_nothing(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    let loads = ["url", "image", "src(", "element(", "paint(", "expression", "behavior", "binding", "import"];
    !loads.iter().any(|word| style.contains(word))
        && !style.contains(['\\', '@', '<', '{', '}'])
        && !style.contains("/*")
}

/// The same written anew without what is not allowed; of what is, nothing that a reader sees is lost.
fn sanitised(html: &str) -> String {
    let all = |names: &'static str| names.split(' ').collect::<HashSet<_>>();
    Builder::empty()
        .tags(all(TAGS))
        .clean_content_tags(all("script style template title textarea noscript xmp iframe"))
        .generic_attributes(all(ATTRIBUTES))
        .generic_attribute_prefixes(PREFIXES.into_iter().collect())
        .url_schemes(all("http https mailto data"))
        .link_rel(None)
        .filter_style_properties(all(PROPERTIES))
        .attribute_filter(|tag, attribute, value| match attribute {
            "style" => loads_nothing(value).then(|| value.into()),
            _ => allows_value(tag, attribute, value).then(|| value.into()),
        })
        .clean(html)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_learners_write_stays_byte_for_byte() {
        for html in [
            "robot",
            "<b>my</b> firm",
            "a<br>b<BR/>c<hr>",
            "<div>one<div>two",
            "<font color=\"#ff0000\">red</font> <span style=\"color: rgb(255, 0, 0); font-weight:bold\">x</span>",
            "<img src=\"paste-1a2b.jpg\"><img src=paste.png width=100 alt='汉字'>",
            "<img src=\"data:image/png;base64,AAAA\">",
            "<ruby>汉<rt>hàn</rt></ruby>",
            "<a href=\"https://example.org/?a=1&amp;b=2\">x</a>",
            "<ul><li>a<li>b</ul><ol start=3><li>x</ol>",
            "<table border=1><tr><td colspan=2>x",
            "[sound:学生.mp3] {{c1::学生::hint}} \\(x^2\\) [latex]y[/latex]",
            "R&D &nbsp;&lt;b&gt; a < b & c > d",
            "<!-- mine -->x<b class=mine data-x=1 lang=zh title=\"a > b\">y</b>",
            "<audio src=\"x.mp3\" controls></audio>",
            "x</div></div>",
            "<p STYLE='text-align:center'>x",
            "<span style=\"background-color: yellow\">x</span>",
        ] {
            assert_eq!(harmless(html), html);
        }
    }

    #[test]
    fn a_tag_of_a_hundred_thousand_attributes_takes_no_longer_than_a_text() {
        let many: String = (0..100_000).map(|n| format!(" a{n}")).collect();
        assert_eq!(harmless(&format!("<b{many}>公司</b><i{many}")), "<b>公司</b><i></i>");
    }

    /// Nothing that a browser would run, whatever the field stands beside.
    fn is_dead(html: &str) {
        let left = harmless(html);
        assert!(is_harmless(&left), "{html}\n{left}");
        let lower = left.to_lowercase();
        for word in
            ["onerror", "onload", "onclick", "javascript:", "<script", "<iframe", "<svg", "<style", "url("]
        {
            assert!(!lower.contains(word), "{html}\n{left}");
        }
    }

    #[test]
    fn what_runs_loads_or_asks_is_taken_out_and_the_rest_stays() {
        for html in [
            "公司<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<img src=x onerror=alert(1)//",
            "<img src=x onerror=alert(1) y=\"",
            "<IMG SRC=x ONERROR=alert(1)>",
            "<b onclick=\"x()\">公司</b>",
            "<a href=\"javascript:alert(1)\">公司</a>",
            "<a href=\" java\tscript:alert(1)\">公司</a>",
            "<a href=\"&#106;avascript:alert(1)\">公司</a>",
            "<a href=\"data:text/html,<script>alert(1)</script>\">公司</a>",
            "<a href=\"vbscript:x\">公司</a>",
            "<iframe src=\"https://example.org\"></iframe>",
            "<object data=x></object><embed src=x>",
            "<meta http-equiv=refresh content=\"0;url=https://example.org\">",
            "<link rel=stylesheet href=https://example.org/x.css>",
            "<base href=https://example.org/>",
            "<form action=https://example.org><input name=x><button>ok</button></form>",
            "<svg onload=alert(1)><script>alert(1)</script></svg>",
            "<svg><style><img src=x onerror=alert(1)></style></svg>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
            "<style>@import 'https://example.org/x.css'</style>",
            "<b style=\"background:url(https://example.org/x)\">公司</b>",
            "<b style=\"background:u\\72l(https://example.org/x)\">公司</b>",
            "<b style=\"width: expression(alert(1))\">公司</b>",
            "<b style=\"position:fixed;top:0\">公司</b>",
            "<video src=x onloadstart=alert(1)>",
            "<textarea><img src=x onerror=alert(1)></textarea>",
            "<!doctype html>",
            "<",
            "x</",
            "<!--",
            "<b title=\"",
            "<i><b title=\"",
            "<i><!--",
            "<i></",
            "</script>",
            "<details ontoggle=alert(1) open>",
            "<img src=x:y:z>",
            "<img srcset=\"https://example.org/x 1x\" src=a.png>",
            "<b/onclick=alert(1)>",
            "<template><img src=x onerror=alert(1)></template>",
        ] {
            is_dead(html);
            assert_ne!(harmless(html), html, "{html}");
        }
        let left = harmless(
            "<div><b style=\"color:red;position:fixed\" onclick=x()>公司</b> {{c1::x}} [sound:a.mp3]<script>1</script>",
        );
        assert_eq!(left, "<div><b style=\"color:red\">公司</b> {{c1::x}} [sound:a.mp3]</div>");
        assert_eq!(harmless("<img src=\"a.png\" onerror=x>"), "<img src=\"a.png\">");
    }

    proptest! {
        #[test]
        fn any_text_is_dead_and_a_second_time_the_same(
            html in "(<|>|/|!--|-->|=|\"|'| |b|img|src=|onerror=|script|style|svg|math|title|a href=|javascript:|&|;|#|学|\\PC){0,24}"
        ) {
            let once = harmless(&html).into_owned();
            prop_assert!(is_harmless(&once), "{html}\n{once}");
            prop_assert_eq!(harmless(&once), once.as_str());
        }
    }
}
