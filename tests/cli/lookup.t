Which index answers: --index, then KBSEARCH_INDEX, then the nearest .kbsearch upward, then the user's default.

    $ for name in 甲 乙 丙; do mkdir -p $name/sub; printf "# $name\n\n商业模式\n" > $name/$name.md; done

No index at all but the one that came with the program: it answers, and stderr says so and what to do.

    $ kbsearch -q 商业模式 2>&1 | head -n 1
    kbsearch: no index of yours was found: searching the sample knowledge base; index your own notes with: kbindex DIR

The first index a user builds without -I becomes the user's default, and kbindex says so.

    $ kbindex 甲
    ! kbindex: .*/甲/.kbsearch: 1 file, 1 section, .* [kM]B of text in .* s, index .* [kM]B
    ! kbindex: .*/甲/.kbsearch is now your default index: kbsearch finds it from anywhere

    $ kbindex -q 乙; kbindex -q -I 丙/index 丙

From anywhere else the default answers.

    $ kbsearch -l 商业模式
    甲/甲.md

    $ cd /; kbsearch -l 商业模式 | sed 's|.*/work/|/…/work/|'
    /…/work/甲/甲.md

Inside of a tree that has an index, that one does.

    $ cd 乙/sub; kbsearch -l 商业模式 | sed 's|.*/work/||'
    乙/乙.md

The environment is stronger.

    $ cd 乙; KBSEARCH_INDEX=../丙/index kbsearch -l 商业模式 | sed 's|.*/work/||'
    丙/丙.md

The option is strongest.

    $ cd 乙; KBSEARCH_INDEX=../丙/index kbsearch -I ../甲/.kbsearch -l 商业模式 | sed 's|.*/work/||'
    甲/甲.md

A directory that has an index stands for it: to a person it is the index of that directory.

    $ kbsearch -I 甲 -I 乙 -l 商业模式
    甲/甲.md
    乙/乙.md

    $ KBSEARCH_INDEX=乙 kbsearch -l 商业模式
    乙/乙.md

    $ kbindex --check -I 甲 | sed 's|.*/work/||'
    甲/.kbsearch: sound: 1 section, every byte and every reference

    $ kbindex -I 甲 2>&1 | sed 's|.*/work/||'
    甲/.kbsearch: up to date

    $ KBSEARCH_INDEX=乙 kbindex --status | sed -n 's|^root .*/work/||p'
    乙

An index that is named and is not there is trouble; no other answers in its place.

    $ kbsearch -I 丁 商业模式
    ? 2
    ! kbsearch: 丁: no index here (no such directory); make one with kbindex DIR

    $ KBSEARCH_INDEX=丁 kbsearch 商业模式
    ? 2
    ! kbsearch: 丁: no index here (no such directory); make one with kbindex DIR
