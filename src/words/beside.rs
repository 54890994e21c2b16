//! Words whose reading hangs on the word beside them: 这个地方 (dìfang, a place), but 地方政府 (dìfāng, not central).
//!
//! The senses are those of CC-CEDICT, which tells the two readings apart by them; the words beside are those that go
//! with one sense alone. Where no rule decides, the word stays divided (`usual`), and its card marked.

use crate::dictionary::Dictionary;
use crate::pinyin::{Syllable, Tone, parse};
use crate::tokens::Kind;

use super::character;
use super::usual::is_same;

/// A word, how the word before it may end, how the word after it may begin, and its reading then. One list is empty:
/// then the other decides alone. The first rule that holds counts.
type Rule = (&'static str, &'static [&'static str], &'static [&'static str], &'static str);

const RULES: &[Rule] = &[
    (
        "地方",
        &[],
        &[
            "政府", "财政", "经济", "法院", "法规", "党委", "特色", "戏", "各级", "官员", "干部", "志", "税",
            "国有", "工业", "企业", "领导", "组织", "部门", "人大", "立法", "保护", "债", "性", "武装", "军",
            "教育", "选举", "自治", "时间", "口音", "话", "台", "媒体", "当局", "势力", "派",
        ],
        "di4 fang1",
    ),
    ("地方", &["中央", "各级", "驻"], &[], "di4 fang1"),
    (
        "地方",
        &[
            "这", "那", "哪", "个", "什么", "的", "有", "没", "没有", "老", "好", "些", "多", "空", "某",
            "种", "块", "大", "腾", "找", "远", "占", "换", "两",
        ],
        &[],
        "di4 fang5",
    ),
    (
        "精神",
        &[],
        &[
            "病", "文明", "上", "生活", "面貌", "世界", "财富", "支柱", "状态", "压力", "损失", "损害",
            "食粮", "力量", "分裂", "境界", "鼓舞", "负担", "需求", "需要", "产品", "动力", "科", "疾病",
            "障碍",
        ],
        "jing1 shen2",
    ),
    (
        "精神",
        &[
            "很",
            "真",
            "特别",
            "挺",
            "更",
            "不",
            "打起",
            "显得",
            "十分",
            "格外",
            "这么",
            "那么",
            "没",
            "没有",
            "有点",
            "越来越",
            "来了",
        ],
        &[],
        "jing1 shen5",
    ),
    ("精神", &[], &["多了", "极了", "得很", "多"], "jing1 shen5"),
    (
        "大意",
        &[
            "太",
            "一",
            "很",
            "别",
            "疏忽",
            "粗心",
            "千万",
            "不能",
            "不可",
            "不敢",
            "不",
            "过于",
            "麻痹",
            "有点儿",
        ],
        &[],
        "da4 yi5",
    ),
    ("大意", &[], &["了", "失"], "da4 yi5"),
    ("大意", &["的", "段落", "文章", "课文", "段", "全文"], &[], "da4 yi4"),
    (
        "人家",
        &["户", "好", "普通", "农", "大户", "穷", "富", "富裕", "百姓", "寻常", "殷实", "有钱", "船", "住"],
        &[],
        "ren2 jia1",
    ),
    (
        "人家",
        &[],
        &[
            "都",
            "说",
            "不",
            "也",
            "要",
            "有",
            "会",
            "的",
            "是",
            "在",
            "给",
            "就",
            "还",
            "已经",
            "才",
            "把",
            "跟",
            "可",
            "那",
            "能",
            "没",
            "姑娘",
            "想",
            "问",
            "叫",
            "来",
            "小",
            "怎么",
            "为什么",
            "什么",
        ],
        "ren2 jia5",
    ),
    ("大夫", &["建议", "提议", "会议", "协议"], &[], "dai4 fu5"),
    (
        "大夫",
        &[
            "御史", "议", "三闾", "卿", "太中", "中散", "朝散", "朝请", "奉政", "奉直", "资政", "荣禄",
            "光禄", "楚国", "晋国", "齐国", "鲁国", "郑国", "宋国", "卫国", "秦国", "吴国", "越国", "陈国",
            "蔡国", "赵国", "魏国", "诸侯", "为上", "为中", "为下",
        ],
        &[],
        "da4 fu1",
    ),
    ("大夫", &[], &["之家", "屈原"], "da4 fu1"),
    (
        "重装",
        &[],
        &["步兵", "部队", "旅", "师", "团", "集团军", "骑兵", "合成", "战士", "上阵"],
        "zhong4 zhuang1",
    ),
    ("重读", &[], &["音节", "词"], "zhong4 du2"),
    ("重读", &["音节", "词", "句子", "轻读"], &[], "zhong4 du2"),
    ("重犯", &[], &["错误", "同样", "类似", "老毛病", "这样", "此类"], "chong2 fan4"),
    (
        "相称",
        &["兄弟", "姐妹", "兄妹", "姊妹", "师徒", "父子", "母女", "夫妻", "朋友", "同志", "叔侄"],
        &[],
        "xiang1 cheng1",
    ),
    ("便宜", &[], &["行事", "处置", "施行", "从事", "之权"], "bian4 yi2"),
    ("东西", &[], &["走向", "方向", "两", "向", "长", "宽", "部", "南北", "半球"], "dong1 xi1"),
    ("东西", &["南北", "横贯", "横跨", "贯通"], &[], "dong1 xi1"),
    ("孙子", &[], &["兵法", "曰", "云"], "sun1 zi3"),
    (
        "地道",
        &["很", "真", "不", "挺", "最", "更", "特别", "非常", "太", "十分", "得", "不太", "不够", "够"],
        &[],
        "di4 dao5",
    ),
    ("地道", &[], &["战", "里", "口", "中", "内"], "di4 dao4"),
    ("地道", &["挖", "钻", "条", "进", "走", "座"], &[], "di4 dao4"),
    // 来不了了: no scholar's 了了, but what can't be, and now.
    ("了了", &["不", "得"], &[], "liao3 le5"),
    ("对头", &["不", "很", "是不"], &[], "dui4 tou2"),
    ("对头", &["死", "老", "冤家", "的", "个"], &[], "dui4 tou5"),
];

/// The reading that the words beside decide. `before` and `after` touch the word.
#[must_use]
pub fn reading(headword: &str, before: Option<&str>, after: Option<&str>) -> Option<Vec<Syllable>> {
    let holds = |&&(word, befores, afters, _): &&Rule| {
        is_same(word, headword)
            && (before.is_some_and(|text| befores.iter().any(|end| text.ends_with(end)))
                || after.is_some_and(|text| afters.iter().any(|start| text.starts_with(start))))
    };
    let (.., pinyin) = RULES.iter().find(holds)?;
    pinyin.split(' ').map(parse::syllable).collect()
}

/// A surname that stands alone, after 姓 or in 小朴 and 老单: which hanzi of the token, and how it is read.
#[must_use]
pub fn surname(
    dictionary: Dictionary,
    form: &str,
    kind: Kind,
    before: Option<&str>,
) -> Option<(usize, Syllable)> {
    let mut hanzi = form.chars();
    match (hanzi.next()?, hanzi.next(), hanzi.next()) {
        (only, None, _) if before.is_some_and(|text| text.ends_with('姓')) => {
            Some((0, character::surname(dictionary, only)?))
        }
        ('小' | '老' | '阿' | '大', Some(name), None) if kind == Kind::Person => {
            Some((1, character::surname(dictionary, name)?))
        }
        _ => None,
    }
}

/// What stands before 儿 where it is a child: 一儿一女, 我儿, 养儿防老.
const PARENTS: &str = "一两二三四五六七八有无我他她你吾的生养育娇孙宠爱其为";
/// What stands after it then.
const KIN: &str = "女子孙媳童";

/// Whether the 儿 at the end of `form` only colours the vowel (缝儿): in a token of its own after a word, or at the
/// end of one that no dictionary has.
#[must_use]
pub fn is_erhua(form: &str, kind: Kind, before: Option<&str>, after: Option<&str>) -> bool {
    let Some(stem) = form.strip_suffix('儿').filter(|_| !kind.is_name()) else { return false };
    let stem = if stem.is_empty() { before.unwrap_or_default() } else { stem };
    let last = stem.chars().next_back();
    last.is_some_and(|c| crate::hanzi::is_hanzi(c) && !PARENTS.contains(c))
        && !after.is_some_and(|text| text.starts_with(|c| KIN.contains(c)))
}

/// The syllable of that 儿.
#[must_use]
pub fn erhua() -> Option<Syllable> {
    Syllable::new("r", Tone::Neutral)
}

/// Words that are often chance neighbours, though the dictionary has one reading of them: 一行字 is a line (háng), and
/// 一行 (xíng) the party of a guest. A sure sentence overrules the dictionary.
const LOOSE: &[&str] = &["一行", "极差", "结了", "得直", "点着"];

/// Whether the hanzi of a word may just stand side by side.
#[must_use]
pub fn is_loose(headword: &str) -> bool {
    LOOSE.iter().any(|loose| is_same(loose, headword))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(before: &str, word: &str, after: &str) -> Option<String> {
        let some = |text: &'static str| Some(text).filter(|text| !text.is_empty());
        let (before, after) = (some(before.to_owned().leak()), some(after.to_owned().leak()));
        let syllables = reading(word, before, after)?;
        Some(syllables.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn every_rule_gives_a_reading_of_the_dictionary() {
        for (word, befores, afters, pinyin) in RULES {
            assert!(befores.is_empty() != afters.is_empty(), "{word}: one side decides");
            let syllables: Vec<Syllable> =
                pinyin.split(' ').map(|s| parse::syllable(s).expect("a syllable")).collect();
            let found = Dictionary::embedded().find(word).expect("a word");
            assert!(*word == "了了" || found.read_as(&syllables).next().is_some(), "{word} {pinyin}");
        }
    }

    #[test]
    fn the_words_beside_decide_or_leave_it_open() {
        assert_eq!(read("这个", "地方", "").as_deref(), Some("di4 fang5"));
        assert_eq!(read("这个", "地方", "政府").as_deref(), Some("di4 fang1"));
        assert_eq!(read("特别", "精神", "").as_deref(), Some("jing1 shen5"));
        assert_eq!(read("不", "精神", "病").as_deref(), Some("jing1 shen2"));
        assert_eq!(read("御史", "大夫", "").as_deref(), Some("da4 fu1"));
        assert_eq!(read("议", "大夫", "").as_deref(), Some("da4 fu1"));
        assert_eq!(read("建议", "大夫", "").as_deref(), Some("dai4 fu5"));
        assert_eq!(read("看", "大夫", "了"), None);
        assert_eq!(read("", "精神", ""), None);
        assert_eq!(read("", "知道", "了"), None);
    }

    #[test]
    fn surnames_alone() {
        let dictionary = Dictionary::embedded();
        let read =
            |form, kind, before| surname(dictionary, form, kind, before).map(|(at, s)| (at, s.to_string()));
        assert_eq!(read("仇", Kind::Word, Some("姓")), Some((0, "qiu2".to_owned())));
        assert_eq!(read("小朴", Kind::Person, None), Some((1, "piao2".to_owned())));
        assert_eq!(read("仇", Kind::Word, Some("报")), None);
        assert_eq!(read("小区", Kind::Word, None), None);
    }

    #[test]
    fn erhua_is_told_from_a_child() {
        assert!(is_erhua("儿", Kind::Word, Some("缝"), None));
        assert!(is_erhua("圈儿", Kind::Word, None, None));
        assert!(!is_erhua("儿", Kind::Word, Some("一"), Some("一")));
        assert!(!is_erhua("儿", Kind::Word, Some("我"), None));
        assert!(!is_erhua("儿", Kind::Word, None, None));
        assert!(!is_erhua("缝", Kind::Word, None, None));
    }
}
