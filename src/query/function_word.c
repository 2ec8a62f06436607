#include "function_word.h"

#include <stdlib.h>

/* In byte order. */
static const char words[][10] = {
	"a",     "an",   "and",  "are",   "as",   "at",     "be",   "by",     "can",   "could", "do",     "does",
	"for",   "from", "how",  "i",     "if",   "in",     "into", "is",     "it",    "its",   "me",     "my",
	"not",   "of",   "on",   "or",    "our",  "should", "that", "the",    "their", "there", "these",  "this",
	"those", "to",   "was",  "we",    "were", "what",   "when", "where",  "which", "who",   "whom",   "whose",
	"why",   "will", "with", "would", "you",  "your",   "一",   "一个",   "一些",  "一种",  "上",     "下",
	"不",    "与",   "且",   "个",    "中",   "为",     "为了", "为什么", "为何",  "么",    "之",     "之间",
	"也",    "了",   "于",   "些",    "什么", "什么样", "从",   "他",     "他们",  "以",    "以上",   "以下",
	"以及",  "们",   "会",   "但",    "但是", "何",     "何处", "何时",   "何谓",  "你",    "你们",   "使",
	"做",    "关于", "其",   "内",    "再",   "几",     "几个", "几种",   "则",    "到",    "前",     "包括",
	"去",    "又",   "及",   "叫",    "可",   "可以",   "各",   "后",     "向",    "吗",    "吧",     "呀",
	"呢",    "和",   "哪",   "哪个",  "哪些", "哪儿",   "哪几", "哪里",   "啊",    "嘛",    "因",     "因为",
	"在",    "地",   "外",   "多少",  "她",   "如何",   "如果", "它",     "它们",  "对",    "对于",   "将",
	"就",    "并",   "并且", "应",    "应当", "应该",   "往",   "很",     "得",    "怎么",  "怎么办", "怎么样",
	"怎样",  "您",   "我",   "我们",  "或",   "或者",   "所",   "所以",   "把",    "按",    "时",     "是",
	"是否",  "更",   "最",   "有",    "有何", "有没有", "来",   "此",     "每",    "没",    "没有",   "用",
	"由",    "的",   "着",   "种",    "称为", "等",     "等等", "给",     "而",    "能",    "能否",   "能够",
	"自己",  "若",   "虽然", "被",    "要",   "让",     "该",   "请",     "请问",  "谁",    "过",     "还",
	"这",    "这个", "这些", "这样",  "这里", "进行",   "通过", "那",     "那个",  "那些",  "那样",   "那里",
	"都",    "里",   "需要",
};

static int compare(const void *key, const void *word)
{
	return span_compare(*(const struct span *)key, span_of(word));
}

bool is_function_word(struct span folded)
{
	return bsearch(&folded, words, sizeof words / sizeof words[0], sizeof words[0], compare);
}
