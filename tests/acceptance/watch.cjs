// Reads a page of `policygen watch` while its sources are edited, and prints what is wrong as
// JSON:
//   node watch.cjs BROWSER MODULES ADDRESS FILE   ["what", ...]
// FILE is a clause module of the sample; it is saved as editors save, and is as before in the end.

const fs = require("fs");
const path = require("path");

const [browserPath, folder, address, file] = process.argv.slice(2);
const modules = path.resolve(folder);
const { chromium } = require(path.join(modules, "playwright-core"));
const axe = fs.readFileSync(path.join(modules, "axe-core", "axe.min.js"), "utf8");

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const PATIENCE = 20000;

const text = fs.readFileSync(file, "utf8");
const save = (changed) => {
  fs.writeFileSync(`${file}~`, changed);
  fs.renameSync(`${file}~`, file);
};

async function main() {
  const wrong = [];
  const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("pageerror", (error) => wrong.push(`script: ${error}`));
  page.on("console", (said) => {
    if (said.type() === "error") wrong.push(`console: ${said.text()}`);
  });
  const check = (holds, what) => {
    if (!holds) wrong.push(what);
  };
  const panel = page.locator("policygen-watch section");
  try {
    await page.goto(address);
    check((await panel.count()) === 0, "a panel stands over a page without a mistake");

    save(text.replace("Phones at work", "Phones while you work"));
    await page.getByText("Phones while you work").first().waitFor();

    save(text.replace("settings.personal_phones", "settings.personal_phone"));
    await panel.waitFor();
    const told = await panel.innerText();
    check(told.includes("In the sources: 1 error"), "the panel does not say how many");
    check(told.includes("there is no setting “personal_phone”"), "the panel lacks the message");
    check(told.includes("Did you mean “personal_phones”?"), "the panel lacks the hint");
    check(told.includes("conduct.yaml:29:"), "the panel lacks the place");
    const said = await page.locator("policygen-watch [role=status]").innerText();
    check(said === "In the sources: 1 error.", "a screen reader is not told");
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(axe);
      const found = await page.evaluate(
        (tags) => window.axe.run(document, { runOnly: tags }),
        TAGS
      );
      for (const fault of found.violations) {
        for (const node of fault.nodes) wrong.push(`${fault.id} (${colorScheme}): ${node.target}`);
      }
    }
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    await page.reload();
    await page.waitForTimeout(300);
    check((await panel.count()) === 0, "what was put away comes back");

    save(text.replace("settings.personal_phones", "settings.personal_phon"));
    await panel.waitFor();
    const button = panel.getByRole("button", { name: "Hide the mistakes" });
    check(await button.isVisible(), "there is no button");

    save(text);
    await panel.waitFor({ state: "detached" });
    await page.getByText("Phones at work").first().waitFor();

    // A page of its own: a browser complains of each page that is not found.
    const other = await browser.newPage();
    await other.goto(new URL("/nowhere/at-all.html", address).href).catch(() => {});
    check((await other.title()) === "Not built yet", "a page that is not there is not explained");
  } catch (error) {
    wrong.push(String(error));
  } finally {
    save(text);
    await browser.close();
  }
  console.log(JSON.stringify(wrong));
}

main();
