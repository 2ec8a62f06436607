JSON for programs.

    $ cp -R "$NOTES" notes; kbindex -q notes

One object, whatever happens.

    $ kbsearch --json 商业模式 | jq -c 'del(.hits, .index)'
    {"v":1,"query":"商业模式","mode":"all","terms":[{"text":"商业","kind":"word","df":4},{"text":"模式","kind":"word","df":4}],"dropped_terms":[],"suggestions":[],"total":4,"total_is_exact":true,"returned":4}

    $ kbsearch --json 商业模式 | jq -c '.hits[0] | del(.score, .id)'
    {"rank":1,"coverage":1,"path":"notes/开店.md","heading":"商业模式","heading_path":["小店手记","商业模式"],"level":2,"question":"小店的商业模式有哪几种？","line_start":10,"line_end":19,"snippet":"题目： 小店的商业模式有哪几种？ 答案： 常见的有三种： 零售： 低买高卖，赚差价。 会员制： 按年收费，现金流更稳。 寄卖： 不压货，按成交抽成。","snippet_line":12,"highlights":[[7,11]],"matched_terms":["商业","模式"],"stale":false,"copies":[]}

    $ kbsearch --json 商业模式 | jq -c '.index[0] | (.path | endswith("/notes/.kbsearch")), del(.path, .built), (.built | test("^20[0-9-]+T[0-9:]+(Z|[+-][0-9:]+)$"))'
    true
    {"sections":11,"documents":5}
    true

Highlights are ranges of characters of the snippet.

    $ kbsearch --json 现金流 | jq -r '.hits[0] | .snippet as $s | .highlights[] | $s[.[0]:.[1]]'
    现金流

Identifiers are 26 characters, and stay when the text of the section changes.

    $ kbsearch --json 抽成 | jq -r '.hits[0].id' > id; grep -cE '^[0-9a-zA-Z]{26}$' id; sed -i 's/不压货/先不压货/' notes/开店.md; kbindex -q notes; kbsearch --json 抽成 | jq -r '.hits[0].id' | cmp - id
    1

Nothing found is an object too.

    $ kbsearch --json 量子纠缠 | jq -c 'del(.index)'
    {"v":1,"query":"量子纠缠","mode":"some","terms":[{"text":"量子","kind":"word","df":0},{"text":"纠缠","kind":"word","df":0}],"dropped_terms":[],"suggestions":[],"total":0,"total_is_exact":true,"returned":0,"hits":[]}
    $ kbsearch --json 量子纠缠 >object
    ? 1

Some words: the ones that the first hit lacks are named.

    $ kbsearch --json 会员制 量子纠缠 | jq -c '.mode, .dropped_terms, .total'
    "some"
    ["量子","纠缠"]
    1

    $ kbsearch --json -F 寄卖 | jq -c '.mode, .terms, .total'
    "literal"
    [{"text":"寄卖","kind":"literal","df":2}]
    2

`--jsonl` prints hits alone, one a line.

    $ kbsearch --jsonl 商业模式 | jq -c '[.rank, .path, .line_start, .line_end, .heading_path]'
    [1,"notes/开店.md",10,19,["小店手记","商业模式"]]
    [2,"notes/草稿/想法.md",1,3,["草稿：新的商业模式"]]
    [3,"notes/开店.md",20,23,["小店手记","商业模式","定价"]]
    [4,"notes/开店.md",5,9,["小店手记","目录"]]

`--full` with JSON.

    $ kbsearch --jsonl --full 租金 | jq -c 'del(.score, .id)'
    {"rank":1,"coverage":1,"path":"notes/开店.md","heading":"选址","heading_path":["小店手记","选址"],"level":2,"question":"","line_start":24,"line_end":26,"snippet":"人流要看早晚两次，租金不超过营业额的一成半。","snippet_line":26,"highlights":[[9,11]],"matched_terms":["租金"],"stale":false,"copies":[],"text":"## 选址\n\n人流要看早晚两次，租金不超过营业额的一成半。\n"}

Coverage counts what is in quotes: with 1 a hit has all that was asked for.

    $ kbsearch --json '"商业模式很多" 租金' | jq -c '[.mode, .dropped_terms[-1], (.hits[0].coverage < 1)]'
    ["some","商业模式很多",true]

A batch: one query a line, one object a line, in order; its status is 0 whatever the lines were.

    $ printf '商业模式\n\n量子纠缠\n選址\n' | kbsearch --batch | jq -c '[.query, .total, .error.code, (.hits | length)]'
    ["商业模式",4,null,4]
    [null,null,"usage",0]
    ["量子纠缠",0,null,0]
    ["選址",2,null,2]

    $ printf '商业模式' | kbsearch --batch -n 1 -C 0 | jq -c '.hits[0] | [.snippet, .highlights, .line_start == .snippet_line]'
    ["",[],true]

With `-0` errors end with NUL as answers do.

    $ printf '量子纠缠\n\n' | kbsearch --batch -0 | tr '\n\0' '!\n' | jq -c .error.code
    null
    "usage"

    $ kbsearch --json -0 -n x 商业 2>/dev/null | tr '\n\0' '!\n' | jq -c .error.code
    "usage"

Many lines are shared among threads, and their answers are the same, in the order of the lines.

    $ for i in $(seq 100); do printf '商业模式\n租金 %s\n\n' $i; done > many; kbsearch --batch < many > together
    $ jq -r '.query // ""' together | cmp - many
    $ for i in 1 4 300; do tail -n +$i many | head -n 1 | kbsearch --batch | cmp - <(tail -n +$i together | head -n 1); done

A line that is too long is answered where it stands among them.

    $ { head -n 50 many; head -c 1100000 /dev/zero | tr '\0' x; echo; tail -n 50 many; } | kbsearch --batch | jq -c '.error.code // .query' | sed -n '49,53p'
    "商业模式"
    "租金 17"
    "limit"
    "租金 84"
    "usage"

However it is read: one byte more is too much.

    $ for n in 1048576 1048577; do printf '%0*d\n' $n 0 | kbsearch --batch | jq -c '.error.code // (.query | length)'; done
    1048576
    "limit"

With `-F` the blanks at both ends of a line belong to it.

    $ printf '%s\n' '## 选址' '## 选址 ' | kbsearch --batch -F | jq -c '[.query, .total]'
    ["## 选址",1]
    ["## 选址 ",0]

In a batch there is nothing to be quiet about but the status: objects are printed, with the best hit.

    $ printf '商业模式\n' | kbsearch --batch -q | jq -c '[.query, (.hits | length), .hits[0].path != null]'
    ["商业模式",1,true]

A file that has changed since it was indexed is marked.

    $ echo '再补一句。' >> notes/开店.md; kbsearch --json 商业模式 | jq -c '[.hits[] | [.path, .stale]] | unique'
    [["notes/开店.md",true],["notes/草稿/想法.md",false]]

The same index gives the same bytes.

    $ kbsearch --json 小店 > one; kbsearch --json 小店 > two; cmp one two

Trouble is an object as well.

    $ kbsearch --json -I nowhere 商业模式 | jq -c .
    {"v":1,"error":{"code":"missing","message":"nowhere: no index here (no such directory); make one with kbindex DIR"},"hits":[]}
    ! kbsearch: nowhere: no index here (no such directory); make one with kbindex DIR
