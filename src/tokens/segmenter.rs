//! The rules in a row: jieba's cut, then what it cannot know.

use crate::dictionary::{Dictionary, Shadow};
use crate::tokens::amend::Amendments;
use crate::tokens::jieba::{WordList, Words};
use crate::tokens::passes::{Cutting, PASSES, Pass, Step};
use crate::tokens::pieces::{Piece, Pieces};
use crate::tokens::{Tokens, latin};

/// Cuts text into tokens.
#[derive(Debug)]
pub struct Segmenter {
    dictionary: Dictionary,
    list: WordList,
}

impl Segmenter {
    /// Costs nothing; the word list is loaded by the first text, so make one and share it.
    #[must_use]
    pub fn new(dictionary: Dictionary) -> Self {
        Self { dictionary, list: WordList::default() }
    }

    /// One that cuts as the learner said.
    #[must_use]
    pub fn with(dictionary: Dictionary, amendments: Amendments) -> Self {
        Self { dictionary, list: WordList::with(amendments) }
    }

    /// The tokens of a clean text.
    #[must_use]
    pub fn cut(&self, text: &str) -> Tokens {
        self.cut_by(&Shadow::of(text))
    }

    /// The same by a shadow that is there already.
    #[must_use]
    pub fn cut_by(&self, shadow: &Shadow<'_>) -> Tokens {
        self.pieces(shadow.simple(), |_, _, _| ()).tokens(shadow.text())
    }

    /// The changes by each pass to a clean text, in the order of the passes.
    #[must_use]
    pub fn why(&self, text: &str) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut before = Vec::new();
        let shadow = Shadow::of(text);
        self.pieces(shadow.simple(), |step, cutting, pieces| {
            steps.extend(match step {
                None => vec![Step { pass: "jieba", line: None, before: Vec::new(), after: pieces.to_vec() }],
                Some(pass) => pass.changes(cutting.text, &before, pieces),
            });
            pieces.clone_into(&mut before);
        });
        steps
    }

    /// The pieces of a simplified text after the last pass; `tell` is told of jieba's own, and of those after each pass.
    fn pieces<'t>(
        &self,
        text: &'t str,
        mut tell: impl FnMut(Option<&Pass>, &Cutting<'_>, &[Piece]),
    ) -> Pieces<'t> {
        let words = self.list.for_text(text);
        let cutting =
            Cutting { text, dictionary: self.dictionary, words: &words, amendments: self.list.amendments() };
        let mut pieces = rough(text, &words);
        tell(None, &cutting, &pieces);
        for pass in &PASSES {
            (pass.run)(&cutting, &mut pieces);
            tell(Some(pass), &cutting, &pieces);
        }
        pieces
    }

    /// The pieces in which names are looked for: for `tools/segmentation`, which learns on just these.
    #[must_use]
    pub fn rough<'t>(&self, simplified: &'t str) -> Pieces<'t> {
        rough(simplified, &self.list.for_text(simplified))
    }
}

fn rough<'t>(simplified: &'t str, words: &Words) -> Pieces<'t> {
    let mut pieces = Pieces::lay(simplified, |laid| words.cut(simplified.len(), laid));
    latin::join(&mut pieces);
    pieces
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use proptest::prelude::*;

    use super::*;
    use crate::tokens::{Kind, Token};

    fn segmenter() -> &'static Segmenter {
        static LOADED: OnceLock<Segmenter> = OnceLock::new();
        LOADED.get_or_init(|| Segmenter::new(Dictionary::embedded()))
    }

    /// Tokens with a blank between; a kind other than word stands behind a slash.
    fn cut(text: &str) -> String {
        let tokens = segmenter().cut(text);
        let show = |token: &Token| match (token.kind, token.proposed) {
            (Kind::Word, true) => format!("{}+", token.span.of(text)),
            (Kind::Word | Kind::Other, _) => token.span.of(text).to_owned(),
            (kind, _) => format!("{}/{kind}", token.span.of(text)),
        };
        tokens.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    fn each(cases: &[(&str, &str)]) {
        for (text, tokens) in cases {
            assert_eq!(&cut(text), tokens);
        }
    }

    #[test]
    fn words_are_those_of_the_dictionary() {
        each(&[
            ("年仅28岁", "年 仅 28岁/measure"),
            ("这家公司", "这 家 公司"),
            ("负责人来自硅谷以及上海", "负责人 来自 硅谷/place 以及 上海/place"),
            ("数据分类是独角兽", "数据 分类 是 独角兽"),
            ("与之相差甚远", "与 之 相差甚远"),
            ("高度评价全员信", "高度 评价 全员 信"),
            ("他受不了，也找不着", "他 受不了 ， 也 找不着"),
            ("正因如此，他才离开", "正因如此 ， 他 才 离开"),
            ("他用人民币，请把门关上", "他 用 人民币 ， 请 把 门 关上"),
            ("高达两亿元", "高达 两亿元/measure"),
            ("打得它找不着北", "打 得 它 找不着北"),
            ("看起来还行", "看起来 还 行"),
            ("史上最佳", "史上 最佳"),
            ("第一时间作出反应", "第一时间 作出 反应"),
            ("年底到了，人们不断努力", "年底 到 了 ， 人们 不断 努力"),
        ]);
    }

    #[test]
    fn what_could_be_cut_in_two_ways_is_cut_right() {
        each(&[
            ("大学生活很有意思", "大学 生活 很 有意思"),
            ("研究生命的起源", "研究 生命 的 起源"),
            ("他是公司法人，教育处女职工", "他 是 公司 法人 ， 教育 处 女 职工"),
            ("作家用电脑写作", "作家 用 电脑 写作"),
            ("涉事项目的负责人", "涉事 项目 的 负责人"),
            ("结婚的和尚未结婚的", "结婚 的 和 尚未 结婚 的"),
        ]);
    }

    #[test]
    fn sayings_stay_whole() {
        each(&[
            ("迄今为止扑朔迷离", "迄今为止 扑朔迷离/idiom"),
            ("量身定制救命稻草", "量身定制 救命稻草"),
            ("他们节节败退", "他们 节节败退"),
        ]);
    }

    #[test]
    fn numbers_take_a_measure_word_but_not_a_unit_that_is_a_word() {
        each(&[
            ("亿美元", "亿 美元"),
            ("8.7亿美元", "8.7亿/number 美元"),
            ("10亿美元F轮融资", "10亿/number 美元 F/latin 轮 融资"),
            ("“7至9位数”", "“ 7/number 至 9/number 位数 ”"),
            ("拥有1500多名员工", "拥有 1500多名/measure 员工"),
            ("约50人，占三分之一", "约 50/number 人 ， 占 三分之一/number"),
            ("2016年1月到4月底", "2016年/time 1月/time 到 4月底/time"),
            ("二〇二四年五六十人", "二〇二四年/time 五六十/number 人"),
            ("去年和今年，近期，日前", "去年 和 今年 ， 近期 ， 日前"),
            ("一封信，一记重拳", "一封/measure 信 ， 一记/measure 重拳+"),
            ("第一，１２月３１日", "第一 ， １２月/time ３１日/time"),
        ]);
    }

    #[test]
    fn letters_stand_alone_but_in_words() {
        each(&[
            ("收购Scale AI49%的股份", "收购 Scale AI/latin 49%/number 的 股份"),
            ("Y Combinator和AlphaGo", "Y Combinator/latin 和 AlphaGo/latin"),
            ("Alexandr Wang的xAI", "Alexandr Wang/latin 的 xAI/latin"),
            ("Llama 4的表现", "Llama 4/latin 的 表现"),
            ("整个AI/ML行业", "整个 AI/ML/latin 行业"),
            ("买了一件T恤去唱卡拉OK", "买 了 一件/measure T恤 去 唱 卡拉OK"),
            ("大家AA制", "大家 AA制"),
        ]);
    }

    #[test]
    fn names_do_not_fall_apart() {
        each(&[
            ("马克·扎克伯格说", "马克·扎克伯格/person 说"),
            ("分析师什维塔·卡朱里亚指出", "分析师 什维塔·卡朱里亚/person 指出"),
            ("创始人彼得·泰尔是投资人", "创始人 彼得·泰尔/person 是 投资人"),
            ("卡朱里亚说，马斯克来了", "卡朱里亚/person 说 ， 马斯克/person 来 了"),
            ("记者陈小明报道", "记者 陈小明/person 报道"),
            ("诸葛亮和欧阳修", "诸葛亮/person 和 欧阳修/person"),
            ("谷歌、微软、英伟达", "谷歌/organisation 、 微软/organisation 、 英伟达/organisation"),
            ("亚马逊和英特尔", "亚马逊/organisation 和 英特尔/organisation"),
            ("沃尔夫研究公司的人", "沃尔夫/organisation 研究 公司 的 人"),
        ]);
    }

    #[test]
    fn phrases_that_are_the_sum_of_their_words_are_apart() {
        each(&[
            ("研究人员谈经济发展", "研究 人员 谈 经济 发展"),
            ("新闻发布会在国际机场", "新闻 发布会 在 国际 机场"),
            ("人工智能、火车站、大学生", "人工智能 、 火车站 、 大学生"),
            ("知识产权与恶性循环", "知识产权 与 恶性循环/idiom"),
        ]);
    }

    #[test]
    fn names_of_the_present_are_found() {
        each(&[
            ("特朗普和泽连斯基通电话", "特朗普/person 和 泽连斯基/person 通电话"),
            ("王毅外长表示", "王毅/person 外长 表示"),
            ("李华和张伟是同学", "李华/person 和 张伟/person 是 同学"),
            ("小王、张老师、陈女士", "小王/person 、 张/person 老师 、 陈/person 女士"),
            ("高市早苗见大谷翔平", "高市早苗/person 见 大谷翔平/person"),
            ("日本石川县的山本先生", "日本/place 石川/place 县 的 山本/person 先生"),
            ("梅西梅开二度", "梅西/person 梅开二度/idiom"),
            ("国务院和新华社", "国务院/organisation 和 新华社/organisation"),
            ("他很高兴，马上就来，白天不方便", "他 很 高兴 ， 马上 就 来 ， 白天 不方便"),
        ]);
    }

    #[test]
    fn an_everyday_word_is_no_name_without_strong_evidence() {
        each(&[
            ("舍得，宿舍", "舍得 ， 宿舍"),
            ("他荣立三等功", "他 荣立+ 三等功+"),
            ("十二月三十一日电", "十二月/time 三十一日/time 电"),
            ("本报巴黎５日电", "本报 巴黎/place ５日/time 电"),
            ("投产新井三十六口", "投产 新 井 三十六口/measure"),
            ("甜蜜和芬芳", "甜蜜 和 芬芳"),
            ("种玉米、黄瓜、黄豆", "种 玉米 、 黄瓜 、 黄豆"),
            ("记者江山报道", "记者 江山/person 报道"),
        ]);
    }

    #[test]
    fn a_decimal_that_is_said_is_one_number() {
        each(&[
            ("一点五五万头大家畜", "一点五五万头/measure 大 家畜"),
            ("一点六六万人", "一点六六万/number 人"),
            ("约一点七亿美元", "约 一点七亿/number 美元"),
            ("三点一四和零点五", "三点一四/number 和 零点五/number"),
            ("下午一点五分，三点半", "下午 一点 五分/time ， 三点半/time"),
            ("喝一点儿水，一点也不早", "喝 一点儿 水 ， 一点 也 不 早"),
            ("早点来，一点一个人也没有", "早点 来 ， 一点 一个/measure 人 也 没有"),
        ]);
    }

    #[test]
    fn what_dots_join_is_one_name() {
        each(&[
            ("阿嘉·洛桑图旦·久美加措", "阿嘉·洛桑图旦·久美加措/person"),
            ("执政官路易吉·马扎来了", "执政官 路易吉·马扎/person 来 了"),
            ("会见了大法官拉斐克·塔拉尔，", "会见 了 大法官 拉斐克·塔拉尔/person ，"),
            ("看文化·生活，读《沁园春·雪》", "看 文化 · 生活 ， 读 《 沁 园 春 · 雪 》"),
        ]);
    }

    #[test]
    fn words_that_chance_makes_of_neighbours_are_two() {
        each(&[
            ("一只猫只吃鱼，他们班里有只猫", "一只/measure 猫 只 吃 鱼 ， 他们 班 里 有 只 猫"),
            ("这只是开始，只见两艘船只", "这 只是 开始 ， 只见 两艘/measure 船只"),
            ("他背着4万元债，背着书包", "他 背 着 4万元/measure 债 ， 背 着 书包"),
            ("产量年年上台子", "产量 年年 上 台子"),
            ("肉见得不多，不见得好", "肉 见 得 不 多 ， 不见得 好"),
            ("有更深的感情，夜静更深", "有 更 深 的 感情 ， 夜 静 更深"),
            ("应从小事做起", "应 从 小事 做 起"),
            ("没收到信，没收了", "没 收到 信 ， 没收 了"),
            ("还给我写信，书还给我", "还 给 我 写信 ， 书 还给 我"),
            ("上将有变化，他是上将", "上 将 有 变化 ， 他 是 上将"),
            ("满意地点了点头，时间地点", "满意 地 点 了 点头 ， 时间 地点"),
            ("人人喊打的，打的去", "人人 喊 打 的 ， 打的 去"),
            ("一幢幢高楼，晃一晃", "一幢 幢 高楼 ， 晃一晃"),
            ("算了一笔账，算了吧，算了。", "算 了 一笔/measure 账 ， 算了 吧 ， 算了 。"),
            ("他得了第一，睡了一觉", "他 得 了 第一 ， 睡 了 一觉/measure"),
            ("他可不是个小数，可不是嘛", "他 可 不是 个 小数 ， 可不是 嘛"),
            ("正向二百人讲话，正向江泽民汇报", "正 向 二百/number 人 讲话 ， 正 向 江泽民/person 汇报"),
            ("正向社会公布，正向反馈，正向思考", "正 向 社会 公布 ， 正向 反馈 ， 正向 思考"),
            ("一九九七年中，三年中，年中总结", "一九九七年/time 中 ， 三年/time 中 ， 年中 总结"),
            ("创新高，创新纪录，创新能力", "创 新高 ， 创 新 纪录 ， 创新 能力"),
            ("迎春酒会上，后来人们走了", "迎春+ 酒会 上 ， 后来 人们 走 了"),
            ("十三年兵种了三年地，各兵种", "十三年/time 兵 种 了 三年/time 地 ， 各 兵种"),
            ("六包菜子，五层楼，二十场次", "六包/measure 菜子+ ， 五层/measure 楼 ， 二十/number 场次"),
        ]);
    }

    #[test]
    fn forms_that_every_learner_meets_are_whole() {
        each(&[
            ("是不是漂漂亮亮的", "是不是 漂漂亮亮 的"),
            ("你去看看", "你 去 看看"),
            ("你来不来", "你 来不来+"),
            ("可不可以，知不知道", "可不可以+ ， 知不知道+"),
            ("想一想，去散散步", "想一想+ ， 去 散散步+"),
            ("睡了一觉，理了发", "睡 了 一觉/measure ， 理 了 发"),
        ]);
    }

    #[test]
    fn terms_are_proposed_on_good_evidence_only() {
        each(&[
            ("大模型", "大 模型"),
            ("大模型好，大模型新，大模型贵", "大模型+ 好 ， 大模型+ 新 ， 大模型+ 贵"),
            ("大书店，最大书店，大书店，大屋子很大", "大 书店 ， 最 大 书店 ， 大 书店 ， 大 屋子 很 大"),
            ("质疑作弊“刷榜”，面对“撤单潮”", "质疑 作弊 “ 刷榜+ ” ， 面对 “ 撤单潮+ ”"),
            ("他说“是我”", "他 说 “ 是 我 ”"),
        ]);
    }

    #[test]
    fn a_traditional_text_comes_out_as_a_simplified_one() {
        each(&[
            ("中國的後面有隻貓", "中國/place 的 後面 有 隻 貓"),
            ("他穿著乾淨的衣服，頭髮很長", "他 穿 著 乾淨 的 衣服 ， 頭髮 很 長"),
            ("著名的發展經濟學家", "著名 的 發展 經濟學家"),
            ("新計畫開始了", "新 計畫 開始 了"),
        ]);
    }

    #[test]
    fn a_hanzi_beyond_the_basic_plane_is_cut_as_one_within_it() {
        let shape = |text: &str| -> Vec<(usize, Kind, bool)> {
            let count = |token: &Token| token.span.of(text).chars().count();
            segmenter().cut(text).iter().map(|token| (count(token), token.kind, token.proposed)).collect()
        };
        for text in ["你◇不◇", "他想◇一◇再说", "你去◇◇吧", "面对“◇潮”", "◇野家的饭", "他叫王◇明", "三◇家人"]
        {
            let within = shape(&text.replace('◇', "㐂"));
            for beyond in ["𠮷", "𡃁"] {
                assert_eq!(shape(&text.replace('◇', beyond)), within, "{text}");
            }
        }
    }

    proptest! {
        #[test]
        fn tokens_tile_any_text(text in "[一-龥年月日个第百万亿0-9０-９a-zA-Z·.,，。%/ \\n王李张尔斯克的了\u{1F600}]{0,60}") {
            let tokens = segmenter().cut(&text);
            let joined: String = tokens.iter().map(|t| t.span.of(&text)).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
