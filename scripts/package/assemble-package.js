// Collects the files of the app's package, and reports missing ones.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Zendesk's own sizes in pixels, as in its scaffolds. */
const LOGOS = { 'logo.png': 320, 'logo-small.png': 128 };

/**
 * Manifest, logos and Zendesk's own texts: the page itself comes from the service.
 * @param {string} root of the repository
 * @returns {{ version: string, files: Map<string, Uint8Array>, problems: string[] }}
 */
export function assemblePackage(root) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const manifest = { ...JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8')), version };
  const assets = readAssets(join(root, 'zendesk-app', 'assets'));
  const texts = readTexts(join(root, 'zendesk-app', 'translations'));
  const files = new Map([
    ['manifest.json', toBytes(manifest)],
    ...assets,
    ...texts.map(([locale, app]) => [`translations/${locale}.json`, toBytes({ app })]),
  ]);
  return { version, files, problems: [...checkLogos(files), ...checkTexts(texts, manifest)] };
}

const toBytes = (json) => new TextEncoder().encode(`${JSON.stringify(json, null, 2)}\n`);

const readAssets = (folder) =>
  readdirSync(folder)
    .toSorted()
    .map((name) => [`assets/${name}`, new Uint8Array(readFileSync(join(folder, name)))]);

/** Only `app`, which Zendesk shows when the app is installed; the page's own texts are in the page. */
const readTexts = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => [name.replace(/\.json$/, ''), JSON.parse(readFileSync(join(folder, name), 'utf8')).app ?? {}]);

/** Width and height are at fixed positions in a PNG: https://www.w3.org/TR/png-3/#11IHDR */
function checkLogos(files) {
  return Object.entries(LOGOS).flatMap(([name, size]) => {
    const bytes = files.get(`assets/${name}`);
    if (bytes === undefined) return [`assets/${name} is missing.`];
    const [width, height] = [16, 20].map((at) => new DataView(bytes.buffer).getUint32(at));
    return width === size && height === size
      ? []
      : [`assets/${name} is ${width}×${height} pixels, not ${size}×${size}.`];
  });
}

/** Reports texts of the default language that another lacks, and parameters without a label. */
function checkTexts(texts, { defaultLocale, parameters }) {
  const wanted = keysOf(texts.find(([locale]) => locale === defaultLocale)?.[1] ?? {});
  const labels = parameters.map(({ name }) => `parameters.${name}.label`);
  return texts.flatMap(([locale, app]) => {
    const given = new Set(keysOf(app));
    const missing = [...new Set([...wanted, ...labels])].filter((key) => !given.has(key));
    return missing.map((key) => `translations/${locale}.json lacks app.${key}.`);
  });
}

const keysOf = (texts, before = '') =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [`${before}${key}`] : keysOf(text, `${before}${key}.`),
  );
