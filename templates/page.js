// Folds the contents on a phone, and marks the section that is being read.
(() => {
  const contents = document.querySelector(".toc details");
  if (!contents) return;
  const wide = matchMedia("(min-width: 64rem), print");
  const fold = () => { contents.open = wide.matches; };
  fold();
  wide.addEventListener("change", fold);
  addEventListener("beforeprint", () => { contents.open = true; });
  addEventListener("afterprint", fold);
  const links = new Map();
  for (const link of contents.querySelectorAll("a[href]")) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (section) links.set(section, link);
  }
  const read = () => {
    let current;
    for (const section of links.keys()) {
      if (section.getBoundingClientRect().top < innerHeight / 3) current = section;
    }
    for (const [section, link] of links) {
      if (section === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; read(); });
  }, { passive: true });
  read();
})();
