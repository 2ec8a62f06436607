What kbindex takes of memory: at most 100 MB and four times the largest file, whatever that file holds.

    $ cat > peak <<'.'
    > #!/usr/bin/env python3
    > """peak FILE: indexes a tree of this one file; prints how often the bound went into what it took, rounded down."""
    > import os, resource, subprocess, sys
    > os.makedirs("tree", exist_ok=True)
    > os.replace(sys.argv[1], "tree/a.md")
    > subprocess.run(["kbindex", "-qf", "-j2", "tree"], check=True)
    > taken = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    > print(taken // (100_000_000 + 4 * os.path.getsize("tree/a.md")))
    > .
    $ chmod +x peak

One line of brackets that are never closed, and what its last part says is found.

    $ { printf '# 标题\n\n'; yes '[' | head -c 32M | tr -d '\n'; printf '[冰粉\n'; } > brackets; ./peak brackets
    0

    $ kbsearch -I tree -c 冰粉; kbsearch -I tree -cF '[[冰粉'
    1
    1

A heading on every line: more sections than any dictionary has are none.

    $ yes '# a' | head -c 16M > headings; ./peak headings
    0

    $ kbsearch -I tree -c a
    1

Chinese without a line end, lines of one letter, and marks of every kind.

    $ yes 的 | tr -d '\n' | head -c 15M > han; ./peak han
    0

    $ yes a | head -c 16M > lines; ./peak lines
    0

    $ yes '*a`_b![<&$~|' | head -c 16M > marks; ./peak marks
    0

    $ { echo '```'; yes '# a' | head -c 16M; } > code; ./peak code
    0

    $ yes '> > - 1. ' | head -c 16M | tr -d '\n' > containers; ./peak containers
    0
