//! The phrases that Chinese news sites print round an article, in both scripts.
//!
//! Why in one file: they are data, and grow with every site that someone meets; the rules that read them say where
//! a phrase counts. Gathered from what sites of the mainland, Hong Kong and Taiwan print, by eye.

/// A list of phrases without punctuation, in lower case, with a blank between.
pub(super) struct Phrases(&'static str);

impl Phrases {
    /// Whether `phrase` is one of them.
    pub fn has(&self, phrase: &str) -> bool {
        self.each().any(|p| p == phrase)
    }

    /// The phrase that `text` begins with.
    pub fn at_start_of(&self, text: &str) -> Option<&'static str> {
        self.each().find(|p| text.starts_with(p))
    }

    /// Whether one of them stands in `text`.
    pub fn stand_in(&self, text: &str) -> bool {
        self.each().any(|p| text.contains(p))
    }

    pub fn each(&self) -> impl Iterator<Item = &'static str> {
        self.0.split(' ')
    }
}

/// Fields that have a value after a colon.
pub(super) const LABELS: Phrases = Phrases(
    "来源 來源 文章来源 文章來源 信息来源 新闻来源 新聞來源 消息来源 图片来源 圖片來源 稿源 作者 文章作者 \
     编辑 編輯 责任编辑 責任編輯 责编 責編 值班编辑 本文编辑 网络编辑 網路編輯 实习编辑 编辑人员 美编 \
     校对 校對 审核 審核 责任审核 监制 監製 编审 編審 二审 三审 一审 初审 复审 终审 签发 撰文 撰稿 摄影 \
     攝影 排版 策划 统筹 发布时间 發布時間 發佈時間 发表时间 發表時間 发布日期 發布日期 发布于 發佈於 \
     更新时间 更新時間 最后更新 最後更新 更新于 发稿时间 發稿時間 字号 字號 字体 字體 字体大小 关键词 \
     關鍵詞 關鍵字 关键字 标签 標籤 标签云 分类 分類 栏目 欄目 所属栏目 频道 点击 点击量 点击数 浏览 瀏覽 \
     浏览量 浏览次数 瀏覽次數 瀏覽人次 点击次数 阅读 閱讀 阅读量 阅读数 閱讀數 评论数 評論數 人气 人氣 \
     热度 分享到 分享至 分享 原文链接 原文鏈接 原文連結 本文地址 本文链接 网址 文 文图 \
     出品 版面编辑 版面責編 新媒体编辑",
);

/// Fields whose value is the rest of the line, whatever it is.
pub(super) const LABELS_OF_TEXT: Phrases = Phrases(
    "上一篇 下一篇 上一条 下一条 上一條 下一條 上一則 下一則 上一页 下一页 上篇 下篇 原标题 原標題 前一篇 \
     后一篇 後一篇",
);

/// Words before or after a number: 阅读 1234, 56评论.
pub(super) const COUNTED: Phrases = Phrases(
    "阅读 閱讀 评论 評論 浏览 瀏覽 点击 點擊 点赞 點讚 赞 讚 转发 轉發 分享 收藏 跟贴 跟帖 人参与 人參與 \
     次阅读 次浏览 次瀏覽 次点击 条评论 則評論 人阅读 人閱讀 播放 次播放 热度 人气 人氣 回复 回覆 喜欢 \
     在看 推荐 顶 踩 留言",
);

/// Words that stand on buttons. One alone proves nothing; a line of them does.
pub(super) const BUTTONS: Phrases = Phrases(
    "打印 列印 反馈 发表 收藏 举报 舉報 检举 登录 登陆 登入 注册 註冊 分享 分享到 分享至 微博 新浪微博 微信 qq空间 \
     qq qq好友 朋友圈 微信好友 人人网 豆瓣 facebook twitter x line telegram whatsapp weibo wechat email \
     转发 轉發 点赞 點讚 赞 讚 顶 踩 关注 關注 订阅 訂閱 追蹤 纠错 糾錯 推荐 推薦 评论 評論 留言 \
     大 中 小 特大 字号 字號 字体 字體 字级 字級 复制链接 複製連結 复制 返回顶部 回到顶部 回頂部 回到頂端 \
     返回首页 回首页 首页 首頁 主页 搜索 搜尋 上一页 下一页 上一頁 下一頁 尾页 末页 更多 关闭 關閉 \
     关闭窗口 返回 返回列表 我要纠错 我要评论 听新闻 聽新聞 语音播报 播放 暂停 客户端 手机版 手機版 \
     电脑版 网站地图 关于我们 關於我們 联系我们 聯絡我們 聯繫我們 广告服务 廣告刊登 隐私政策 隱私權政策 \
     服务条款 服務條款 友情链接 加入收藏 设为首页 退出 简体 繁體 繁体 english rss",
);

/// Names of a site's parts, as in its menu.
pub(super) const MENU: Phrases = Phrases(
    "首页 首頁 新闻 新聞 要闻 要聞 国内 國內 国际 國際 财经 財經 体育 體育 运动 運動 娱乐 娛樂 科技 军事 \
     軍事 社会 社會 汽车 房产 教育 健康 视频 影音 图片 論壇 论坛 博客 时政 政治 港澳 台湾 台灣 两岸 兩岸 \
     生活 文化 旅游 旅遊 时尚 專題 专题 滚动 即时 即時 直播 地方 股票 证券 基金 理财 评论 游戏 历史 女性 \
     读书 法治 图集 更多",
);

/// Phrases that no author makes a line of, wherever they stand.
pub(super) const ANYWHERE: Phrases = Phrases(
    "广告 廣告 advertisement 点击查看原图 点击查看大图 点击图片查看大图 点击看大图 點擊查看原圖 点击放大 \
     图片加载中 加载中 正在加载 载入中 载入失败 展开全文 展開全文 点击展开全文 点击阅读全文 查看全文 \
     显示全文 收起全文 请继续往下阅读 請繼續往下閱讀 繼續閱讀 app内打开 打开app 打开app阅读全文 \
     打开app阅读最新报道 在app中打开 下载客户端 视频加载中 您的浏览器不支持video标签 本文共计 \
     未完待续请翻页 文章未完請往下繼續閱讀 文章未完请往下继续阅读 點我看更多 图片来自网络 已关注 重播 \
     播放视频",
);

/// Headings of lists of other articles.
pub(super) const RELATED: Phrases = Phrases(
    "相关推荐 相關推薦 作者最新文章 相关搜索 大家还在搜 相关阅读 相關閱讀 相关新闻 相關新聞 相关文章 相關文章 相关报道 相關報導 相關報道 \
     相关链接 相關連結 相关资讯 相关内容 相关专题 延伸阅读 延伸閱讀 推荐阅读 推薦閱讀 推荐新闻 推薦新聞 \
     推荐文章 推薦文章 热门推荐 熱門推薦 热门新闻 熱門新聞 热门文章 熱門文章 热点推荐 热点新闻 今日热点 \
     精彩推荐 精彩推薦 编辑推荐 編輯推薦 为您推荐 为你推荐 為您推薦 為你推薦 猜你喜欢 猜您喜欢 猜你喜歡 \
     您可能感兴趣 你可能感兴趣 您可能还喜欢 你可能也喜欢 你可能也想看 大家都在看 大家还看了 其他人也在看 \
     最新文章 最新新闻 最新新聞 最新资讯 更多新闻 更多新聞 更多内容 更多文章 更多精彩内容 \
     更多报导 更多報導 热门排行 新闻排行 新闻排行榜 点击排行 阅读排行 图片新闻 精彩图集 \
     本类推荐 往期回顾 往期精彩 往期推荐 热门标签 热门话题 上一篇 下一篇 看更多 相关标签 人气排行 \
     點閱排行",
);

/// How the notices of a site begin.
pub(super) const NOTICES: Phrases = Phrases(
    "免责声明 免責聲明 版权声明 版權聲明 特别声明 特別聲明 郑重声明 风险提示 投资提示 声明 聲明 凡本网 \
     凡本站 凡注明 凡本網 本网站 本站 本网 本文仅代表 本文僅代表 本文为 本文系 本文由 本文来自 本文內容 \
     本文内容 以上内容 未经授权 未經授權 未经许可 未经书面 转载请 轉載請 如需转载 著作權 版权所有 \
     版權所有 copyright © (c) 特别提示 作品声明 来源于网络 文章来源于网络 图片来源于网络",
);

/// What those notices speak of.
pub(super) const NOTICE_WORDS: Phrases = Phrases(
    "转载 轉載 版权 版權 侵权 侵權 著作權 删除 刪除 立场 立場 观点 觀點 仅供参考 僅供參考 投资建议 \
     投資建議 不构成 不構成 授权 授權 许可 注明出处 註明出處 注明来源 本网 本站 本網 法律责任 法律責任 \
     reserved 原创 未经 未經 违者 必究 copyright © ai生成 联系我们",
);

/// What only a footer holds.
pub(super) const FOOTER: Phrases = Phrases(
    "icp备 icp證 icp证 icp备案 公网安备 allrightsreserved 网络文化经营许可证 互联网新闻信息服务许可证 \
     增值电信业务经营许可证 广播电视节目制作经营许可证 违法和不良信息举报 违法不良信息举报",
);

/// How an invitation to scan or follow begins.
pub(super) const INVITATIONS: Phrases = Phrases(
    "扫一扫 掃一掃 扫码 掃碼 扫描二维码 掃描二維碼 扫描上方 扫描下方 长按二维码 长按识别 微信扫一扫 \
     微信扫码 用微信扫 打开微信 使用微信扫 手机扫码 点击关注 关注我们 关注微信公众号 关注公众号 欢迎关注 \
     歡迎關注 加入我們的 下載app 下载app 分享到 分享至 转发到 点击上方 点击下方 我要反馈 点击查看更多 \
     加載更多 加载更多 查看更多 点击加载 没有更多了 已经到底了 到底了 訂閱電子報 追蹤我們",
);

/// Headings of the box.
pub(super) const BOX_HEADINGS: Phrases = Phrases(
    "评论列表 評論列表 网友评论 網友評論 用户评论 全部评论 所有评论 最新评论 热门评论 精彩评论 热评 \
     评论区 評論區 文章评论 读者评论 發表評論 发表评论 我要评论 我要評論 写评论 写下你的评论 发布评论 \
     提交评论 参与评论 网友留言 留言列表 最新留言 发表留言 我来说两句 我要留言 留言板 跟帖 网友跟帖 \
     读者留言 讀者留言 精选留言 回應文章 我要回應 相关评论 查看全部评论 查看更多评论",
);

/// The same where a number stands by them: 评论(56), 56条评论.
pub(super) const BOX_HEADINGS_COUNTED: Phrases = Phrases("评论 評論 条评论 則評論 跟贴 留言 则留言 則留言");

/// Phrases that a short line may hold and no sentence does.
pub(super) const BOX_MACHINERY: Phrases = Phrases(
    "暂无评论 暫無評論 暂时没有评论 还没有评论 目前没有评论 還沒有評論 暂无留言 抢沙发 搶沙發 来说两句吧 \
     来说两句 說兩句 说点什么 发表评论 發表評論 发表留言 發表留言 登录后评论 登录后才能评论 登录后可评论 \
     登入後留言 请先登录 請先登入 请登录后 文明上网 理性发言 文明发言 网友评论仅 以下留言只代表 \
     仅代表网友 还可以输入 最多输入 字以内 验证码 验证評論 点击刷新 匿名评论 匿名发表 已有0人参与 \
     人参与评论 人参与讨论",
);

/// What stands under each comment, and in the form.
pub(super) const BOX_BUTTONS: Phrases = Phrases(
    "回复 回覆 举报 舉報 点赞 點讚 赞 讚 顶 踩 支持 反对 引用 分享 提交 发送 发布 匿名 昵称 邮箱 网址 \
     沙发 板凳 查看回复 展开回复 收起 删除 最新 最热 评论 留言",
);

#[cfg(test)]
mod tests {
    use super::super::same::key;
    use super::*;

    #[test]
    fn lists_hold_what_a_comparison_gives() {
        for list in
            [BUTTONS, MENU, ANYWHERE, RELATED, FOOTER, INVITATIONS, BOX_HEADINGS, BOX_MACHINERY, BOX_BUTTONS]
        {
            for phrase in list.each() {
                assert_eq!(key(phrase), phrase, "it would never be found");
            }
        }
        assert!(LABELS.has("来源") && !LABELS.has("来"));
    }
}
