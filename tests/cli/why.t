kbsearch --why: why a file, or one section of it, is a hit or is none.

    $ cp -R "$NOTES" notes; kbindex -q -g '*.md' -g '*.txt' -g '!草稿/*' notes

A hit is named with its place among the hits, and what of the query stands in which of its fields, as the words were cut.

    $ kbsearch --why=notes/开店.md 商业模式 | sed 's/score [0-9.]*/score N/'
    notes/开店.md:10: 小店手记 > 商业模式
    hit: rank 1 of 3, score N, every word
      has 商业: heading 1, question 1
      has 模式: heading 1, question 1

Without a line the best section of the file is meant. A line means the section it is in.

    $ kbsearch --why=notes/开店.md:22 商业模式 | sed 's/[0-9][.][0-9]*/N/'
    notes/开店.md:20: 小店手记 > 商业模式 > 定价
    hit: rank 2 of 3, score N, every word
      has 商业: headings above 1
      has 模式: headings above 1
    the best section of the file is that of line 10, rank 1

It is a hit too when it comes after those that are shown.

    $ kbsearch -n 1 --why=notes/开店.md:22 商业模式 | sed -n '2s/[0-9][.][0-9]*/N/gp'
    hit that is not shown: rank 2 of 3, score N, every word; the last one shown is rank 1 with N; -n 10 shows it

A table of contents comes after the others that match, whatever its score.

    $ kbsearch -n 2 --why=notes/开店.md:5 商业模式 | sed -n '2s/[0-9][.][0-9]*/N/gp'
    hit that is not shown: rank 3 of 3, score N, every word; the last one shown is rank 2 with N; with nothing to read below its heading it comes after the others; -n 10 shows it

What is no hit lacks something, which may be somewhere else in the file. The status is that of a search: 1 for no hit.

    $ kbsearch --why=notes/开店.md:25 商业模式
    notes/开店.md:24: 小店手记 > 选址
    no hit: it lacks 商业, 模式
      lacks 商业: line 5 of the file has it
      lacks 模式: line 5 of the file has it
    the best section of the file is that of line 10, rank 1
    ? 1

    $ kbsearch -q --why=notes/开店.md:25 商业模式
    ? 1

    $ kbsearch -q --why=notes/开店.md 商业模式

So do sections with the query as text but not as words, after those with every word.

    $ mkdir text; printf '# 甲\n\n商业和模\n' > text/a.md; printf '# 乙\n\n商业模式商业模式商业模式商业模式商业模式\n' > text/b.md; printf '# 丙\n\n模\n' > text/c.md; kbindex -q text
    $ kbsearch -I text/.kbsearch -n 1 --why=text/b.md 商业模 | sed -n '2s/[0-9][.][0-9]*/N/gp'
    hit that is not shown: rank 2 of 3, score N, the query as text; the last one shown is rank 1 with N; it comes after sections with every word; -n 10 shows it

Function words need not be there.

    $ kbsearch --why=notes/账目.txt 飞机的
    notes/账目.txt:1: 账目
    no hit: it lacks 飞机
      lacks 飞机
      has 的: body 2
    ? 1

    $ kbsearch --why=notes/技术/工具.md:12 -a 备份 了 | sed 's/score [0-9.]*/score N/'
    notes/技术/工具.md:12: 备份
    hit: rank 1 of 1, score N, every word
      has 备份: heading 1
      lacks 了: it need not be there

Where partial matches count, a hit may lack words as well.

    $ kbsearch --why=notes/账目.txt 寄卖 飞船 | sed 's/score [0-9.]*/score N/'
    notes/账目.txt:1: 账目
    hit: rank 2 of 3, score N, some of the words
      has 寄: body 1
      has 卖: body 1
      lacks 飞船

When enough sections have every word, those with less are no hits.

    $ for i in $(seq 10); do printf '# %d\n\n租金和价格。\n' $i; done > notes/价目.md; printf '# 涨价\n\n租金又涨了。\n' > notes/涨价.md; kbindex -q

    $ kbsearch --why=notes/涨价.md 租金 价格
    notes/涨价.md:1: 涨价
    no hit: it lacks 价格; 10 sections lack nothing, so those with less are none; -o takes any word
      has 租金: body 1
      lacks 价格
    ? 1

Words are found as they were cut: what is a part of a longer word, or reaches over its borders, is there only as text.

    $ printf '# 周会\n\n工作现代化，用 Nodejs 写的。\n' > notes/周会.md; kbindex -q

    $ kbsearch --why=notes/周会.md 现 node | sed 's/[0-9][.][0-9]*/N/'
    notes/周会.md:1: 周会
    hit: rank 1 of 3, score N, each piece of the query as text
      has 现
      lacks node: only inside of the word nodejs

    $ kbsearch --why=notes/周会.md '"node" 周会' | tail -n 1
      lacks node: only inside of longer words

    $ kbsearch --why=notes/周会.md 会工 周会 | tail -n 2
      lacks 工: only inside of the word 工作
      has 周: heading 1, file name 1

With the whole query as text, which is what is searched when no section has the words.

    $ kbsearch --why=notes/周会.md 作现
    notes/周会.md:1: 周会
    hit: rank 1 of 1, in the order of paths and lines
      lacks 作: only inside of the word 工作
      lacks 现: only inside of the word 现代
      has 作现

    $ kbsearch --why=notes/开店.md:24 -F 业模
    notes/开店.md:24: 小店手记 > 选址
    no hit: it lacks 业模
      lacks 业模
    the best section of the file is that of line 5, rank 1
    ? 1

    $ kbsearch --why=notes/技术/工具.md --no-fold gpt-3
    notes/技术/工具.md:8: 语言模型
    no hit: it lacks gpt-3
      lacks gpt-3: only in another script, width or case
    ? 1

And with `--pinyin`.

    $ kbsearch --pinyin --why=notes/开店.md syms | sed 's/score [0-9.]*/score N/'
    notes/开店.md:10: 小店手记 > 商业模式
    hit: rank 1 of 1, score N
      has syms

    $ kbsearch --pinyin --why=notes/账目.txt syms
    notes/账目.txt:1: 账目
    no hit: it lacks syms
      lacks syms
    ? 1

Exclusions, `--path` and `--title` are told as what they are.

    $ kbsearch --why=notes/开店.md:20 小店 -再看
    notes/开店.md:20: 小店手记 > 商业模式 > 定价
    no hit: the query leaves out what has 再看
      has 小店: headings above 1
      has 再看
    the best section of the file is that of line 1, rank 1
    ? 1

    $ kbsearch -p '*.txt' --why=notes/开店.md 租金
    notes/开店.md:24: 小店手记 > 选址
    no hit: --path=*.txt leaves the file out
      has 租金: body 1
    ? 1

    $ kbsearch -t --why=notes/开店.md:24 租金
    notes/开店.md:24: 小店手记 > 选址
    no hit: it lacks 租金
      lacks 租金: it stands where -t does not look
    ? 1

A file that no index has: the rule that keeps it out.

    $ kbsearch --why=notes/草稿/想法.md 商业模式
    notes/草稿/想法.md
    not indexed: kbindex --glob=!草稿/* leaves it out
    ? 1

    $ kbsearch --why=notes/.隐藏.md 商业模式
    notes/.隐藏.md
    not indexed: .隐藏.md is hidden, its name begins with a dot
    ? 1

    $ kbsearch --why=notes/.kbsearch/MANIFEST 商业模式 | tail -n 1
    not indexed: .kbsearch is hidden, its name begins with a dot

    $ kbsearch --why=notes/照片.png 商业模式
    notes/照片.png
    not indexed: by its name it is neither Markdown (.md .markdown .mkd .mdown) nor text (.txt)
    ? 1

    $ ln -s 开店.md notes/链接.md; kbsearch --why=notes/链接.md 商业模式 | sed 's|/.*/work|/…|'
    notes/链接.md
    not indexed: it is a symbolic link, which kbindex does not follow, to /…/notes/开店.md

    $ mkfifo notes/管道.md; kbsearch --why=notes/管道.md 商业模式
    notes/管道.md
    not indexed: it is neither a directory nor a regular file
    ? 1

    $ echo '# 外面' > 外面.md; kbsearch --why=外面.md 外面 | sed 's|/.*/work|/…|'
    外面.md
    not indexed: it is outside of /…/notes

    $ kbsearch --why=notes/没有.md 商业模式
    notes/没有.md
    no such file, and none was indexed
    ? 1

    $ kbsearch --why=notes/技术 商业模式
    notes/技术
    a directory: 1 of its files are indexed; name one
    ? 1

    $ echo '# 新的' > notes/新的.md; kbsearch --why=notes/新的.md 新的
    notes/新的.md
    not indexed: it was not there when kbindex ran last; run kbindex
    ? 1

    $ kbindex -q -I md -g '*.md' notes; kbsearch -I md --why=notes/账目.txt 寄卖
    notes/账目.txt
    not indexed: none of the index's globs lets it in
    ? 1

A file that kbindex refused: why, as long as that holds.

    $ truncate -s 65M notes/大.md; printf '\0\0\0' > notes/乱.md; : > notes/空.md; kbindex -q 2>&1 | wc -l
    2

    $ kbsearch --why=notes/大.md 商业模式
    notes/大.md
    not indexed: larger than the limit of 67108864 bytes
    ? 1

    $ kbsearch --why=notes/乱.md 商业模式
    notes/乱.md
    not indexed: not text in UTF-8, UTF-16, GB18030 or Big5; convert it first, with iconv
    ? 1

    $ echo '# 好了' > notes/乱.md; kbsearch --why=notes/乱.md 商业模式
    notes/乱.md
    not indexed: it could not be read as text when kbindex ran last, and can now; run kbindex
    ? 1

    $ echo '# 旧文，收银程序' | iconv -f UTF-8 -t GB18030 > notes/旧.md; kbsearch --why=notes/旧.md 收银
    notes/旧.md
    not indexed: it was not there when kbindex ran last; run kbindex
    ? 1

    $ rm notes/旧.md

    $ kbsearch --why=notes/空.md 商业模式
    notes/空.md
    no hit: there is no text in the file
    ? 1

    $ echo 商业模式 > notes/空.md; kbsearch --why=notes/空.md 商业模式
    notes/空.md
    no hit: there is no text in the file
    the file has changed since it was indexed; run kbindex
    ? 1

What was written or removed since is told, since the index answers for the file as it was.

    $ rm notes/大.md notes/乱.md notes/空.md; echo 夏天也卖。 >> notes/账目.txt; kbsearch --why=notes/账目.txt 寄卖 | tail -n 1
    the file has changed since it was indexed; run kbindex

    $ mv notes/账目.txt 账目.txt; kbsearch --why=notes/账目.txt 寄卖 | tail -n 1
    the file is gone since it was indexed; run kbindex

    $ kbsearch --why=notes/账目.txt 飞船
    notes/账目.txt:1: 账目
    no hit: it lacks 飞船
      lacks 飞船
    the file is gone since it was indexed; run kbindex
    ? 1

    $ mv 账目.txt notes

Names: from another directory, absolute, through a linked directory, with a colon and digits in it.

    $ cd notes/技术; kbsearch --why=../开店.md:24 租金 | sed 's|/.*/work|/…|' | head -n 1
    /…/notes/开店.md:24: 小店手记 > 选址

    $ ln -s notes link; kbsearch --why=$PWD/link/技术/工具.md 备份 | head -n 1
    notes/技术/工具.md:12: 备份

    $ cp notes/涨价.md notes/3:1; cp notes/涨价.md notes/3:1.md; kbindex -q; kbsearch --why=notes/3:1.md:1 租金 | head -n 1
    notes/3:1.md:1: 涨价

    $ kbsearch --why=notes/3:1 租金 | tail -n 1
    not indexed: by its name it is neither Markdown (.md .markdown .mkd .mdown) nor text (.txt)

    $ kbsearch --why=notes/开店.md:999 租金
    notes/开店.md:999
    no hit: the file ended with line 26 when it was indexed
    ? 1

    $ kbsearch --why=notes/开店.md:0 租金
    ? 2
    ! kbsearch: --why=notes/开店.md:0: lines are counted from 1

    $ kbsearch --why=notes/开店.md:99999999999 租金
    ? 2
    ! kbsearch: --why=notes/开店.md:99999999999: no file has so many lines

    $ kbsearch --why= 租金
    ? 2
    ! kbsearch: --why=: name a file

Several indexes answer as one; which one it is is named.

    $ kbindex -q -I md -g '*.md' notes; kbsearch -I notes/.kbsearch -I md --why=notes/草稿/想法.md 商业模式 | sed 's|/.*/work|/…|; s/score [0-9.]*/score N/'
    notes/草稿/想法.md:1: 草稿：新的商业模式
    hit: rank 3 of 7, score N, every word
      has 商业: body 1, heading 1
      has 模式: body 1, heading 1
    index: /…/md

A section with the text of another one is shown with it, and is a hit as well.

    $ mkdir k; printf '# 合同\n\n押金在签约当天付清，租金按季付，提前退租要赔一个月。\n' > k/a.md; cp k/a.md k/b.md; kbindex -q -I k/.kbsearch k

    $ kbsearch -I k/.kbsearch -C 0 押金
    k/a.md:1:合同

    $ kbsearch -I k/.kbsearch --why=k/b.md 押金 | sed 's/score [0-9.]*/score N/'
    k/b.md:1: 合同
    hit: rank 1 of 2, score N, every word; with the same text as k/a.md:1, which names it
      has 押金: body 1

    $ kbsearch -I k/.kbsearch --why=k/b.md --json 押金 | jq -c '(.why | [.hit, .copy_path, .copy_line]), (.hits[0] | [.path, .rank, .copies[0].path])'
    [true,"k/a.md",1]
    ["k/a.md",1,"k/b.md"]

Where few sections have the words, those are hits too in which the query stands across the borders of others.

    $ mkdir j; printf '# 一\n\n索引很快。\n' > j/a.md; printf '# 二\n\n搜索引擎。\n' > j/b.md; kbindex -q -I j/.kbsearch j

    $ kbsearch -I j/.kbsearch --why=j/b.md 索引 | sed 's/score [0-9.]*/score N/'
    j/b.md:1: 二
    hit: rank 2 of 2, score N, the query as text
      lacks 索引: only as text, over the borders of words

A synonym is told as what it is.

    $ mkdir s; printf '# 一\n\n這個軟體很快。\n' > s/a.md; kbindex -q -I s/.kbsearch s; kbsearch -I s/.kbsearch --why=s/a.md 软件 | tail -n 1
      has 软件: as 软体, body 1

For programs: the same in JSON, with the hit itself when it is one.

    $ kbsearch --json --why=notes/开店.md 商业模式 | jq -c '[.total, .returned, .hits[0].line_start], (.why | [.verdict, .hit, .shown, .line, .terms[0].fields])'
    [3,1,10]
    ["hit",true,true,10,{"heading":1,"question":1}]

    $ kbsearch --json --why=notes/.隐藏.md 商业模式 | jq -c '.hits, (.why | [.verdict, .indexed, .message, .terms])'
    []
    ["hidden",false,"not indexed: .隐藏.md is hidden, its name begins with a dot",[]]

Other forms of output answer other questions.

    $ kbsearch -l --why=notes/开店.md 租金
    ? 2
    ! kbsearch: --files and --why cannot be combined

    $ echo 租金 | kbsearch --batch --why=notes/开店.md
    ? 2
    ! kbsearch: --batch and --why cannot be combined

Elsewhere a file is named as it stands below a directory that was indexed, as for --path, unless there is one of that name here.

    $ mkdir -p else/where far/深; printf '# 潮汐\n\n海边。\n' > far/深/a.md; printf '# 山\n' > else/b.md; cp else/b.md far/b.md; kbindex -q far
    $ (cd else; for f in 深/a.md 深/a.md:3 b.md 深/none.md; do kbsearch -I ../far/.kbsearch --why=$f 潮汐 | sed -E "s#$PWD/#./#g; s#${PWD%/else}/#../#g; s/score [0-9.]+/score N/" | head -n 2; done)
    ../far/深/a.md:1: 潮汐
    hit: rank 1 of 1, score N, every word
    ../far/深/a.md:1: 潮汐
    hit: rank 1 of 1, score N, every word
    b.md
    not indexed: it is outside of ../far
    深/none.md
    no such file, and none was indexed
