"""The query language, worked out a second time from clause.h, condition.h and query.h: clauses, their tree, words."""
import collections
import copy

QUERY_WORDS, QUERY_PARTS, QUERY_GRAMS, QUERY_CLAUSES = 64, 8, 128, 64
CLAUSE_DEPTH = 32
KEY_BYTES = 64

BLANKS = " \t\n\v\f\r\u3000"
QUOTES = {'"': '"', "“": "”", "＂": "＂"}
OPEN, CLOSE, MINUS, COLON, STAR = "(（", ")）", "-－", ":：", "*＊"
OPERATORS = ("OR", "|", "｜")
NAMES = ("letter", "han", "script")
WORDS = NAMES + ("digit", "mark")
Clause = collections.namedtuple("Clause", "kind text negated scope", defaults=("", False, ""))


class Splitter:
    """`alone`: parentheses that have no partner."""

    def __init__(self, text, class_of, keys=(), alone=()):
        self.text, self.class_of, self.keys, self.alone = text, class_of, keys, alone
        self.at, self.clauses, self.groups, self.after_open = 0, [], [], None
        while self.at < len(text):
            if text[self.at] in BLANKS:
                self.at += 1
            else:
                self.take()

    def char(self, at):
        return self.text[at:at + 1]

    def run(self, at):
        end = at
        while end < len(self.text) and self.text[end] not in BLANKS:
            end += 1
        return self.text[at:end]

    def quoted(self, at):
        """The text in quotes that begins here, and its end."""
        close = self.text.find(QUOTES[self.char(at)], at + 1) if self.char(at) in QUOTES else -1
        inside = self.text[at + 1:close] if close > 0 else ""
        return (inside, close + 1) if inside.strip(BLANKS) else None

    def opens(self, at):
        if self.char(at) == "" or self.char(at) not in OPEN or at in self.alone or len(self.groups) == CLAUSE_DEPTH:
            return False
        run, depth = self.run(at), 0
        for i, c in enumerate(run):
            depth += c in OPEN
            depth -= c in CLOSE
            if depth == 0:
                return all(rest in CLOSE for rest in run[i + 1:])
        return True

    def minus(self):
        after = self.char(self.at + 1)
        return self.char(self.at) in MINUS and after != "" and (
            after in QUOTES or self.class_of[after] in NAMES or self.opens(self.at + 1))

    def scope(self):
        """The field that begins here, and where its value does."""
        end = self.at
        if self.class_of[self.char(end)] not in NAMES:
            return None
        while end < len(self.text) and (self.text[end] in "_-" or self.class_of[self.text[end]] in WORDS):
            end += 1
        name, value = self.text[self.at:end], self.char(end + 1)
        if self.char(end) == "" or self.char(end) not in COLON or value == "" or value in BLANKS or value in COLON + CLOSE:
            return None
        if len(name.encode()) > KEY_BYTES or name not in ("title", "path", *self.keys):
            return None
        if value in QUOTES and not self.quoted(end + 1) or value in OPEN and not self.opens(end + 1):
            return None
        return name, end + 1

    def take(self):
        fresh = self.at == 0 or self.text[self.at - 1] in BLANKS or self.at == self.after_open
        negated, scope = False, ""
        if fresh and self.minus():
            negated = True
            self.at += 1
        if fresh and self.scope():
            scope, self.at = self.scope()
        if fresh and self.opens(self.at):
            self.groups.append(self.at)
            self.at = self.after_open = self.at + 1
            self.clauses.append(Clause("(", "", negated, scope))
        elif self.quoted(self.at):
            text, self.at = self.quoted(self.at)
            self.clauses.append(Clause("quoted", text, negated, scope))
        else:
            self.take_run(negated, scope)

    def take_run(self, negated, scope):
        run = self.run(self.at)
        self.at += len(run)
        depth = surplus = 0
        for c in run:
            surplus += c in CLOSE and depth == 0
            depth += (c in OPEN) - (c in CLOSE and depth > 0)
        closing = min(surplus, len(self.groups), len(run) - len(run.rstrip(CLOSE)))
        run = run[:len(run) - closing]
        kind = "text"
        if run in OPERATORS and not negated and not scope:
            kind = "or"
        elif scope != "path" and run[-1:] and run[-1] in STAR and len(run) > 1 and self.class_of[run[-2]] in WORDS and \
                not any(c in STAR for c in run[:-1]):
            kind, run = "prefix", run[:-1]
        if run:
            self.clauses.append(Clause(kind, run, negated, scope))
        for _ in range(closing):
            self.groups.pop()
            self.clauses.append(Clause(")"))


def split(text, class_of, keys=()):
    """The clauses of a query (clause.h)."""
    first = Splitter(text, class_of, keys)
    return Splitter(text, class_of, keys, first.groups).clauses if first.groups else first.clauses


class Node:
    """A condition; `folded`, `words` and what else a leaf has come with the words of the query."""

    def __init__(self, kind, scope="", text="", negated=False):
        self.kind, self.scope, self.text, self.negated = kind, scope, text, negated
        self.children, self.folded, self.words, self.one_word = [], "", frozenset(), False

    def leaves(self):
        return [leaf for child in self.children for leaf in child.leaves()] if self.children else [self]

    def is_filter(self):
        return all(leaf.scope not in ("", "title") for leaf in self.leaves())

    def excludes(self):
        return self.negated or bool(self.children) and all(child.excludes() for child in self.children)

    def __str__(self):
        """As query_print() writes it."""
        if self.children:
            text = "(" + (" OR " if self.kind == "any" else " ").join(map(str, self.children)) + ")"
        else:
            quote = '"' if self.kind == "phrase" else ""
            value = self.folded if self.scope in ("", "title", "path") else self.text
            text = (self.scope + ":" if self.scope else "") + quote + value + quote + "*" * (self.kind == "prefix")
        return "-" * self.negated + text


def parse(clauses):
    """The tree's top (condition.h): `a b OR c` is a and (b or c)."""
    left = collections.deque(clauses)

    def operand(scope):
        clause = left.popleft()
        scope = clause.scope or scope
        if clause.kind != "(":
            return Node({"quoted": "phrase", "prefix": "prefix"}.get(clause.kind, "words"), scope, clause.text, clause.negated)
        group = Node("all")
        group.children = items(scope)
        if left:
            left.popleft()
        if not group.children:
            group.kind = "words"
        if len(group.children) == 1:
            group = group.children[0]
        group.negated ^= clause.negated
        return group

    def more():
        return len(left) > 1 and left[0].kind == "or" and left[1].kind not in ("or", ")")

    def alternatives(scope):
        node = operand(scope)
        if not more():
            return node
        both = Node("any")
        both.children = node.children if node.kind == "any" and not node.negated else [node]
        while more():
            left.popleft()
            node = operand(scope)
            both.children += node.children if node.kind == "any" and not node.negated else [node]
        return both

    def items(scope):
        found = []
        while left and left[0].kind != ")":
            node = alternatives(scope)
            found += node.children if node.kind == "all" and not node.negated else [node]
        return found

    return items("")


class Word:
    """`weight`: what a word of its script weighs; of function words negative. `inner`: numbers of the parts that are of others."""

    def __init__(self, text, parts, weight, inner, program):
        def letters(t):
            return "".join(c for c in t if program.class_of[c] != "symbol")

        self.text, self.parts, self.weight, self.inner = text, parts[:QUERY_PARTS], abs(weight), inner
        self.content, self.function = weight > 0, weight < 0
        ordinal = any(program.class_of[c] == "han" for c in text)
        signs = letters(text) != text
        self.parts_suffice = not ordinal and signs and 2 <= len(parts) <= QUERY_PARTS and "".join(map(letters, parts)) == letters(text)
        self.count, self.free, self.optional, self.lone = 0, False, True, False

    def required(self):
        return self.content and not self.optional

    def part(self, text):
        """A part of this compound as a word beside it."""
        part = copy.copy(self)
        part.text, part.parts, part.parts_suffice, part.lone = text, [], False, False
        return part


class ClauseOf:
    """A clause of the query: `words` are there where it stands."""

    def __init__(self, node, words):
        self.node, self.words = node, words
        self.filter = node.is_filter() or node.excludes()
        self.is_phrase = node.kind == "phrase" and node.scope == ""
        self.name = node.folded if self.is_phrase else str(node)
        self.kind = "prefix" if node.kind == "prefix" else "phrase"
        self.is_term = not self.filter and node.scope == "" and node.kind in ("phrase", "prefix")


class Query:
    """`literal`: all of the text is one substring."""

    def __init__(self, text, program, literal=False):
        self.program = program
        self.words, self.clauses, self.leaves, self.grams = {}, [], [], collections.Counter()
        self.runs = []  # of pairs that are typed one behind the other
        clauses = [] if literal else split(text, program.class_of)
        room = QUERY_CLAUSES
        for node in parse(clauses):
            plain = node.kind == "words" and node.scope == "" and not node.negated
            if plain or len(node.leaves()) > room:
                self.add_plain(node)
            else:
                room -= len(node.leaves())
                self.add_clause(node)
        # The one clause without its quotes, else all: what is looked for where no section has the words.
        one = len(clauses) == 1 and clauses[0].kind == "quoted" and clauses[0].scope == "" and not clauses[0].negated
        self.literal = clauses[0].text if one else text
        self.literal_folded = program.fold(self.literal)
        wanted = [clause for clause in self.clauses if not clause.node.excludes()]
        self.is_literal = not self.words and (not wanted or (len(self.clauses) == 1 and self.clauses[0].is_phrase))
        if self.is_literal:
            self.clauses, self.leaves = [], []
        if not any(word.content for word in self.words.values()):
            for word in self.words.values():
                word.content = True

    def wanted(self):
        return [clause for clause in self.clauses if not clause.filter]

    def content_count(self):
        """A clause counts as one."""
        return sum(word.required() and word.free for word in self.words.values()) + len(self.wanted())

    def add_plain(self, node):
        for child in node.children:
            self.add_plain(child)
        if not node.children and not node.negated and not node.is_filter():
            self.add_words(node.text, "free")

    def add_clause(self, node):
        words = self.compile(node, "clause", False)
        if not (node.children or node.folded):
            return
        same = [clause for clause in self.clauses if not node.children and not clause.node.children and all(
            getattr(clause.node, name) == getattr(node, name) for name in ("kind", "scope", "negated", "folded"))]
        if same:
            same[0].words |= words
            self.leaves = [leaf for leaf in self.leaves if leaf is not node]
        else:
            self.clauses.append(ClauseOf(node, words))

    def compile(self, node, place, negated):
        """Looks up the leaves; those that fold to nothing go. Which words a leaf has."""
        negated = negated or node.negated
        if node.children:
            for child in list(node.children):
                self.compile(child, "option", negated)
                if not (child.children or child.folded):
                    node.children.remove(child)
            return set()
        fold = self.program.fold
        node.folded = node.text.replace("＊", "*") if node.scope == "path" else fold(node.text)
        if node.is_filter():
            return set()
        words = set() if negated else self.compile_leaf(node, place)
        if negated and node.kind == "words":
            node.kind = "phrase"
        if node.kind == "prefix":
            found = self.program.cut[node.text]
            node.one_word = len(found) == 1 and found[0][0][0] == node.folded and not any(
                self.program.class_of[c] in ("han", "script") for c in node.folded)
        if not negated and node.kind != "words":
            self.leaves.append(node)
        return words

    def compile_leaf(self, node, place):
        if node.kind == "prefix":
            self.add_grams(node.folded)
            return set()
        found = self.add_words(node.text, place)
        if node.kind == "phrase":
            return set(filter(None, found))
        node.words = frozenset(w for w in found if w and not w.function) or frozenset(filter(None, found))
        lone = len(node.folded) == 1 and self.program.class_of[node.folded] == "han"
        if not node.words or None in found or node.scope == "title" and lone:
            node.kind = "phrase"
        return set(node.words)

    def add_grams(self, folded):
        """Han characters and pairs, in the order of their ends."""
        last = None
        for i, end in ((i, end) for end in range(1, len(folded) + 1) for i in (end - 1, end - 2) if i >= 0):
            gram = folded[i:end]
            if not all(self.program.class_of[c] == "han" for c in gram) or (gram not in self.grams and len(self.grams) == QUERY_GRAMS):
                continue
            self.grams[gram] += 1
            if len(gram) == 2 and sum(map(len, self.runs)) < QUERY_GRAMS:
                if last is None or i > last + 1:
                    self.runs.append([])
                self.runs[-1].append(gram)
                last = i

    def is_of_function_words(self, gram):
        words = [word for word in self.words.values() if gram in word.text]
        return words != [] and not any(word.content for word in words)

    def add_words(self, text, place):
        """The words of a text, None for those that do not fit."""
        folded, found = self.program.fold(text), []
        for (word_text, *parts), weight, inner in self.program.cut[text]:
            if word_text not in self.words and len(self.words) == QUERY_WORDS:
                found.append(None)
                continue
            word = self.words.setdefault(word_text, Word(word_text, parts, weight, inner, self.program))
            word.count += 1
            word.free |= place == "free"
            word.optional &= place == "option"
            found.append(word)
        if len(found) == 1 and found[0] and len(found[0].text) == 1 and self.program.class_of[found[0].text] == "han":
            found[0].lone = True
        self.add_grams(folded)
        return found
