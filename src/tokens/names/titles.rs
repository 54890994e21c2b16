//! A surname before a title: 陈女士, 张老师, 江主席, and 姓王的.
//!
//! The surname alone is the name; the title is a word that a learner wants, and stays one. A card for 陈 as “to lay
//! out” would be wrong.

use std::sync::LazyLock;

use crate::tokens::Kind;
use crate::tokens::pieces::Piece;

/// Surnames that are no everyday word before a title: no 高, 方, 时 or 任 before an office.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱林郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪\
田姜范石姚谭廖邹熊陆郝孔崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易贺赖龚庞樊兰殷施洪翟颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂柳邢路岳齐梅\
莫庄辛管祝左涂谷祁耿牟卜焦关柯欧裴闫娄骆蒙靳褚阮喻盛游";
/// Those that are one, and stand only before what nobody else is called. 应 is none: 应老师之邀.
const EVERYDAY: &str = "高何金白曾常武万文安方任单于金向乔华陶连丛时成甘全";
/// What anybody is called.
const ADDRESSES: &[&str] = &[
    "先生", "女士", "小姐", "太太", "夫人", "老师", "师傅", "阿姨", "大爷", "大妈", "奶奶", "爷爷", "同学",
    "某",
];
/// What some are.
const TITLES: &[&str] = &[
    "主席",
    "总理",
    "总统",
    "教授",
    "医生",
    "大夫",
    "博士",
    "院士",
    "书记",
    "部长",
    "局长",
    "市长",
    "省长",
    "县长",
    "镇长",
    "村长",
    "乡长",
    "处长",
    "科长",
    "所长",
    "院长",
    "校长",
    "厂长",
    "队长",
    "会长",
    "社长",
    "经理",
    "总经理",
    "董事长",
    "老板",
    "律师",
    "法官",
    "警官",
    "教练",
    "导演",
    "主任",
    "司令",
    "将军",
    "同志",
    "大使",
    "外长",
    "首相",
    "秘书长",
    "委员长",
    "总",
];

static SURNAME: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut flags = vec![0; 0x1_0000];
    SURNAMES.chars().for_each(|c| flags[c as usize] |= 1);
    EVERYDAY.chars().for_each(|c| flags[c as usize] |= 2);
    flags
});

/// Whether `word` is what a surname stands before.
pub(super) fn is_title(word: &str) -> bool {
    ADDRESSES.contains(&word) || TITLES.contains(&word)
}

/// Marks surnames before titles, and after 姓.
pub(super) fn mark(text: &str, pieces: &mut [Piece]) {
    for i in 0..pieces.len() {
        let piece = pieces[i];
        if piece.kind != Kind::Word || piece.end - piece.start != 3 {
            continue;
        }
        let surname = piece.single(text).and_then(|c| SURNAME.get(c as usize).copied()).unwrap_or(0);
        if surname == 0 {
            continue;
        }
        let next = pieces.get(i + 1).filter(|next| next.kind == Kind::Word).map_or("", |next| next.of(text));
        let before = i.checked_sub(1).map_or("", |i| pieces[i].of(text));
        let named =
            ADDRESSES.contains(&next) || surname & 1 != 0 && (TITLES.contains(&next) || before == "姓");
        if named && (next != "总" || ends(text, pieces.get(i + 2))) {
            pieces[i].kind = Kind::Person;
        }
    }
}

/// 王总 is a title where it ends: 王总说, but 王总是.
fn ends(text: &str, after: Option<&Piece>) -> bool {
    after.is_none_or(|piece| piece.kind == Kind::Other || matches!(piece.of(text), "说" | "的" | "和" | "在"))
}
