//! Japanese names: 大谷翔平, 高市早苗, 小泉进次郎.
//!
//! The corpus that the weights were learned on has few of them, and a Chinese surname in the middle (谷, 田) leads the
//! weights astray. So by rule: a surname of the list, and a given name of hanzi that such names are made of.

use std::sync::LazyLock;

use crate::tokens::Kind;
use crate::tokens::pieces::Piece;

const SURNAMES: &str = "佐藤 铃木 高桥 田中 渡边 渡部 伊藤 山本 中村 小林 加藤 吉田 山田 佐佐木 山口 松本 井上 木村 清水 \
斋藤 中岛 山崎 阿部 安倍 池田 桥本 石川 山下 小川 石井 长谷川 后藤 冈田 近藤 前田 藤田 远藤 青木 坂本 村上 太田 金子 藤井 \
福田 西村 三浦 竹内 中川 冈本 松田 原田 中野 小野 田村 藤原 中山 石田 小岛 和田 森田 内田 柴田 酒井 宫崎 横山 高木 安藤 \
宫本 大野 小泉 工藤 谷口 今井 高田 增田 丸山 村田 大冢 新井 平野 藤本 河野 上野 野口 武田 松井 千叶 菅原 岩崎 木下 久保 \
佐野 野村 松尾 杉山 市川 古川 大西 岛田 水野 樱井 高野 吉川 山内 西田 饭田 菊池 西川 小松 北村 安田 五十岚 川口 平田 中田 \
久保田 服部 川崎 岩田 土屋 福岛 本田 樋口 秋山 田口 永井 山中 川上 大岛 小田 滨田 羽生 岸田 石破 高市 麻生 小池 茂木 上川 \
大谷 宫泽 村山 竹下 中曾根 鸠山 野田 福原 早田 张本 水谷 锦织 大坂 内村 池江 浅田 荒川 高梨 东野 是枝 新海 宫部 三岛 川端 \
芥川 夏目 谷崎 大江 手冢 鸟山 尾田 岸本 荒木 北野 黑泽 小津 沟口 今村 滨口 坂元 福山 石原 新垣 长泽 绫濑 广濑 有村 北川 \
户田 松岛 坂井 滨崎 宇多田 久石 菅田 竹野内 西岛 松坂 伊东 德川 丰臣 织田 东条 犬养 田岛 石桥 三木 谷川 小渊 细川 羽田 海部 \
宫里 堀江 稻盛 盛田 松下 丰田 柳井 孙田 贝冢 林田 梅田 黑田 植田 白川 森山 加山 绪方 上村 下村 大村 大隅 本庶 山极 真锅 \
冬柴";

/// What given names are made of.
const GIVEN: &str = "郎子美一二三平介助雄夫男彦之树人也太斗香苗奈莉惠志治司诚晋文武明正智和弘宏浩信义昭光进次健勇隆博俊敏充\
阳直贵秀吉纯由伸翔弦结圭吾裕骏春真优希菜花爱理沙织里绘江代枝幸久良雅贤康孝敬清政道哲史朗辉旭伟芳洋祐凉辽莲蓝瑞璃亚纪让骏娜百\
合铁宗早晴悠";

/// Pieces of words so frequent are no given name: 2 ln of a frequency.
const FREQUENT: u8 = 16;
const COMMON: u8 = 25;

/// Joins the pieces of each Japanese name.
pub(super) fn join(text: &str, pieces: &mut Vec<Piece>) {
    let mut kept = 0;
    let mut i = 0;
    while i < pieces.len() {
        let count = name(text, &pieces[i..]);
        pieces[kept] = match count {
            Some(count) => Piece::new(pieces[i].start, pieces[i + count - 1].end, Kind::Person),
            None => pieces[i],
        };
        kept += 1;
        i += count.unwrap_or(1);
    }
    pieces.truncate(kept);
}

/// How many of `pieces`, from the first on and at least two, are one name.
fn name(text: &str, pieces: &[Piece]) -> Option<usize> {
    let start = pieces.first()?.start;
    let rest = &text[start as usize..];
    let surname = surname_of(rest)?;
    let end = |hanzi: usize| start + (surname.len() + hanzi * 3) as u32;
    // The longest first: 纯一郎 before 纯一.
    (1..=3).rev().find_map(|hanzi| {
        let given = rest.get(surname.len()..surname.len() + hanzi * 3)?;
        let all = given.chars().all(|c| GIVEN.contains(c));
        let lone = hanzi > 1 || given.starts_with(['诚', '骏', '让', '健', '进', '司', '诚', '茂', '爱']);
        let three = hanzi < 3 || given.ends_with(['郎', '子', '香', '美', '助']);
        let within = pieces.iter().take_while(|piece| piece.end <= end(hanzi));
        let count = within.zip(1..).find(|(piece, _)| piece.end == end(hanzi))?.1;
        let inside = |piece: &&Piece| piece.start >= end(0) && piece.kind == Kind::Word;
        let words: Vec<&Piece> = pieces[..count].iter().filter(inside).collect();
        let everyday = words.iter().any(|word| word.end - word.start > 3 && word.level >= FREQUENT)
            || words.len() == hanzi && words.iter().all(|word| word.level >= COMMON);
        // 佐藤健|和|石原: what joins two names is no given name.
        let joins = given.ends_with('和')
            && pieces.get(count).is_some_and(|next| {
                next.kind == Kind::Person || surname_of(&text[next.start as usize..]).is_some()
            });
        (!joins && all && lone && three && count > 1 && !everyday).then_some(count)
    })
}

/// The surname that `text` begins with.
fn surname_of(text: &str) -> Option<&'static str> {
    /// For each first hanzi the number of its group, one up; 0 for none: small, since every piece asks.
    type Groups = (Vec<u8>, Vec<Vec<&'static str>>);
    static BY_FIRST: LazyLock<Groups> = LazyLock::new(|| {
        let (mut numbers, mut groups) = (vec![0_u8; 0x1_0000], Vec::<Vec<&str>>::new());
        for surname in SURNAMES.split_whitespace() {
            let Some(number) = surname.chars().next().and_then(|c| numbers.get_mut(c as usize)) else {
                continue;
            };
            if *number == 0 {
                groups.push(Vec::new());
                *number = groups.len() as u8;
            }
            groups[usize::from(*number) - 1].push(surname);
        }
        (numbers, groups)
    });
    let first = text.chars().next()?;
    let number = BY_FIRST.0.get(first as usize).copied().filter(|&number| number > 0)?;
    let group = &BY_FIRST.1[usize::from(number) - 1];
    group.iter().copied().filter(|surname| text.starts_with(surname)).max_by_key(|surname| surname.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_surname_is_found_and_nothing_else() {
        for surname in SURNAMES.split_whitespace() {
            assert!(surname_of(surname).is_some_and(|found| found.len() >= surname.len()), "{surname}");
        }
        assert_eq!(surname_of("长谷川英"), Some("长谷川"));
        assert_eq!(surname_of("大家"), None);
        assert_eq!(surname_of(""), None);
    }

    #[test]
    fn there_are_fewer_first_hanzi_than_a_byte_can_number() {
        let first: std::collections::BTreeSet<char> =
            SURNAMES.split_whitespace().filter_map(|surname| surname.chars().next()).collect();
        assert!(first.len() < 255, "{}", first.len());
    }
}
