// What lies where: run in the page, gives {overlaps: [[message, element]], sideways: [[message, element]]}.
//
// Boxes are lines of text, pictures and controls as they are seen: cut off where a scroller cuts them, and left out
// where they are hidden. Two of them may not cover each other unless one contains the other.
() => {
  const tolerance = 2;
  const overlaps = [], sideways = [];

  function describe(element) {
    const path = [];
    for (let e = element; e && e !== document.body && path.length < 3; e = e.parentElement) {
      const names = Array.from(e.classList).slice(0, 2).map(name => "." + name).join("");
      path.unshift(e.localName + (e.id ? "#" + e.id : names));
    }
    const text = (element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 50);
    return path.join(" > ") + (text ? ` “${text}”` : "");
  }

  // The rectangle within which an element's content can be seen.
  const clips = new Map();
  function clip(element) {
    if (!element || element === document.documentElement || element === document.body)
      return {left: -1e6, top: -1e6, right: 1e6, bottom: 1e7};
    if (clips.has(element)) return clips.get(element);
    const style = getComputedStyle(element);
    // What is taken out of the flow is cut only by what it is placed in; fixed things are cut by nothing.
    const parent = style.position === "fixed" ? null
      : style.position === "absolute" ? element.offsetParent : element.parentElement;
    let result = clip(parent);
    // So are words hidden that only screen readers are to have.
    if (style.clipPath.startsWith("inset(50%")) result = {left: 0, top: 0, right: 0, bottom: 0};
    else if (style.overflowX !== "visible" || style.overflowY !== "visible" || style.clipPath !== "none") {
      const box = element.getBoundingClientRect();
      result = {
        left: Math.max(result.left, box.left), top: Math.max(result.top, box.top),
        right: Math.min(result.right, box.right), bottom: Math.min(result.bottom, box.bottom)
      };
    }
    clips.set(element, result);
    return result;
  }

  const visibility = new Map();
  function isVisible(element) {
    if (!visibility.has(element))
      visibility.set(element, element.checkVisibility({visibilityProperty: true, opacityProperty: true}));
    return visibility.get(element);
  }

  const boxes = [];
  function add(element, box, inset, kind) {
    const seen = clip(kind === "text" ? element : element.parentElement);
    const left = Math.max(box.left, seen.left), right = Math.min(box.right, seen.right);
    const top = Math.max(box.top, seen.top) + inset, bottom = Math.min(box.bottom, seen.bottom) - inset;
    // What stands left of the page or above it is there for screen readers.
    if (right - left <= tolerance || bottom - top <= tolerance || right < 0 || bottom + scrollY < 0) return;
    boxes.push({element, left, right, top, bottom, kind});
  }

  // The parts of a formula, thousands of elements, are its own affair: here it is one.
  const isFormula = element => element.matches(".katex, math");
  const elements = [], texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    node => isFormula(node.parentElement) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  while (walker.nextNode()) (walker.currentNode.nodeType === Node.TEXT_NODE ? texts : elements).push(walker.currentNode);

  for (const element of elements) {
    if (!isVisible(element)) continue;
    if (isFormula(element)) {
      // Its ink, not the space that its line gives it.
      const shown = element.querySelector(":scope > .katex-html") || element;
      const size = parseFloat(getComputedStyle(shown).fontSize);
      for (const box of shown.getClientRects()) add(shown, box, Math.min(box.height * .2, size * .3), "formula");
    } else if (["img", "svg", "video", "canvas", "input", "select", "textarea", "button"].includes(element.localName)) {
      // The parts of a drawing are boxes, and the drawing is one to those outside of it.
      if (!element.parentElement.closest("svg")) add(element, element.getBoundingClientRect(), 0, "control");
    }
  }
  const range = document.createRange();
  for (const node of texts) {
    const element = node.parentElement;
    if (!node.data.trim() || !isVisible(element)) continue;
    if (["script", "style", "title", "desc", "option"].includes(element.localName)) continue;
    range.selectNodeContents(node);
    const style = getComputedStyle(element);
    if (style.textOverflow === "ellipsis" && style.overflowX !== "visible") {
      // The three dots and what they stand for are two boxes in one place.
      add(element, element.getBoundingClientRect(), 1, "text");
      continue;
    }
    for (const box of range.getClientRects()) {
      // The box of a line is as high as its font's longest strokes, which no line reaches: its letters' height counts.
      add(element, box, Math.max(1, (box.height - parseFloat(style.fontSize) * .7) / 2), "text");
    }
  }

  // A button that is nothing but a word in the text may be larger than it looks.
  const isPlainButton = box => box.kind === "control" && box.element.localName === "button"
    && getComputedStyle(box.element).backgroundColor === "rgba(0, 0, 0, 0)"
    && getComputedStyle(box.element).borderStyle === "none";
  const contains = (a, b) => a.element === b.element || a.element.contains(b.element) || b.element.contains(a.element);

  boxes.sort((a, b) => a.top - b.top);
  const told = new Set();
  let open = [];
  for (const box of boxes) {
    open = open.filter(other => other.bottom > box.top);
    for (const other of open) {
      const width = Math.min(box.right, other.right) - Math.max(box.left, other.left);
      const height = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
      if (width <= tolerance || height <= tolerance) continue;
      if (contains(box, other) && !(box.kind === "text" && other.kind === "text" && box.element === other.element)) continue;
      // Of buttons in the text, only those that cover another control matter.
      if ((isPlainButton(box) && other.kind !== "control") || (isPlainButton(other) && box.kind !== "control")) continue;
      const key = describe(other.element) + "\n" + describe(box.element);
      if (told.has(key) || told.size > 20) continue;
      told.add(key);
      overlaps.push([
        `${Math.round(width)} × ${Math.round(height)} px of one lie on the other`,
        `${describe(other.element)}  and  ${describe(box.element)}`
      ]);
    }
    open.push(box);
  }

  const root = document.scrollingElement, width = document.documentElement.clientWidth;
  if (root.scrollWidth > width) {
    let culprits = 0;
    for (const element of elements) {
      if (!isVisible(element) || culprits > 3) continue;
      const box = element.getBoundingClientRect();
      if (box.right > width + .5 && clip(element.parentElement).right > width) {
        const isOfChild = Array.from(element.children).some(child => child.getBoundingClientRect().right > width + .5);
        if (isOfChild && !isFormula(element)) continue;
        culprits += 1;
        sideways.push([`the page is ${root.scrollWidth} px wide in a window of ${width} px`, describe(element)]);
      }
    }
    if (!culprits) sideways.push([`the page is ${root.scrollWidth} px wide in a window of ${width} px`, ""]);
  }
  // What is cut off and cannot be scrolled to is lost.
  for (const element of elements) {
    if (!isVisible(element) || isFormula(element) || !element.closest("main") || element.closest("svg")) continue;
    const style = getComputedStyle(element);
    if (!/hidden|clip/.test(style.overflowX) || element.clientWidth < 4) continue;
    if (element.scrollWidth > element.clientWidth + 1)
      sideways.push([`${element.scrollWidth - element.clientWidth} px of it are cut off`, describe(element)]);
  }
  // What scrolls must be reached by keyboard: itself, or something in it.
  for (const element of elements) {
    if (!isVisible(element) || element.scrollWidth <= element.clientWidth + 1) continue;
    if (!/auto|scroll/.test(getComputedStyle(element).overflowX) || element.tabIndex >= 0) continue;
    if (Array.from(element.querySelectorAll("a[href], button, input, summary, [tabindex]")).some(isVisible)) continue;
    sideways.push(["it scrolls sideways, and no key gets there: it lacks tabindex", describe(element)]);
  }
  return {overlaps, sideways};
}
