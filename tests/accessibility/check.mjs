// Open pages in Chromium and say, as JSON, which rules of WCAG 2.2 AA each breaks and what a screen reader finds on it.
// Usage: node check.mjs MODULES_FOLDER CHROMIUM PAGE.html ...
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, chromium, ...pages] = process.argv.slice(2);
const require = createRequire(`${folder}/`);
const axe = require.resolve("axe-core/axe.min.js");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const offline = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"];
const browser = await require("playwright-core").chromium.launch({ executablePath: chromium, args: offline });
const answers = {};
for (const path of pages) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(pathToFileURL(path).href);
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }), rules);
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const stops = [];
  for (let at = 0; at < 200; at += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const here = document.activeElement;
      if (here === document.body || here.dataset.seen) return "";
      here.dataset.seen = "yes";
      return here.getAttribute("aria-label") ?? "";
    });
    if (!stop) break;
    stops.push(stop);
  }
  answers[path] = {
    passed: found.passes.length,
    broken: found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`),
    said: nodes.filter((node) => !node.ignored).map((node) => `${node.role?.value}: ${node.name?.value ?? ""}`),
    stops,
  };
  await page.close();
}
await browser.close();
console.log(JSON.stringify(answers));
