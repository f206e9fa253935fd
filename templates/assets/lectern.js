// What needs a script, and only that: copying code, and choosing the theme. Everything reads without it.
(function () {
  "use strict";
  var frame = document.querySelector("header.site");
  var words = frame ? frame.dataset : {};

  function button(name, text) {
    var element = document.createElement("button");
    element.type = "button";
    element.className = name;
    element.textContent = text;
    return element;
  }

  // Copy buttons.
  document.querySelectorAll("main pre > code").forEach(function (code) {
    if (code.closest(".failure") || !navigator.clipboard) return;
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
  });

  // The theme: as the system has it, light, or dark.
  if (frame) {
    var themes = ["auto", "light", "dark"];
    var names = { auto: words.themeAuto, light: words.themeLight, dark: words.themeDark };
    var root = document.documentElement;
    var toggle = button("theme", "\u25D0");
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
    frame.querySelector(".theme-place").append(toggle);
  }

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
