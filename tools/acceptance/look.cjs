// Opens web pages as people do, and prints what is wrong with each as JSON:
//   node look.cjs BROWSER MODULES FILE...   {"FILE": ["what, where", ...]}
// Looked for: faults of accessibility (axe-core), requests that leave the page, faults of
// scripts, and text that runs out of a phone's screen.

const fs = require("fs");
const path = require("path");
const { pathToFileURL } = require("url");

const [browserPath, folder, ...files] = process.argv.slice(2);
const modules = path.resolve(folder);
const { chromium } = require(path.join(modules, "playwright-core"));
const axe = fs.readFileSync(path.join(modules, "axe-core", "axe.min.js"), "utf8");

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const VIEWS = [
  { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  { viewport: { width: 390, height: 844 }, colorScheme: "light" },
  { viewport: { width: 390, height: 844 }, colorScheme: "dark" },
];
const AT_ONCE = 2;

async function look(context, file, view, found) {
  const page = await context.newPage();
  const address = pathToFileURL(file).href;
  page.on("request", (request) => {
    if (request.url() !== address && !request.url().startsWith("data:"))
      found.push(`asks for ${request.url()}`);
  });
  page.on("pageerror", (error) => found.push(`script fails: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") found.push(`says: ${message.text()}`);
  });
  await page.goto(address);
  await page.evaluate(axe);
  const result = await page.evaluate(
    (tags) => globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } }),
    TAGS,
  );
  for (const fault of result.violations)
    for (const node of fault.nodes)
      found.push(`${view}: ${fault.id} (${fault.impact}), ${fault.help}: ${node.target.join(" ")}`);
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (over > 0) found.push(`${view}: ${over} pixels wider than the screen`);
  await page.close();
}

async function main() {
  const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
  const found = Object.fromEntries(files.map((file) => [file, []]));
  for (const settings of VIEWS) {
    const view = `${settings.viewport.width} px, ${settings.colorScheme}`;
    const context = await browser.newContext({ ...settings, offline: true });
    const waiting = [...files];
    const work = async () => {
      for (let file = waiting.shift(); file; file = waiting.shift())
        await look(context, file, view, found[file]);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    await context.close();
  }
  await browser.close();
  process.stdout.write(JSON.stringify(found));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(2);
});
