// Sorts the table by a press on a column's head, and shows only lines that hold some words.
(() => {
  const table = document.querySelector("table");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const compare = new Intl.Collator("en-GB", { numeric: true }).compare;
  const date = (cell) => Date.parse(cell.dataset.date || cell.textContent) || Infinity;
  heads.forEach((head, column) => {
    if (head.dataset.kind === "none") return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const sorted = [...body.rows].sort((one, other) => {
        const [a, b] = [one.cells[column], other.cells[column]];
        if (head.dataset.kind !== "date") return compare(a.textContent, b.textContent);
        const [x, y] = [date(a), date(b)];
        return x === y ? 0 : x - y;
      });
      body.append(...(down ? sorted.reverse() : sorted));
    });
  });
  const input = document.getElementById("filter");
  const status = document.querySelector("[role=status]");
  const lines = [...document.querySelectorAll("tbody tr, [data-line]")];
  const hides = [...document.querySelectorAll(".forms section")];
  input.closest("[hidden]").hidden = false;
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const line of lines) {
      const section = line.closest(".forms section");
      const text = (line.textContent + (section ? section.firstElementChild.textContent : "")).toLowerCase();
      line.hidden = !words.every((word) => text.includes(word));
    }
    for (const section of hides) section.hidden = !section.querySelector("li[data-line]:not([hidden])");
    const shown = lines.filter((line) => !line.hidden).length;
    status.textContent = words.length ? `${shown} of ${lines.length} shown` : "";
  });
})();
