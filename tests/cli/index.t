kbindex: making an index and keeping it fresh. Every indented command of these pages is run, and must print what stands below it.

All pages use copies of the same small knowledge base:

    $ cp -R "$NOTES" notes; cd notes; find . -type f | LC_ALL=C sort
    ./.隐藏.md
    ./團隊.md
    ./开店.md
    ./技术/工具.md
    ./照片.png
    ./草稿/想法.md
    ./账目.txt

The first index is made in the tree itself, and becomes the user's default.

    $ kbindex notes
    ! kbindex: .*/notes/.kbsearch: 5 files, 11 sections, .* [kM]B of text in .* s, index .* [kM]B
    ! kbindex: .*/notes/.kbsearch is now your default index: kbsearch finds it from anywhere

From now on the same command does nothing until something has changed.

    $ kbindex notes
    ! kbindex: .*/notes/.kbsearch: up to date

Every message names the index, but it is the notes that are to be named.

    $ kbindex notes/.kbsearch
    ? 2
    ! kbindex: .*/notes/.kbsearch: this is an index; name the directory of the notes, or the index with --index

An index is a directory with nothing else in it than its parts, and git is told to leave it alone.

    $ ls -A notes/.kbsearch | sed 's/[0-9a-f]\{8\}/ID/'
    .gitignore
    MANIFEST
    lock
    seg-1-ID.kbs

    $ cat notes/.kbsearch/.gitignore
    *

Hidden files and other kinds of files are no part of it.

    $ kbsearch -l 商业模式
    notes/开店.md
    notes/草稿/想法.md

A dry run tells what an update would do, and does nothing.

    $ kbindex -n notes

    $ printf '# 新的一篇\n\n夏天卖冰粉。\n' > notes/冰粉.md; echo '周末加一班。' >> notes/團隊.md; rm notes/账目.txt; kbindex -n notes
    + 冰粉.md
    ~ 團隊.md
    - 账目.txt

    $ kbsearch -q 冰粉
    ? 1

    $ kbindex -q notes; kbsearch -l 冰粉
    notes/冰粉.md

    $ kbsearch -l 周末; kbsearch -q -F 每周一结
    notes/團隊.md
    ? 1

Without operands kbindex updates the nearest index, from wherever one stands in the tree.

    $ echo '冬天卖姜茶。' >> notes/冰粉.md; cd notes/技术; kbindex -q; cd ..; kbsearch -l 姜茶
    冰粉.md

The bytes of an index depend on the text alone, not on the number of threads or on what was there before.

    $ kbindex -q -I one -j 1 notes; kbindex -q -I two -j 3 notes; cmp one/*.kbs two/*.kbs

    $ kbindex -q -f -I two notes; cmp one/*.kbs two/*.kbs

A glob chooses files; one with `!` leaves files out, and the last that matches decides.

    $ kbindex -q -I some -g '*.md' -g '!草稿/*' notes; kbsearch -I some -l 商业模式
    notes/开店.md

    $ kbsearch -I some -q 每周一结
    ? 1

An index keeps its options: an update needs none of them. Other ones rebuild it, and kbindex says so.

    $ kbindex -q -I some; kbsearch -I some -l 商业模式
    notes/开店.md

    $ kbindex -I some -g '*.txt' -g '草稿/*' notes
    ! kbindex: .*/some: 1 file, 1 section, .* [kM]B of text in .* s, index .* [kM]B
    ! kbindex: note: this replaced the index of other directories or globs that was here: it had 4 files

    $ kbsearch -I some -l 商业模式
    notes/草稿/想法.md

So does a file that is named alone: its index is that of its directory.

    $ mkdir w; cp notes/开店.md notes/冰粉.md w; kbindex -q w; kbindex w/冰粉.md
    ! kbindex: .*/w/.kbsearch: 1 file, .*
    ! kbindex: note: this replaced the index of other directories or globs that was here: it had 2 files

A file of another kind is read when it is named, also beside the directory it is in.

    $ echo '# 拆账' > w/拆账.org; kbindex -q w w/拆账.org w/开店.md; kbsearch -I w/.kbsearch -l 拆账; kbsearch -I w/.kbsearch -l 选址
    w/拆账.org
    w/开店.md

    $ kbindex --status -I w/.kbsearch | grep -c '^root'
    2

A dry run with other globs or directories tells what that would change.

    $ kbindex -n -I some -g '*.md' notes | sort
    + 冰粉.md
    + 團隊.md
    + 开店.md
    + 技术/工具.md

    $ mkdir other; echo '# 别处' > other/b.md; kbindex -n -I some -g '*.txt' -g '草稿/*' -g b.md notes other
    + b.md

    $ kbindex -n -I some other | sort
    + b.md
    - 草稿/想法.md

`--force` rebuilds everything.

    $ kbindex -f notes
    ! kbindex: .*/notes/.kbsearch: 5 files, 11 sections, .* [kM]B of text in .* s, index .* [kM]B \(rebuilt\)

One line a file with `--verbose`.

    $ echo '# 分店' > notes/分店.md; touch notes/冰粉.md; kbindex -v notes 2>&1 | sed 's/: .*B of text.*/: …/'
    kbindex: ~ 冰粉.md
    kbindex: + 分店.md
    kbindex: …

Progress is shown on a terminal, for what takes longer than a second, or when it is asked for.

    $ kbindex -f --progress=always notes 2>&1 | tr '\r' '\n' | grep -c '[0-9]' | sed 's/^[1-9][0-9]*$/some/'
    some

    $ kbindex -q -f --progress=never notes

What an index holds:

    $ kbindex --status -I notes/.kbsearch | sed 's|/.*/work|/…|; /^size/s/[0-9]\+/N/; /^built/s/20[-0-9]*T[:0-9]*Z/TIME/'
    index      /…/notes/.kbsearch
    root       /…/notes
    documents  6
    sections   12
    text       1032 bytes
    size       N bytes
    built      TIME
    stale      no

Its size is what kbindex said when it made it.

    $ kbindex -f notes 2>&1 | grep -o '[0-9.]* kB (' > said; kbindex --status -I notes/.kbsearch |
    > awk '/^size/ { printf "%.1f kB (\n", $2 / 1000 }' | cmp - said

    $ kbindex --status=json -I some | jq -c '[.v, .globs, .documents, .sections, .stale]'
    [1,["*.txt","草稿/*"],1,1,{"added":0,"changed":0,"removed":0}]

What has become stale since is counted.

    $ touch -d '2020-01-01' notes/冰粉.md; rm notes/分店.md; kbindex --status=json -I notes/.kbsearch | jq -c .stale
    {"added":0,"changed":1,"removed":1}

Every byte and every cross-reference can be verified.

    $ kbindex --check -I notes/.kbsearch | sed 's|/.*/work|/…|'
    /…/notes/.kbsearch: sound: 12 sections, every byte and every reference

A file instead of a directory: the index lies beside it.

    $ mkdir single; cp notes/开店.md single; kbindex -q single/开店.md; ls -A single; kbsearch -I single/.kbsearch -l 商业模式
    .kbsearch
    开店.md
    single/开店.md

The tree can be moved as a whole, the index goes with it.

    $ mkdir elsewhere; mv notes elsewhere/笔记; kbsearch -I elsewhere/笔记/.kbsearch -l 冰粉
    elsewhere/笔记/冰粉.md

An index beside the tree is moved with it, or its files are not where it looks for them.

    $ mkdir -p here/notes there; cp "$NOTES/账目.txt" here/notes; kbindex -q -I here/index here/notes; cp -R here/index there
    $ kbsearch -I there/index -l 寄卖
    there/notes/账目.txt
    ! kbsearch: /.*/there/notes, which is in the index, is not there; an index finds its directories by the way from itself: move them together, or index again

    $ kbindex -I there/index
    ? 2
    ! kbindex: /.*/there/notes, which is in the index, is not there; an index finds its directories by the way from itself: move them together, or name them

Of several indexes one may lack its directory; which hits of the others are stale is told as well.

    $ mkdir near; cp "$NOTES/账目.txt" near; kbindex -q near; echo >>near/账目.txt
    $ kbsearch -I there/index -I near/.kbsearch -l 寄卖
    there/notes/账目.txt
    near/账目.txt
    ! kbsearch: /.*/there/notes, which is in the index, is not there; an index finds its directories by the way from itself: move them together, or index again
    ! kbsearch: 1 of the hits are in files that changed since they were indexed; run kbindex

Where two have that directory it is told once, and only its hits are explained by it.

    $ cp -R there/index there/again; kbsearch -I there/index -I there/again -I near/.kbsearch -n 20 寄卖 >hits
    ! kbsearch: /.*/there/notes, which is in the index, is not there; an index finds its directories by the way from itself: move them together, or index again
    ! kbsearch: 1 of the hits are in files that changed since they were indexed; run kbindex

With its directory all is well.

    $ cp -R here/notes there; kbsearch -I there/index -l 寄卖; kbindex -q -I there/index; kbindex --status=json -I there/index | jq -c .stale
    there/notes/账目.txt
    {"added":0,"changed":0,"removed":0}

    $ kbindex -h | head -n 1; kbindex --version
    Usage: kbindex [OPTION]... [DIR|FILE]...
    kbindex 0.1.0

Files in UTF-16, by their mark, and in GB18030 or Big5, by their bytes, are read like others; that the latter is a guess is told.

    $ mkdir old; for code in UTF-8 UTF-16 GB18030; do printf '# 旧文\n\n%s 里的商业模式，一字不差。\n' $code | iconv -f UTF-8 -t $code > old/$code.md; done
    $ printf '# 舊文\n\n商業模式，一字不差。\n' | iconv -f UTF-8 -t BIG5 > old/Big5.txt
    $ kbindex old
    ! kbindex: note: .*/old/Big5.txt: read as Big5
    ! kbindex: note: .*/old/GB18030.md: read as GB18030
    ! kbindex: .*/old/.kbsearch: 4 files, 4 sections, .* [kM]B of text in .* s, index .* [kM]B

    $ kbsearch -I old -F 一字不差 | sort
    old/Big5.txt:1:舊文: 商業模式，一字不差。
    old/GB18030.md:1:旧文: GB18030 里的商业模式，一字不差。
    old/UTF-16.md:1:旧文: UTF-16 里的商业模式，一字不差。
    old/UTF-8.md:1:旧文: UTF-8 里的商业模式，一字不差。

    $ kbindex old
    ! kbindex: .*/old/.kbsearch: up to date

Once: an update tells no more of files that did not change, --force does.

    $ printf '# 新文\n' >old/new.md; printf '# 坏文，长得受得住一个坏字节\n\n商业模式，一字不差。\xFF\n' >old/damaged.md; kbindex old
    ! kbindex: note: .*/old/damaged.md: 1 invalid UTF-8 sequence was read as U\+FFFD, it is in line 3; save the file as UTF-8, or convert it with iconv
    ! kbindex: .*/old/.kbsearch: 6 files.*

    $ rm old/new.md; touch -d 2020-01-01 old/Big5.txt; kbindex old
    ! kbindex: note: .*/old/Big5.txt: read as Big5
    ! kbindex: .*/old/.kbsearch: 5 files.*

    $ kbindex -f old 2>&1 | grep -c note:
    3

One thing is asked at a time, and an index has a name.

    $ kbindex --status --check -I old/.kbsearch
    ? 2
    ! kbindex: --check, --status and --suggest-words: one of them at a time

    $ mkdir named; cp "$NOTES/账目.txt" named; kbindex -I '' named; ls -A named
    账目.txt
    ! kbindex: option --index needs the name of a directory, and this one is empty
