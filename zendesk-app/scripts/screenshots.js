// Takes a picture of every state of the sidebar into `screenshots/sidebar/`; arguments filter by name.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const OUT = join(import.meta.dirname, '..', '..', 'screenshots', 'sidebar');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** What is visible without scrolling on a screen 900 pixels high, in CSS pixels, next to Zendesk's own bars. */
const TALLEST = 760;
/** How each state is shown: colour scheme, language; `only` limits the states. */
const VARIANTS = [
  { name: 'light', query: {} },
  { name: 'dark', query: { scheme: 'dark' } },
  { name: 'de', query: { locale: 'de' }, only: ['usual', 'urgent', 'unreachable_later'] },
  { name: 'fr', query: { locale: 'fr' }, only: ['urgent'] },
  { name: 'es', query: { locale: 'es' }, only: ['urgent'] },
];
/** Buttons pressed before the picture is taken, by name of the picture. */
const PRESSED = {
  why: ['Why'],
  correct: ['Change category'],
  departments: ['Hand off'],
  escalate: ['Escalate to Tier 2'],
  form_refused: ['Escalate to Tier 2', 'Continue'],
  customer: ['2 other open tickets', 'Answers and earlier tickets: Jo Rivera'],
};

const chosen = process.argv.slice(2);

// Built once: from the development server each picture would load several hundred modules.
const root = join(import.meta.dirname, '..');
const built = mkdtempSync(join(tmpdir(), 'deskwright-gallery-'));
const config = {
  configFile: false,
  root,
  plugins: [react()],
  logLevel: 'error',
  build: { outDir: built, emptyOutDir: true, rolldownOptions: { input: join(root, 'gallery.html') } },
};
await build(config);
const server = await preview({ ...config, preview: { port: 0 } });
const address = server.resolvedUrls?.local[0];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});
mkdirSync(OUT, { recursive: true });
const page = await browser.newPage({
  viewport: { width: 320, height: 640 },
  deviceScaleFactor: 2,
  reducedMotion: 'reduce',
  timezoneId: 'America/New_York',
});
const problems = [];
page.on('pageerror', (error) => problems.push(String(error)));

await page.goto(`${address}gallery.html`, { waitUntil: 'commit' });
await page.waitForSelector('iframe', { state: 'attached' });
const states = await page.locator('iframe').evaluateAll((frames) => frames.map((frame) => frame.title));
for (const variant of VARIANTS) {
  for (const state of variant.only ?? states) await picture(`${state}-${variant.name}`, { state, ...variant.query });
}
for (const [name, buttons] of Object.entries(PRESSED)) {
  await picture(`${name}-light`, { state: 'usual' }, buttons);
  await picture(`${name}-dark`, { state: 'usual', scheme: 'dark' }, buttons);
}
await picture('inserted-light', { state: 'wording' }, ['Insert into reply: It arrives by [day]: [tracking link].']);
await picture('urgent-text200', { state: 'urgent' }, [], 2);

await browser.close();
await server.close();
rmSync(built, { recursive: true });
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

/** @param textZoom factor of the font size only, as with Firefox's "zoom text only" */
async function picture(name, query, buttons = [], textZoom = 1) {
  if (chosen.length > 0 && !chosen.some((word) => name.includes(word))) return;
  await page.goto(`${address}gallery.html?${new URLSearchParams(query)}`);
  await page.waitForSelector('main :is(section, [role="status"], [role="alert"]):visible');
  if (query.state === 'unreachable_later') await page.waitForSelector('text=/reach|erreichbar/');
  for (const button of buttons) await page.getByRole('button', { name: button, exact: true }).click();
  if (textZoom !== 1) await page.evaluate(zoomText, textZoom);
  // As tall as the whole sidebar, so that the sticky foot stands at the end, as it does when scrolled down.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: 320, height });
  await page.screenshot({ path: join(OUT, `${name}.png`) });
  await page.setViewportSize({ width: 320, height: 640 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > 320) problems.push(`${name} is ${wide} px wide and must be scrolled sideways`);
  if (query.state === 'usual' && buttons.length === 0) {
    const tall = await page.evaluate(() => document.querySelector('main').getBoundingClientRect().height);
    if (tall > TALLEST) problems.push(`${name} is ${tall} px tall`);
  }
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => (await globalThis.axe.run()).violations);
  for (const { id, nodes } of violations)
    problems.push(`${name}: ${id} (${nodes.map(({ target }) => target.join(' ')).join(', ')})`);
  process.stdout.write(`${name}\n`);
}

function zoomText(factor) {
  // Reads all sizes before changing any, because children inherit them.
  const wanted = [...document.querySelectorAll('body, body *')].map((element) => {
    const { fontSize, lineHeight } = getComputedStyle(element);
    return { element, size: Number.parseFloat(fontSize) * factor, line: Number.parseFloat(lineHeight) * factor };
  });
  for (const { element, size, line } of wanted) {
    element.style.fontSize = `${size}px`;
    if (!Number.isNaN(line)) element.style.lineHeight = `${line}px`;
  }
}
