kbsearch alone has no ICU: queries in scripts that need it are answered by kbsearch-icu, beside it or in ../libexec/kbsearch.

    $ mkdir notes; printf '# 咖啡馆\n\n泰国的咖啡馆叫 ร้านกาแฟ，每天早上开门。\n' > notes/a.md; kbindex -q notes

    $ built=$(readlink -f "$(command -v kbsearch)"); mkdir -p alone/bin; cp "$built" alone/bin; cp "$built-icu" .

Without it, what needs no ICU works as ever.

    $ alone/bin/kbsearch -l 咖啡馆
    notes/a.md

The rest is told, not found nowhere.

    $ alone/bin/kbsearch กาแฟ
    ? 2
    ! kbsearch: .*kbsearch-icu.* is missing

    $ echo กาแฟ | alone/bin/kbsearch -
    ? 2
    ! kbsearch: .*kbsearch-icu.* is missing

    $ alone/bin/kbsearch -q '咖啡馆 กาแฟ'
    ? 2
    ! kbsearch: .*kbsearch-icu.* is missing

    $ alone/bin/kbsearch --json กาแฟ | jq -c '[.v, .error.code, .hits]'
    [1,"script",[]]
    ! kbsearch: .*kbsearch-icu.* is missing

A literal is not cut into words.

    $ alone/bin/kbsearch -F -l กาแฟ
    notes/a.md

In a batch only the lines fail that need it.

    $ printf '%s\n' 咖啡馆 กาแฟ 早上 | alone/bin/kbsearch --batch | jq -c '[.total, .error.code]'
    [1,null]
    [null,"script"]
    [1,null]

With it, in either place, all is answered.

    $ cp kbsearch-icu alone/bin; alone/bin/kbsearch -l กาแฟ; echo กาแฟ | alone/bin/kbsearch -l -; rm alone/bin/kbsearch-icu
    notes/a.md
    notes/a.md

    $ mkdir -p alone/libexec/kbsearch; cp kbsearch-icu alone/libexec/kbsearch; alone/bin/kbsearch -l กาแฟ; echo กาแฟ | alone/bin/kbsearch --batch | jq .total
    notes/a.md
    1

By a link, a relative name or the PATH: the place is that of the file.

    $ ln -s alone/bin/kbsearch here; ./here -l กาแฟ; PATH="$PWD/alone/bin:$PATH" kbsearch -l กาแฟ
    notes/a.md
    notes/a.md

It is no way around other trouble.

    $ alone/bin/kbsearch -I nowhere กาแฟ
    ? 2
    ! kbsearch: nowhere: no index here \(no such directory\); make one with kbindex DIR
