"""A reader types a question in either language and finds the page that answers it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.queries import NOT_COVERED, QUERIES, SHORT
from browser.served import HTML, LANGUAGES
from crosswalk.sphinx.search.index import ChineseWords, Words

FILES = f"{HTML.as_uri()}/"
PAGE = "guide/weight-decay.html"
RESULTS = "#search-results ul.search li"
# Asks each question of the search page's own script, and returns the links.
ASK = """questions => questions.map((question) => {
  document.querySelector("#search-results").replaceChildren();
  Search.performSearch(question);
  const links = document.querySelectorAll("#search-results li a");
  return [...links].map((link) => link.getAttribute("href"));
})"""
CUT = "texts => texts.map((text) => splitQuery(text))"
STEM = "words => words.map((word) => new Stemmer().stemWord(word.toLowerCase()))"


def page_of(link: str) -> str:
    """Return the page that a link of a result leads to."""
    return link.removeprefix("./").partition(".html")[0]


def ask(page: Page, text: str, results: int = 1) -> list[str]:
    """Type into the dialog and return the links of the results."""
    page.keyboard.press("Control+k")
    page.keyboard.type(text)
    expect(page.locator(RESULTS).nth(results - 1)).to_be_visible()
    return [link.get_attribute("href") for link in page.locator(f"{RESULTS} a").all()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_finds_its_page(open_page: Callable, language: str) -> None:
    """The wanted page is among the first three results, for every question."""
    page = open_page(f"{language}/search.html")
    found = page.evaluate(ASK, list(QUERIES))
    first = {
        question: [*dict.fromkeys(map(page_of, links))][:3]
        for question, links in zip(QUERIES, found, strict=True)
    }
    missed = {q: pages for q, pages in first.items() if QUERIES[q] not in pages}
    assert {} == missed
    assert len(QUERIES) >= 40


DIALOG = {
    "学习率": "guide/how-the-rate-works.html",
    "余弦退火": "guide/schedules.html#cosine-decay",
    "nn.SGD": "reference/optimizers/sgd.html",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["", FILES], ids=["http", "file"])
@pytest.mark.parametrize("question", DIALOG)
def test_the_dialog_leads_to_the_page(
    open_page: Callable, question: str, place: str, language: str
) -> None:
    """Ctrl+K, a question and a click on the first result, also without a server."""
    page = open_page(f"{place}{language}/{PAGE}")
    ask(page, question)
    page.locator(f"{RESULTS} a").first.click()
    page.wait_for_url(f"**/{language}/{DIALOG[question]}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_page_answers_the_address_from_files(
    open_page: Callable, language: str
) -> None:
    """``search.html?q=`` works from ``file://``."""
    page = open_page(f"{FILES}{language}/search.html?q=权重衰减")
    expect(page.locator(RESULTS).first).to_be_visible()
    link = page.locator(f"{RESULTS} a").first.get_attribute("href")
    assert "guide/weight-decay" == page_of(link)


def test_the_excerpt_shows_the_words(open_page: Callable) -> None:
    """A Chinese word is marked as a whole, and no badge is in the excerpt."""
    page = open_page("zh/search.html?q=权重衰减")
    excerpt = page.locator(RESULTS).first.locator(".context")
    expect(excerpt.locator("mark").first).to_have_text("权重衰减")
    expect(excerpt).not_to_contain_text("✓")


def test_an_excerpt_is_of_its_section(open_page: Callable) -> None:
    """A result that leads to a section quotes that section."""
    page = open_page("en/search.html?q=gradient accumulation")
    first = page.locator(RESULTS).first
    expect(first.locator("a")).to_have_text(
        "Port a training loop › Accumulate gradients"
    )
    expect(first.locator(".context")).to_contain_text("add the gradients")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_subject_that_is_not_covered_finds_nothing(
    open_page: Callable, language: str
) -> None:
    """Letters inside other words, or one word of two, are no answer."""
    page = open_page(f"{language}/search.html")
    found = page.evaluate(ASK, list(NOT_COVERED))
    assert {} == {
        q: links for q, links in zip(NOT_COVERED, found, strict=True) if links
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_word_is_found_as_a_word_first(
    open_page: Callable, language: str
) -> None:
    """The page that has it as a word or a part of a name comes first."""
    page = open_page(f"{language}/search.html")
    found = page.evaluate(ASK, list(SHORT))
    assert list(SHORT.values()) == [page_of(links[0]) for links in found]


NOTHING = {
    "en": "This site does not cover “mixed precision”. The API index lists",
    "zh": "本站没有关于“mixed precision”的内容。API 索引列出了",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_found_is_said_in_the_language(
    open_page: Callable, language: str
) -> None:
    """A question without an answer gets a sentence, and a way to go on."""
    page = open_page(f"{language}/search.html?q=mixed precision")
    summary = page.locator(".search-summary")
    expect(summary).to_contain_text(NOTHING[language])
    assert 0 == page.locator(RESULTS).count()
    summary.locator("a").click()
    page.wait_for_url(f"**/{language}/apis.html")


def test_new_text_replaces_the_results(open_page: Callable) -> None:
    """Results of what was typed before do not stay."""
    page = open_page(f"en/{PAGE}")
    before = ask(page, "LambdaLR", results=3)
    page.locator("#pst-search-dialog input").fill("梯度中心化")
    title = "Construct an optimizer › grad_centralization fails or has no effect on CPU"
    expect(page.locator(f"{RESULTS} a").first).to_have_text(title)
    after = [link.get_attribute("href") for link in page.locator(f"{RESULTS} a").all()]
    assert before[0] not in after


def test_a_page_does_not_wait_for_the_index(open_page: Callable) -> None:
    """The index is loaded when the field is used, and once."""
    page = open_page(f"en/{PAGE}")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    assert not page.evaluate("Search.hasIndex()")
    ask(page, "momentum")
    assert 1 == len([url for url in asked if url.endswith("/searchindex.js")])


@pytest.mark.parametrize(
    ("language", "words"), [("en", Words({})), ("zh", ChineseWords({}))], ids=LANGUAGES
)
def test_the_browser_cuts_text_as_the_build_does(
    open_page: Callable, language: str, words: Words
) -> None:
    """Python and JavaScript give the same words and stems for every page's text."""
    page = open_page(f"{language}/search.html")
    texts = [
        re.sub(r"<[^>]+>", " ", path.read_text("utf-8"))
        for path in sorted((HTML / language / "guide").glob("*.html"))
    ]
    texts += ["动态学习率，nn.SGD(lr=0.1)", "率", "", "用Adam训练 β₁ naïve 𠀀学习"]
    cut = [words.split(text) for text in texts]
    assert cut == page.evaluate(CUT, texts)
    distinct = sorted({word for found in cut for word in found})
    assert [words.stem(word) for word in distinct] == page.evaluate(STEM, distinct)
