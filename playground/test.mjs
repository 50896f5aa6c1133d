// The page in a real browser: `npm test -- FOLDER`, after tools/playground.py FOLDER. CHROMIUM names another browser.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { join, normalize, extname } from "node:path";
import { chromium } from "playwright-core";

const folder = process.argv[2];
const types = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };
const server = createServer(async (request, response) => {
  const name = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname)).replace(/^[/\\]+/, "") || "index.html";
  try {
    const body = await readFile(join(folder, name));
    response.writeHead(200, { "content-type": types[extname(name)] ?? "application/octet-stream" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
const page = await context.newPage();
const complaints = [];
const elsewhere = [];
page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(String(error)));
page.on("request", (request) => request.url().startsWith("http") && !request.url().startsWith(address) && elsewhere.push(request.url()));
const counted = () => page.waitForFunction(
  () => /^\D*\d+ findings?\.$/.test(document.getElementById("state").textContent), null, { timeout: 240_000 });
const frame = () => page.frames().find((one) => one !== page.mainFrame());
const POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27.0 # <script>alert(1)</script>\n      imagepullPolicy: Always\n";

await page.goto(address);
await counted();
await frame().waitForSelector("text=privileged", { state: "attached" });
assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "a phone scrolls sideways");

await page.fill("#text", POD);
await page.waitForFunction(() => document.getElementById("state").textContent === "Reading…");
await counted();
await page.click("#fix");
await page.waitForFunction(() => document.getElementById("text").value.includes("imagePullPolicy"), null, { timeout: 240_000 });
assert.equal(await page.inputValue("#text"), POD.replace("imagepullPolicy", "imagePullPolicy"));

await page.click("#link");
await page.waitForFunction(() => location.hash.length > 20);
const link = page.url();
await page.evaluate(() => navigator.serviceWorker.ready);
await context.setOffline(true);
await page.goto("about:blank");
await page.goto(link);
await counted();
assert.equal(await page.inputValue("#text"), POD.replace("imagepullPolicy", "imagePullPolicy"));

await page.focus("#version");
const met = [];
for (let step = 0; step < 5; step += 1) {
  met.push(await page.evaluate(() => document.activeElement.id));
  await page.keyboard.press("Tab");
}
assert.deepEqual(met, ["version", "profile", "fix", "link", "text"]);
assert.deepEqual(elsewhere, []);
assert.deepEqual(complaints, []);
await browser.close();
server.close();
console.log("the page reads, fixes, links and works offline");
