kbsearch: one hit for one text.

A page that is there three times, once with another number, once in Traditional characters, and with other Markdown; and one
that says nearly the same.

    $ mkdir -p k/旧
    $ printf '# 3.1 合同\n\n押金在签约当天付清，租金按季付，提前退租要赔一个月。\n' >k/合同.md
    $ printf '开头。\n\n## 合同\n\n**押金**在签约当天付清，\n租金按季付，提前退租要赔一个月。\n' >k/旧/1.md
    $ printf '# 4. 合同\n\n押金在簽約當天付清，租金按季付，提前退租要賠一個月。\n' >k/旧/2.md
    $ printf '# 合同\n\n押金在签约当天付清，租金按季付，提前退租要赔两个月。\n' >k/另一份.md
    $ kbindex -q k

They are one hit, the best of them, and the others are named.

    $ script -qec 'kbsearch --color=never -I k/.kbsearch 押金签约' /dev/null </dev/null | tr -d '\r'
    1  合同
       k/旧/1.md:3
       押金在签约当天付清， 租金按季付，提前退租要赔一个月。
       also in k/合同.md:1, k/旧/2.md:1

    2  合同
       k/另一份.md:1
       押金在签约当天付清，租金按季付，提前退租要赔两个月。

    $ kbsearch -I k/.kbsearch -C 0 押金签约
    k/旧/1.md:3:合同
    k/另一份.md:1:合同

    $ kbsearch -I k/.kbsearch --json -n 1 押金签约 | jq -c '.hits[0].copies[] | del(.id)'
    {"path":"k/合同.md","heading":"3.1 合同","line_start":1,"line_end":3}
    {"path":"k/旧/2.md","heading":"4. 合同","line_start":1,"line_end":3}

Counts and lists of files are of all places; so are the hits of `-F`.

    $ kbsearch -I k/.kbsearch -c 押金签约; kbsearch -I k/.kbsearch --json 押金签约 | jq -c '[.total, .returned]'
    4
    [4,2]

    $ kbsearch -I k/.kbsearch -l 押金签约 | sort; kbsearch -I k/.kbsearch -C 0 -F 押金 | wc -l
    k/另一份.md
    k/合同.md
    k/旧/1.md
    k/旧/2.md
    4

A pattern for paths holds for the copies too.

    $ kbsearch -I k/.kbsearch --json -p '旧/*' 押金签约 | jq -c '.hits[] | [.path, [.copies[].path]]'
    ["k/旧/1.md",["k/旧/2.md"]]

Where the query is met above the text only, in a heading or the file's name, the same text elsewhere is no match, and not named.

    $ mkdir m; printf '# 集群\n\n## 帮助\n\n输出帮助信息，默认为否，也可以写成一个字母。\n' >m/1.md; sed 's/集群/快照/' m/1.md >m/2.md
    $ kbindex -q m; kbsearch -I m/.kbsearch --json 帮助 | jq -c '[.total, (.hits[] | [.path, [.copies[].path]])]'
    [2,["m/1.md",["m/2.md"]]]
    $ kbsearch -I m/.kbsearch --json 集群 帮助 -a | jq -c '[.total, (.hits[] | [.path, [.copies[].path]])]'
    [1,["m/1.md",[]]]

However many there are: what was asked for is given, if there are as many texts.

    $ for i in {1..60}; do printf '# 公告\n\n本店营业到元旦，春节休息三天，请各位顾客留意时间。\n' >k/公告-$i.md; done
    $ printf '# 短\n\n营业。\n' >k/短.md; printf '# 长\n\n营业时间会写在门口，晚上九点关门，周末到十点为止，节假日另行通知顾客。\n' >k/长.md; kbindex -q k
    $ kbsearch -I k/.kbsearch --json 营业 | jq -c '[.total, .returned], (.hits | map([.heading, (.copies | length)]) | sort)'
    [62,3]
    [["公告",59],["短",0],["长",0]]

Whole matches that are copies of one another are one of the hits that are asked for: what holds the query as text is looked for too.

    $ mkdir w; for i in 1 2; do printf '# 模\n\n商业要先算一遍成本，再看看租金和房东的价格。\n' >w/$i.md; done; printf '# 又\n\n商业模式\n' >w/3.md; kbindex -q w
    $ for n in 2 50; do kbsearch -I w/.kbsearch --json -a -n $n 商业模 | jq -c '[.total, .hits[].heading]'; done
    [3,"模","又"]
    [3,"模","又"]

Sections of fewer than ten words say nothing without their place, and are hits of their own.

    $ for i in 1 2; do printf '# 略\n\n见上文。\n' >k/略-$i.md; done; kbindex -q k
    $ kbsearch -I k/.kbsearch -C 0 见上文
    k/略-1.md:1:略
    k/略-2.md:1:略
