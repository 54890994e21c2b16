//! Words of the list that are two words where they stand: 算了|一笔账, 可不是|个小数, 正向|他汇报.
//!
//! jieba weighs a word by how often it is met, not by what follows it. Most of these are a verb or an adverb and a
//! particle; they are one word at the end of a clause or before a few others, and two before what they govern.

use crate::tokens::Kind;
use crate::tokens::numbers::{begins_number, is_numeral};
use crate::tokens::pieces::Piece;

/// Cuts such words where they are two.
pub(super) fn split(text: &str, pieces: &mut Vec<Piece>) {
    let old = std::mem::take(pieces);
    pieces.reserve(old.len());
    let mut rest = &old[..];
    while let Some((&piece, after)) = rest.split_first() {
        rest = after;
        let Some(bytes) = boundary(text, pieces, piece, after) else {
            pieces.push(piece);
            continue;
        };
        let (first, mut second) = piece.halves(piece.start + bytes);
        // 没|收到信, 上|当当网
        if let Some((next, after)) = rest.split_first()
            && matches!((second.of(text), next.of(text)), ("收", "到") | ("当", "当"))
        {
            second.end = next.end;
            rest = after;
        }
        pieces.extend([first, second]);
    }
    once_more(text, pieces);
}

/// 晃|一晃 is one verb said twice, and 一|幢幢 is 一幢|幢 as 一座|座 is.
fn once_more(text: &str, pieces: &mut Vec<Piece>) {
    const HANZI: u32 = 3;
    const COUNTED_AND_DONE: &str = "扇抹卷挑捆包捧刷";
    let (mut kept, mut i) = (0, 0);
    while let Some(&(mut first)) = pieces.get(i) {
        i += 1;
        let second = pieces.get(i).copied().unwrap_or(Piece::new(0, 0, Kind::Other));
        let touch = first.end == second.start;
        let again = second.of(text).strip_prefix('一') == Some(first.of(text));
        let alone = first.end - first.start == HANZI
            && first.kind == Kind::Word
            && (second.kind == Kind::Word || COUNTED_AND_DONE.contains(first.of(text)));
        if touch && again && alone && !"天年月日个次下一时点边面".contains(first.of(text)) {
            first.end = second.end;
            i += 1;
        } else if touch && first.of(text) == "一" && second.of(text) == "幢幢" {
            first.end += HANZI;
            pieces[i].start += HANZI;
        }
        pieces[kept] = first;
        kept += 1;
    }
    pieces.truncate(kept);
}

/// How many bytes the first of two words has, where `piece` is two. What stands before it is cut already.
fn boundary(text: &str, cut: &[Piece], piece: Piece, rest: &[Piece]) -> Option<u32> {
    const HANZI: u32 = 3;
    // 新|井三十六口: a name that many bear is none before a number.
    // 这些|花|都是: no district of Guangzhou.
    let well = matches!(piece.of(text), "新井" | "花都") && piece.kind.is_name();
    if !well && piece.kind != Kind::Word || piece.end - piece.start < 2 * HANZI {
        return None;
    }
    let (previous, next) = (cut.last(), rest.first());
    let of = |piece: Option<&Piece>| piece.map_or("", |piece| piece.of(text));
    let (before, after) = (of(previous), of(next));
    let ends = next.is_none_or(|next| next.kind == Kind::Other);
    let counts = next.is_some_and(|next| {
        next.kind == Kind::Number || begins_number(after) || matches!(after, "好几" | "几" | "半" | "半天")
    });
    let two = match piece.of(text) {
        "算了" | "新井" => counts,
        "可不是" => !ends && !after.starts_with(['嘛', '吗', '么', '呢', '啊', '吧']),
        "见得" => !matches!(before, "何以" | "怎么" | "怎" | "何" | "不" | "未必"),
        "正向" => {
            let name = next.is_some_and(|next| next.kind.is_name());
            let property = before.ends_with(['更', '最', '很', '是', '的'])
                || matches!(before, "正在" | "产生" | "形成" | "发挥" | "带来" | "起到" | "具有" | "提供");
            name || counts || !ends && !property && !POSITIVE.contains(&after)
        }
        "一起" => is_case(text, before, rest),
        // Late at night, or deeper than before.
        "更深" => !after.starts_with(['人', '夜']) && !before.ends_with(['夜', '静', '漏']),
        // 应|从实际出发: who assents (yìngcóng) does so in old books alone.
        "应从" => true,
        "应对" => {
            after == "此" || !matches!(before, "为" | "以" | "来" | "如何" | "就") && answers(text, rest)
        }
        "没收" => after.starts_with(['到', '住', '回', '拾']),
        "正中" => {
            after.starts_with(['他', '她', '我', '你', '敌', '靶', '球', '眉', '额', '胸', '要', '目'])
        }
        "多重" => {
            ends || before.ends_with(['有', '斤', '吨', '克', '两'])
                || after.starts_with(['啊', '呢', '吗', '吧'])
        }
        // 喊打|的, 打|的井: who takes a taxi goes somewhere, or pays.
        "打的" => {
            let taxi = after.starts_with([
                '去', '来', '到', '回', '费', '票', '过', '只', '才', '大', '也', '很', '要', '起',
            ]) || matches!(
                before,
                "去" | "坐" | "可以" | "只能" | "自己" | "步行" | "或" | "建议" | "直接" | "能" | "要"
            ) || ends && before.is_empty();
            !taxi
        }
        "不当" => matches!(before, "也" | "都" | "就" | "从" | "决" | "绝" | "再" | "宁可" | "才") && !ends,
        "人为" => {
            matches!(after, "之" | "此" | "他" | "她" | "我" | "你" | "我们" | "他们" | "她们" | "自己")
                || matches!(before, "许多" | "很多" | "不少" | "无数" | "有些" | "没有" | "每个") && !ends
        }
        "中将" | "上将" => WILL.iter().any(|verb| after.starts_with(verb)),
        "以为" => rest.iter().take(5).take_while(|p| p.kind != Kind::Other).any(|p| p.of(text) == "为"),
        "上当" => after.starts_with('当'),
        "高地" => matches!(before, "更" | "很" | "较" | "最" | "高" | "越来越"),
        "地点" => after.starts_with('了'),
        "地带" => after.starts_with('着'),
        "地标" => after.starts_with('出'),
        // 地和 is a hand of mahjong, 了当 stands in 直截了当 alone, 量计 and 应分 nowhere in news.
        "地和" | "了当" | "量计" | "应分" => true,
        "为数" => after.starts_with(['十', '百', '千', '万', '亿']),
        "阴间" => after == "多云",
        "名将" => previous.is_some_and(|previous| previous.kind == Kind::Number),
        "将令" => !ends,
        "没种" => after.starts_with(['过', '了', '上', '下']),
        "多种" => before == "不" || after == "些",
        "和好" => matches!(before, "面" | "泥" | "水泥" | "馅" | "馅儿"),
        "挨着" => matches!(after, "饿" | "打" | "骂" | "冻" | "批评" | "揍"),
        "花呢" => ends && before.ends_with('么'),
        "人种" => matches!(before, "没" | "没有" | "无" | "有") && (ends || after == "了"),
        "服药" => is_numeral(before) || matches!(before, "一" | "两" | "几" | "半"),
        "地下" => FALLS.contains(&before) && (ends || after.starts_with(['着', '起', '了', '个'])),
        "地缝" => before == "一针一线" || after.starts_with(['着', '起', '补', '制', '好', '完']),
        "还给" => {
            let begins = previous.is_none_or(|previous| previous.kind == Kind::Other)
                || matches!(
                    before,
                    "有时" | "有的" | "甚至" | "同时" | "而且" | "经常" | "另外" | "此外" | "每年"
                );
            begins && !ends && after != "了"
                || matches!(
                    after,
                    "我" | "你" | "他" | "她" | "我们" | "你们" | "他们" | "她们" | "大家" | "孩子"
                ) && GIVEN.iter().any(|verb| of(rest.get(1)).starts_with(verb))
        }
        "花都" => {
            !ends
                && !after.starts_with(['区', '市', '新', '湖', '大', '汽'])
                && !before.ends_with(['州', '在', '到', '去'])
        }
        "兵种" => matches!(after, "了" | "过" | "着" | "地"),
        // 一只|猫只|吃鱼: what was counted already isn't counted again.
        "猫只" | "犬只" | "牛只" => {
            before.ends_with('只')
                || before.ends_with(['有', '的', '是', '小', '大', '白', '黑', '花', '老']) && !ends
        }
        _ => return None,
    };
    two.then_some(HANZI)
}

/// What will be (市场上|将有变化), not what a general does.
const WILL: &[&str] = &[
    "扮演",
    "会",
    "有",
    "起",
    "发挥",
    "成为",
    "继续",
    "得到",
    "得以",
    "不",
    "把",
    "以",
    "对",
    "进一步",
    "出现",
    "面临",
    "采取",
    "更",
    "占",
    "产生",
    "举行",
    "装备",
    "展出",
    "推出",
    "形成",
    "保持",
    "需要",
    "逐步",
];

/// How it rains: 不停地|下.
const FALLS: &[&str] =
    &["不停", "不断", "不住", "淅淅沥沥", "哗哗", "哗啦啦", "纷纷扬扬", "一个劲", "一个劲儿"];

/// What is done for somebody besides: 还|给我写过信, but 还给我一本书.
const GIVEN: &[&str] = &[
    "写", "做", "买", "送", "打", "讲", "说", "介绍", "提供", "造成", "带来", "安排", "准备", "留下", "寄",
    "拍", "唱", "发", "看", "出了", "起了",
];

/// Whether somebody has to answer for it: 政府应|对此事负责.
fn answers(text: &str, rest: &[Piece]) -> bool {
    let clause = rest.iter().take(6).take_while(|piece| piece.kind != Kind::Other);
    clause.into_iter().any(|piece| matches!(piece.of(text), "负责" | "负有" | "承担"))
}

/// Whether 一起 counts what happened: 发生一起交通事故, but not 一起调查事故.
fn is_case(text: &str, before: &str, rest: &[Piece]) -> bool {
    const HAPPENS: &[&str] = &[
        "发生", "了", "制造", "侦破", "破获", "审理", "审结", "宣判", "查处", "查获", "通报", "策划", "是",
        "为", "对", "就", "因", "另", "每", "又", "过", "出", "报道", "公布", "办理", "接到", "涉及",
    ];
    const CASES: [&str; 8] = ["案", "事故", "事件", "火灾", "爆炸", "枪击", "纠纷", "袭击"];
    let after = rest.iter().take(8).take_while(|piece| piece.kind != Kind::Other);
    HAPPENS.contains(&before)
        && after.into_iter().any(|piece| CASES.iter().any(|case| piece.of(text).ends_with(case)))
}

/// What is called positive, so that 正向 before it is no direction.
const POSITIVE: &[&str] = &[
    "思考",
    "的",
    "地",
    "和",
    "与",
    "、",
    "反馈",
    "激励",
    "作用",
    "循环",
    "影响",
    "引导",
    "能量",
    "思维",
    "价值",
    "价值观",
    "情绪",
    "评价",
    "变化",
    "增长",
    "发展",
    "态度",
    "力量",
    "关系",
    "相关",
    "传播",
    "推动",
    "效应",
    "互动",
    "电压",
    "电流",
    "运动",
    "移动",
    "信号",
    "现金流",
    "心理",
    "促进",
    "看待",
    "预期",
    "案例",
    "回应",
    "行驶",
];

/// A numeral before a point that is said, in one word: 一点|五五万. The point is a word of its own then.
///
/// 一点 before one numeral alone may be a time (一点五分) or a little of something; before two, before one and a
/// unit of numbers, and in a percentage, it is a decimal. So is 零点 before any numeral.
pub(super) fn free_point(text: &str, pieces: &mut Vec<Piece>) {
    let mut old = std::mem::take(pieces);
    pieces.reserve(old.len());
    let mut i = 0;
    while let Some(&piece) = old.get(i) {
        i += 1;
        let said = piece.of(text);
        let whole = said.strip_suffix('点').filter(|whole| is_numeral(whole));
        let before = pieces.last().map_or("", |before| before.of(text));
        let (number, share) = (is_numeral(before), before.ends_with("分之"));
        let decimal = piece.kind == Kind::Word
            && (whole.is_some() || said == "点" && number)
            && is_decimal(&text[piece.end as usize..], share || whole == Some("零"));
        if !decimal {
            pieces.push(piece);
            continue;
        }
        match whole {
            Some(whole) => pieces.extend(<[Piece; 2]>::from(piece.halves(piece.start + whole.len() as u32))),
            None => pieces.push(piece),
        }
        // 五|点|二级: the unit has taken the numeral.
        let Some(next) = old.get_mut(i) else { continue };
        let digits = digits(next.of(text)).len() as u32;
        if next.kind == Kind::Word && digits > 0 && next.start + digits < next.end {
            let (numeral, unit) = next.halves(next.start + digits);
            pieces.push(numeral);
            *next = unit;
        }
    }
}

/// 十分|钟 is 十|分钟.
pub(super) fn free_minutes(text: &str, pieces: &mut [Piece]) {
    for i in 1..pieces.len() {
        let (before, after) = (pieces[i - 1], pieces[i]);
        let number = before.of(text).strip_suffix('分').filter(|number| is_numeral(number));
        if let Some(number) = number.filter(|_| after.of(text) == "钟" && before.end == after.start) {
            let at = before.start + number.len() as u32;
            pieces[i - 1].end = at;
            pieces[i].start = at;
        }
    }
}

/// The numerals at the head of `text` that can be read one by one.
fn digits(text: &str) -> &str {
    let end = text.find(|c| !"〇零一二三四五六七八九".contains(c)).unwrap_or(text.len());
    &text[..end]
}

/// Whether `rest` begins with what is said after a decimal point. `surely`: what stands before is part of no time.
fn is_decimal(rest: &str, surely: bool) -> bool {
    const UNITS: [&str; 17] = [
        "万",
        "亿",
        "倍",
        "米",
        "吨",
        "度",
        "级",
        "折",
        "元",
        "公",
        "个百分点",
        "小时",
        "厘米",
        "毫米",
        "千米",
        "平方",
        "立方",
    ];
    let digits = digits(rest);
    let after = &rest[digits.len()..];
    let clock = after.starts_with(['分', '刻', '十', '百', '千']);
    match digits.chars().count() {
        0 => false,
        1 => surely && !clock || UNITS.iter().any(|unit| after.starts_with(unit)),
        _ => !clock,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_after_a_point_is_told_from_a_time() {
        for rest in ["五五万", "四一五九", "五万人", "六倍", "五公里", "二级地震", "五个百分点"]
        {
            assert!(is_decimal(rest, false), "{rest}");
        }
        for rest in ["五分", "五十分", "一个人", "儿水", "", "四五十分", "五"] {
            assert!(!is_decimal(rest, false), "{rest}");
        }
        assert!(is_decimal("三。", true) && !is_decimal("三十", true));
    }
}
