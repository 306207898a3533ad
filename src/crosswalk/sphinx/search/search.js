// Finds, ranks and shows what a reader asks for. Sphinx builds the index and has
// the field; its own order knows neither rare words nor which page explains most.
"use strict";
{
  // What a page counts by its first folder or its name; guide and reference count 1.
  const WEIGHTS = { api: 0.3, contribute: 0.4, evidence: 0.3, verified: 0.7 };
  const ASIDES = ["api", "contribute"]; // about this project, not about its subject
  const PAGE_TITLE = 1.2;
  const MENTION = 0.6; // an index entry that is not the main one
  const TEXT = 0.5; // words that stand somewhere on the page
  const RESULTS = 20;
  const RESULTS_OF_A_PAGE = 2;
  const EXCERPT = 200; // characters
  // A question of so many words is about all of them; a longer one, an error's text,
  // may have some that are nowhere.
  const FEW = 3;
  const MOST = 0.66;

  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

  // What can be asked for by name: titles and index entries.
  function* named(index) {
    for (const [title, places] of Object.entries(index.alltitles))
      for (const [page, anchor] of places)
        yield [title, page, anchor, anchor ? 1 : PAGE_TITLE];
    for (const [entry, places] of Object.entries(index.indexentries))
      for (const [page, anchor, isMain] of places)
        yield [entry, page, anchor, isMain ? 1 : MENTION];
  }

  class Finder {
    constructor(index) {
      this.index = index;
      this.entries = [];
      this.sections = new Map();
      this.namedOn = new Map(); // the pages that have a word in a name
      this.pages = new Map(); // the pages of each word that was looked up
      this.parts = new Map(); // the parts of each word that is a name
      for (const [text, page, anchor, weight] of named(index)) {
        const words = searchWords.wordsOf(text);
        for (const word of words)
          this.namedOn.set(word, (this.namedOn.get(word) || new Set()).add(page));
        for (const [word, parts] of searchWords.partsOf(text)) this.parts.set(word, parts);
        this.entries.push({ words, page, anchor: anchor || "", weight });
      }
      for (const [title, places] of Object.entries(index.alltitles))
        for (const [page, anchor] of places) this.sections.set(`${page}#${anchor || ""}`, title);
      const texts = [index.terms, index.titleterms].flatMap(Object.keys);
      this.vocabulary = new Set([...texts, ...this.namedOn.keys()]);
    }

    pagesOf(word) {
      if (!this.pages.has(word)) {
        const texts = [this.index.terms, this.index.titleterms];
        const found = texts.flatMap((terms) => (Object.hasOwn(terms, word) ? terms[word] : []));
        this.pages.set(word, new Set([...found, ...(this.namedOn.get(word) || [])]));
      }
      return this.pages.get(word);
    }

    // A word that few pages have tells more.
    rarity(pages) {
      return Math.log(1 + this.index.docnames.length / pages.size);
    }

    // The words of the query that the site has: the words that they fit, the pages.
    ask(query) {
      const [asked, typed] = [[], searchWords.typed(query)];
      for (const word of searchWords.wordsOf(query)) {
        const fits = new Map();
        for (const other of this.vocabulary) {
          const how = [word, typed.get(word)].map((text) =>
            searchWords.fit(text, other, this.parts.get(other), this.namedOn.has(other)),
          );
          if (Math.max(...how)) fits.set(other, Math.max(...how));
        }
        const pagesOf = (words) => new Set(words.flatMap((other) => [...this.pagesOf(other)]));
        const alike = pagesOf([...fits.keys()]);
        const pages = fits.has(word) ? pagesOf([word]) : alike;
        const isName = [...fits.keys()].some((other) => this.namedOn.has(other));
        // Sphinx keeps the words of pages that were changed, without a page.
        const rarity = this.rarity(pages);
        if (pages.size) asked.push({ word, fits, pages, alike, isName, rarity });
      }
      return asked;
    }

    // Tells of each page whether it is about the query: it has every word of a short
    // one, and the rarest of several is in the name of something.
    subject(query, asked) {
      const units = searchWords.unitsOf(query);
      const terms = new Map(asked.map((term) => [term.word, term]));
      const rarest = asked.reduce((a, b) => (b.rarity > a.rarity ? b : a), { rarity: 0 });
      const isMention = units.length > 1 && units.length <= FEW && !rarest.isName;
      return (page) => {
        const isAside = ASIDES.includes(this.index.docnames[page].split("/")[0]);
        if (isMention || (isAside && !rarest.isName)) return false;
        const has = (word) => terms.get(word)?.alike.has(page);
        const shares = units.map((unit) => searchWords.covered(unit, has));
        if (units.length > FEW) return sum(shares) / units.length >= MOST;
        return shares.every((share) => share >= MOST);
      };
    }

    // How well an entry answers: all that is asked for, and little else.
    answers({ words, weight }, asked, whole) {
      const best = ({ fits }) => Math.max(0, ...words.map((word) => fits.get(word) || 0));
      const share = sum(asked.map((term) => term.rarity * best(term))) / whole;
      if (!share) return 0;
      const rarities = words.map((word) => this.rarity(this.pagesOf(word)));
      const used = words.map((word) => Math.max(...asked.map(({ fits }) => fits.get(word) || 0)));
      const focus = sum(rarities.map((rarity, i) => rarity * used[i])) / sum(rarities);
      return share ** 2 * Math.sqrt(focus) * weight;
    }

    find(query) {
      const asked = this.ask(query);
      const isAbout = this.subject(query, asked);
      const about = new Set(this.index.docnames.map((_, page) => page).filter(isAbout));
      const whole = sum(asked.map(({ rarity }) => rarity));
      const places = new Map();
      const add = (page, anchor, score) => {
        if (!about.has(page)) return;
        const place = this.place(page, anchor);
        const key = `${page}#${place.anchor}`;
        if (!(places.get(key)?.score >= score)) places.set(key, { ...place, score });
      };
      const texts = this.index.docnames.map((_, page) => {
        const found = asked.filter(({ pages }) => pages.has(page));
        return TEXT * (sum(found.map(({ rarity }) => rarity)) / whole) ** 2;
      });
      for (const entry of this.entries) {
        const score = this.answers(entry, asked, whole);
        if (score) add(entry.page, entry.anchor, score + texts[entry.page]);
      }
      texts.forEach((score, page) => score && add(page, "", score));
      return this.best([...places.values()]);
    }

    // Where a result leads, and what it is called there.
    place(page, anchor) {
      const { docnames, titles } = this.index;
      const section = this.sections.get(`${page}#${anchor}`);
      // The anchor of the page's own title leads to the page.
      const isSection = anchor && section && section !== titles[page];
      const name = docnames[page];
      const weight = WEIGHTS[name.split("/")[0]] || 1;
      return {
        page,
        name,
        weight,
        anchor: isSection ? anchor : "",
        titles: isSection ? [titles[page], section] : [titles[page]],
      };
    }

    best(places) {
      const scored = places.map((place) => ({ ...place, score: place.score * place.weight }));
      scored.sort((a, b) => b.score - a.score || a.name.localeCompare(b.name));
      const counts = new Map();
      const kept = scored.filter(({ page, score }) => {
        counts.set(page, (counts.get(page) || 0) + 1);
        return counts.get(page) <= RESULTS_OF_A_PAGE && score > scored[0].score / 5;
      });
      return kept.slice(0, RESULTS);
    }
  }

  // The text with each of the words in a <mark>; words may overlap.
  function marked(text, words) {
    const starts = words.map((word) => (/\w/.test(word) ? `${word}[a-z]*` : word));
    const isMarked = new Uint8Array(text.length);
    for (const start of starts)
      for (const match of text.matchAll(new RegExp(start, "gi")))
        isMarked.fill(1, match.index, match.index + match[0].length);
    const pieces = [];
    for (let from = 0, to; from < text.length; from = to) {
      for (to = from; to < text.length && isMarked[to] === isMarked[from]; ) to += 1;
      const piece = text.slice(from, to);
      if (isMarked[from]) {
        const mark = document.createElement("mark");
        mark.textContent = piece;
        pieces.push(mark);
      } else pieces.push(piece);
    }
    return pieces;
  }

  // The paragraph of the section that has most of the words, cut around the first.
  function excerpt(page, anchor, words) {
    const section = page.getElementById(anchor) || page.querySelector("article");
    // What is hidden is for another version than the build's.
    const blocks = [...section.querySelectorAll("p, li, td, dd")].filter((b) => !b.closest("[hidden]"));
    const texts = blocks.map((block) => {
      const copy = block.cloneNode(true);
      copy.querySelectorAll(".check-badge, p, ul, ol, [hidden]").forEach((part) => part.remove());
      return copy.textContent.replace(/\s+/g, " ").trim();
    });
    const placesIn = (text) =>
      words.map((word) => text.toLowerCase().indexOf(word)).filter((at) => at >= 0);
    const counts = texts.map((text) => placesIn(text).length);
    const text = texts[counts.indexOf(Math.max(...counts))] || "";
    if (text.length <= EXCERPT) return text;
    const first = Math.min(text.length, ...placesIn(text)) % text.length;
    const from = Math.max(0, first - EXCERPT / 4);
    const [before, rest] = [text.slice(0, from), text.slice(from)];
    // Whole words at both ends.
    const start = before ? rest.replace(/^\w+/, "") : rest;
    const end = start.length > EXCERPT ? start.slice(0, EXCERPT).replace(/\w+$/, "") : start;
    return `${before && "… "}${end.trim()}${end === start ? "" : " …"}`;
  }

  const pages = new Map();

  function read(url) {
    const parse = (html) => new DOMParser().parseFromString(html, "text/html");
    if (!pages.has(url))
      pages.set(url, fetch(url).then((answer) => answer.text()).then(parse));
    return pages.get(url);
  }

  // Excerpts are read when their result comes into view; files cannot be read.
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      const { url, anchor, words } = target.asked;
      read(url).then((page) => {
        const text = document.createElement("p");
        text.className = "context";
        text.append(...marked(excerpt(page, anchor, words), words));
        target.append(text);
      });
    }
  });

  function show({ name, titles, anchor }, words) {
    const root = document.documentElement.dataset.content_root;
    const url = `${root}${name}${DOCUMENTATION_OPTIONS.LINK_SUFFIX}`;
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = anchor ? `${url}#${anchor}` : url;
    link.textContent = titles.join(" › ");
    item.append(link);
    item.asked = { url, anchor, words };
    Search.output.append(item);
    if (location.protocol !== "file:") seen.observe(item);
  }

  // The index is read when the field is first used: no page waits for it.
  function load() {
    const root = document.documentElement.dataset.content_root;
    if (!Search.hasIndex()) Search.loadIndex(`${root}searchindex.js`);
  }

  // The theme looks at keys alone: not at what is pasted or dictated, nor at what
  // an input method for Chinese puts in.
  addEventListener("DOMContentLoaded", () => {
    const field = document.querySelector("#pst-search-dialog input");
    field?.addEventListener("focus", load, { once: true });
    for (const change of ["input", "compositionend"])
      field?.addEventListener(change, () => field.dispatchEvent(new KeyboardEvent("keyup")));
  });

  let finder;
  // Sphinx 9.0.4 lets an extension score what it finds, not find. Its own search gave
  // 20 pages for "EMA", "SWA" and "AMP" each, for the letters inside other words.
  Search.query = (query) => {
    finder ||= new Finder(Search._index);
    const results = finder.find(query);
    const words = searchWords.wordsOf(query);
    results.forEach((result) => show(result, words));
    Search.status.setAttribute("role", "status");
    _finishSearch(new Set(results.map(({ page }) => page)).size);
    if (!results.length) showNothing(query);
  };

  // Says that the site lacks a subject, and leads to the list of what it has.
  function showNothing(query) {
    const { docnames, titles } = Search._index;
    const index = docnames.indexOf("apis");
    const isQuestion = searchWords.unitsOf(query).length > 0;
    const said = isQuestion ? notCovered : nothingFound;
    Search.status.textContent = said.replace("{query}", () => query.trim());
    if (!isQuestion || index < 0) return;
    const link = document.createElement("a");
    const root = document.documentElement.dataset.content_root;
    link.href = `${root}apis${DOCUMENTATION_OPTIONS.LINK_SUFFIX}`;
    link.textContent = titles[index];
    const [before, after] = seeIndex.split("{link}");
    Search.status.append(before, link, after);
  }
}
