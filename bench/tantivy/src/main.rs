//! Tantivy as a peer of kbsearch, on the sections that bench/run exports.
//!
//!     peer index DIR < sections.jsonl      one JSON object a line: id, text
//!     peer query DIR QUERY                 the ten best, best first
//!     peer batch DIR < queries             the same for each line
//!
//! Han characters become overlapping pairs, letters and digits become words; a query is "any of its terms", ranked by BM25.

use std::io::{self, BufRead, BufWriter, Write};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions, Value, STORED};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{Index, Searcher, TantivyDocument, Term};

const WRITER_BYTES: usize = 50_000_000;

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut add = |from: usize, to: usize| {
        let position = found.len();
        found.push(Token {
            offset_from: from,
            offset_to: to,
            position,
            text: text[from..to].to_lowercase(),
            position_length: 1,
        })
    };
    let mut word: Option<usize> = None;
    let mut han: Vec<usize> = Vec::new(); // where the last Han characters of this run begin
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        if c.is_alphanumeric() && !is_han(c) {
            word.get_or_insert(at);
        } else if let Some(from) = word.take() {
            add(from, at);
        }
        if is_han(c) {
            if let [.., before] = han[..] {
                add(before, at + c.len_utf8());
            }
            han.push(at);
        } else {
            if han.len() == 1 {
                add(han[0], at);
            }
            han.clear();
        }
    }
    found
}

fn index(directory: &str) -> tantivy::Result<()> {
    let mut schema = Schema::builder();
    let id = schema.add_text_field("id", STORED);
    let terms = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs);
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(terms).set_stored());
    let index = Index::create_in_dir(directory, schema.build())?;
    let mut writer = index.writer(WRITER_BYTES)?;
    for line in io::stdin().lock().lines() {
        let section: serde_json::Value = serde_json::from_str(&line?).expect("a line of JSON");
        let source = section["text"].as_str().expect("text").to_string();
        let mut document = TantivyDocument::default();
        document.add_text(id, section["id"].as_str().expect("id"));
        document.add_pre_tokenized_text(text, PreTokenizedString { tokens: tokens(&source), text: source });
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()
}

fn search(searcher: &Searcher, text: Field, id: Field, query: &str, out: &mut impl Write) -> tantivy::Result<()> {
    let terms = tokens(query).into_iter().map(|token| -> (Occur, Box<dyn Query>) {
        let term = Term::from_field_text(text, &token.text);
        (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
    });
    let query = BooleanQuery::new(terms.collect());
    for (score, address) in searcher.search(&query, &TopDocs::with_limit(10).order_by_score())? {
        let document: TantivyDocument = searcher.doc(address)?;
        let name = document.get_first(id).and_then(|v| v.as_str()).unwrap_or("");
        writeln!(out, "{score} {name}")?;
    }
    writeln!(out)?;
    Ok(())
}

fn main() -> tantivy::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let words: Vec<&str> = arguments.iter().skip(1).map(String::as_str).collect();
    if let ["index", directory] = words[..] {
        return index(directory);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let index = Index::open_in_dir(words[1])?;
    let (text, id) = (index.schema().get_field("text")?, index.schema().get_field("id")?);
    let reader = index.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into()?; // no watching thread
    let searcher = reader.searcher();
    match words[..] {
        ["query", _, query] => search(&searcher, text, id, query, &mut out),
        ["batch", _] => {
            for line in io::stdin().lock().lines() {
                search(&searcher, text, id, &line?, &mut out)?;
            }
            Ok(())
        }
        _ => panic!("usage: peer index|query|batch DIR [QUERY]"),
    }
}
