kbsearch: what else may have been meant.

    $ cp -R "$NOTES" notes; kbindex -q notes

When nothing matches whole, a person at a terminal is told what may have been meant: by pronunciation, however ICU cut what was
typed, and in words of Latin letters by one edit.

    $ script -qec 'kbsearch --color=never -n 1 -C 0 商业莫式' /dev/null </dev/null | tr -d '\r'
    1  草稿：新的商业模式
       notes/草稿/想法.md:1
    kbsearch: no section has every word; the best lacks: 莫 式
    kbsearch: did you mean: 商业模式

    $ script -qec 'kbsearch nodejss' /dev/null </dev/null | tr -d '\r'; kbsearch nodejss
    kbsearch: nothing found
    ? 1

    $ echo 'kubernetes 和 transaction' >notes/英文.md; kbindex -q
    $ script -qec 'kbsearch kubernets' /dev/null </dev/null | tr -d '\r'
    kbsearch: nothing found
    kbsearch: did you mean: kubernetes

A compound may be meant otherwise as a whole or in a part, not both at once.

    $ echo '编译器错误 CS1957' >notes/错误.md; kbindex -q; kbsearch --json CS1958 | jq -c .suggestions
    ["cs1957"]
    $ rm notes/错误.md; kbindex -q

In a pipe nothing is said; the exit status is that of the query as it was typed.

    $ kbsearch -n 1 -C 0 商业莫式
    notes/草稿/想法.md:1:草稿：新的商业模式

    $ kbsearch -q 商业莫式; kbsearch -c 商业莫式
    0
    ? 1

A script finds it in `suggestions`: whole queries, the best first, at most three, each of which finds something.

    $ kbsearch --json 商业莫式 | jq -c .suggestions
    ["商业模式"]

    $ kbsearch --json '現今流 kubernets' | jq -c .suggestions; kbsearch --json '現今流' | jq -c .suggestions
    []
    ["現金流"]

    $ printf '商业莫式\n商业模式\ntrasnaction 和 kuberneets\n' | kbsearch --batch | jq -c .suggestions
    ["商业模式"]
    []
    ["transaction 和 kubernetes"]

Nothing is suggested for a query that finds something whole, however rare, nor for what is left out.

    $ for q in 业模 '商业 草稿' '商业 -莫式'; do kbsearch --json "$q" | jq -c .suggestions; done
    []
    []
    []

Folded terms are suggested as people write them: 沈阳, though the index has 沉阳.

    $ mkdir north; printf '# 分部\n\n沈阳有分部。\n' >north/a.md; kbindex -q north
    $ kbsearch -I north/.kbsearch --json 深阳 | jq -c .suggestions
    ["沈阳"]
