A damaged index is reported as damaged: never as "no results".

    $ cp -R "$NOTES" notes; kbindex -q -I whole notes; kbindex --check -I whole | grep -c sound
    1

    $ cat > damage <<'END'
    > # damage COMMAND...: searches a copy of the index after the command has done something to it
    > rm -rf bad; cp -R whole bad; eval "$@"; kbsearch -I bad 商业模式
    > END

Cut off at the end.

    $ sh damage 'truncate -s -100 bad/*.kbs'
    ? 2
    ! kbsearch: .*/bad.*: damaged \(cut short or grown.*\); rebuild it with kbindex --force

Cut to nothing.

    $ sh damage 'truncate -s 0 bad/*.kbs'
    ? 2
    ! kbsearch: .*/bad.*: (not a file of a kbsearch index|damaged).*

    $ sh damage 'truncate -s 0 bad/MANIFEST'
    ? 2
    ! kbsearch: .*/bad.*: (not a file of a kbsearch index|damaged).*

A part is gone.

    $ sh damage 'rm bad/*.kbs'
    ? 2
    ! kbsearch: .*/bad.*: missing; rebuild the index with kbindex --force

    $ sh damage 'rm bad/MANIFEST'
    ? 2
    ! kbsearch: .*/bad: no index here .*; make one with kbindex DIR

Another file in its place.

    $ sh damage 'cp notes/开店.md bad/MANIFEST'
    ? 2
    ! kbsearch: .*/bad.*: (not a file of a kbsearch index|damaged).*

    $ sh damage 'cp notes/开店.md bad/*.kbs'
    ? 2
    ! kbsearch: .*/bad.*: (not a file of a kbsearch index|damaged).*

A directory that is no index.

    $ kbsearch -I notes/技术 商业模式
    ? 2
    ! kbsearch: .*/技术: no index here .*; make one with kbindex DIR

A part of another index, under the name of this one's.

    $ mkdir other; echo '# 别的' > other/a.md; kbindex -q -I there other; sh damage 'cp there/*.kbs "$(echo bad/*.kbs)"'
    ? 2
    ! kbsearch: .*/bad.*: a part of another index; rebuild it with kbindex --force

The manifest of another index.

    $ sh damage 'cp there/MANIFEST bad'
    ? 2
    ! kbsearch: .*/bad.*: (a part of another index|damaged|missing).*; rebuild .*kbindex --force

One bit anywhere, here in forty places of each file: `--check` finds it; a search that needs the place fails, any other is right.

    $ for i in $(seq 500); do printf '## 第 %d 节\n\n商业模式之%d：卖 %d 种茶。\n\n' $i $i $i; done > notes/茶.md; kbindex -q -I whole notes

    $ kbsearch -I whole --json -n 5 茶 模式 | jq -c .hits > right

    $ cat > flip.sh <<'END'
    > for file in MANIFEST $(cd whole; echo *.kbs); do
    >   rm -rf bad; cp -R whole bad; size=$(stat -c %s whole/$file)
    >   for i in $(seq 0 39); do
    >     at=$((size * i / 40)); byte=$(od -An -tu1 -j $at -N1 whole/$file)
    >     printf "\\x$(printf %x $((byte ^ 16)))" | dd of=bad/$file bs=1 seek=$at conv=notrunc status=none
    >     kbindex --check -I bad >/dev/null 2>&1; echo "check: $?"
    >     if kbsearch -I bad --json -n 5 茶 模式 >answer 2>/dev/null; then
    >       jq -c .hits answer | cmp -s - right && echo 'search: right' || echo "search: wrong with bit 4 of $file:$at"
    >     else
    >       echo "search: $?"
    >     fi
    >     printf "\\x$(printf %x $byte)" | dd of=bad/$file bs=1 seek=$at conv=notrunc status=none
    >   done
    > done
    > END

    $ bash flip.sh | sort -u
    check: 2
    search: 2
    search: right

An update never builds on what is damaged, nor calls it up to date.

    $ rm -rf bad; cp -R whole bad; truncate -s -100 bad/*.kbs; kbindex -I bad notes
    ? 2
    ! kbindex: .*/bad.*damaged.*kbindex --force

`--force` makes it new.

    $ kbindex -q -f -I bad notes; kbindex --check -I bad | grep -c sound
    1

An index of another version is refused by both programs with the same advice, and following it makes the index anew.

    $ printf '\002' | dd of=bad/MANIFEST bs=1 seek=12 conv=notrunc status=none; kbsearch -I bad 选址
    ? 2
    ! kbsearch: .*/bad/MANIFEST: index format 2, this program reads 1; index its directories again: kbindex DIR

    $ kbindex -I bad
    ? 2
    ! kbindex: .*/bad: index format 2, this program reads 1; index its directories again: kbindex DIR

    $ kbindex -I bad notes 2>&1 | grep -c rebuilt; kbsearch -I bad -q 选址
    1
