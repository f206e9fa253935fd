// What needs a script, and only that. Everything reads without it.
(function () {
  "use strict";
  var frame = document.querySelector("header.site");
  var words = frame ? frame.dataset : {};
  var root = document.documentElement;
  var headings = Array.from(document.querySelectorAll("main :is(h2, h3, h4)[id]"));

  function button(name, text) {
    var element = document.createElement("button");
    element.type = "button";
    element.className = name;
    element.textContent = text;
    return element;
  }

  // Copy buttons, also for listings that a live preview adds.
  function addCopyButton(code) {
    if (code.closest(".failure, .code-block") || !navigator.clipboard) return;
    var block = document.createElement("div");
    block.className = "code-block";
    var pre = code.parentNode;
    pre.replaceWith(block);
    var copy = button("copy", "");
    var say = function (text, isDone) {
      copy.title = text;
      copy.setAttribute("aria-label", text);
      copy.classList.toggle("copied", isDone);
      copy.textContent = isDone ? "\u2713" : "";
    };
    say(words.copy, false);
    block.append(pre, copy);
    copy.addEventListener("click", function () {
      navigator.clipboard.writeText(code.textContent).then(function () {
        say(words.copied, true);
        setTimeout(function () { say(words.copy, false); }, 1500);
      });
    });
  }
  function addCopyButtons() { document.querySelectorAll("main pre > code").forEach(addCopyButton); }
  addCopyButtons();
  document.addEventListener("lectern:update", addCopyButtons);

  // The theme: as the system has it, light, or dark.
  var toggle = frame && frame.querySelector("button.theme");
  if (toggle) {
    var themes = ["auto", "light", "dark"];
    var names = { auto: words.themeAuto, light: words.themeLight, dark: words.themeDark };
    var show = function () {
      toggle.title = words.theme + ": " + names[root.dataset.theme || "auto"];
      toggle.setAttribute("aria-label", toggle.title);
    };
    toggle.addEventListener("click", function () {
      var theme = themes[(themes.indexOf(root.dataset.theme || "auto") + 1) % themes.length];
      if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme;
      try {
        if (theme === "auto") localStorage.removeItem("lectern-theme");
        else localStorage.setItem("lectern-theme", theme);
      } catch (error) { /* Private windows keep nothing. */ }
      show();
    });
    show();
  }

  // Search: its script and its index are loaded when they are first asked for.
  var dialog = document.querySelector("dialog.search"), opener = document.querySelector(".search-open");
  if (dialog && opener) {
    var isLoaded = false;
    var open = function () {
      if (!dialog.open) dialog.showModal();
      dialog.querySelector("input").select();
      if (isLoaded) return;
      isLoaded = true;
      var script = document.createElement("script");
      script.src = dialog.dataset.script;
      document.head.append(script);
    };
    opener.addEventListener("click", open);
    dialog.querySelector(".search-close").addEventListener("click", function () { dialog.close(); });
    // A click beside the dialog closes it.
    dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close(); });
    addEventListener("keydown", function (event) {
      var isTyping = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
      var isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping;
      var isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!isSlash && !isK) return;
      event.preventDefault();
      open();
    });
  }

  // The section that is being read, in the list of headings.
  var links = new Map();
  document.querySelectorAll("nav.headings a").forEach(function (link) {
    links.set(decodeURIComponent(link.hash.slice(1)), link);
  });
  function isAbove(element) { return element.getBoundingClientRect().top < Math.min(160, innerHeight / 3); }
  var current = null;
  function follow() {
    var section = headings.filter(function (heading) { return links.has(heading.id) && isAbove(heading); }).pop();
    var link = section ? links.get(section.id) : null;
    if (link === current) return;
    if (current) current.removeAttribute("aria-current");
    current = link;
    if (!link) return;
    link.setAttribute("aria-current", "true");
    // Kept in sight within its own list, never by moving the page.
    var list = link.closest("nav"), box = link.getBoundingClientRect(), frame = list.getBoundingClientRect();
    if (list.scrollHeight > list.clientHeight && (box.top < frame.top + 40 || box.bottom > frame.bottom - 40))
      list.scrollTop += box.top - frame.top - frame.height / 3;
  }
  var isWaiting = false;
  addEventListener("scroll", function () {
    if (isWaiting || !links.size) return;
    isWaiting = true;
    requestAnimationFrame(function () { isWaiting = false; follow(); });
  }, { passive: true });
  if (links.size) follow();

  // The drawer of a narrow window closes when its reader has chosen.
  var drawer = document.getElementById("page.contents");
  if (drawer && drawer.hidePopover) drawer.addEventListener("click", function (event) {
    if (event.target.closest("a[href^='#']") && drawer.matches(":popover-open")) drawer.hidePopover();
  });

  // Other languages keep the place: by what has the same label there (figures, equations, cells), or else by the
  // number of the heading. The page that is led to looks for both.
  var marks = Array.from(document.querySelectorAll(
    "main :is([id^='fig-'], [id^='tbl-'], [id^='lst-'], [id^='eq-'], [id^='sec-'], [id^='cell-'])"));
  document.querySelectorAll("a.language").forEach(function (link) {
    link.addEventListener("click", function () {
      link.hash = "";
      var number = headings.filter(isAbove).length;
      if (!number) return;
      var heading = headings[number - 1];
      var mark = marks.filter(isAbove).pop();
      // A heading that is in sight is the place; one that is far above is not.
      var isNearer = mark && heading.getBoundingClientRect().bottom < 0
        && heading.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING;
      link.hash = "at=" + number + (isNearer ? "," + encodeURIComponent(mark.id) : "");
    });
  });
  function arrive() {
    var place = /^#at=(\d+)(?:,(.*))?$/.exec(location.hash);
    if (!place) return;
    var target = place[2] && document.getElementById(decodeURIComponent(place[2])) || headings[Math.min(place[1], headings.length) - 1];
    history.replaceState(null, "", target ? "#" + encodeURIComponent(target.id) : location.pathname);
    if (!target) return;
    for (var folded = target.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
    target.scrollIntoView({ behavior: "instant" });
  }
  addEventListener("hashchange", arrive);
  arrive();

  // Sliders over frames. The page's first lines have put the frames into one box; here come the means to leaf.
  document.querySelectorAll(".output-frames").forEach(function (film) {
    var controls = film.querySelector(":scope > .frame-controls");
    if (!controls) return;
    var frames = Array.from(film.querySelectorAll(":scope > .frames > .frame"));
    var told = film.dataset;
    var at = 0;
    var timer = null;
    var command = function (name, text, sign, run) {
      var element = button(name, sign);
      element.setAttribute("aria-label", text);
      element.title = text;
      element.addEventListener("click", run);
      return element;
    };
    var stop = function () {
      clearInterval(timer);
      timer = null;
      play.textContent = "\u25B6";
      play.title = told.play;
      play.setAttribute("aria-label", told.play);
    };
    // What the slider says itself is not said twice.
    var show = function (index, isSaid) {
      frames[at].classList.remove("current");
      at = Math.max(0, Math.min(frames.length - 1, index));
      frames[at].classList.add("current");
      var caption = frames[at].querySelector(".frame-caption").textContent;
      range.value = at;
      range.setAttribute("aria-valuetext", caption);
      place.textContent = at + 1 + " / " + frames.length;
      if (isSaid) status.textContent = caption;
      previous.setAttribute("aria-disabled", at === 0);
      next.setAttribute("aria-disabled", at === frames.length - 1);
    };
    var previous = command("previous", told.previous, "\u2039", function () { stop(); show(at - 1, true); });
    var next = command("next", told.next, "\u203A", function () { stop(); show(at + 1, true); });
    var play = command("play", told.play, "\u25B6", function () {
      if (timer) { stop(); return; }
      if (at === frames.length - 1) show(0, false);
      timer = setInterval(function () {
        show(at + 1, false);
        if (at === frames.length - 1) stop();
      }, 900);
      play.textContent = "\u2016";
      play.title = told.pause;
      play.setAttribute("aria-label", told.pause);
    });
    // Nothing moves by itself for readers who asked for that; the other buttons stay.
    play.hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
    var range = document.createElement("input");
    range.type = "range";
    range.min = 0;
    range.max = frames.length - 1;
    range.setAttribute("aria-label", told.counter);
    range.addEventListener("input", function () { stop(); show(Number(range.value), false); });
    var place = document.createElement("span");
    place.className = "frame-place";
    place.setAttribute("aria-hidden", "true");
    var status = document.createElement("span");
    status.className = "spoken";
    status.setAttribute("role", "status");
    controls.append(previous, play, next, range, place, status);
    show(0, false);
  });

  // Paper shows what the screen folds.
  var closed = [];
  addEventListener("beforeprint", function () {
    closed = Array.from(document.querySelectorAll("main details:not([open]):not(.data)"));
    closed.forEach(function (details) { details.open = true; });
  });
  addEventListener("afterprint", function () {
    closed.forEach(function (details) { details.open = false; });
  });
})();
