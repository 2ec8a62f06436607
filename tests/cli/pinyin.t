kbsearch --pinyin: headings found by how they are read.

    $ cp -R "$NOTES" notes; kbindex -q notes

Initials are enough, and so is any mixture of initials, whole syllables and the characters themselves.

    $ kbsearch --pinyin -C 0 syms
    notes/开店.md:10:小店手记 > 商业模式
    notes/草稿/想法.md:1:草稿：新的商业模式

    $ for q in shangyemoshi 'shangye moshi' shangyems sy模式 商业模式 shyms shangyemosh; do kbsearch --pinyin -c "$q"; done
    2
    2
    2
    2
    2
    2
    2

Whole headings come first, then those that start with it, then words of headings, short headings before long ones; the text of a
section is not looked at.

    $ mkdir m; printf '# 模式识别\n\n一。\n\n# 编程模式\n\n二。\n\n# 模式\n\n三。\n\n# 其他\n\n模式。\n' >m/一.md; kbindex -q m
    $ kbsearch -I m/.kbsearch --pinyin -C 0 moshi
    m/一.md:9:模式
    m/一.md:1:模式识别
    m/一.md:5:编程模式

Pieces between blanks may also stand apart, in any order: then they count for less.

    $ kbsearch -I m/.kbsearch --pinyin -C 0 'shibie mo'
    m/一.md:1:模式识别

A blank or an apostrophe is a border between two characters.

    $ kbsearch --pinyin -C 0 'xuan zhi'; kbsearch --pinyin -q "xu'anzhi"
    notes/开店.md:24:小店手记 > 选址
    ? 1

Questions and file names are found too, after the headings; a file by its first section.

    $ kbsearch --pinyin -C 0 younajizhong
    notes/开店.md:10:小店手记 > 商业模式

    $ kbsearch --pinyin -C 0 gongju; kbsearch --pinyin -l gongju
    notes/技术/工具.md:6:店里用的软件
    notes/技术/工具.md

A character that is read in several ways is found by any of them; ü is typed v or u.

    $ mkdir p; printf '# 银行\n\n一。\n\n# 增长\n\n二。\n\n# 绿色策略\n\n三。\n' >p/多音.md; kbindex -q p
    $ for q in yinhang yinxing zengzhang zengchang lvsecelve lusecelue lüsecelüe; do kbsearch -I p/.kbsearch --pinyin -l "$q"; done
    p/多音.md
    p/多音.md
    p/多音.md
    p/多音.md
    p/多音.md
    p/多音.md
    p/多音.md

Without the option pinyin is a word like any other, and finds nothing.

    $ kbsearch syms
    ? 1

On a terminal what was meant is marked in the heading, and where it stands in the text.

    $ script -qec 'kbsearch --color=always --pinyin -n 1 -C 12 syms' /dev/null </dev/null | tr -d '\r' | sed 's/\x1b\[\([0-9;]*\)m/<\1>/g'
    <2>1<>  <1><01;31>商业模式<39><>
       <35>notes/开店.md<>:<32>10<><2>  ·  小店手记<>
       …店的<01;31>商业模式<>有哪几种…

In JSON the mode and the kind of the term are `pinyin`, and each hit has `heading_highlights`.

    $ kbsearch --json --pinyin -n 1 syms | jq -c '[.mode, .terms, .total, (.hits[0] | .heading, .heading_highlights, .matched_terms)]'
    ["pinyin",[{"text":"syms","kind":"pinyin","df":2}],2,"商业模式",[[0,4]],["syms"]]

    $ kbsearch --json --pinyin 'zhi xuan' | jq -c '.hits[0] | .heading, .heading_highlights'
    "选址"
    [[0,2]]

    $ kbsearch --json 商业模式 | jq '.hits[0] | has("heading_highlights")'
    false

Batches take it, and so do the options that choose files.

    $ printf 'syms\nxz\n' | kbsearch --batch --pinyin | jq -c '[.total, .hits[0].heading]'
    [2,"商业模式"]
    [1,"选址"]

    $ kbsearch --pinyin -p '*.txt' -C 0 zhangmu
    notes/账目.txt:1:账目

It is its own way of searching.

    $ kbsearch --pinyin -F syms
    ? 2
    ! kbsearch: --pinyin and --literal cannot be combined

    $ kbsearch --pinyin -o syms
    ? 2
    ! kbsearch: --pinyin and --any cannot be combined

    $ kbsearch --pinyin $(printf 'a%.0s' {1..64})
    ? 2
    ! kbsearch: a query in pinyin has at most 63 characters
