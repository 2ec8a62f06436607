#include "html.h"

#include "entity.h"
#include "unit.h"

static const struct {
	const char *html;
	const char *text;
} table[] = {
	{"", ""},
	{"文字", "文字"},
	{"<b>粗</b>体", "粗体"},
	{"<B CLASS='x'>粗</B>体", "粗体"},
	{"H<sub>2</sub>O", "H2O"},
	{"<p>一</p><p>二</p>", "\v一\v\v二\v"},
	{"甲<br>乙<br />丙", "甲\v乙\v丙"},
	{"<td>甲</td>", "\v甲\v"},
	{"<h2>题</h2>", "\v题\v"},
	{"<!-- 看不见 -->看得见", "看得见"},
	{"<!-- > --> a", " a"},
	{"a<!-- 没有结束", "a"},
	{"a<!DOCTYPE html>b<?php x ?>c", "abc"},
	{"a < b > c", "a < b > c"},
	{"1<2", "1<2"},
	{"<", "<"},
	{"a<b 没有结束", "a"},
	{"<script>var a = '<b>';</script>后", "\v\v后"},
	{"<SCRIPT src=x>a</SCRIPT>", "\v\v"},
	{"<style>p {}</style >后", "\v\v后"},
	{"<script>没有结束", "\v"},
	{"<scripts>看得见</scripts>", "\v看得见\v"},
	{"&lt;b&gt; &amp;amp; &copy &nosuch; &", "<b> &amp; &copy &nosuch; &"},
	{"<a title=\"x\">链接</a>", "链接"},
	{"<my-tag>文</my-tag>", "\v文\v"},
};

static void what_a_reader_sees_is_kept(void **state)
{
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		buf_reset(&out);
		html_add_text(&out, span_of(table[i].html));
		assert_string_equal(buf_string(&out), table[i].text);
	}
	buf_release(&out);
}

static void cut_anywhere_it_stays_in_its_bytes(void **state)
{
	static const char html[] = "a<br>&#x4E2D;<!-- c --><script>x</script>&lt;<p";
	struct buf out = {0};

	(void)state;
	for (size_t n = 0; n < sizeof html; n++) {
		char *exact = test_malloc(n ? n : 1);

		memcpy(exact, html, n);
		buf_reset(&out);
		html_add_text(&out, (struct span){exact, n});
		html_separates((struct span){exact, n});
		assert_true(out.n <= n);
		test_free(exact);
	}
	buf_release(&out);
}

static void some_tags_separate(void **state)
{
	(void)state;
	assert_true(html_separates(span_of("<br>")));
	assert_true(html_separates(span_of("</BR>")));
	assert_true(html_separates(span_of("<Badge text='x'/>")));
	assert_false(html_separates(span_of("<b>")));
	assert_false(html_separates(span_of("</strong>")));
	assert_false(html_separates(span_of("<!-- x -->")));
	assert_false(html_separates(span_of("br")));
	assert_false(html_separates(span_of("<")));
	assert_false(html_separates((struct span){NULL, 0}));
}

static void references_are_decoded(void **state)
{
	static const struct {
		const char *entity;
		const char *text;
	} entities[] = {
		{"&amp;", "&"},
		{"&lt;", "<"},
		{"&quot;", "\""},
		{"&nbsp;", " "},
		{"&emsp;", " "},
		{"&hellip;", "…"},
		{"&#65;", "A"},
		{"&#x4e2d;", "中"},
		{"&#X4E2D;", "中"},
		{"&#20013;", "中"},
		{"&#x20000;", "𠀀"},
		{"&#0;", "\uFFFD"},
		{"&#xD800;", "\uFFFD"},
		{"&#x110000;", "\uFFFD"},
		{"&#99999999;", "\uFFFD"},
		{"&#xFFFFFFFFFF;", "\uFFFD"},
		{"&nosuch;", "&nosuch;"},
		{"&AMP;", "&AMP;"},
		{"&#;", "&#;"},
		{"&#x;", "&#x;"},
		{"&#12a;", "&#12a;"},
	};
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
		buf_reset(&out);
		entity_add(&out, span_of(entities[i].entity));
		assert_string_equal(buf_string(&out), entities[i].text);
	}
	buf_release(&out);
}

static void references_end_with_a_semicolon(void **state)
{
	(void)state;
	assert_int_equal(entity_length(span_of("&amp;x")), 5);
	assert_int_equal(entity_length(span_of("&#123;")), 6);
	assert_int_equal(entity_length(span_of("&#x1F600;")), 9);
	assert_int_equal(entity_length(span_of("&amp")), 0);
	assert_int_equal(entity_length(span_of("&;")), 0);
	assert_int_equal(entity_length(span_of("&#;")), 0);
	assert_int_equal(entity_length(span_of("& amp;")), 0);
	assert_int_equal(entity_length(span_of("&")), 0);
	assert_int_equal(entity_length(span_of("&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_reader_sees_is_kept),
		cmocka_unit_test(cut_anywhere_it_stays_in_its_bytes),
		cmocka_unit_test(some_tags_separate),
		cmocka_unit_test(references_are_decoded),
		cmocka_unit_test(references_end_with_a_semicolon),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
