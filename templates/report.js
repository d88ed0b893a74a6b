// Shows each change in line, as the page has it, or the old words beside the new ones.
(() => {
  const views = document.querySelector(".views");
  const [inline, sideBySide] = views.querySelectorAll("button");
  const quotes = [...document.querySelectorAll("blockquote")];

  // A private character, which no source may hold, stands where a mark was taken out: with
  // the spaces around it, it goes where they parted words that are gone from punctuation.
  const HOLE = "\uE000";
  const HOLES = `[\\s${HOLE}]*${HOLE}[\\s${HOLE}]*`;
  const CLOSING = "[.,;:!?)]";
  const beforeClosing = new RegExp(`${HOLES}(?=${CLOSING})`, "g");
  const afterOpening = new RegExp(`(?<=\\()${HOLES}`, "g");
  const closed = (text) => {
    const before = text.previousSibling?.textContent.slice(-1) ?? "";
    const after = text.nextSibling?.textContent.slice(0, 1) ?? "";
    const whole = (before + text.data + after)
      .replace(beforeClosing, "")
      .replace(afterOpening, "")
      .replaceAll(HOLE, "");
    text.data = whole.slice(before.length, whole.length - after.length);
  };

  const takeOut = (copy, gone) => {
    for (const mark of copy.querySelectorAll(gone)) mark.replaceWith(HOLE);
    copy.normalize();
    const texts = document.createNodeIterator(copy, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (text.data.includes(HOLE)) closed(text);
    }
  };

  const isEmpty = (part) => /^[\s.,;:/]*$/.test(part.textContent) && !part.querySelector("img");

  // A copy of a block as one version has it; null where that version lacks it.
  const version = (block, gone) => {
    const copy = block.cloneNode(true);
    for (const one of [copy, ...copy.querySelectorAll("[id]")]) one.removeAttribute("id");
    const parts = [...copy.querySelectorAll("li, ul, ol, tbody tr, p")];
    const touched = parts.filter((part) => part.querySelector(gone));
    takeOut(copy, gone);
    for (const part of touched) if (isEmpty(part)) part.remove();
    return isEmpty(copy) ? null : copy;
  };

  // A list is a block for each of its items, so that old and new stand at one height.
  const blocks = (quote) => [...quote.children].flatMap((block) => {
    if (!block.matches("ul")) return [block];
    return [...block.children].map((item) => {
      const list = block.cloneNode(false);
      list.append(item.cloneNode(true));
      return list;
    });
  });

  const rows = (quote) => {
    const found = [];
    for (const block of blocks(quote)) {
      const [old, fresh] = [version(block, "ins"), version(block, "del")];
      const waiting = !old && found.find((row) => !row[1] && row[0].nodeName === block.nodeName);
      if (waiting) waiting[1] = fresh;
      else {
        // What both versions have ends the search for a place beside what is gone.
        if (old && fresh) for (const row of found) row[1] ??= document.createElement("span");
        found.push([old, fresh]);
      }
    }
    return found;
  };

  const table = (quote) => {
    const made = document.createElement("table");
    made.className = "sides";
    const heads = made.createTHead().insertRow();
    for (const words of ["Before", "After"]) {
      const head = document.createElement("th");
      head.scope = "col";
      head.textContent = words;
      heads.append(head);
    }
    const body = made.createTBody();
    for (const sides of rows(quote)) {
      const row = body.insertRow();
      for (const side of sides) row.insertCell().append(side ?? "");
    }
    return made;
  };

  const build = () => {
    for (const quote of quotes) {
      const inner = document.createElement("div");
      inner.className = "inline";
      const made = table(quote);
      inner.append(...quote.childNodes);
      quote.append(made, inner);
    }
  };

  // Whoever switches goes on reading where they were.
  const keepPlace = (change) => {
    const seen = quotes.find((quote) => quote.getBoundingClientRect().bottom > innerHeight / 4);
    const before = seen?.getBoundingClientRect().top;
    change();
    if (seen && scrollY) scrollBy(0, seen.getBoundingClientRect().top - before);
  };

  let built = false;
  const show = (side) => keepPlace(() => {
    if (!built) build();
    built = true;
    document.body.classList.toggle("side-by-side", side);
    inline.setAttribute("aria-pressed", String(!side));
    sideBySide.setAttribute("aria-pressed", String(side));
  });
  inline.addEventListener("click", () => show(false));
  sideBySide.addEventListener("click", () => show(true));
  views.hidden = quotes.length === 0;
})();
