// Looks through the book: loaded, with the index of the page's language, when a reader first searches.
(function () {
  "use strict";
  var dialog = document.querySelector("dialog.search");
  var input = dialog.querySelector("input");
  var status = dialog.querySelector(".search-status");
  var list = dialog.querySelector(".search-results");
  var root = document.documentElement.dataset.root || "";
  var maximumWeight = 64, shown = 40;
  var index = null;

  // What the index's own script calls.
  window.lecternSearch = function (data) {
    index = data;
    search();
  };

  // Words: as SearchWords.swift cuts them.

  var han = /[\u2E80-\u2FDF\u3005-\u3007\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\u{20000}-\u{3FFFF}]/u;
  var run = /[\u2E80-\u2FDF\u3005-\u3007\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\u{20000}-\u{3FFFF}]+|(?:(?![\u2E80-\u2FDF\u3005-\u3007\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\u{20000}-\u{3FFFF}])[\p{Alphabetic}\p{Number}])+/gu;

  function stem(word) {
    if (word.length < 4 || /[^\x00-\x7F]/.test(word)) return word;
    if (/ies$/.test(word) && word.length > 4) return word.slice(0, -3) + "y";
    if (/ing$/.test(word) && word.length > 6) return word.slice(0, -3);
    if (/ed$/.test(word) && word.length > 5) return word.slice(0, -2);
    return /s$/.test(word) && !/(ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
  }

  // What is asked for: each entry must be found. `text` is what is marked in what was found.
  function terms(query) {
    return (query.match(run) || []).map(function (word) {
      if (!han.test(word)) return {words: [stem(word.toLowerCase())], text: stem(word.toLowerCase())};
      var characters = Array.from(word);
      var pairs = characters.slice(0, -1).map(function (character, i) { return character + characters[i + 1]; });
      return {words: pairs.length ? pairs : characters, text: word};
    });
  }

  // Sections with what they weigh, for all words of the index that begin so.
  function sections(beginning) {
    var low = 0, high = index.words.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (isBefore(index.words[middle], beginning)) low = middle + 1; else high = middle;
    }
    var found = new Map();
    for (; low < index.words.length && index.words[low].startsWith(beginning); low++) {
      // A whole word says more than its beginning, and the more, the more of it is there.
      var share = index.words[low] === beginning ? 1 : 0.7 * beginning.length / index.words[low].length;
      var section = 0;
      index.postings[low].forEach(function (posting) {
        section += Math.floor(posting / maximumWeight);
        var weight = (posting % maximumWeight) * share;
        found.set(section, Math.max(found.get(section) || 0, weight) + 0.1 * weight);
      });
    }
    return found;
  }

  // Words are in the order of their characters' numbers, which for rare characters is not that of their UTF-16.
  function isBefore(a, b) {
    var first = Array.from(a), second = Array.from(b);
    for (var i = 0; i < first.length && i < second.length; i++) {
      if (first[i] !== second[i]) return first[i].codePointAt(0) < second[i].codePointAt(0);
    }
    return first.length < second.length;
  }

  function find(query) {
    var asked = terms(query), ranks = null;
    asked.forEach(function (term) {
      term.words.forEach(function (word) {
        var found = sections(word), both = new Map();
        found.forEach(function (weight, section) {
          if (!ranks) both.set(section, weight);
          else if (ranks.has(section)) both.set(section, ranks.get(section) + weight);
        });
        ranks = both;
      });
    });
    var results = [];
    (ranks || new Map()).forEach(function (rank, number) {
      var section = index.sections[number];
      var all = (index.pages[section[0]][0] + " " + section[2] + " " + section[3] + " " + section[4]).toLowerCase();
      asked.forEach(function (term) {
        // Pairs of characters that all occur need not stand beside each other.
        if (term.words.length > 1) rank = all.includes(term.text) ? rank * 2 : rank * 0.1;
      });
      // What stands together as it was typed comes first.
      if (asked.length > 1 && all.includes(query.trim().toLowerCase())) rank *= 1.5;
      results.push({section: section, rank: rank, number: number});
    });
    results.sort(function (a, b) { return b.rank - a.rank || a.number - b.number; });
    return {terms: asked, results: results};
  }

  // What is shown.

  function element(name, className, text) {
    var result = document.createElement(name);
    if (className) result.className = className;
    if (text) result.textContent = text;
    return result;
  }

  // The places in `text` where what was asked for begins a word.
  function places(text, asked) {
    var lower = text.toLowerCase(), found = [];
    // A character may be longer in lower case; then nothing is marked.
    if (lower.length !== text.length) return found;
    asked.forEach(function (term) {
      for (var at = lower.indexOf(term.text); at >= 0; at = lower.indexOf(term.text, at + 1)) {
        var before = lower[at - 1];
        if (han.test(term.text) || !before || !/[\p{Alphabetic}\p{Number}]/u.test(before) || /[A-Z]/.test(text[at]))
          found.push([at, at + term.text.length]);
      }
    });
    return found.sort(function (a, b) { return a[0] - b[0]; });
  }

  function appendMarked(parent, text, asked) {
    var end = 0;
    places(text, asked).forEach(function (place) {
      if (place[0] < end) return;
      parent.append(text.slice(end, place[0]), element("mark", "", text.slice(place[0], place[1])));
      end = place[1];
    });
    parent.append(text.slice(end));
  }

  // About 160 characters around the first place, from a word's beginning to a word's end.
  function snippet(text, asked) {
    var found = places(text, asked);
    if (!found.length) return null;
    var from = Math.max(0, found[0][0] - 60), to = Math.min(text.length, from + 170);
    if (from > 0) {
      var blank = text.slice(from, found[0][0]).indexOf(" ");
      if (blank >= 0) from += blank + 1;
    }
    if (to < text.length) {
      var last = text.lastIndexOf(" ", to);
      if (last > found[0][1]) to = last;
    }
    return (from > 0 ? "… " : "") + text.slice(from, to) + (to < text.length ? " …" : "");
  }

  function row(result, asked) {
    var section = result.section, page = index.pages[section[0]];
    var item = element("li"), link = element("a");
    link.href = root + page[1].split("/").map(encodeURIComponent).join("/") + (section[1] ? "#" + encodeURIComponent(section[1]) : "");
    var place = element("span", "search-place");
    var heading = element("span", "search-heading");
    appendMarked(heading, section[2] || page[0], asked);
    if (section[2]) appendMarked(place, page[0], asked);
    link.append(heading);
    if (section[2]) link.append(" ", place);
    var prose = snippet(section[3], asked);
    var text = prose || snippet(section[4], asked) || section[3].slice(0, 140) + (section[3].length > 140 ? " …" : "");
    if (text) {
      var line = element(prose || !snippet(section[4], asked) ? "span" : "code", "search-text");
      appendMarked(line, text, asked);
      link.append(" ", line);
    }
    item.append(link);
    return item;
  }

  function search() {
    if (!index) return;
    var query = input.value.slice(0, 200);
    var words = status.dataset, found = find(query);
    list.replaceChildren.apply(list, found.results.slice(0, shown).map(function (result) { return row(result, found.terms); }));
    list.scrollTop = 0;
    status.textContent = !found.terms.length ? words.hint
      : found.results.length ? words.some.replace("{}", found.results.length) : words.none;
  }

  // Keys: arrows go through the finds, Enter in the field takes the first one.
  function move(step) {
    var stops = [input].concat(Array.from(list.querySelectorAll("a")));
    var at = Math.max(0, stops.indexOf(document.activeElement)) + step;
    if (at >= 0 && at < stops.length) stops[at].focus();
  }
  dialog.addEventListener("keydown", function (event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && event.target === input) {
      var first = list.querySelector("a");
      if (first) first.click();
    }
  });
  // A find on the page that is open leads there without loading anything.
  list.addEventListener("click", function (event) {
    if (event.target.closest("a")) dialog.close();
  });
  input.addEventListener("input", search);

  var script = document.createElement("script");
  script.src = dialog.dataset.index;
  script.onerror = function () { status.textContent = status.dataset.failed; };
  document.head.append(script);
})();
