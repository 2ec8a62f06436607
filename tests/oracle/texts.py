"""Random knowledge bases and queries for the oracle: invented text with everything in it that a ranking can trip over."""
import random
import re

# Words that share characters, so that cuts at random give substrings of some and words of others.
HAN = """
面包 面包店 面团 面粉 团队 团子 酵母 发酵 烤箱 烤炉 炉火 火候 候车 车站 车厢 列车 火车 火车站 站台 平台 平面 台阶 阶梯 阶段 段落
望远镜 镜片 镜头 星图 星空 空气 气温 温度 温室 室内 内容 内存 存储 存储器 储蓄 数据 数据库 数据表 表格 表面 仓库 库存 存货 货架
货车 架构 架子 构造 结构 结果 果园 公园 园艺 艺术 技术 技能 能量 能源 电源 电力 力量 量尺 尺寸 轨道 道路 道理 理论 论文 文章 文件
文件夹 夹子 读者 读书 书架 图书 图书馆 茶馆 茶叶 叶片 叶子 种子 种植 植物 物品 品种 品质 质量 测量 测试 试验 经验 经营 营业 业务
业余 行业 行李 旅行 旅店 店铺 铺面 成本 本金 资金 资料 材料 原料 原因 起因 价格 定价 定价策略 策略 省略 模型 大模型 模式 式样
样品 搜索 搜索引擎 引擎 线索 路线 线路 网络 网页 页面 服务 服务器 机器 机器人 人工 工厂 工具 具体 身体 体验 会员 会员制 制度
度假 假期 期限 限制 安全 安全带 带宽 宽度 索引 分词 词典 字典 典礼 礼物 水 火 山 糕 茶 酒 石 风
""".split()

FUNCTION = "的 了 是 在 和 与 有 什么 如何 怎么 为什么 哪些 多少 可以 没有 我们 这个 因为 所以 通过 需要 吗 呢 及 把".split()

# The same word in both scripts, or both spellings of an ordinal; 著 乾 are good in both scripts.
PAIRS = """
團隊=团队 資料庫=数据库 麵包=面包 圖書館=图书馆 體驗=体验 車站=车站 網絡=网络 結構=结构 書架=书架 業務=业务 價格=价格 機器=机器 構造=构造
著名=著名 乾坤=乾坤 餅乾=饼干 頭髮=头发 發酵=发酵 裡面=里面 後來=后来 皇后=皇后 雲端=云端 經營=经营
甚麼=什么 看著=看着 乾燥=干燥 瀋陽=沈阳 第四條=第4条 第二十章=第20章
""".split()

LATIN = """
GPT-3 Node.js C++ C# .NET F# 5G v2.0.1 snake_case_name getUserName iPhone15 HTTP/2 user@example.org it's don’t R&D C++11 A/B GPT-3Node.js getUserC#
TCP/IP x86_64 UTF8Decoder e-mail state-of-the-art .gitignore K8s 3.14 2024-05-06 1,024 100% $HOME --where a.b.c foo foobar barfoo
bread Bread BREAD train trains telescope star the of and how to is oven node js gpt net user name snake case index search
Straße naïve café CAFÉ Ελλάδα Москва ﬁne ½ ㎏ Ⅷ ① x² №5 ＡＢＣ ＧＰＴ－３ ｈｔｔｐ
""".split()

OTHER = ["かな", "カタカナ", "ひらがなとカナ", "한국어", "ภาษาไทย", "😀", "👩‍👩‍👧", "🇨🇳", "e\u0301te\u0301", "零\u200b宽", "软\u00ad连", "々", "〇", "𠮷野家",
         "⼀⼆", "金", "㍿", "→", "——", "……", "·", "※", "\u3000", "a\tb", "\\*", "&amp;", "&#20320;", "�"]

TEMPLATES = """
{w}的{w}决定了{w}。|我们在{w}里放了{n}个{w}，{w}没有变。|如何选择{w}？先看{w}，再看{w}和{w}。|{l} 与 {w} 的关系|{w}{w}{w}|什么是{w}{w}
把{w}和{w}分开，{w}才会好。|因为{w}太高，所以{w}换成了 {l}。|{w}（{l}）比{w}重{n}倍|使用 `{l}` 打开{w}|见 [{w}{w}](other.md#{l})。
**{w}：**{w}需要{n}天。|*{w}*或者__{w}__，~~{w}~~|{t}與{t}有關|{o}{w}{o}|「{w}」、《{w}{w}》、“{w}”|{w}\\|{w}|{w}，{w}，{w}；{w}！
{l} {l} {l}|The {l} of the {w} is {l}.|[[{w}|{w}{w}]] 和 [[{w}]]|![{w}](img/{l}.png)|<b>{w}</b>|$x_{n}$ 的{w}|{n}. {w}|{w}  {w}\t{w}
""".replace("\n", "|").replace("\\|", "\0").split("|")

LABELS = ["题目：", "**题目：** ", "答案：", "**答案：**", "问题：", "问：", "答：", "Q: ", "A: ", "**Q:** ", "題目："]

NAMES = ["笔记", "面包店", "README", "Node.js 入门", "第三章 车站", "index", "資料庫", "a-b_c", "GPT-3", "日记 2024", "空", "x"]
FOLDERS = ["", "", "", "甲/", "乙/", "a/", "a/b/", "图书 馆/", "v2.0/"]
ENDINGS = [".md", ".md", ".md", ".md", ".markdown", ".txt", ".MD", ".mkd"]


class Texts:
    """One random source of text. Few words for a corpus, so that sections share them."""

    def __init__(self, rng):
        self.rng = rng
        self.words = rng.sample(HAN, rng.choice([6, 20, 60, len(HAN)])) + rng.sample(FUNCTION, 8)
        self.latin = rng.sample(LATIN, rng.choice([4, 15, 40]))
        self.traditional = rng.random() * 0.5

    def word(self):
        if self.rng.random() < 0.04:
            return self.rng.choice(FUNCTION)
        return self.rng.choice(self.words)

    def pair(self):
        both = self.rng.choice(PAIRS).split("=")
        return both[self.rng.random() > self.traditional]

    def sentence(self):
        text = self.rng.choice(TEMPLATES).replace("\0", "|")
        for mark, make in (("{w}", self.word), ("{t}", self.pair), ("{l}", lambda: self.rng.choice(self.latin)),
                           ("{o}", lambda: self.rng.choice(OTHER)), ("{n}", lambda: str(self.rng.randint(1, 3000)))):
            while mark in text:
                text = text.replace(mark, make(), 1)
        return text

    def paragraph(self):
        return "\n".join(self.sentence() for _ in range(self.rng.choice([1, 1, 2, 3])))

    def items(self):
        sign = self.rng.choice(["- ", "* ", "1. ", "   - ", "> ", "- **{}：**", "- [ ] "])
        return "\n".join(sign.format(self.word()) + self.sentence() for _ in range(self.rng.randint(1, 4)))

    def links(self):
        return "\n".join(f"- [{self.word()}{self.word()}](#{i})" for i in range(self.rng.randint(1, 4)))

    def fence(self):
        mark = self.rng.choice(["```", "~~~", "````"])
        return f"{mark}sh\n# {self.word()} 不是标题\n{self.rng.choice(self.latin)} = {self.sentence()}\n{mark}"

    def table(self):
        rows = [f"| {self.word()} | {self.sentence()} |" for _ in range(self.rng.randint(1, 3))]
        return "\n".join([rows[0], "|---|---|", *rows[1:]])

    def long(self):
        return "".join(self.sentence() for _ in range(self.rng.choice([20, 60, 200])))

    def block(self):
        kind = self.rng.choices([self.paragraph, self.items, self.links, self.fence, self.table, self.long,
                                 lambda: self.rng.choice(LABELS) + self.sentence(),
                                 lambda: f"**{self.word()}{self.word()}** {self.sentence()}",
                                 lambda: self.rng.choice(["---", "<!-- " + self.word() + " -->", "    " + self.sentence(), self.word(), "。"])],
                                [8, 3, 1, 1, 1, 0.2, 2, 2, 1])
        return kind[0]()

    def heading(self):
        text = self.rng.choice([self.word, self.sentence, lambda: self.word() + self.word(),
                                lambda: f"{self.rng.randint(1, 9)}.{self.rng.randint(1, 9)} {self.word()}", lambda: ""])()
        text = text.replace("\n", " ")
        if text and self.rng.random() < 0.15:
            return text + "\n" + self.rng.choice(["===", "---"])
        return "#" * self.rng.randint(1, 6) + " " + text + self.rng.choice(["", "", "", " ##"])

    def section(self):
        count = self.rng.choice([0, 1, 1, 1, 2, 3, 5])
        if self.rng.random() < 0.03:
            count = self.rng.randint(60, 200)  # long ones have passages
        blocks = [self.block() for _ in range(count)]
        return "\n\n".join([self.heading(), *blocks])

    def document(self, sections):
        rng = self.rng
        if sections == 0:
            return rng.choice(["", "\n\n", "  \n", "\ufeff", self.word(), self.paragraph(), "---\ntitle: " + self.word() + "\n---\n"])
        parts = [self.section() for _ in range(sections)]
        if rng.random() < 0.3:
            parts.append(rng.choice(parts))
        if rng.random() < 0.3:
            parts.insert(0, self.block())
        if rng.random() < 0.15:
            parts.insert(0, f"---\ntitle: {self.word()}{self.word()}\ntags: [{self.word()}]\n---")
        elif rng.random() < 0.05:
            parts.insert(0, f'+++\ntitle = "{self.word()}"\n+++')
        text = rng.choice(["\n", "\n\n", "\n\n\n"]).join(parts) + rng.choice(["", "\n", "\n\n"])
        if rng.random() < 0.1:
            text = text.replace("\n", "\r\n")
        if rng.random() < 0.05:
            text = "\ufeff" + text
        return text


def knowledge_base(rng, most=200):
    """Paths and bytes of 1 to 20 files with 1 to `most` sections in all, most of them headed."""
    texts = Texts(rng)
    total = left = rng.choice([1, 5, 20, 60, 120, most])
    files = {}
    count_of_files = rng.randint(1, 20)
    for _ in range(count_of_files):
        path = rng.choice(FOLDERS) + rng.choice(NAMES) + rng.choice(["", "", str(rng.randint(1, 99))]) + rng.choice(ENDINGS)
        count = min(left, rng.randint(0, 2 * total // count_of_files + 1))
        left -= count
        data = texts.document(count).encode()
        if files and rng.random() < 0.1:
            data = rng.choice(list(files.values()))
        if len(data) > 500 and rng.random() < 0.03:  # a few stray bytes only: more would be no text
            at = rng.randint(0, len(data))
            data = data[:at] + rng.choice([b"\xff", b"\xe4\xbd", b"\xc0\x80"]) + data[at:]
        files[path] = data
    return files, texts


def piece(rng, text, longest):
    """A substring, as it stands in one line."""
    line = rng.choice(text.splitlines() or [""])
    start = rng.randint(0, max(0, len(line) - 1))
    return line[start:start + rng.randint(1, longest)]


def disguise(rng, text):
    """The same to a reader: other case, width or script."""
    kind = rng.random()
    if kind < 0.1:
        return text.upper()
    if kind < 0.2:
        return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    if kind < 0.3:
        for both in PAIRS:
            text = text.replace(*reversed(both.split("=")))
    return text


def operators(rng, texts, found, depth):
    """Words with everything between and around them that means something, or nearly."""
    def operand():
        kind = rng.random()
        if depth and kind < 0.25:
            return rng.choice(["({})", "（{}）", "-({})", "title:({})", "({}", "{})", "({})甲", "( {} )"]).format(
                operators(rng, texts, found, depth - 1))
        field = rng.choice(["", "", "", "", "title:", "title：", "-title:", "注意：", "path:"])
        if field == "path:":
            return rng.choice(["", "-"]) + field + rng.choice(["*.md", "a/*", "甲", "**/笔记*", "?.md", '"图书 馆"', "＊.txt"])
        text = rng.choice([texts.word, texts.word, lambda: texts.word() + texts.word(), lambda: rng.choice(texts.latin), lambda: found(3),
                           lambda: rng.choice("".join(texts.words)), lambda: rng.choice(FUNCTION), lambda: rng.choice(["->", "。", "\u200b", "()"])])()
        text = rng.choice(["{}", "{}", "{}", "{}", '"{}"', "“{}”", "{}*", "{}＊", "-{}", "－{}", '-"{}"', "*{}*", "{}()", "f({})", "a|{}"]).format(text)
        return field + text

    text = operand()
    for _ in range(rng.randint(0, 3)):
        text += rng.choice([" ", " ", " ", " OR ", " OR ", " | ", "\u3000｜\u3000", " OR OR ", "|", "  "]) + operand()
    return rng.choice(["{}", "{}", "{}", "OR {}", "{} OR"]).format(text)


def code(rng, source):
    """What stands there in a row that is ASCII, blanks too."""
    return rng.choice(re.findall("[!-~]+(?: [!-~]+)*", source) or LATIN)


def query(rng, texts, sources):
    """One line that a user might type, or would not."""
    def found(longest):
        return piece(rng, rng.choice(sources), longest)

    def words(least, most):
        return [texts.word() for _ in range(rng.randint(least, most))]

    kinds = [
        (6, lambda: texts.word()), (4, lambda: "".join(words(2, 3))), (6, lambda: " ".join(words(2, 4))), (4, lambda: found(4)),
        (4, lambda: found(12)), (2, lambda: found(40)), (4, lambda: f"{found(4)} {found(4)}"), (2, lambda: rng.choice(HAN)), (2, lambda: rng.choice(LATIN)), (2, lambda: texts.pair()),
        (2, lambda: texts.sentence()), (2, lambda: texts.sentence() + texts.sentence()), (2, lambda: f"{rng.choice(FUNCTION)}{texts.word()}{rng.choice(FUNCTION)}？"),
        (2, lambda: f'"{found(5)}"'), (2, lambda: f'“{"".join(words(1, 2))}” {texts.word()}'), (1, lambda: f'"{found(4)}" {found(3)} "{texts.word()}"'),
        (2, lambda: f"{texts.word()} -{texts.word()}"), (1, lambda: f'{texts.word()} －“{found(3)}” {texts.word()}'), (1, lambda: f"-{texts.word()}"),
        (1, lambda: f"{texts.word()} --{rng.choice(LATIN)} -3"), (1, lambda: f'"{texts.word()} {texts.word()}'), (1, lambda: f'{texts.word()}"{texts.word()}"'),
        (2, lambda: rng.choice("".join(texts.words))), (1, lambda: f'{rng.choice("".join(texts.words))} {texts.word()}'), (1, lambda: rng.choice(FUNCTION)),
        (1, lambda: rng.choice(["？", "，。", "->", "**", "#", "|", "“”", '""', "\u200b", "-", "：", "1", "。\u3000", "\\"])),
        (1, lambda: f"{texts.word()}\u3000{texts.word()}"), (2, lambda: f"{rng.choice(texts.latin)} {rng.choice(texts.latin)}"),
        (1, lambda: f"{rng.choice(texts.latin)}{rng.choice(LATIN)}"), (1, lambda: f"{texts.word()} {texts.word()} 量子纠缠"), (1, lambda: "量子纠缠"),
        (1, lambda: rng.choice(OTHER)), (0.3, lambda: '"{0}" {1} "{0}"'.format(texts.word(), texts.word())), (0.2, lambda: "".join(texts.sentence() for _ in range(30))), (0.2, lambda: " ".join(words(1, 90)) + " 糕"),
        (0.5, lambda: f'"{found(4)}"-{texts.word()}'), (2, lambda: code(rng, rng.choice(sources))),
        (8, lambda: operators(rng, texts, found, 3)), (1, lambda: f"{texts.word()} {texts.word()[:1]}*"), (0.5, lambda: f"{rng.choice(LATIN)[:2]}*"),
    ]
    make = rng.choices([k[1] for k in kinds], [k[0] for k in kinds])[0]
    text = disguise(rng, make())
    return text.replace("\n", " ").replace("\r", " ").replace("\0", " ").strip(" \t\v\f\u3000") or texts.word()
