The user's dictionary: words that ICU cuts in pieces, and that are one word to who writes the notes.

    $ mkdir notes; printf '# 碳中和\n\n碳的排放与中和。\n\n# 大模型\n\n大模型要训练。\n\n# 扩建\n\n今年扩大模型的规模。门面大，模型小。\n' > notes/记.md

    $ kbindex -q notes; kbsearch -l 大模型; kbsearch -c 大模型
    notes/记.md
    2

With a dictionary 大模型 is a word: it stands only where the text is cut 大|模型. In 扩大|模型 it is only text, and comes after.

    $ printf '# 我的词\n大模型\n碳中和\n' > words.txt; kbindex --words=words.txt notes
    ! kbindex: .*/notes/.kbsearch: 1 file, 3 sections, .* \(rebuilt: another user dictionary or other synonyms than before\)

    $ kbsearch 大模型; kbsearch -c 碳中和
    notes/记.md:5:大模型: 大模型要训练。
    notes/记.md:9:扩建: 今年扩大模型的规模。门面大，模型小。
    1

Its parts are found as before.

    $ kbsearch -c 模型; kbsearch 中和 | head -n 1
    2
    notes/记.md:1:碳中和: 碳的排放与中和。

A word that no section has as one is looked for by its parts.

    $ printf '大模型\n碳中和\n门面模型\n' > words.txt; kbindex -q --words=words.txt notes; kbsearch 门面模型
    notes/记.md:9:扩建: 今年扩大模型的规模。门面大，模型小。

    $ printf '大模型\n碳中和\n' > words.txt; kbindex -q --words=words.txt notes

A word is a word in every spelling, and in a query too.

    $ kbsearch --json '大模型 ＡＩ' | jq -c '[.terms[].text], .mode, .dropped_terms'
    ["大模型","ai"]
    "some"
    ["ai"]

The dictionary is a part of the index: updates keep it, whatever becomes of the file.

    $ rm words.txt; kbindex; kbindex notes; kbindex --status | grep words; kbindex --status=json | jq .words
    words      2
    2
    ! kbindex: .*/notes/.kbsearch: up to date
    ! kbindex: .*/notes/.kbsearch: up to date

    $ echo '又是大模型。' >> notes/记.md; kbindex -q; kbsearch -c 大模型; kbindex --check | grep -c sound
    2
    1

The order of the words, comments and the marks of other systems do not matter; what follows a word on its line is not looked at.

    $ printf '\357\273\277碳中和 12 n\r\n\r\n大模型\t# 又名\r\n' > words.txt; kbindex --words=words.txt notes
    ! kbindex: .*/notes/.kbsearch: up to date

Lines that can be no word are named, and left out.

    $ printf '大模型\n……\n碳中和\n（文）\n' > words.txt; kbindex --words=words.txt notes
    ! kbindex: note: words.txt:2: no word: nothing but signs
    ! kbindex: note: words.txt:4: no word: it begins or ends with a sign
    ! kbindex: .*/notes/.kbsearch: up to date

A file in another encoding, or without one word, is refused; the index keeps its dictionary.

    $ printf '大模型\n碳中和\n' | iconv -f UTF-8 -t GB18030 > gbk.txt; kbindex --words=gbk.txt notes
    ? 2
    ! kbindex: gbk.txt:1: not UTF-8 text; convert the file first, for example: iconv -f GB18030 -t UTF-8

    $ echo …… > signs.txt; kbindex --words=signs.txt notes
    ? 2
    ! kbindex: note: signs.txt:1: no word: nothing but signs
    ! kbindex: signs.txt: no line of it can be taken: give a word a line

    $ kbindex -q notes; kbindex --status | grep words; kbsearch -c 大模型
    words      2
    2

Words may hold letters and digits, and be written in Traditional characters or full width.

    $ printf 'AI大模型\n區塊鏈\n５Ｇ基站\n' > words.txt; printf '# AI大模型與区块链\n\n5G基站。AI与大模型。\n' > notes/网.md; kbindex -q --words=words.txt notes
    $ for q in ai大模型 区块链 5g基站 站; do kbsearch --json "$q" | jq -c '[.terms[0].text, .terms[0].df]'; done
    ["ai大模型",1]
    ["区块链",1]
    ["5g基站",1]
    ["站",1]

The index is the same for every number of threads, and the same as one made at once.

    $ kbindex -q -I one -j1 --words=words.txt notes; kbindex -q -I two -j3 --words=words.txt notes; cmp one/*.kbs two/*.kbs; cmp one/*.kbs notes/.kbsearch/*.kbs

Indexes with different dictionaries cannot answer as one: a query is cut in one way.

    $ echo 大模型 > words.txt; kbindex -q -I two --words=words.txt; kbsearch -I one -I two 大模型
    ? 2
    ! kbsearch: .*/one and .*/two have different user dictionaries: search them one at a time, or give both the same with kbindex --words

    $ kbindex -q -I one --words=words.txt; kbsearch -c -I one -I two 大模型
    6

An empty name takes the dictionary away.

    $ kbindex --words=
    ! kbindex: .*/notes/.kbsearch: 2 files, 4 sections, .* \(rebuilt: another user dictionary or other synonyms than before\)

    $ kbsearch -c 大模型; kbindex --status | grep -c words
    3
    0
    ? 1

A dictionary that cannot be read stops everything; the index stays.

    $ kbindex --words=none.txt
    ? 2
    ! kbindex: none.txt: cannot open: No such file or directory

Which words? An index can suggest some: words that come side by side more often than by chance, and whose neighbours change. It is a file for --words.

    $ mkdir log; for w in 咖啡 茶叶 面包 牛奶 客人 老板 街道 雨天; do
    >   for v in 早上 价格 周末 音乐; do echo "$v$w，$w时间戳$v。$v电话，$w报表，$v灯光，$w故事，$v颜色，门口$w，$v门口"; done
    > done > log/记.md; kbindex -q log; kbindex --suggest-words log
    时间戳	32

    $ kbindex --suggest-words log > words.txt; kbindex -q --words=words.txt log; kbsearch --json -I log/.kbsearch 时间戳 | jq -c '[.terms[].text]'
    ["时间戳"]

What is a word already is not suggested again.

    $ kbindex --suggest-words log

It reads the index, not the files; one that is damaged is named.

    $ rm log/*.md; kbindex --suggest-words log; truncate -s -1 log/.kbsearch/*.kbs; kbindex --suggest-words log
    ? 2
    ! kbindex: .*: damaged .*
