kbsearch in pipes and scripts.

    $ cp -R "$NOTES" notes; kbindex -q notes

    $ kbsearch 商业模式 | cut -d: -f1,2
    notes/开店.md:10
    notes/草稿/想法.md:1
    notes/开店.md:20
    notes/开店.md:5

    $ kbsearch -l -0 商业模式 | xargs -0 grep -c 模式
    notes/开店.md:3
    notes/草稿/想法.md:2

    $ kbsearch --json 商业模式 | jq -r '.hits[] | "\(.path):\(.line_start)"'
    notes/开店.md:10
    notes/草稿/想法.md:1
    notes/开店.md:20
    notes/开店.md:5

    $ kbsearch --jsonl 租金 | jq -r '"sed -n \(.line_start),\(.line_end)p \(.path)"' | sh
    ## 选址

    人流要看早晚两次，租金不超过营业额的一成半。

    $ if kbsearch -q 商业模式; then echo yes; fi
    yes

    $ printf '商业模式\n选址\n' | while read -r q; do printf '%s %s\n' "$q" "$(kbsearch -c "$q")"; done
    商业模式 4
    选址 2

Hits of files that are gone or have changed since are told on stderr, whatever reads stdout; JSON marks each.

    $ mkdir old; printf '# 甲\n\n苹果甜。\n' > old/a.md; printf '# 乙\n\n苹果酸。\n' > old/b.md; printf '# 丙\n\n苹果脆。\n' > old/c.md
    $ kbindex -q -I old/.kbsearch old; rm old/b.md; printf '# 甲\n\n香蕉。\n' > old/a.md

    $ for form in -C0 -l --vimgrep --json --jsonl -c -q; do kbsearch -I old/.kbsearch $form 苹果 2>&1 >/dev/null | cat; done
    kbsearch: 2 of the hits are in files that changed since they were indexed; run kbindex
    kbsearch: 2 of the hits are in files that changed since they were indexed; run kbindex
    kbsearch: 2 of the hits are in files that changed since they were indexed; run kbindex

    $ kbsearch -I old/.kbsearch -l 苹果 2>/dev/null | sort
    old/a.md
    old/b.md
    old/c.md

A name that begins with a dash is no option of what reads it.

    $ mkdir dash; printf '# 划线\n\n名字以横线开头。\n' > dash/-划.md; kbindex -q -I dash/.kbsearch dash

    $ cd dash; kbsearch -I .kbsearch -l -0 横线 | xargs -0 grep -c 横线
    1

    $ cd dash; kbsearch -I .kbsearch -l 横线
    ./-划.md

A reader that stops early is no trouble.

    $ mkdir many; for i in $(seq 3000); do printf '## 第 %d 节\n\n茶馆里的茶，一壶一壶地卖。\n\n' $i; done > many/茶.md; kbindex -q -I many/.kbsearch many

    $ kbsearch -I many/.kbsearch -n 0 --full 茶馆 | head -n 1; echo "${PIPESTATUS[0]}"
    many/茶.md:1:第 1 节
    141

Not even for a program that was told to ignore the signal.

    $ (trap '' PIPE; kbsearch -I many/.kbsearch -n 0 --full 茶馆; echo $? >&2) | head -n 1
    many/茶.md:1:第 1 节
    ! 2

Names with odd characters come out on one line, and as they are after -0.

    $ mkdir odd; printf '# 怪名字\n\n寄卖\n' > $'odd/a\nb.md'; kbindex -q -I odd/.kbsearch odd; kbsearch -I odd/.kbsearch -C 0 寄卖 | wc -l
    1

    $ kbsearch -I odd/.kbsearch -l -0 寄卖 | xargs -0 cat | head -n 1
    # 怪名字

Text cannot command the terminal.

    $ mkdir bad; printf '# 标题\033[31m\n\n寄卖\033]0;x\007文字\n' > bad/a.md; kbindex -q -I bad/.kbsearch bad; kbsearch -I bad/.kbsearch 寄卖
    bad/a.md:1:标题\x1b[31m: 寄卖\x1b]0;x\x07文字

The text is UTF-8 in every locale.

    $ for l in C C.UTF-8 POSIX zh_CN.GB18030; do LC_ALL=$l kbsearch --json 商业模式 | md5sum; done | uniq | wc -l
    1
