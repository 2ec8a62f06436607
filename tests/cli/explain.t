kbsearch --explain: how the query was understood, which rule gave the hits, and each score in parts.

    $ cp -R "$NOTES" notes; kbindex -q notes

Before the hits: the words as they were cut, in how many sections they stand, and what they weigh; the rule; the time it took.

    $ kbsearch --explain -n 1 Node.js 的软件 | sed -E 's/idf [0-9.]+( × [0-9.]+)?/idf N/; s/[0-9.]+ ms/T ms/g' | head -n 8
    query: node.js 的 软件
      node: in 1 of 11 sections, idf N
        js: in 1 of 11 sections, idf N
        node.js: in 1 of 11 sections, idf N, need not be there
      的: in 8 of 11 sections, idf N, says how, not what
      软件: in 3 of 11 sections, idf N
    3 hits: some of the words, since fewer than 10 sections have all (1), which come first
    found in T ms, answered in T ms

    $ kbsearch --explain 商业模式 | sed -n '4p'
    4 hits: every word

    $ kbsearch --explain -o 小店 '"先算成本"' | grep -E '先算成本:|hits:'
      先算成本: in 1 of 11 sections
    6 hits: any word

    $ kbsearch --explain -F 业模 | sed -n '2,3p'
      业模: in 3 of 11 sections
    3 hits: the query as text, in the order of paths and lines

    $ kbsearch --explain 业模 | grep hits:
    3 hits: the query as text, in the order of paths and lines, since no section has every word

Below each hit: its score, and every part with how often the word stands in which field, and how long that is.

    $ kbsearch --explain -C 0 -n 1 寄卖 飞船 | sed -E 's/(score |[-+])[0-9.]+/\1N/; s/idf [0-9.]+( × [0-9.]+)?/idf N/; s/× [0-9.]+/× N/' | tail -n +8
    1  商业模式
       notes/开店.md:10  ·  小店手记
       score N, some of the words
         +N  寄: idf N; bold lead 1 of 5
         +N  卖: idf N; body 1 of 24, bold lead 1 of 5
         -N  words are missing: × N
         +N  寄 as a character: idf N; characters 1 of 56
         +N  寄卖 in one piece: idf N; characters 1 of 56
         +N  卖 as a character: idf N; characters 2 of 56

A table of contents comes after the others, whatever it scores.

    $ kbsearch --explain -C 0 商业模式 | grep -B 2 'nothing to read' | sed 's/score [0-9.]*/score N/'
    4  目录
       notes/开店.md:5  ·  小店手记
       score N, nothing to read below its heading: after the others

The parts add up to the score, as printed: here and in JSON, whatever was rounded.

    $ cat > sums.awk <<'END'
    > function check() { if (sum != score) print "score", score, "sum", sum }
    > $1 == "score" { if (n++) check(); score = int($2 * 1000 + .5); sum = 0 }
    > /^ *[-+][0-9]/ { sum += int($1 * 1000 + ($1 < 0 ? -.5 : .5)) }
    > END { check(); print n, "scores" }
    > END

    $ kbsearch --explain -n 0 小店的商业模式 寄卖 | awk -f sums.awk
    8 scores

    $ kbsearch --explain -n 0 -o 小店 no* '"先算成本"' 租金 C++ | awk -f sums.awk
    7 scores

    $ kbsearch --explain -n 0 -t 商业模式 小店 | awk -f sums.awk; kbsearch --explain -F 的 | awk -f sums.awk; kbsearch --explain --pinyin syms | awk -f sums.awk
    3 scores
    7 scores
    2 scores

    $ kbsearch --json --explain -n 0 小店的商业模式 寄卖 -o | jq '[.hits[] | ([.explain.parts[].score] | add * 1e6 | round) == (.score * 1e6 | round)] | all, length'
    true
    8

So they do where pieces of the query stand only inside of words, also where one is a word elsewhere; each term is named once.

    $ mkdir pieces; printf '# 甲\n\nidxa 和 COSB，还有 idx\n' > pieces/a.md; printf '# 乙\n\n只有 idx\n' > pieces/b.md; printf '# 丙\n\n只有 COS\n' > pieces/c.md
    $ kbindex -q pieces; kbsearch -I pieces/.kbsearch --jsonl --explain -n 1 'idx COS' | jq -c '([.explain.parts[].score] | add * 1e6 | round) == (.score * 1e6 | round), .matched_terms'
    true
    ["idx","cos"]

The rule says so, as it does where the whole query stands as text in sections that lack some of its words.

    $ kbsearch -I pieces/.kbsearch --explain -C 0 'idx COS' | grep -E 'hits?:|score' | sed -E 's/score [0-9.]+/score N/'
    3 hits: some of the words, since fewer than 10 sections have all (0) or each piece of the query as text (1), which come first
       score N, each piece of the query as text
       score N, some of the words
       score N, some of the words

    $ kbsearch -I pieces/.kbsearch --explain -a -C 0 'idx COS' | grep -E 'hits?:'
    1 hit: each piece of the query as text

    $ mkdir text; printf '# 甲\n\n商业和模\n' > text/a.md; printf '# 乙\n\n商业模式\n' > text/b.md; printf '# 丙\n\n模\n' > text/c.md
    $ kbindex -q text; kbsearch -I text/.kbsearch --explain -C 0 商业模 | grep -E 'hits?:|score' | sed -E 's/score [0-9.]+/score N/'
    3 hits: some of the words, since fewer than 10 sections have all (1) or the query as text (1), which come first
       score N
       score N, the query as text
       score N, some of the words

    $ kbsearch -I text/.kbsearch --explain -a -C 0 商业模 | grep hits:
    2 hits: every word (1) or the query as text (1)

    $ kbsearch -I text/.kbsearch --json --explain 商业模 | jq -c '.explain | .whole, .as_text'
    2
    1

In JSON both are objects named `explain`.

    $ kbsearch --json --explain -n 1 商业模式 的 | jq -c '.explain | [.understood, .whole, .enough, .whole_first], (.terms[2] | [.text, .word, .df, .content, .needed])'
    ["商业 模式 的",4,10,true]
    ["的",2,7,false,true]

    $ kbsearch --jsonl --explain 寄卖 飞船 | head -n 1 | jq -c '.explain | .bare, (.parts[] | [.kind, .text, .fields])'
    false
    ["word","寄",{"lead":{"frequency":1,"length":5}}]
    ["word","卖",{"body":{"frequency":1,"length":24},"lead":{"frequency":1,"length":5}}]
    ["coverage","",{}]
    ["character","寄",{"characters":{"frequency":1,"length":56}}]
    ["pair","寄卖",{"characters":{"frequency":1,"length":56}}]
    ["character","卖",{"characters":{"frequency":2,"length":56}}]

Without the option there are neither explanations nor times.

    $ kbsearch --json 商业模式 | jq -c 'has("explain"), (.hits[0] | has("explain"))'
    false
    false

With `-o` the score alone decides: whole matches do not come first.

    $ kbsearch -o --json --explain -n 1 商业模式 | jq -c '[.mode, .explain.whole_first]'
    ["any",false]

A batch may be explained too; other forms have no room for it.

    $ printf '寄卖\n飞船\n' | kbsearch --batch --explain | jq -c '.explain.understood, ([.hits[].explain.parts | length])'
    "寄 卖"
    [5,5,3]
    "飞船"
    []

    $ kbsearch -l --explain 寄卖
    ? 2
    ! kbsearch: --files and --explain cannot be combined

    $ kbsearch --why=notes/开店.md --explain 寄卖
    ? 2
    ! kbsearch: --why and --explain cannot be combined

What stands in one piece in a section of more than 8 KB counts as in a shorter one. The parts add up there too.

    $ mkdir long; { printf '# 潮汐表\n\n海边的小木屋。\n\n'; seq 3000 | sed 's/$/ 沙/'; } > long/沙.md; printf '# 山\n\n山里的小木屋。\n' > long/山.md
    $ kbindex -q -I longer long
    $ kbsearch -I longer --explain -C 0 -n 0 海边的小木屋 > long.out; grep long.section long.out | sed -E 's/[0-9.]+/N/'; awk -f sums.awk long.out
         +N  in one piece in a long section
    2 scores

Code that stands as it was typed is a part of the score as well.

    $ mkdir code; printf '# 例\n\n用 a::b()，不用 a.b\n' > code/a.md; printf '# 例\n\na 与 b\n' > code/b.md; kbindex -q code
    $ kbsearch -I code/.kbsearch --explain -C 0 'a::b()' > code.out; grep -B 3 typed code.out | sed -E 's/[0-9]+\.[0-9]+/N/g'; awk -f sums.awk code.out
       score N
         +N  a: idf N × N; body 1 of 5, file name 1 of 1
         +N  b: idf N × N; body 1 of 5
         +N  the query as it was typed
    2 scores
    $ kbsearch -I code/.kbsearch --jsonl --explain 'a::b()' | jq -c '[.explain.parts[] | .kind]'
    ["word","word","typed"]
    ["word","word"]
