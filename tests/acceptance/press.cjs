// Uses reports of changes as readers do, by keyboard, and prints what is wrong with each as JSON:
//   node press.cjs BROWSER MODULES FILE...   {"FILE": ["what, where", ...]}
// Looked for: buttons that the keyboard does not reach or that don't show it; faults of
// accessibility (axe-core) and lost words in the view with two columns; marks told by colour
// alone; and what is missing without scripts, on paper and on a narrow screen.

const fs = require("fs");
const path = require("path");
const { pathToFileURL } = require("url");

const [browserPath, folder, ...files] = process.argv.slice(2);
const modules = path.resolve(folder);
const { chromium } = require(path.join(modules, "playwright-core"));
const axe = fs.readFileSync(path.join(modules, "axe-core", "axe.min.js"), "utf8");

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDE = { width: 1280, height: 900 };
const PHONES = [{ width: 390, height: 844 }, { width: 320, height: 640 }];
const LEAST_CONTRAST = 3; // of what is no text, WCAG 1.4.11
const LEAST_TARGET = 24; // pixels, WCAG 2.5.8

// What the page itself is asked. Nothing of it is on the page: it is sent there each time.
function ask() {
  const shown = (element) => element.getClientRects().length > 0;
  // One version's words: without a mark, punctuation stands at the word before it. What only
  // stands between two words, such as a slash, is none.
  const words = (text) =>
    text
      .split(/\s+/)
      .filter((word) => /[^.,;:/]/.test(word))
      .join(" ");
  const without = (element, gone) => {
    const copy = element.cloneNode(true);
    for (const mark of copy.querySelectorAll(gone)) mark.replaceWith(" ");
    const closed = copy.textContent.replaceAll(/ +([.,;:!?)])/g, "$1");
    return words(closed.replaceAll(/\( +/g, "("));
  };
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const ground = getComputedStyle(document.querySelector(".bar")).backgroundColor;
  const buttons = [...document.querySelectorAll(".views button")].map((button) => {
    const style = getComputedStyle(button);
    const box = button.getBoundingClientRect();
    return {
      name: button.textContent,
      shown: shown(button),
      pressed: button.getAttribute("aria-pressed"),
      marked: getComputedStyle(button, "::before").content.includes("✓"),
      focused: button === document.activeElement,
      outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
      outlineContrast: contrast(style.outlineColor, ground),
      borderContrast: contrast(style.borderTopColor, ground),
      side: Math.min(box.width, box.height),
    };
  });
  const quotes = [...document.querySelectorAll("blockquote")].map((quote) => {
    const sides = quote.querySelector(".sides");
    const inline = quote.querySelector(".inline") ?? quote;
    const rows = [...(sides?.tBodies[0].rows ?? [])];
    const column = (place) => words(rows.map((row) => row.cells[place].textContent).join("\n"));
    return {
      inline: shown(inline) && inline.getBoundingClientRect().height > 0,
      sides: Boolean(sides) && shown(sides),
      old: without(inline, "ins"),
      fresh: without(inline, "del"),
      before: column(0),
      after: column(1),
    };
  });
  const told = { INS: "underline", DEL: "line-through" };
  const unmarked = [...document.querySelectorAll("ins, del")].filter(
    (mark) => !getComputedStyle(mark).textDecorationLine.includes(told[mark.nodeName]),
  );
  return {
    buttons,
    quotes,
    unmarked: unmarked.map((mark) => mark.outerHTML),
    folded: document.querySelectorAll("details:not([open])").length,
    over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  };
}

class Reader {
  constructor(page, view, found) {
    Object.assign(this, { page, view, found });
  }

  fault(what) {
    this.found.push(`${this.view}: ${what}`);
  }

  async open(file) {
    const address = pathToFileURL(file).href;
    this.page.on("request", (request) => {
      if (request.url() !== address && !request.url().startsWith("data:"))
        this.fault(`asks for ${request.url()}`);
    });
    this.page.on("pageerror", (error) => this.fault(`script fails: ${error.message}`));
    await this.page.goto(address);
  }

  async see() {
    const seen = await this.page.evaluate(ask);
    for (const mark of seen.unmarked) this.fault(`told by colour alone: ${mark}`);
    if (seen.over > 0) {
      const { width } = this.page.viewportSize();
      this.fault(`${seen.over} pixels wider than a screen of ${width}`);
    }
    return seen;
  }

  // Each change once: in the text, or in two columns.
  async seeView(columns) {
    const seen = await this.see();
    for (const quote of seen.quotes)
      if (quote.inline === columns || quote.sides !== columns)
        this.fault(`not shown ${columns ? "side by side" : "in line"}: ${quote.fresh}`);
    return seen;
  }

  async tabTo(name) {
    for (let tries = 0; tries < 10; tries += 1) {
      await this.page.keyboard.press("Tab");
      const button = (await this.see()).buttons.find((one) => one.focused);
      if (button?.name !== name) continue;
      if (button.outline < 2 || button.outlineContrast < LEAST_CONTRAST)
        this.fault(`focus can't be seen: ${name}`);
      return;
    }
    this.fault(`the keyboard does not reach “${name}”`);
  }

  async press(key, name) {
    await this.page.keyboard.press(key);
    for (const button of (await this.see()).buttons) {
      const pressed = button.name === name;
      if (button.pressed !== String(pressed)) this.fault(`${key} does not press “${name}”`);
      if (button.marked !== pressed) this.fault(`told by colour alone: “${button.name}”`);
    }
  }

  async checkButtons() {
    for (const button of (await this.see()).buttons) {
      if (!button.shown) this.fault(`not shown: ${button.name}`);
      if (button.side < LEAST_TARGET) this.fault(`too small: ${button.name}`);
      if (button.borderContrast < LEAST_CONTRAST) this.fault(`pale edge: ${button.name}`);
    }
  }

  async checkColumns() {
    for (const quote of (await this.seeView(true)).quotes) {
      for (const [told, column] of [[quote.old, quote.before], [quote.fresh, quote.after]])
        if (column !== told) this.fault(`“${told}” is “${column}” side by side`);
    }
    await this.page.evaluate(axe);
    const result = await this.page.evaluate(
      (tags) => globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } }),
      TAGS,
    );
    for (const fault of result.violations)
      for (const node of fault.nodes)
        this.fault(`${fault.id} (${fault.impact}), ${fault.help}: ${node.target.join(" ")}`);
  }

  async checkElsewhere() {
    await this.page.emulateMedia({ media: "print" });
    await this.seeView(false);
    await this.page.emulateMedia({ media: "screen" });
    for (const phone of PHONES) {
      await this.page.setViewportSize(phone);
      const { buttons } = await this.seeView(false);
      if (buttons.some((button) => button.shown)) this.fault("buttons that do nothing");
    }
    await this.page.setViewportSize(WIDE);
  }
}

async function withScripts(browser, file, colorScheme, found) {
  const context = await browser.newContext({ viewport: WIDE, colorScheme, offline: true });
  const reader = new Reader(await context.newPage(), colorScheme, found);
  await reader.open(file);
  await reader.seeView(false);
  await reader.checkButtons();
  await reader.tabTo("In line");
  await reader.tabTo("Side by side");
  await reader.press("Enter", "Side by side");
  await reader.checkColumns();
  await reader.checkElsewhere();
  await reader.page.keyboard.press("Shift+Tab");
  await reader.press("Space", "In line");
  await reader.seeView(false);
  await context.close();
}

async function withoutScripts(browser, file, found) {
  const context = await browser.newContext({
    viewport: WIDE,
    javaScriptEnabled: false,
    offline: true,
  });
  const reader = new Reader(await context.newPage(), "without scripts", found);
  await reader.open(file);
  const { buttons, folded } = await reader.seeView(false);
  if (buttons.some((button) => button.shown)) reader.fault("buttons that do nothing");
  if (folded) reader.fault("contents that are folded");
  await context.close();
}

async function main() {
  const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
  const told = {};
  for (const file of files) {
    told[file] = [];
    for (const scheme of ["light", "dark"]) await withScripts(browser, file, scheme, told[file]);
    await withoutScripts(browser, file, told[file]);
  }
  await browser.close();
  process.stdout.write(JSON.stringify(told));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(2);
});
