kbsearch: what it prints, and how to ask for less or more.

    $ cp -R "$NOTES" notes; kbindex -q notes

In a pipe a hit is a line: file, line of the heading, heading path, snippet.

    $ kbsearch 商业模式
    notes/开店.md:10:小店手记 > 商业模式: 题目： 小店的商业模式有哪几种？ 答案： 常见的有三种： 零售： 低买高卖，赚差价。 会员制： 按年收费，现金流更稳。 寄卖： 不压货，按成交抽成。
    notes/草稿/想法.md:1:草稿：新的商业模式: 这一篇还是草稿，只有一句话：商业模式可以混搭。
    notes/开店.md:20:小店手记 > 商业模式 > 定价: 先算成本，再看对面那家卖多少。
    notes/开店.md:5:小店手记 > 目录: 商业模式 选址

On a terminal the same hits are blocks that are easier to read.

    $ script -qec 'kbsearch --color=never 商业模式' /dev/null </dev/null | tr -d '\r'
    1  商业模式
       notes/开店.md:10  ·  小店手记
       题目： 小店的商业模式有哪几种？ 答案： 常见的有三种： 零售： 低买高卖，赚差
       价。 会员制： 按年收费，现金流更稳。 寄卖： 不压货，按成交抽成。

    2  草稿：新的商业模式
       notes/草稿/想法.md:1
       这一篇还是草稿，只有一句话：商业模式可以混搭。

    3  定价
       notes/开店.md:20  ·  小店手记 > 商业模式
       先算成本，再看对面那家卖多少。

    4  目录
       notes/开店.md:5  ·  小店手记
       商业模式 选址

Nothing found is no error, and has the status of grep.

    $ kbsearch 量子纠缠
    ? 1

`-q` prints nothing: the status tells.

    $ kbsearch -q 商业模式

    $ kbsearch -q 量子纠缠
    ? 1

`-c` counts sections: all that have every word.

    $ kbsearch -c 商业模式
    4

    $ kbsearch -c 量子纠缠
    0
    ? 1

`-l` lists files, each once, best first; with `-n` that many files.

    $ kbsearch -l 小店
    notes/开店.md
    notes/團隊.md

    $ kbsearch -l -n 1 小店
    notes/开店.md

`-n` limits the hits, 0 means all.

    $ kbsearch -n 1 商业模式 | cut -d: -f1,2
    notes/开店.md:10

    $ kbsearch -n 0 小店 | wc -l
    6

`-C` sets the characters of the snippet, 0 leaves it out.

    $ kbsearch -C 8 -n 1 商业模式
    notes/开店.md:10:小店手记 > 商业模式: …的商业模式有…

    $ kbsearch -C 0 商业模式
    notes/开店.md:10:小店手记 > 商业模式
    notes/草稿/想法.md:1:草稿：新的商业模式
    notes/开店.md:20:小店手记 > 商业模式 > 定价
    notes/开店.md:5:小店手记 > 目录

`--full` prints whole sections.

    $ kbsearch --full -n 1 租金
    notes/开店.md:24:小店手记 > 选址
    ## 选址

    人流要看早晚两次，租金不超过营业额的一成半。

`--vimgrep` is for editors: file, line and column of the match itself.

    $ kbsearch --vimgrep 寄卖
    notes/开店.md:18:5:题目： 小店的商业模式有哪几种？ 答案： 常见的有三种： 零售： 低买高卖，赚差价。 会员制： 按年收费，现金流更稳。 寄卖： 不压货，按成交抽成。
    notes/账目.txt:1:64:没有标题的文件是一个小节，名字就是文件名。寄卖的账每周一结。
    notes/开店.md:22:34:先算成本，再看对面那家卖多少。

Of a heading with nothing below it the heading is the text.

    $ mkdir bare; printf '# 库存\n\n## 盘点\n\n## 报损\n' > bare/库存.md; kbindex -q bare

    $ kbsearch -I bare/.kbsearch --vimgrep 盘点
    bare/库存.md:3:4:盘点

    $ kbsearch -I bare/.kbsearch --vimgrep 库存 | head -n 1
    bare/库存.md:1:3:盘点 · 报损

`-0` ends each record with a NUL, and puts one after each path.

    $ kbsearch -0 -C 0 选址 | tr '\0' '@'; echo
    notes/开店.md@24:小店手记 > 选址@notes/开店.md@5:小店手记 > 目录@

    $ kbsearch -0 -l 小店 | tr '\0' '@'; echo
    notes/开店.md@notes/團隊.md@

Only files that match a glob.

    $ kbsearch -l -p '*.txt' 寄卖
    notes/账目.txt

    $ kbsearch -q -p '草稿/*' 选址
    ? 1

A slash at the end, as a shell completes it, means the directory.

    $ kbsearch -l -p 草稿/ 商业模式; kbsearch -l -p notes/草稿/ 商业模式; kbsearch -l path:草稿/ 商业模式
    notes/草稿/想法.md
    notes/草稿/想法.md
    notes/草稿/想法.md

    $ kbsearch -l -- 商业模式 -path:草稿/
    notes/开店.md

    $ kbsearch -p '' 商业模式
    ? 2
    ! kbsearch: --path=: name a file or a directory

`-t` searches headings and file names only.

    $ kbsearch -t -C 0 商业模式
    notes/开店.md:10:小店手记 > 商业模式
    notes/草稿/想法.md:1:草稿：新的商业模式

    $ kbsearch -t -q 抽成
    ? 1

Two forms of output, or two rules of matching, cannot be had at once.

    $ kbsearch -l -c 小店
    ? 2
    ! kbsearch: --files and --count cannot be combined

    $ kbsearch --all --any 小店
    ? 2
    ! kbsearch: --all and --any cannot be combined

    $ kbsearch -F -o 小店
    ? 2
    ! kbsearch: --literal and --any cannot be combined

    $ kbsearch --no-fold --any 小店
    ? 2
    ! kbsearch: --no-fold and --any cannot be combined

    $ echo 小店 | kbsearch --batch 团队
    ? 2
    ! kbsearch: --batch takes no query but those on standard input

Long options can be cut short, and take their value after `=` or a blank.

    $ kbsearch --lim=1 --snip 0 小店
    notes/开店.md:1:小店手记

Options and words mix, and `--` ends the options.

    $ kbsearch 小店 -c 团队
    1

    $ kbsearch -F -C 0 -- '-a data'
    notes/技术/工具.md:12:备份

Several indexes answer as one.

    $ mkdir more; printf '# 分店\n\n第二家店的商业模式照搬第一家。\n' > more/分店.md; kbindex -q -I more/.kbsearch more

    $ kbsearch -I notes/.kbsearch -I more/.kbsearch -l 商业模式
    notes/开店.md
    notes/草稿/想法.md
    more/分店.md

Of a long section the piece is shown that has most of the query, also where a part of it stands on every line before.

    $ mkdir long; { printf '# 值班日志\n\n'; for i in {1..150}; do printf '第 %d 天：巡视机房，温度正常，备份完成，没有告警。\n\n' $i; done; printf '机房换了空调的压缩机。\n'; } > long/日志.md
    $ kbindex -q long; wc -c < long/日志.md; kbsearch -I long/.kbsearch --json 机房空调压缩机 | jq -c '.hits[] | [.line_start, .snippet_line, (.snippet | endswith("机房换了空调的压缩机。"))]'
    11342
    [1,303,true]

A heading without text of its own shows the headings right below it; what only the front matter has is shown as it stands there.

    $ mkdir front; printf -- '---\ntags: [开店]\n---\n# 选址\n\n## 看人流\n\n早晚各一次。\n\n### 雨天\n\n另数。\n\n## 谈租金\n\n一年一谈。\n' > front/选址.md
    $ kbindex -q front; kbsearch -I front/.kbsearch -t 选址 | grep :4:; kbsearch -I front/.kbsearch --json 开店 | jq -c '.hits[] | [.line_start, .snippet, .snippet_line, .highlights]'
    front/选址.md:4:选址: 看人流 · 谈租金
    [4,"tags: [开店]",2,[[7,9]]]

Colour only when asked for, or on a terminal without NO_COLOR.

    $ kbsearch --color=always -n 1 抽成 | sed 's/\x1b/ESC/g'
    ESC[35mnotes/开店.mdESC[m:ESC[32m10ESC[m:小店手记 > 商业模式: 题目： 小店的商业模式有哪几种？ 答案： 常见的有三种： 零售： 低买高卖，赚差价。 会员制： 按年收费，现金流更稳。 寄卖： 不压货，按成交ESC[01;31m抽成ESC[m。

Of whole sections too, and on a terminal also in headings.

    $ kbsearch --color=always --full -n 1 租金 | sed 's/\x1b/ESC/g'
    ESC[35mnotes/开店.mdESC[m:ESC[32m24ESC[m:小店手记 > 选址
    ## 选址

    人流要看早晚两次，ESC[01;31m租金ESC[m不超过营业额的一成半。

    $ script -qec 'kbsearch --color=always -C 0 -n 1 会员制的模式' /dev/null </dev/null | tr -d '\r' | sed 's/\x1b\[\([0-9;]*\)m/<\1>/g'
    <2>1<>  <1>商业<01;31>模式<39><>
       <35>notes/开店.md<>:<32>10<><2>  ·  小店手记<>

    $ kbsearch -h | head -n 1; kbsearch --version
    Usage: kbsearch [OPTION]... QUERY...
    kbsearch 0.1.0

`-c` counts all, or as far as `-n` says.

    $ kbsearch -F -c 的; kbsearch -F -c -n 2 的; kbsearch -F -c -n 0 的
    7
    2
    7
