Trouble: one line on stderr that names the file and the reason, and an exit status.

    $ cp -R "$NOTES" notes; kbindex -q notes

A path that is not there: nothing is done, the old index serves.

    $ kbindex nowhere
    ? 2
    ! kbindex: nowhere: cannot find: No such file or directory

    $ kbindex notes nowhere
    ? 2
    ! kbindex: nowhere: cannot find: No such file or directory

    $ kbsearch -c 商业模式
    4

A file that is too large is left out, named, and counted in the status.

    $ mkdir big; echo '# 小的' > big/a.md; truncate -s 65M big/b.md; kbindex big
    ? 1
    ! kbindex: not indexed: .*/big/b.md: larger than the limit of 67108864 bytes
    ! kbindex: .*/big/.kbsearch: 1 file, 1 section, .* [kM]B of text in .* s, index .* [kM]B

Bytes that are not UTF-8 are replaced, with a note.

    $ mkdir raw; printf '# 标题\n\n好的\377文字\n' > raw/a.md; kbindex -I raw/.kbsearch raw
    ! kbindex: note: .*/raw/a.md: 1 invalid UTF-8 sequence was read as U\+FFFD, it is in line 3; save the file as UTF-8, or convert it with iconv
    ! kbindex: .*/raw/.kbsearch: 1 file, 1 section, .* [kM]B of text in .* s, index .* [kM]B

    $ kbsearch -I raw/.kbsearch -l 好的
    raw/a.md

A tree without any text.

    $ mkdir empty; kbindex -I empty/.kbsearch empty
    ! kbindex: .*/empty/.kbsearch: 0 files, 0 sections, .* [kM]B of text in .* s, index .* [kM]B
    ! kbindex: nothing to search: no Markdown or text file with text was found

    $ kbsearch -I empty/.kbsearch 商业模式
    ? 1

Links and FIFOs are passed over: kbindex never leaves the tree, and never waits.

    $ mkdir odd; mkfifo odd/pipe.md; ln -s ../notes odd/link; ln -s ../../notes/开店.md odd/link.md; ln -s . odd/loop; echo '# 真的' > odd/a.md; kbindex -q -I odd/.kbsearch odd; kbsearch -I odd/.kbsearch -q 商业模式
    ? 1

A directory that holds other things never becomes an index.

    $ kbindex -I notes notes
    ? 2
    ! kbindex: .*/notes: not an index directory \(it holds .kbsearch\); name a new or empty directory with --index

No index to look at.

    $ kbindex --status -I nowhere
    ? 2
    ! kbindex: .*/nowhere: no index here \(no such directory\); make one with kbindex DIR

    $ kbindex --check -I notes/技术
    ? 2
    ! kbindex: .*/notes/技术: no index here \(it has no MANIFEST\); make one with kbindex DIR

A file that is no text is left out and named, even when its name says otherwise.

    $ mkdir binary; printf '# 标题\n' > binary/a.md; printf '\177ELF\0\0\001\377\376\0\0' > binary/b.md; kbindex -I binary/.kbsearch binary
    ? 1
    ! kbindex: not indexed: .*/binary/b.md: not text in UTF-8, UTF-16, GB18030 or Big5; convert it first, with iconv
    ! kbindex: .*/binary/.kbsearch: 1 file, 1 section, .* [kM]B of text in .* s, index .* [kM]B

Unknown options, bad numbers.

    $ kbsearch --nonsense 商业模式
    ? 2
    ! kbsearch: unknown option --nonsense; see --help, or put -- before words that begin with -

    $ kbsearch --no 商业模式
    ? 2
    ! kbsearch: option --no could be one of --no-fold --no-synonyms

    $ kbsearch -n many 商业模式
    ? 2
    ! kbsearch: --limit=many: not a whole number from 0 to 4294967295

    $ kbsearch -n -1 商业模式
    ? 2
    ! kbsearch: --limit=-1: not a whole number from 0 to 4294967295

    $ kbsearch --color=sometimes 商业模式
    ? 2
    ! kbsearch: --color=sometimes: not auto|always|never

    $ kbindex -j 0 notes
    ? 2
    ! kbindex: --jobs=0: not a whole number from 1 to 256

stdout that takes nothing: never silent.

    $ kbsearch 商业模式 > /dev/full
    ? 2
    ! kbsearch: cannot write to standard output: No space left on device

    $ kbsearch 商业模式 >&-
    ? 2
    ! kbsearch: cannot write to standard output: Bad file descriptor

    $ kbsearch --json 商业模式 > /dev/full
    ? 2
    ! kbsearch: cannot write to standard output: No space left on device

    $ kbindex --status > /dev/full
    ? 2
    ! kbindex: cannot write to standard output: No space left on device

    $ echo 商业模式 | kbsearch --batch > /dev/full
    ? 2
    ! kbsearch: cannot write to standard output: No space left on device

A disk that is full: the old index is untouched.

    $ cp -R notes copy; echo '# 新的冰粉' > copy/new.md; (trap '' XFSZ; ulimit -f 1; kbindex -I copy/.kbsearch copy)
    ? 2
    ! kbindex: .*/copy/.kbsearch: cannot write: File too large

    $ kbsearch -I copy/.kbsearch -c 商业模式; kbindex --check -I copy/.kbsearch | grep -c sound; ls copy/.kbsearch | wc -l
    4
    1
    3

Another kbindex at work.

    $ flock notes/.kbsearch/lock kbindex -q notes
    ? 2
    ! kbindex: .*/notes/.kbsearch: another kbindex is writing this index; try again when it has ended

    $ flock notes/.kbsearch/lock kbsearch -q 商业模式

A blank query, in whatever blanks, is refused.

    $ kbsearch '　'
    ? 2
    ! kbsearch: the query is empty

What looks like a part of an index but is none of ours is not touched.

    $ mkdir kept; echo mine > kept/seg-1.md; kbindex -I kept "$NOTES"
    ? 2
    ! kbindex: .*/kept: not an index directory \(it holds seg-1.md\); name a new or empty directory with --index

    $ cat kept/seg-1.md
    mine

An update of nothing makes nothing.

    $ kbindex -I tpyo
    ? 2
    ! kbindex: .*/tpyo: no index here yet; name the directory to index: kbindex DIR

    $ ls tpyo 2>&1 | wc -l
    1

An empty MANIFEST is damage, not an index to be.

    $ kbindex -q -I emptied "$NOTES"; : > emptied/MANIFEST; kbindex -I emptied "$NOTES"
    ? 2
    ! kbindex: .*/emptied: not a file of a kbsearch index; rebuild it with kbindex --force

A limit on file sizes is an error like another.

    $ (ulimit -f 1; kbindex -I limited "$NOTES")
    ? 2
    ! kbindex: .*/limited: cannot write: File too large

What to do then fits any terminal.

    $ for program in kbindex kbsearch; do $program --help | LC_ALL=C.UTF-8 wc -L; done
    80
    80
