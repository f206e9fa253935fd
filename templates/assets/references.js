// Shows what a reference leads to when the pointer rests on it or the keyboard comes to it. The link itself works
// without; the preview is for the eye alone, and so hidden from screen readers, who follow the link.
(function () {
  "use strict";
  if (!("popover" in HTMLElement.prototype)) return;
  var links = document.querySelectorAll("a.reference, a.citation");
  if (!links.length) return;

  var preview = document.createElement("div");
  preview.className = "preview";
  preview.popover = "manual";
  preview.setAttribute("aria-hidden", "true");
  preview.inert = true;
  document.body.append(preview);
  var shown = null;
  var timer = 0;

  // A copy without ids: no page may have one twice.
  function copy(element) {
    var clone = element.cloneNode(true);
    [clone].concat(Array.from(clone.querySelectorAll("[id]"))).forEach(function (part) {
      part.removeAttribute("id");
    });
    return clone;
  }

  // What a link leads to on this page; of a heading, the heading and the paragraph below it.
  function target(link) {
    var href = link.getAttribute("href");
    if (link.dataset.preview) {
      var text = document.createElement("p");
      text.textContent = link.dataset.preview;
      return [text];
    }
    if (href.charAt(0) !== "#") return [];
    var element = document.getElementById(decodeURIComponent(href.slice(1)));
    if (!element || element.contains(link) || element.tagName === "MAIN") return [];
    var next = element.nextElementSibling;
    var isHeading = /^H[1-6]$/.test(element.tagName);
    return isHeading && next && next.tagName === "P" ? [copy(element), copy(next)] : [copy(element)];
  }

  function hide() {
    clearTimeout(timer);
    if (shown) preview.hidePopover();
    shown = null;
  }

  function show(link) {
    if (shown === link) return;
    hide();
    var parts = target(link);
    if (!parts.length) return;
    preview.replaceChildren.apply(preview, parts);
    preview.showPopover();
    shown = link;
    // Below the link, or above it where there is no room.
    var place = link.getClientRects()[0] || link.getBoundingClientRect();
    var size = preview.getBoundingClientRect();
    var room = document.documentElement;
    var left = Math.max(16, Math.min(place.left, room.clientWidth - size.width - 16));
    var below = place.bottom + 6;
    var top = below + size.height > room.clientHeight ? Math.max(8, place.top - size.height - 6) : below;
    preview.style.left = left + "px";
    preview.style.top = top + "px";
  }

  links.forEach(function (link) {
    link.addEventListener("pointerenter", function (event) {
      if (event.pointerType === "touch") return;
      clearTimeout(timer);
      timer = setTimeout(function () { show(link); }, 250);
    });
    link.addEventListener("pointerleave", hide);
    link.addEventListener("focus", function () { if (link.matches(":focus-visible")) show(link); });
    link.addEventListener("blur", hide);
  });
  addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
  addEventListener("scroll", hide, { passive: true });
})();
