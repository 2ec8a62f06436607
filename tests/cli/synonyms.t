Words that stand for each other: what is 软件 on the mainland is 軟體 in Taiwan. kbsearch comes with such words, and looks for either.

    $ mkdir notes; printf '# 裝置\n\n請用滑鼠點選圖示，再安裝軟體。\n\n# 設定\n\n這個資料庫很大。\n' > notes/台.md; printf '# 安装\n\n安装软件要用鼠标。\n\n# 身体\n\n身体很软。\n' > notes/陆.md; kbindex -q notes

    $ kbsearch 软件
    notes/陆.md:1:安装: 安装软件要用鼠标。
    notes/台.md:1:裝置: 請用滑鼠點選圖示，再安裝軟體。

    $ kbsearch -l 軟體 | sort; kbsearch -l 数据库; kbsearch -l 滑鼠 | sort
    notes/台.md
    notes/陆.md
    notes/台.md
    notes/台.md
    notes/陆.md

A section that has the other word has the word: it counts as a whole match, and nothing is given up.

    $ kbsearch -c 软件; kbsearch -c 鼠标 软件; kbsearch --json 数据库 | jq -c '.mode, .dropped_terms, .hits[0].coverage'
    2
    2
    "all"
    []
    1

What is cut in pieces, 資料|庫, stands where they stand together.

    $ mkdir apart; printf '# 油\n\n燃料库的资料。\n' > apart/a.md; kbindex -q apart; kbsearch -I apart/.kbsearch -c -a 数据库
    0
    ? 1
    $ printf '# 网\n\n資料庫的燃料。\n' > apart/b.md; kbindex -q apart; kbsearch -I apart/.kbsearch --json -a 数据库 | jq -c '.total, .total_is_exact'
    1
    true

Of very many such sections that is not looked at, and the total is not exact.

    $ seq 40 | sed 's/.*/# &\n\n燃料库的资料。\n/' > apart/c.md; kbindex -q apart; kbsearch -I apart/.kbsearch --json -a -n 1 数据库 | jq -c '.total, .total_is_exact'
    42
    false

Of headings and file names it always is.

    $ printf '# 資料庫\n\n空。\n' > apart/d.md; seq 40 | sed 's/.*/# 燃料库的资料&\n\n空。\n/' > apart/e.md; printf '空。\n' > apart/我的資料庫.txt; kbindex -q apart
    $ kbsearch -I apart/.kbsearch -t -l 数据库; kbsearch -I apart/.kbsearch --json -t -a 数据库 | jq -c '.total, .total_is_exact'
    apart/d.md
    apart/我的資料庫.txt
    2
    true

It is marked in the snippet, and named among the terms.

    $ kbsearch --json 数据库 | jq -c '.hits[0] | .snippet, .highlights'; kbsearch --json 软件 | jq -c '.terms[]'
    "這個資料庫很大。"
    [[2,5]]
    {"text":"软件","kind":"word","df":1}
    {"text":"软体","kind":"synonym","df":1}

It counts for 0.8 of the word, which --explain tells.

    $ kbsearch --json --explain 软件 | jq -c '.hits[].explain.parts[0] | .text, .factor / .idf * 10 | if type == "number" then round else . end'
    "软件"
    10
    "软件"
    8

-软件 leaves out what it says.

    $ kbsearch 软件 -安装软件
    notes/台.md:1:裝置: 請用滑鼠點選圖示，再安裝軟體。

In quotes, as a literal and with --no-synonyms words mean themselves.

    $ kbsearch -c '"软件"'; kbsearch -c -F 软件; kbsearch -c --no-synonyms 软件
    1
    1
    1

They work in headings too, and when words are searched in any of them.

    $ printf '# 资讯安全\n\n内容。\n' > notes/安.md; kbindex -q notes; kbsearch -t -l 信息安全; kbsearch -o -l 信息
    notes/安.md
    notes/安.md

Groups of one's own, one a line, are kept by the index; a mark and line ends of Windows do no harm.

    $ printf '\357\273\277# 我的\r\n番茄 西红柿 洋柿子\r\n' > groups.txt; printf '# 菜\n\n西红柿炒蛋。\n' > notes/菜.md; kbindex --synonyms=groups.txt notes
    ! kbindex: .*/notes/.kbsearch: 4 files, 6 sections, .* \(rebuilt: another user dictionary or other synonyms than before\)

    $ rm groups.txt; kbindex notes; kbsearch -l 洋柿子; kbindex --status -I notes/.kbsearch | grep synonyms; kbindex --check -I notes/.kbsearch | grep -c sound
    notes/菜.md
    synonyms   3
    1
    ! kbindex: .*/notes/.kbsearch: up to date

Lines that cannot be taken are named.

    $ printf '番茄 西红柿\n土豆\n洋芋 番茄\n' > groups.txt; kbindex -I tmp --synonyms=groups.txt notes
    ! kbindex: note: groups.txt:2: a group of one word
    ! kbindex: note: groups.txt:3: 番茄: in another group already
    ! kbindex: .*/tmp: 4 files, 6 sections, .*

A file in another encoding, or without one group, is refused; the index keeps its groups.

    $ iconv -f UTF-8 -t GB18030 groups.txt > gbk.txt; kbindex --synonyms=gbk.txt notes
    ? 2
    ! kbindex: gbk.txt:1: not UTF-8 text; convert the file first, for example: iconv -f GB18030 -t UTF-8

    $ echo 土豆 > one.txt; kbindex -q --synonyms=one.txt notes
    ? 2
    ! kbindex: one.txt: no line of it can be taken: give words that mean the same, a group a line

    $ kbsearch -l 洋柿子
    notes/菜.md

An empty name takes them away; those that kbsearch comes with stay.

    $ kbindex -q --synonyms= notes; kbsearch -q 洋柿子; kbsearch -c 软件
    2

Where a section has two words of a group, a batch finds for it the same score as a single search.

    $ echo 软件 苹果 香蕉 > fruit.txt; mkdir fruit; for i in $(seq 60); do printf '# %s\n\n' $i; yes 苹果， | head -n $((i % 9 + 1)); yes 香蕉， | head -n $((i * 7 % 9 + 1)); echo; done > fruit/a.md
    $ kbindex -q --synonyms=fruit.txt fruit; kbsearch -I fruit/.kbsearch --json 软件 > one; echo 软件 | kbsearch -I fruit/.kbsearch --batch > batch
    $ jq -c '[.hits[] | [.line_start, .score]]' one > a; jq -c '[.hits[] | [.line_start, .score]]' batch | cmp a - && jq length a
    10
