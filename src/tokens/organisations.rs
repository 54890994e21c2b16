//! Firms that bear a name: in 沃尔夫研究公司, 沃尔夫 is no person.
//!
//! Only the name is marked. The words after it (研究, 公司) are words that a learner wants, and stay words.

use crate::tokens::Kind;
use crate::tokens::pieces::Piece;

const BODIES: &[&str] = &[
    "公司",
    "集团",
    "基金会",
    "银行",
    "大学",
    "学院",
    "研究所",
    "研究院",
    "基金",
    "证券",
    "事务所",
    "工厂",
    "协会",
    "咨询公司",
    "电视台",
    "报社",
    "通讯社",
    "出版社",
    "俱乐部",
    "有限公司",
    "股份有限公司",
];
/// What a body does, between its name and what it is.
const TRADES: &[&str] = &[
    "研究", "投资", "咨询", "证券", "科技", "资本", "管理", "国际", "环球", "电子", "汽车", "软件", "保险",
    "金融", "石油", "航空", "技术", "信息", "网络", "生物", "制药", "食品", "贸易", "传媒", "电气", "工业",
];

/// Marks names that a body bears.
pub(super) fn mark(text: &str, pieces: &mut [Piece]) {
    for i in 0..pieces.len() {
        if pieces[i].kind != Kind::Person {
            continue;
        }
        let next = pieces.get(i + 1).map_or("", |p| p.of(text));
        let second = pieces.get(i + 2).map_or("", |p| p.of(text));
        if BODIES.contains(&next) || TRADES.contains(&next) && BODIES.contains(&second) {
            pieces[i].kind = Kind::Organisation;
        }
    }
}
