Words of Han and kana come from tables; those of Thai, Lao, Khmer and Burmese only ICU can find. A user sees no difference.

    $ mkdir notes; cd notes
    > printf '# ภาษาไทย\n\nร้านกาแฟเปิดทุกวันตอนเช้า\n' > thai.md
    > printf '# ພາສາລາວ\n\nຮ້ານກາເຟເປີດທຸກມື້\n' > lao.md
    > printf '# ភាសាខ្មែរ\n\nហាងកាហ្វេបើករាល់ថ្ងៃ\n' > khmer.md
    > printf '# မြန်မာဘာသာ\n\nကော်ဖီဆိုင်နေ့တိုင်းဖွင့်သည်\n' > burmese.md
    > printf '# 咖啡馆\n\n泰国的咖啡馆叫 ร้านกาแฟ，每天早上开门。\n' > mixed.md
    > printf '# 喫茶店\n\nコーヒーを飲む。한국어 커피도 있다.\n' > kana.md
    > cd ..; kbindex -q notes

A word in each script, with `-l` as with any query.

    $ for query in กาแฟ กาแฟเปิด ກາເຟ កាហ្វេ ကော်ဖီ; do echo "$query: $(kbsearch -l "$query" | sort | tr '\n' ' ')"; done
    กาแฟ: notes/mixed.md notes/thai.md 
    กาแฟเปิด: notes/thai.md 
    ກາເຟ: notes/lao.md 
    កាហ្វេ: notes/khmer.md 
    ကော်ဖီ: notes/burmese.md 

Mixed with Chinese, in quotes, left out, or as a literal.

    $ kbsearch -a -l '咖啡馆 กาแฟ'
    notes/mixed.md

    $ kbsearch -l '"ร้านกาแฟ" -咖啡馆'
    notes/thai.md

    $ kbsearch -l '咖啡馆 -กาแฟ'
    ? 1

    $ kbsearch -F -c 'กาแฟ'
    2

One letter of them, which no section has as a word, is found as text: only Han characters are words inside of others.

    $ kbsearch --json ก | jq -c '[.mode, .total, .terms[].kind]'
    ["literal",2,"literal"]

    $ kbsearch --json '"ก"' | jq -c '[.mode, .total, (.terms[] | [.kind, .df])]'
    ["all",2,["word",0],["phrase",2]]

Kana and Hangul need no ICU.

    $ kbsearch -l コーヒー; kbsearch -l 커피도
    notes/kana.md
    notes/kana.md

The query from standard input.

    $ echo 'กาแฟ 每天' | kbsearch -l -
    notes/mixed.md

    $ echo 'ကော်ဖီ' | kbsearch --json - | jq -r '.query, .hits[].path'
    ကော်ဖီ
    notes/burmese.md

Several, among others, in a batch.

    $ printf '%s\n' 咖啡馆 กาแฟ ກາເຟ '' កាហ្វេ | kbsearch --batch | jq -c '[.query, .total, .error.code]'
    ["咖啡馆",1,null]
    ["กาแฟ",2,null]
    ["ກາເຟ",1,null]
    [null,null,"usage"]
    ["កាហ្វេ",1,null]

The statuses are those of any query.

    $ kbsearch -q สวัสดี
    ? 1

    $ kbsearch -q กาแฟ

    $ kbsearch -I nowhere กาแฟ
    ? 2
    ! kbsearch: nowhere: no index here \(no such directory\); make one with kbindex DIR
