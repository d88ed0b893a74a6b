// Keeps a page that `policygen watch` serves as the sources are: loads it anew when its file
// has changed, and shows what is wrong with the sources while something is.
(() => {
  const { page, build } = document.currentScript.dataset;
  const where = new URLSearchParams({ page: decodeURIComponent(page), build });
  const events = new EventSource(`/.policygen/events?${where}`);
  const style = `
    :host { all: initial; }
    section {
      position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto;
      box-sizing: border-box; padding: 1rem 1.5rem; color: #1b1e21; background: #ffffff;
      border-top: 0.3rem solid #8a2b0f; box-shadow: 0 -0.2rem 1rem #0006;
      font: 16px/1.5 system-ui, sans-serif;
    }
    header { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: baseline; }
    h2 { font-size: 1.2rem; margin: 0; margin-right: auto; color: #8a2b0f; }
    button {
      font: inherit; min-height: 2rem; padding: 0.2rem 1rem; color: inherit;
      background: transparent; border: 1px solid currentColor; border-radius: 0.3rem;
    }
    button:focus-visible, pre:focus-visible { outline: 3px solid #1f4e79; outline-offset: 2px; }
    ul { list-style: none; margin: 0.75rem 0 0; padding: 0; }
    li + li { border-top: 1px solid #c4cad0; margin-top: 0.75rem; padding-top: 0.75rem; }
    pre { margin: 0; overflow-x: auto; font: 14px/1.5 ui-monospace, monospace; }
    p { margin: 0.25rem 0 0; }
    @media (prefers-color-scheme: dark) {
      section { color: #eceff1; background: #1b1e21; border-color: #ffb59f; }
      h2 { color: #ffb59f; }
      li + li { border-color: #5a6169; }
      button:focus-visible, pre:focus-visible { outline-color: #9ecbff; }
    }
    @media print { section { display: none; } }
    .unseen {
      position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
      white-space: nowrap;
    }
  `;
  const host = document.createElement("policygen-watch");
  const root = host.attachShadow({ mode: "open" });
  const sheet = document.createElement("style");
  sheet.textContent = style;
  // Said aloud by screen readers when it changes; the list itself would be too much at once.
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  root.append(sheet, status);
  document.documentElement.append(host);

  const make = (name, text, attributes = {}) => {
    const element = document.createElement(name);
    element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  let panel = null;
  const hide = () => {
    panel?.remove();
    panel = null;
  };
  // What somebody has put away stays away until something else is wrong.
  const AWAY = "policygen-watch-away";
  let listed = "";
  const putAway = () => {
    sessionStorage.setItem(AWAY, listed);
    hide();
  };
  const show = (heading, problems) => {
    const focused = root.activeElement;
    hide();
    panel = make("section", "", { "aria-labelledby": "heading" });
    const close = make("button", "Hide", { type: "button", "aria-label": "Hide the mistakes" });
    close.addEventListener("click", putAway);
    const head = make("header", "");
    head.append(make("h2", `In the sources: ${heading}`, { id: "heading" }), close);
    const list = make("ul", "");
    for (const problem of problems) {
      const item = make("li", "");
      item.append(make("pre", problem.text, { tabindex: "0" }));
      list.append(item);
    }
    panel.append(
      head,
      make("p", "What you see below is as it was built last. This goes away when it is mended."),
      list
    );
    root.append(panel);
    if (focused) close.focus();
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel) putAway();
  });

  let wrong = false;
  events.addEventListener("problems", (event) => {
    const { heading, list } = JSON.parse(event.data);
    listed = JSON.stringify(list);
    if (list.length && sessionStorage.getItem(AWAY) !== listed) show(heading, list);
    else hide();
    if (list.length) status.textContent = `In the sources: ${heading}.`;
    else if (wrong) status.textContent = "The sources are in order again.";
    wrong = list.length > 0;
  });
  events.addEventListener("reload", () => location.reload());
  addEventListener("pagehide", () => events.close());
})();
