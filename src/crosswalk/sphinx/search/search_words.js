// What a reader asks for, word by word, and how well words of the site fit it.
// Sphinx writes this beside its words, before a page can search.
"use strict";
var searchWords = (() => {
  // A Latin word of so many letters stands inside too many others.
  const SHORT = 4;
  // What a Chinese question is made of besides its subject.
  const PARTICLES = new Set("的了吗呢吧啊么怎如何什是在不我用把和与及或能要请会对从到为就也都中上下个这那有没");
  const LATIN = /^\w+$/;
  const stemmer = new Stemmer();
  const known = new Map();

  function stem(word) {
    if (!known.has(word)) known.set(word, stemmer.stemWord(word));
    return known.get(word);
  }

  const isTelling = (word) => !stopwords.has(word) && !/^\d+$/.test(word);

  function wordsOf(text) {
    return [...new Set(splitQuery(text.toLowerCase()).filter(isTelling).map(stem))];
  }

  // A word of the query as it is typed, by what it is compared as.
  function typed(query) {
    return new Map(splitQuery(query.toLowerCase()).map((word) => [stem(word), word]));
  }

  // The parts of the names in a text by word: "LambdaLR" has "lambda" and "lr".
  function* partsOf(text) {
    for (const name of text.match(/[A-Za-z]\w*/g) || []) {
      const parts = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[A-Z]+/g) || [];
      yield [stem(name.toLowerCase()), parts.map((part) => stem(part.toLowerCase()))];
    }
  }

  // How well a word of the query fits one of the site, from 0 to 1. A short one is the
  // word, a part of a name, or, where `isName`, its beginning; never letters inside it.
  function fit(asked, word, parts, isName) {
    if (asked === word) return 1;
    const share = asked.length / word.length;
    if (!LATIN.test(asked)) return 0;
    const at = word.indexOf(asked);
    if (asked.length > SHORT) return at < 0 ? 0 : share * (at ? 0.5 : 1);
    const part = (parts || word.split(/[_\d]+/)).indexOf(asked);
    if (part >= 0) return share * (part ? 0.5 : 1);
    return isName && asked.length > 2 && at === 0 ? share : 0;
  }

  // The units of a query: a Latin word, or a run of Chinese in pairs, with the
  // places of the characters that are its subject.
  function unitsOf(query) {
    const runs = query.toLowerCase().match(/[0-9a-z_]+|[\u3400-\u4dbf\u4e00-\u9fff]+/g) || [];
    const units = runs.map((run) => {
      const words = splitQuery(run).map(stem);
      const places = LATIN.test(run) ? [0] : [...run].map((_, i) => i);
      return { run, words, places: places.filter((i) => !PARTICLES.has(run[i])) };
    });
    return units.filter(({ run, places }) => places.length && isTelling(run));
  }

  // The share of a unit that is there, if `has` tells it of each of its words.
  function covered({ words, places, run }, has) {
    const there = new Set(
      words.flatMap((word, i) => (has(word) ? (LATIN.test(run) ? [0] : [i, i + 1]) : [])),
    );
    return places.filter((i) => there.has(i)).length / places.length;
  }

  return { wordsOf, typed, partsOf, fit, unitsOf, covered };
})();
