The query: what is found by what.

    $ cp -R "$NOTES" notes; kbindex -q notes

Traditional and Simplified characters are the same.

    $ kbsearch -l 团队建设
    notes/團隊.md

    $ kbsearch -l 商業模式
    notes/开店.md
    notes/草稿/想法.md

Also where a character is good in both scripts: 著名 is written alike, 看著 is 看着. What is found is marked as it is written,
and what was asked is named as it was.

    $ mkdir both; printf '# 繁體\n\n他看著甚麼？著名的乾燥劑，瞭解。\n' >both/t.md; printf '# 简体\n\n他看着什么？著名的干燥剂，了解。\n' >both/s.md
    $ kbindex -q both
    $ for q in 看著 看着 甚麼 什么 著名 乾燥 干燥 瞭解 了解; do kbsearch -I both/.kbsearch -c $q; done | uniq -c | tr -s ' '
     9 2
    $ kbsearch -I both/.kbsearch --json 什么 | jq -c '.hits[] | .snippet[.highlights[0][0]:.highlights[0][1]]'
    "什么"
    "甚麼"
    $ kbsearch -I both/.kbsearch --json 著名 | jq -c '[.terms[].text, .hits[0].matched_terms[]]'
    ["著名","著名"]
    $ kbsearch -I both/.kbsearch -F -c 的乾燥; kbsearch -I both/.kbsearch -F --no-fold -c 的乾燥
    2
    1

Full width and half width are the same, and so are upper and lower case.

    $ kbsearch -l ＧＰＴ－３; kbsearch -l gpt-3
    notes/技术/工具.md
    notes/技术/工具.md

Ordinals are the same in digits and in Chinese numerals; 第103条件 holds none, only its text.

    $ mkdir law; printf '# 甲\n\n依照第一百零三条办理。\n' >law/a.md; printf '# 乙\n\n見第 103 條。\n' >law/b.md; printf '# 丙\n\n第103条件\n' >law/c.md
    $ kbindex -q law; kbsearch -I law/.kbsearch -l 第103条; kbsearch -I law/.kbsearch -l 第一百零三条 | sort
    law/b.md
    law/a.md
    law/c.md
    law/a.md
    law/b.md
    $ kbsearch -I law/.kbsearch --json -p a.md 第１０３條 | jq -c '.hits[0] | .snippet[.highlights[0][0]:.highlights[0][1]]'
    "第一百零三条"

`--no-fold` tells them apart.

    $ kbsearch -q --no-fold -F 团队建设
    ? 1

    $ kbsearch -l --no-fold -F 團隊建設
    notes/團隊.md

    $ kbsearch -q --no-fold -F gpt-3
    ? 1

That GitHub is written of two words does not matter either; what is known by no other name is found by them.

    $ mkdir hub; printf '# 甲\n\n用 github 很久\n' >hub/a.md; printf '# 乙\n\n用 GitHub 很久\n' >hub/b.md; printf '# 丙\n\nget_user 很久\n' >hub/c.md
    $ kbindex -q hub; for q in github GitHub GITHUB; do kbsearch -I hub/.kbsearch -l "$q 用很久"; done
    hub/a.md
    hub/b.md
    hub/a.md
    hub/b.md
    hub/a.md
    hub/b.md
    $ kbsearch -I hub/.kbsearch -l 'getUser 很久'
    hub/c.md

Nor as a part of what is known by no other name.

    $ printf '# 丁\n\nwww.github.com 很久\n' >hub/d.md; kbindex -q hub; for q in github.com GitHub.com GitHub/com; do kbsearch -I hub/.kbsearch -l "$q"; done
    hub/d.md
    hub/d.md
    hub/d.md

Names with signs are found as typed, and by their parts.

    $ kbsearch -l C++; kbsearch -l Node.js; kbsearch -l node; kbsearch -l 5G; kbsearch -l GPT
    notes/技术/工具.md
    notes/技术/工具.md
    notes/技术/工具.md
    notes/技术/工具.md
    notes/技术/工具.md

Also glued to Chinese; and of what was glued together, the part that is known.

    $ kbsearch -l 网页用Node.js
    notes/技术/工具.md
    $ kbsearch --json ReactorNode.js | jq -c '[.mode, .dropped_terms, .hits[].matched_terms]'
    ["some",["reactornode.js"],["node","js"]]

One character is a query.

    $ kbsearch -C 0 抽; kbsearch -l 团
    notes/开店.md:10:小店手记 > 商业模式
    notes/團隊.md

Signs beside it change nothing, nor do words that say nothing, or alternatives of these.

    $ kbsearch -l 抽？; kbsearch -l 抽的; kbsearch -c 什么是抽; kbsearch -l '什么是 OR a|抽'
    notes/开店.md
    notes/开店.md
    1
    notes/开店.md

A part of a word is found, wherever the words are cut.

    $ kbsearch -C 0 租金不超
    notes/开店.md:24:小店手记 > 选址

It is also found where other sections have it as words: these come first. 索引 is a word here, but not in 搜索引擎.

    $ printf '# 甲\n\n搜索引擎。\n\n# 乙\n\n索引不大。\n' > notes/合同.md; kbindex -q notes; kbsearch 索引; kbsearch -c 索引
    notes/合同.md:5:乙: 索引不大。
    notes/合同.md:1:甲: 搜索引擎。
    2

    $ kbsearch --json 索引 | jq -c '[.mode, .total, (.hits[] | .matched_terms)]'
    ["all",2,["索引"],["索引"]]

    $ rm notes/合同.md; kbindex -q notes

Several words: all of them, in any order.

    $ kbsearch -C 0 现金流 会员制
    notes/开店.md:10:小店手记 > 商业模式

When no section has all the words, the best with some of them come, and what was given up is named.

    $ kbsearch -C 0 会员制 量子纠缠
    notes/开店.md:10:小店手记 > 商业模式

A person at a terminal is told what was given up; in JSON it stands in `dropped_terms`.

    $ script -qec 'kbsearch --color=never -C 0 会员制 量子纠缠' /dev/null </dev/null | tr -d '\r'
    1  商业模式
       notes/开店.md:10  ·  小店手记
    kbsearch: no section has every word; the best lacks: 量子 纠缠

Scripts get no such surprises: `-l`, `-c` and `-q` count only what has all the words, unless `--any` is given.

    $ kbsearch -q 会员制 量子纠缠
    ? 1

    $ kbsearch -c --any 会员制 量子纠缠
    1

`--all` insists.

    $ kbsearch --all 会员制 量子纠缠
    ? 1

`--any` takes any word.

    $ kbsearch --any -C 0 会员制 选址
    notes/开店.md:24:小店手记 > 选址
    notes/开店.md:10:小店手记 > 商业模式
    notes/开店.md:5:小店手记 > 目录

A phrase stands in quotes, and must stand together.

    $ kbsearch -C 0 '"先算成本"'; kbsearch -q -a '"成本先算"'
    notes/开店.md:20:小店手记 > 商业模式 > 定价
    ? 1

`OR` takes either; it binds closer than a blank.

    $ kbsearch -C 0 营业额 OR 寄卖; kbsearch -a -C 0 '抽成 营业额 OR 寄卖'; kbsearch -c -a '（营业额 ｜ 寄卖） -会员制'
    notes/开店.md:24:小店手记 > 选址
    notes/开店.md:10:小店手记 > 商业模式
    notes/账目.txt:1:账目
    notes/开店.md:10:小店手记 > 商业模式
    2

A star asks for words that begin so; of Chinese text it may be any text.

    $ kbsearch -l 'nod*'; kbsearch -C 0 '租金不*'
    notes/技术/工具.md
    notes/开店.md:24:小店手记 > 选址

A field says where.

    $ kbsearch -C 0 title:选址; kbsearch -l path:草稿 商业模式; kbsearch -l -- 商业模式 -path:草稿
    notes/开店.md:24:小店手记 > 选址
    notes/草稿/想法.md
    notes/开店.md

Filters alone give all sections that they let through.

    $ kbsearch -C 0 path:技术 -备份
    notes/技术/工具.md:6:店里用的软件
    notes/技术/工具.md:8:语言模型

A group or a title may be given up as words are, a path or an exclusion never.

    $ kbsearch -C 0 会员制 title:量子; kbsearch -c 会员制 path:草稿
    notes/开店.md:10:小店手记 > 商业模式
    0
    ? 1

    $ kbsearch --json 会员制 '(量子 OR 纠缠)' | jq -c '[.mode, .dropped_terms]'
    ["some",["(量子 OR 纠缠)"]]

A minus leaves out.

    $ kbsearch -l 商业 -草稿
    notes/开店.md

    $ kbsearch -l -- 商业 -草稿
    notes/开店.md

`-F` takes the query as one exact text, marks and all.

    $ kbsearch -F -C 0 '**寄卖：**'
    notes/开店.md:10:小店手记 > 商业模式

    $ kbsearch -F -c 答案; kbsearch -F -c -- '-a data/'
    1
    1

`-` alone reads the query from stdin; after `--` and with `-F` it is itself.

    $ echo 商业模式 | kbsearch -c -
    4

    $ kbsearch -F -c -; kbsearch -c - -F
    5
    5

    $ kbsearch -c -F -- -; kbsearch -c -- -
    5
    5

A query that says nothing is refused.

    $ kbsearch ''
    ? 2
    ! kbsearch: the query is empty

    $ kbsearch
    ? 2
    ! kbsearch: no query; see --help

No input is a syntax error.

    $ for q in '"商业模式' '((商业模式' '商业模式 )' '商业模式 -' '- 商业模式' '商业模式 ""' '“商业模式”'; do kbsearch -c -- "$q"; done
    4
    4
    4
    4
    4
    4
    3

Keys of front matter that some file has are fields; the plural is the same, and so are script, width and case.

    $ mkdir keys; printf -- '---\ntags: [数据库, 运维/备份]\nauthor: 张三、李四\ndate: 2026-03-01\n---\n# 快照\n\n每天备份一次。\n' >keys/a.md
    $ printf '+++\ntag = "two words"\nauthor = "王五"\n+++\n# 脚本\n\n备份脚本。\n' >keys/b.md; printf '# 附注\n\n注意：备份。tag:没有\n' >keys/c.md
    $ kbindex -q keys
    $ for q in tag:数据库 TAGS：數據庫; do kbsearch -I keys/.kbsearch $q; done
    keys/a.md:6:快照: 每天备份一次。
    keys/a.md:6:快照: 每天备份一次。

A value is the whole one, or words of it between blanks, commas and slashes; with a star, how one begins. Of a date also the year and the month.

    $ for q in tag:备份 author:李四 'tag:"two words"' tag:two author:王* date:2026 date:2026-03*; do kbsearch -I keys/.kbsearch -l "$q"; done
    keys/a.md
    keys/a.md
    keys/b.md
    keys/b.md
    keys/b.md
    keys/a.md
    keys/a.md
    $ kbsearch -I keys/.kbsearch -q tag:数据
    ? 1

It is a filter, and never given up; every section of the file is let through.

    $ kbsearch -I keys/.kbsearch -l '备份 -tag:数据库' | sort; kbsearch -I keys/.kbsearch -l '备份 tag:(数据库 OR "two words")' | sort
    keys/b.md
    keys/c.md
    keys/a.md
    keys/b.md
    $ kbsearch -I keys/.kbsearch --json '备份 tag:没有' | jq -c '[.total, .hits]'
    [0,[]]
    $ kbsearch -I keys/.kbsearch --why=keys/b.md '备份 tag:数据库' | tail -n 1
      lacks tag:数据库
    $ kbsearch -I keys/.kbsearch --explain '备份 tag:数据库' | head -n 1
    query: 备份 tag:数据库

What no file has as a key is text.

    $ kbsearch -I keys/.kbsearch -l 注意：备份 | head -n 1
    keys/c.md

What holds no word at all is searched as it is.

    $ kbsearch -C 0 '？'; kbsearch -C 0 '/'; kbsearch -q '！'
    notes/开店.md:10:小店手记 > 商业模式
    notes/技术/工具.md:12:备份
    ? 1

How many hits are asked for does not decide which is the first. Among few whole matches is by score what holds the query as text;
beside ten or more it stays among the partial matches, which are ranked with them.

    $ mkdir among; for i in {1..9}; do printf '# %d\n\n商业模。收钱、租金、员工要花多少，先算算。\n' $i >among/$i.md; done
    $ printf '# 租金商业模式\n\n租金商业模式\n' >among/a.md; kbindex -q among
    $ for n in 1 50; do kbsearch -I among/.kbsearch --json -n $n 租金商业模 | jq -c '[.hits[0].heading, .hits[0].coverage, .mode]'; done
    ["租金商业模式",1,"all"]
    ["租金商业模式",1,"all"]

    $ cp among/1.md among/10.md; kbindex -q among
    $ for n in 1 50; do kbsearch -I among/.kbsearch --json -n $n 租金商业模 | jq -c '[.hits[0].heading, .hits[0].coverage < 1, .mode]'; done
    ["租金商业模式",true,"some"]
    ["租金商业模式",true,"some"]

Pieces that each stand only inside of words are found together, where nothing has them as words.

    $ kbsearch --json '业模 员制' | jq -c '.mode, .total, .dropped_terms, (.hits[] | [.heading, .coverage, .matched_terms, .highlights])'
    "all"
    1
    []
    ["商业模式",1,["业模","员制","制"],[[8,10],[44,46]]]
    $ kbsearch -c '业模 员制'; kbsearch -l '成交抽 草稿'
    1
    ? 1

    $ kbsearch --why=notes/开店.md:10 '业模 员制' | sed -n '2,3p'
    hit: rank 1 of 1, score 4.174, each piece of the query as text
      lacks 业: only inside of the word 商业

Where many texts could have them, those with the rarest words are looked at too, before the search gives up.

    $ mkdir vague; seq 1200 | sed 's/.*/# &\n\nidxa 和 COSB\n/' >vague/a.md; printf '# 末\n\nidx 和 COSB\n' >vague/z.md; kbindex -q vague
    $ for n in 1 50 0; do kbsearch -I vague/.kbsearch --json -n $n 'idx cos' | jq -c '[.hits[0].heading, .total_is_exact]'; done
    ["末",false]
    ["末",false]
    ["末",true]

What has them all comes before what has only some of the words, and then no word was given up.

    $ kbsearch --json '草稿 业模' | jq -c '.mode, .dropped_terms, [.hits[].heading]'
    "all"
    []
    ["草稿：新的商业模式"]
    $ kbsearch --json '租金 员流' | jq -c '.mode, .dropped_terms, [.hits[].heading]'
    "some"
    ["员","流"]
    ["选址","商业模式"]

What that left open is not held against a search that finds a lone character inside of words instead.

    $ mkdir lone; seq 600 | sed 's/.*/# &\n\n怎么是你，毛巾都有，这是毛巾。\n/' >lone/a.md; kbindex -q lone
    $ for n in 700 0; do kbsearch -I lone/.kbsearch --json -n $n '有 怎么是毛' | jq -c '[.mode, .total, .total_is_exact]'; done
    ["all",600,true]
    ["all",600,true]

A query that is code comes first where it stands as it was typed, in any case, however often its words stand elsewhere.

    $ mkdir code; printf '# SELECT COUNT\n\nSELECT 与 COUNT，COUNT 与 SELECT：git、commit、amend，foo 有 bar，x。\n' >code/a.md
    $ printf '# 例\n\n一段很长的话，说的是别的事情，和标题没有关系，也没有别的意思，放在前面。\n\n    select count(*) from t;\n    git commit --amend\n    foo.bar(x)\n    x::foo\n' >code/b.md; kbindex -q code
    $ for q in 'SELECT COUNT' 'SELECT COUNT(*)' 'git commit amend' 'git commit --amend' 'foo bar x' 'foo.bar(x)' 'x foo' 'x::foo' 'ｘ：：foo'; do kbsearch -I code/.kbsearch -l -n 1 "$q"; done
    code/a.md
    code/b.md
    code/a.md
    code/b.md
    code/a.md
    code/b.md
    code/a.md
    code/b.md
    code/b.md
