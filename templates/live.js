// Keeps a page in the browser the same as the page on disk without loading it again, so that the place in the text,
// what is unfolded, what has the focus and what other scripts added all stay. `lectern serve` puts it into pages on
// their way to the browser; no page on disk has it.
//
// It runs before the page's own scripts and keeps a copy of the page as it was written (`pristine`), with the node
// on the screen for each node of the copy (`live`). An update compares the new page with the copy and repeats the
// differences on both: what scripts did to the page in between is never a difference.
(function () {
  "use strict";
  var script = document.currentScript;
  var shown = { server: script.dataset.server, version: Number(script.dataset.version) };
  var isMissing = document.body.hasAttribute("data-missing");
  var live = new WeakMap();
  var pristine = document.body.cloneNode(true);
  pair(pristine, document.body);

  function pair(copy, node) {
    live.set(copy, node);
    for (var a = copy.firstChild, b = node.firstChild; a && b; a = a.nextSibling, b = b.nextSibling) pair(a, b);
  }

  // MARK: The differences between two versions of a page

  // Films are put together before the page is painted; a film that changed needs that done again.
  var film = ".output-frames", isFilmChanged = false;

  function morph(old, next) {
    if (old.isEqualNode(next)) return;
    var node = live.get(old);
    if (old.nodeType === Node.ELEMENT_NODE && old.matches(film)) isFilmChanged = true;
    if (old.nodeType !== Node.ELEMENT_NODE) {
      old.data = node.data = next.data;
      return;
    }
    Array.from(next.attributes).forEach(function (attribute) {
      if (old.getAttribute(attribute.name) === attribute.value) return;
      [old, node].forEach(function (element) { element.setAttribute(attribute.name, attribute.value); });
    });
    Array.from(old.attributes).forEach(function (attribute) {
      if (next.hasAttribute(attribute.name)) return;
      [old, node].forEach(function (element) { element.removeAttribute(attribute.name); });
    });
    morphChildren(old, next);
  }

  function morphChildren(old, next) {
    var a = Array.from(old.childNodes), b = Array.from(next.childNodes);
    while (a.length && b.length && a[0].isEqualNode(b[0])) { a.shift(); b.shift(); }
    var following = null;
    while (a.length && b.length && a[a.length - 1].isEqualNode(b[b.length - 1])) { following = a.pop(); b.pop(); }
    var mates = align(a, b);
    var kept = new Set(mates.values());
    a.forEach(function (child) { if (!kept.has(child)) remove(child); });
    for (var index = b.length - 1; index >= 0; index--) {
      var mate = mates.get(b[index]);
      if (mate) morph(mate, b[index]); else mate = insert(b[index], old, following);
      following = mate;
    }
  }

  // Which old child each new one continues: first those that are the same, in order, then, between them, those of
  // the same kind.
  function align(a, b) {
    var mates = new Map();
    var start = 0, from = 0;
    common(a, b).concat([[a.length, b.length]]).forEach(function (match) {
      var last = start;
      for (var j = from; j < match[1]; j++) {
        for (var i = last; i < match[0]; i++) {
          if (kind(a[i]) !== kind(b[j])) continue;
          mates.set(b[j], a[i]);
          last = i + 1;
          break;
        }
      }
      if (match[1] < b.length) mates.set(b[match[1]], a[match[0]]);
      start = match[0] + 1;
      from = match[1] + 1;
    });
    return mates;
  }

  function kind(node) {
    return node.nodeType === Node.ELEMENT_NODE ? node.tagName + "#" + node.id : String(node.nodeType);
  }

  // The longest common subsequence, as pairs of indices.
  function common(a, b) {
    if (a.length * b.length > 250000) return [];
    var texts = [a, b].map(function (nodes) {
      return nodes.map(function (node) { return node.outerHTML || node.nodeType + ":" + node.data; });
    });
    var lengths = Array.from({ length: a.length + 1 }, function () { return new Uint32Array(b.length + 1); });
    for (var i = a.length - 1; i >= 0; i--) {
      for (var j = b.length - 1; j >= 0; j--) {
        lengths[i][j] = texts[0][i] === texts[1][j]
          ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    var pairs = [];
    for (i = 0, j = 0; i < a.length && j < b.length;) {
      if (texts[0][i] === texts[1][j]) pairs.push([i++, j++]);
      else if (lengths[i + 1][j] >= lengths[i][j + 1]) i++;
      else j++;
    }
    return pairs;
  }

  // The node that stands for `old` among its parent's children: scripts put nodes into wrappers of their own.
  function outermost(old) {
    var node = live.get(old), parent = live.get(old.parentNode);
    if (!parent || !parent.contains(node)) return node;
    while (node.parentNode !== parent) node = node.parentNode;
    return node;
  }

  function remove(old) {
    outermost(old).remove();
    old.remove();
  }

  function insert(next, parent, following) {
    var copy = document.importNode(next, true);
    if (copy.nodeType === Node.ELEMENT_NODE && (copy.matches(film) || copy.querySelector(film))) isFilmChanged = true;
    var node = copy.cloneNode(true);
    pair(copy, node);
    parent.insertBefore(copy, following);
    var before = copy.previousSibling;
    if (following) outermost(following).before(node);
    else if (before) outermost(before).after(node);
    else live.get(parent).append(node);
    return copy;
  }

  // MARK: Pages

  // Keeps what is at the top of the window there, whatever grows or shrinks above it.
  function keepingPlace(change) {
    var root = document.documentElement, focused = document.activeElement;
    var focus = focused && focused.id;
    var places = Array.from(document.querySelectorAll("main article > *")).map(function (element) {
      return { element: element, box: element.getBoundingClientRect() };
    }).filter(function (place) { return place.box.bottom > 0 && place.box.top < innerHeight; });
    var isAtTop = scrollY === 0;
    root.style.overflowAnchor = "none";
    change();
    var anchor = places.find(function (place) { return place.element.isConnected; });
    if (anchor && !isAtTop) {
      scrollBy({ top: anchor.element.getBoundingClientRect().top - anchor.box.top, behavior: "instant" });
    }
    root.style.overflowAnchor = "";
    if (focus && !focused.isConnected) {
      var successor = document.getElementById(focus);
      if (successor) successor.focus({ preventScroll: true });
    }
  }

  function scripts(head) {
    return Array.from(head.querySelectorAll("script")).map(function (element) {
      return (element.getAttribute("src") || element.textContent);
    }).join("\n");
  }

  function policy(head) {
    var element = head.querySelector('meta[http-equiv="Content-Security-Policy"]');
    return element ? element.content : "";
  }

  function show(page) {
    if (scripts(page.head) !== scripts(document.head) || policy(page.head) !== policy(document.head)) {
      location.reload();
      return;
    }
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    addStylesheets(page);
    keepingPlace(function () { morph(pristine, page.body); });
    if (isFilmChanged) {
      location.reload();
      return;
    }
    document.dispatchEvent(new CustomEvent("lectern:update"));
  }

  function addStylesheets(page) {
    var links = Array.from(document.querySelectorAll('head link[rel="stylesheet"]'));
    Array.from(page.querySelectorAll('head link[rel="stylesheet"]')).forEach(function (link) {
      var isThere = links.some(function (old) {
        return old.getAttribute("href").split("?")[0] === link.getAttribute("href");
      });
      if (!isThere) document.head.append(document.importNode(link, true));
    });
  }

  // The path within the output folder of what an address stands for.
  function path(address) {
    var url = new URL(address, location.href);
    if (url.origin !== location.origin) return null;
    var path = decodeURIComponent(url.pathname.slice(1));
    return path === "" || path.endsWith("/") ? path + "index.html" : path;
  }

  // Loads stylesheets and pictures again; `changed` is null where it is not known which.
  function refresh(changed, version) {
    function isOld(address) {
      return address && path(address) && (!changed || changed.indexOf(path(address)) >= 0);
    }
    document.querySelectorAll('head link[rel="stylesheet"]').forEach(function (link) {
      if (!isOld(link.href)) return;
      var next = link.cloneNode();
      next.href = link.getAttribute("href").split("?")[0] + "?" + version;
      next.addEventListener("load", function () { link.remove(); });
      next.addEventListener("error", function () { link.remove(); });
      link.after(next);
    });
    document.querySelectorAll("img[src]").forEach(function (image) {
      if (!image.src.startsWith("data:") && isOld(image.src)) {
        image.src = image.getAttribute("src").split("?")[0] + "?" + version;
      }
    });
  }

  // MARK: States of the book

  var isFetching = false, latest = null;

  function follow(state) {
    latest = state;
    panel.tell(state);
    if (isFetching) return;
    if (state.server === shown.server && state.version === shown.version) return;
    if (isMissing) return location.reload();
    var isNext = state.server === shown.server && state.version === shown.version + 1;
    var changed = isNext ? state.changed : null;
    if (changed && changed.some(function (file) { return /\.js$/.test(file) && isLoaded(file); })) {
      return location.reload();
    }
    refresh(changed, state.version);
    if (changed && changed.indexOf(path(location.href)) < 0) {
      shown = { server: state.server, version: state.version };
      return;
    }
    isFetching = true;
    fetch(location.pathname, { cache: "no-store" }).then(function (response) {
      return response.text().then(function (text) {
        if (!response.ok) return panel.lose();
        show(new DOMParser().parseFromString(text, "text/html"));
      });
    }).catch(function () { /* The server is gone; when it is back it tells its state. */ }).then(function () {
      shown = { server: state.server, version: state.version };
      isFetching = false;
      if (latest !== state) follow(latest);
    });
  }

  // What a reader's search finds is as old as the page, which is no reason to load the page again.
  function isLoaded(file) {
    return !/search/.test(file) && Array.from(document.scripts).some(function (element) {
      return element.src && path(element.src) === file;
    });
  }

  // MARK: What is wrong

  var panel = (function () {
    var host = document.createElement("div");
    var root = host.attachShadow({ mode: "open" });
    var sheet = new CSSStyleSheet();
    sheet.replaceSync([
      ":host { all: initial; color-scheme: light dark; }",
      "section, p.note { position: fixed; z-index: 2147483647; font: 14px/1.45 system-ui, sans-serif;",
      "  color: light-dark(#1d1d1f, #f2f2f2); background: light-dark(#fff, #232326); }",
      "section { left: 0; right: 0; bottom: 0; max-height: 60vh; overflow: auto; box-sizing: border-box;",
      "  padding: 12px 16px; border-top: 4px solid light-dark(#c0262d, #ff6b6b); box-shadow: 0 -4px 24px #0004; }",
      "section.warnings { border-color: light-dark(#9a6700, #e3b341); }",
      "h2 { font-size: 15px; margin: 0 3em 8px 0; } ol { list-style: none; margin: 0; padding: 0; }",
      "li + li { margin-top: 12px; padding-top: 12px; border-top: 1px solid light-dark(#ddd, #444); }",
      "code, pre { font: 13px/1.45 ui-monospace, 'DejaVu Sans Mono', monospace; }",
      "code { color: light-dark(#555, #bbb); overflow-wrap: anywhere; }",
      "p { margin: 2px 0; } pre { margin: 4px 0 0; overflow-x: auto; }",
      "button { position: absolute; top: 8px; right: 12px; min-width: 32px; min-height: 32px; font: inherit; }",
      "p.note { right: 12px; bottom: 12px; padding: 6px 12px; border-radius: 6px; box-shadow: 0 2px 12px #0004; }",
      "[hidden] { display: none !important; }",
    ].join("\n"));
    root.adoptedStyleSheets = [sheet];
    var section = element("section"), note = element("p", "");
    section.setAttribute("role", "alert");
    section.hidden = note.hidden = true;
    note.className = "note";
    note.setAttribute("role", "status");
    root.append(section, note);
    document.documentElement.append(host);
    var told = "[]";

    function element(name, text) {
      var element = document.createElement(name);
      if (text !== undefined) element.textContent = text;
      return element;
    }

    function list(problems) {
      var errors = problems.filter(function (problem) { return problem.severity === "error"; }).length;
      var counts = [[errors, "error"], [problems.length - errors, "warning"]].filter(function (count) {
        return count[0];
      }).map(function (count) { return count[0] + " " + count[1] + (count[0] === 1 ? "" : "s"); });
      var close = element("button", "\u00D7");
      close.type = "button";
      close.setAttribute("aria-label", "Close");
      close.addEventListener("click", function () { section.hidden = true; });
      var items = element("ol");
      problems.forEach(function (problem) {
        var item = element("li"), place = element("p");
        place.append(element("code", problem.place));
        item.append(place, element("p", problem.severity + ": " + problem.message));
        if (problem.details) item.append(element("pre", problem.details));
        items.append(item);
      });
      section.className = errors ? "errors" : "warnings";
      section.replaceChildren(element("h2", counts.join(", ")), close, items);
      section.hidden = !problems.length;
    }

    function say(text) {
      note.textContent = text || "";
      note.hidden = !text;
    }

    return {
      tell: function (state) {
        // One that was closed stays so until something else is wrong.
        if (JSON.stringify(state.problems) !== told) list(state.problems);
        told = JSON.stringify(state.problems);
        say(state.activity);
      },
      lose: function () { say("This page is no longer part of the book."); },
      say: say,
    };
  })();

  // MARK: The connection

  var source = null, silence = 0;

  // A browser gives a site six connections for all its tabs; those that nobody sees need none.
  function connect() {
    if (document.visibilityState === "hidden") {
      if (source) source.close();
      source = null;
    } else if (!source) {
      source = new EventSource("/.lectern/events");
      source.onmessage = function (event) {
        clearTimeout(silence);
        silence = 0;
        follow(JSON.parse(event.data));
      };
      source.onerror = function () {
        silence = silence || setTimeout(function () { panel.say("lectern serve is not running."); }, 1500);
        // Some answers make a browser give up; the server may still come back.
        if (source && source.readyState === EventSource.CLOSED) {
          source = null;
          setTimeout(connect, 1000);
        }
      };
    }
  }
  document.addEventListener("visibilitychange", connect);
  connect();
})();
