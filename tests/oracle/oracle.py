"""What kbsearch must answer, worked out the slow way: no index, every section looked at for every query.

Written from the words of design, headers and manual, not from the code: the formula in bm25.h, the rules of matching in
search_job.h and matcher.h, the query language (language.py) in clause.h, condition.h and query.h. Only where sections begin, how text is cut into
words, how a character folds, and the constants of the formula are taken from the program, through dump_fields.
"""
import collections
import fnmatch
import itertools
import json
import math
import os
import re
import subprocess

from language import QUERY_WORDS, Query, split

FIELDS = ("body", "code", "heading", "question", "lead", "ancestor", "name")
CHARACTERS = "characters"  # Han characters, and pairs of adjacent ones, of the section's source text
CHANNELS = FIELDS + (CHARACTERS,)
TITLES = ("heading", "name")
PIECES = 16  # more of a query are not looked for together
FEW, FEW_LONG = 10, 40  # fewer whole matches than this, and partial ones are considered
COPY_WORDS = 10  # below the heading: of fewer, sections with the same text are hits of their own


class Program:
    """dump_fields, asked as seldom as possible."""

    def __init__(self, path):
        self.path, self.cut, self.fold_of, self.class_of = path, {}, {}, {}
        (self.constants,) = self.run("constants", lines="")

    def run(self, *arguments, lines):
        done = subprocess.run([self.path, *arguments], input=lines.encode(), stdout=subprocess.PIPE, check=True)
        return [json.loads(line) for line in done.stdout.decode().removesuffix("\n").split("\n") if line]

    def documents(self, root, paths):
        return self.run("sections", root, lines="".join(path + "\n" for path in paths))

    def learn_words(self, texts):
        new = sorted(set(texts) - self.cut.keys())
        for text, found in zip(new, self.run("words", lines="".join(text + "\n" for text in new)), strict=True):
            self.cut[text] = list(zip(found["words"], found["weights"], found["inner"], strict=True))

    def learn_characters(self, text):
        new = set(text) - self.fold_of.keys()
        if new:
            (found,) = self.run("characters", lines="".join(sorted(new)))
            for character, fold, kind in found:
                self.fold_of[character], self.class_of[character] = fold, kind
            self.learn_characters("".join(fold for _, fold, _ in found))

    def learn_queries(self, queries):
        self.learn_characters("".join(queries))
        self.learn_words(clause.text for query in queries for clause in split(query, self.class_of))
        self.learn_characters("".join(t for words in self.cut.values() for word, *_ in words for t in word))

    def fold(self, text):
        return "".join(map(self.fold_of.__getitem__, text))


# ------------------------------------------------------------------------------------------------------------ sections

def short_length(n):
    """A length as one byte keeps it: four bits after the leading one (length.h)."""
    if n < 32:
        return n
    drop = n.bit_length() - 5
    return n >> drop << drop


class Section:
    def __init__(self, path, facts, text, words, program):
        self.path, self.facts, self.text = path, facts, text
        self.folded = program.fold(text)
        self.counts = {field: collections.Counter(t for word in words[field] for t in word) for field in FIELDS}
        self.words = {field: len(words[field]) for field in FIELDS}
        han = [program.class_of[c] == "han" for c in self.folded]
        characters = collections.Counter(c for c, is_han in zip(self.folded, han) if is_han)
        self.words[CHARACTERS] = characters.total()
        characters.update(self.folded[i:i + 2] for i in range(len(han) - 1) if han[i] and han[i + 1])
        self.counts[CHARACTERS] = characters
        self.lengths = {channel: short_length(n) for channel, n in self.words.items()}

    def has(self, term, channels):
        return any(term in self.counts[channel] for channel in channels)


def text_of(pieces):
    """What is the same in sections with the same text; None for one that is too short (batch.c)."""
    words, below = [], 0
    for field, found in (item for piece in pieces for item in piece.items()):
        found = [word[0] for word in found]
        if field == "heading":
            found = list(itertools.dropwhile(lambda word: not word.strip("0123456789."), found))
        else:
            below += len(found)
        words += found
    return tuple(words) if below >= COPY_WORDS else None


def distinct(hits):
    """The first of each text, with the others as its copies, in the order of sections."""
    first = {}
    for hit in hits:
        first.setdefault(id(hit) if hit["text"] is None else hit["text"], []).append(hit)
    return [{**same[0], "copies": sorted(same[1:], key=lambda hit: (hit["path"].encode(), hit["line_start"]))}
            for same in first.values()]


def read_sections(program, root):
    """All sections below a directory, in the order of the ranking: paths by bytes, then lines."""
    paths = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths += [os.path.relpath(os.path.join(folder, name), root) for name in names if not name.startswith(".")
                  and name.lower().endswith((".md", ".markdown", ".mkd", ".mdown", ".txt"))]
    paths.sort(key=os.fsencode)
    sections = []
    for path, document in zip(paths, program.documents(root, paths), strict=True):
        with open(os.path.join(root, path), "rb") as file:
            text = file.read().decode("utf-8", "replace").removeprefix("\ufeff")
        program.learn_characters(text + path + "".join(facts["heading"] for facts in document["sections"]))
        lines = re.findall("[^\n]*\n|[^\n]+", text)
        parts = document["sections"]
        for i, facts in enumerate(parts):
            words = {field: [] for field in FIELDS}
            for piece in facts["pieces"]:
                for field, found in piece.items():
                    words[field] += found
            facts["text"] = text_of(facts["pieces"])
            facts["heading_path"] = [facts["heading"]]
            above = facts["parent"]
            while above:
                words["ancestor"] += parts[above[0]]["heading_words"]
                facts["heading_path"].insert(0, parts[above[0]]["heading"])
                above = parts[above[0]]["parent"]
            words["name"] = document["name"] + document["title"]
            end = parts[i + 1]["line_first"] - 1 if i + 1 < len(parts) else len(lines)
            sections.append(Section(path, facts, "".join(lines[facts["line_first"] - 1:end]), words, program))
    return sections


# ---------------------------------------------------------------------------------------------------------- the search

Atom = collections.namedtuple("Atom", "word text channels needed idf factor")
Hit = collections.namedtuple("Hit", "section score tier matched coverage full substring", defaults=(None,))


def rank(hit):
    """What comes before what; equals stay in the order of path and line."""
    return hit.tier, -hit.score


def path_matches(glob, path):
    """pathglob.h, for patterns without brackets."""
    glob = glob.removeprefix("./")
    if "/" not in glob:
        return any(fnmatch.fnmatchcase(name, glob) for name in path.split("/"))
    star = ".*" if "**" in glob else "[^/]*"
    pattern = "".join(star if c == "*" else "[^/]" if c == "?" else re.escape(c) for c in re.sub(r"\*+", "*", glob))
    return any(re.fullmatch(pattern, p, re.S) for p in ((path, "/" + path) if "**" in glob else (path,)))


class Collection:
    """Sections that are searched together; `shown` stands before their paths when they are shown."""

    def __init__(self, sections, program, shown=""):
        self.sections, self.program, self.constants = sections, program, program.constants
        self.shown, self.frequencies, self.means = shown, {}, {}
        for channel in CHANNELS:
            lengths = [s.words[channel] for s in sections if s.words[channel]]
            self.means[channel] = sum(lengths) / len(lengths) if lengths else 1

    def df(self, term, channels):
        key = term, channels
        if key not in self.frequencies:
            self.frequencies[key] = sum(s.has(term, channels) for s in self.sections)
        return self.frequencies[key]

    def idf(self, df):
        return math.log(1 + (len(self.sections) - df + 0.5) / (df + 0.5))

    def frequency(self, section, term, channel):
        """By the channel's weight, as it would be in a channel as long as the mean."""
        tf = section.counts[channel][term]
        if channel != CHARACTERS:
            tf = min(tf, self.constants["most"])
        b = self.constants["b"]
        return self.constants["weights"][channel] * tf / (1 - b + b * section.lengths[channel] / self.means[channel])

    def word_score(self, section, term, channels):
        fields = {c: self.frequency(section, term, c) for c in channels if c != CHARACTERS}
        heading = self.constants["heading"] * self.saturate(fields.get("heading", 0))
        return self.saturate(sum(fields.values())) + heading

    def saturate(self, x):
        k1 = self.constants["k1"]
        return x * (k1 + 1) / (x + k1)

    def df_of_word(self, word):
        return self.df(word.text, (CHARACTERS,)) if word.lone else self.df(word.text, FIELDS)

    def atoms(self, word, channels):
        """The terms that are looked up for a word (atom.h)."""
        if word.lone and channels == FIELDS:
            channels += (CHARACTERS,)

        def atom(text, needed, weight):
            idf = self.idf(self.df_of_word(word) if text == word.text else self.df(text, FIELDS))
            return Atom(word, text, channels, needed, idf,
                        idf * weight * word.weight * word.count * (1 if word.content else self.constants["function"]))

        if not word.parts or (self.df_of_word(word) and not word.parts_suffice):
            return [atom(word.text, True, 1)]
        return [atom(part, i not in word.inner, 1) for i, part in enumerate(word.parts)] + [atom(word.text, False, self.constants["pair"])]

    def stands(self, node, section, titles):
        """Does the condition hold for the section?"""
        if node.kind in ("all", "any"):
            found = (all if node.kind == "all" else any)(self.stands(child, section, titles) for child in node.children)
        else:
            found = self.leaf_stands(node, section, titles or node.scope == "title")
        return found != node.negated

    def leaf_stands(self, leaf, section, titles):
        channels = TITLES if titles else FIELDS
        if leaf.scope == "path":
            return self.path_fits(leaf.folded, section)
        if leaf.kind == "words":
            return all(section.has(atom.text, atom.channels) for word in leaf.words for atom in self.atoms(word, channels) if atom.needed)
        if leaf.kind == "prefix" and self.terms(leaf, section, channels):
            return True
        if leaf.kind == "prefix" and leaf.one_word:
            return False
        texts = self.titles(section) if titles else (section.folded,)
        return any(self.stands_in(leaf.folded, text, leaf.kind == "prefix") for text in texts)

    @staticmethod
    def terms(prefix, section, channels):
        """The terms of the section that begin so."""
        return {term for channel in channels for term in section.counts[channel] if term.startswith(prefix.folded)}

    def path_fits(self, glob, section):
        return path_matches(glob, section.path) or "/" in glob and path_matches(glob, self.shown + section.path)

    def prefix_score(self, leaf, section, titles):
        """The best of its words, with the idf of all."""
        channels = TITLES if titles or leaf.scope == "title" else FIELDS
        df = sum(self.stands(leaf, s, titles) for s in self.sections)
        return self.idf(df) * max((self.word_score(section, term, channels) for term in self.terms(leaf, section, channels)), default=0)

    def titles(self, section):
        return self.program.fold(section.facts["heading"]), self.program.fold(os.path.basename(section.path))

    def stands_in(self, phrase, text, open_end=False):
        """As a substring that begins and ends where a Latin word or number does."""
        def joins(at):
            return 0 < at < len(text) and all(self.program.class_of[c] in ("letter", "digit") for c in text[at - 1:at + 1])

        at = text.find(phrase) if phrase else -1
        while at >= 0 and (joins(at) or not open_end and joins(at + len(phrase))):
            at = text.find(phrase, at + 1)
        return at >= 0

    def literal(self, query, allowed, exact, titles):
        def holds(text, folded):
            return query.literal in text if exact or not query.literal_folded else query.literal_folded in folded

        if not titles:
            return [s for s in allowed if holds(s.text, s.folded)]
        names = {s: (s.facts["heading"], os.path.basename(s.path)) for s in allowed}
        return [s for s in allowed if any(holds(name, self.program.fold(name)) for name in names[s])]

    def score(self, section, atoms):
        total = 0.0
        for atom in atoms:
            score = self.word_score(section, atom.text, atom.channels)
            if CHARACTERS in atom.channels:
                score += self.saturate(self.frequency(section, atom.text, CHARACTERS))
            total += atom.factor * score
        return total

    def candidates(self, query, atoms, allowed, any_rule, titles):
        """Sections with any content word or clause, scored by words, best first."""
        words = query.words.values()
        wanted = query.wanted()
        # Words inside a clause count only as that, unless clauses are all that is asked for.
        only_clauses = not any_rule and not any(w.required() and w.free for w in words)
        prefixes = [leaf for leaf in query.leaves if leaf.kind == "prefix"]
        hits = []
        for section in allowed:
            clauses = [c for c in wanted if self.stands(c.node, section, titles)]
            here = [a for a in atoms if section.has(a.text, a.channels)]
            missing = {a.word for a in atoms if a.needed and a not in here}
            # Where a clause stands its words do, however the text there is cut.
            matched = {w for w in words if w not in missing or any(w in c.words for c in clauses)}
            full = len(clauses) == len(wanted) and all(w in matched for w in words if w.required())
            if not full and not clauses and not any(w.required() and (w.free or only_clauses) for w in matched):
                continue
            partial = not full and not any_rule and query.content_count() <= self.constants["short"]
            bare = section.facts["flags"] != 0
            coverage = self.coverage(query, atoms, matched)
            score = self.score(section, here) + sum(self.prefix_score(leaf, section, titles) for leaf in prefixes)
            score *= (1 - self.constants["coverage"] * (1 - coverage))
            if not full:
                coverage = self.coverage(query, atoms, matched, wanted, clauses, titles)
            hits.append(Hit(section, score, 2 * partial + bare / 2, matched, coverage, full))
        return sorted(hits, key=rank)

    def add_substrings(self, query, atoms, allowed, hits, last, with_none):
        """Sections that hold the query as text and are no whole matches are whole ones too: where it stands its words do.
        So are, where there are none, those that hold each of its pieces. `with_none`: only those that are no matches at all."""
        whole = {hit.section for hit in hits if hit.full or with_none}
        pieces = [] if whole else re.findall(r"[^ \t-\r]+", query.literal_folded)
        if not whole:
            found = [s for s in allowed if all(p in s.folded for p in pieces)] if 1 < len(pieces) <= PIECES else []
        else:
            found = [s for s in self.literal(query, allowed, False, False) if s not in whole]
        hits = [hit for hit in hits if hit.section not in found]
        for section in found:
            here = [a for a in atoms if section.has(a.text, a.channels)]
            missing = {a.word for a in atoms if a.needed and a not in here}
            matched = {w for w in query.words.values() if w not in missing}
            hits.append(Hit(section, self.score(section, here), last + (section.facts["flags"] != 0) / 2, matched, 1, True,
                            pieces or [query.literal]))
        return sorted(sorted(hits, key=lambda hit: self.sections.index(hit.section)), key=rank)

    def coverage(self, query, atoms, matched, wanted=(), clauses=(), titles=False):
        """Of the words, and of the wanted clauses."""
        content = [w for w in query.words.values() if w.required()]
        if matched.issuperset(content) and not wanted:
            return 1
        idfs = [self.idf(sum(self.stands(c.node, s, titles) for s in self.sections)) for c in wanted]
        total = sum(idfs)
        here = sum(idf for c, idf in zip(wanted, idfs) if c in clauses)
        for word in content:
            idf = sum(a.idf for a in atoms if a.word is word and a.needed)
            total += idf
            here += idf if word in matched else 0
        return here / total if total else 1

    def gram_weight(self, query, gram):
        weight = self.constants["pair"] if len(gram) == 2 else self.constants["character"]
        return weight * (self.constants["function"] if query.is_of_function_words(gram) else 1)

    def passage(self, query, section):
        """The grams that stand in one piece in a long section: pairs that are all there, so many in a row, and their characters."""
        pairs = set()
        if len(section.text.encode()) > self.constants["long"]:
            for run in query.runs:
                for there, group in itertools.groupby(run, lambda pair: section.counts[CHARACTERS][pair] > 0):
                    group = list(group)
                    if there and len(group) >= self.constants["passage_pairs"]:
                        pairs.update(group)
        return pairs | {character for pair in pairs for character in pair}

    def rescore(self, query, hits):
        best = []
        for hit in hits[:self.constants["rescored"]]:
            score = hit.score
            inside = self.passage(query, hit.section)
            for gram, count in query.grams.items():
                frequency = self.frequency(hit.section, gram, CHARACTERS)
                if gram in inside:
                    frequency = max(frequency, self.constants["passage"])
                score += self.gram_weight(query, gram) * count * self.idf(self.df(gram, (CHARACTERS,))) * self.saturate(frequency)
            best.append(hit._replace(score=score))
        return sorted(best, key=rank) + hits[self.constants["rescored"]:]

    def prefer_as_typed(self, query, hits):
        """Code comes first where it stands as it was typed."""
        text = query.literal_folded
        code = re.search("[a-z]", text) and re.search("[!-/:-@[-`{-~]", text) and not re.search("[^\0-~]", text)
        if not code or query.clauses or text in query.words:
            return hits
        best = hits[:self.constants["rescored"]]
        most = max((hit.score for hit in best), default=0)
        best = [hit._replace(score=hit.score + most * (text in hit.section.folded)) for hit in best]
        return best + hits[self.constants["rescored"]:]

    def search(self, text, literal=False, **settings):
        """All hits, in order, with what --json says about them, one a text; None for a query of blanks."""
        answer = self.search_all(text, literal=literal, **settings)
        return answer and {**answer, "hits": [{**hit, "copies": []} for hit in answer["hits"]] if literal else distinct(answer["hits"])}

    def search_all(self, text, match="default", literal=False, exact=False, titles=False, glob=None, limit=10):
        """`limit`: how many are asked for."""
        if not literal and not split(text, self.program.class_of):
            return None
        query = Query(text, self.program, literal)
        filters = [clause.node for clause in query.clauses if clause.filter]
        allowed = [s for s in self.sections if all(self.stands(node, s, titles) for node in filters) and
                   (glob is None or self.path_fits(glob, s))]
        if query.is_literal:
            return self.literal_answer(query, self.literal(query, allowed, exact, titles))
        answer = self.search_words(query, allowed, match, titles, limit)
        if answer["total"] == 0 and self.open(query, TITLES if titles else FIELDS):
            answer = self.search_words(query, allowed, match, titles, limit)
        return answer

    def open(self, query, channels):
        """The known parts of compounds that have unknown ones become words, and an unknown character that is all the query is about
        stands inside of others: is there any?"""
        before = len(query.words)
        content = [word for word in query.words.values() if word.content]
        opened = len(content) == 1 and not content[0].lone and len(content[0].text) == 1 and \
            self.program.class_of[content[0].text] == "han" and not self.df(content[0].text, FIELDS)
        if opened:
            content[0].lone = True
        for word in list(query.words.values()):
            atoms = self.atoms(word, channels)
            known = [atom.text for atom in atoms if (atom.needed or atom.text != word.text) and self.df(atom.text, FIELDS)]
            for part in known if any(atom.needed and atom.text not in known for atom in atoms) else []:
                if part not in query.words and len(query.words) < QUERY_WORDS:
                    query.words[part] = word.part(part)
        return opened or len(query.words) > before

    def search_words(self, query, allowed, match, titles, limit):
        any_rule = match == "any" and bool(query.words or query.wanted())
        atoms = [a for word in query.words.values() for a in self.atoms(word, TITLES if titles else FIELDS)]
        hits = self.candidates(query, atoms, allowed, any_rule, titles)
        full = [h for h in hits if h.full]
        short = query.content_count() <= self.constants["short"]
        few = 1 if query.content_count() <= 1 else FEW if short else FEW_LONG  # one has no parts to soften to
        softens = match != "all" and len(full) < few
        raised = softens and len(full) < FEW  # what is found as text is before or among partial matches, else after them
        plain = not any_rule and not query.clauses and not titles
        texts = {id(h) if h.section.facts["text"] is None else h.section.facts["text"] for h in full}
        looked = plain and (raised or limit == 0 or len(texts) < limit)
        mode = "any" if any_rule else "all"
        if mode == "all" and not full:
            found = self.literal(query, allowed, False, titles)
            if found:
                return self.literal_answer(query, found)
        if looked:
            hits = self.add_substrings(query, atoms, allowed, hits, short or not raised, softens and not raised)
        if match == "all" or (mode == "all" and len(full) >= few):
            hits = [h for h in hits if h.full]
        elif mode == "all" and not all(h.full for h in hits):
            mode = "some"
        answer = self.answer(query, mode, hits if titles else self.rescore(query, self.prefer_as_typed(query, hits)), titles)
        return {**answer, "looked": looked}

    def answer(self, query, mode, hits, titles):
        terms = [{"text": w.text, "kind": "char" if w.lone else "word", "df": self.df_of_word(w)}
                 for w in query.words.values()]
        terms += [{"text": c.name, "kind": c.kind, "df": sum(self.stands(c.node, s, titles) for s in self.sections)}
                  for c in query.clauses if c.is_term]
        dropped = []
        if mode == "some" and not hits[0].full:
            dropped = [w.text for w in query.words.values() if w.required() and w not in hits[0].matched]
            dropped += [c.name for c in query.wanted() if not self.stands(c.node, hits[0].section, titles)]
        answer = {"mode": mode, "total": len(hits), "terms": terms, "dropped_terms": dropped, "hits": []}
        for hit in hits:
            matched = list(hit.substring or [])
            matched += [w.text for w in query.words.values() if w in hit.matched]
            matched = list(dict.fromkeys(matched))
            matched += [c.name for c in query.clauses if c.is_term and self.stands(c.node, hit.section, titles)]
            answer["hits"].append(self.hit(hit.section, hit.score, hit.coverage, matched))
        return answer

    def literal_answer(self, query, sections):
        return {"mode": "literal", "total": len(sections), "dropped_terms": [],
                "terms": [{"text": query.literal, "kind": "literal", "df": len(sections)}],
                "hits": [self.hit(s, 1.0, 1.0, [query.literal]) for s in sections]}

    @staticmethod
    def hit(section, score, coverage, matched):
        keys = ("heading", "heading_path", "level", "question", "line_start", "line_end", "text")
        return {"path": section.path, "score": score, "coverage": coverage, "matched_terms": matched,
                **{key: section.facts[key] for key in keys}}
