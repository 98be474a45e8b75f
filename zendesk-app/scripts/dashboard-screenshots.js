// Takes pictures of every state of the dashboard into `screenshots/dashboard/`, at three sizes; arguments filter by name.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const OUT = join(import.meta.dirname, '..', '..', 'screenshots', 'dashboard');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDE = { width: 1280, height: 800 };
/** What Zendesk's own bars leave of it. */
const FRAMED = { width: 1200, height: 740 };
/** How states are shown; `only` limits the states. */
const VARIANTS = [
  { name: 'light', size: WIDE, query: {} },
  { name: 'dark', size: WIDE, query: { scheme: 'dark' } },
  { name: 'rtl', size: WIDE, query: { dir: 'rtl', locale: 'ar' }, only: ['now', 'week', 'figure', 'trends', 'queues'] },
  { name: 'framed', size: FRAMED, query: {}, only: ['now', 'week'] },
  { name: 'de', size: FRAMED, query: { locale: 'de' }, only: ['now', 'week', 'trends', 'queues', 'rules'] },
  { name: 'fr', size: FRAMED, query: { locale: 'fr' }, only: ['now', 'week'] },
  { name: 'es', size: FRAMED, query: { locale: 'es' }, only: ['now', 'week'] },
  { name: '768', size: { width: 768, height: 1024 }, query: {} },
  { name: '360', size: { width: 360, height: 740 }, query: {} },
  { name: '1920', size: { width: 1920, height: 1080 }, query: {}, only: ['wall'] },
];
/** States whose first screen must fit without scrolling. */
const FITTING = ['now', 'week', 'wall'];

const chosen = process.argv.slice(2);

const root = join(import.meta.dirname, '..');
const built = mkdtempSync(join(tmpdir(), 'deskwright-gallery-'));
const config = {
  configFile: false,
  root,
  plugins: [react()],
  logLevel: 'error',
  build: { outDir: built, emptyOutDir: true, rolldownOptions: { input: join(root, 'dashboard-gallery.html') } },
};
await build(config);
const server = await preview({ ...config, preview: { port: 0 } });
const address = `${server.resolvedUrls?.local[0]}dashboard-gallery.html`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});
mkdirSync(OUT, { recursive: true });
const page = await browser.newPage({ reducedMotion: 'reduce', timezoneId: 'Asia/Tokyo' });
const problems = [];
page.on('pageerror', (error) => problems.push(String(error)));

await page.goto(address);
const states = await page.locator('li a').allTextContents();
for (const { name, size, query, only } of VARIANTS) {
  for (const state of only ?? states) {
    if (states.includes(state)) await picture(`${state}-${name}`, size, { state, ...query });
  }
}

await browser.close();
await server.close();
rmSync(built, { recursive: true });
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

async function picture(name, size, query) {
  if (chosen.length > 0 && !chosen.some((word) => name.includes(word))) return;
  await page.setViewportSize(size);
  // From another document: with the hash alone different, nothing would be loaded anew.
  await page.goto('about:blank');
  await page.goto(`${address}?${new URLSearchParams(query)}`);
  await page.waitForSelector(':is(section, [role="status"], [role="alert"]):visible');
  await page.waitForTimeout(150);
  await page.screenshot({ path: join(OUT, `${name}.png`), fullPage: true });
  const { wide, tall } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    tall: document.documentElement.scrollHeight,
  }));
  if (wide > size.width) problems.push(`${name} is ${wide} px wide and must be scrolled sideways`);
  if (FITTING.includes(query.state) && size.width >= FRAMED.width && tall > size.height)
    problems.push(`${name} is ${tall} px tall`);
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => (await globalThis.axe.run()).violations);
  for (const { id, nodes } of violations)
    problems.push(`${name}: ${id} (${nodes.map(({ target }) => target.join(' ')).join(', ')})`);
  process.stdout.write(`${name} ${tall}\n`);
}
