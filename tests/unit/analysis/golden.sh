#!/bin/sh
# golden.sh DUMP CASES: for each directory of CASES, DUMP < in prints out.
dump=$1
failed=0
found=0
for case in "$2"/*/; do
	found=1
	"$dump" <"${case}in" | diff -u "${case}out" - || failed=1
done
[ "$found" = 1 ] || echo "no cases in $2" >&2
[ "$found$failed" = 10 ]
