// Copies what runs, and nothing else, into one folder that `npm pack` turns into the package `deskwright`.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Not in the registry, so they are bundled. */
const BUNDLED = ['shared', 'local-zendesk', 'zendesk-app'];
const WHOLE = [
  'LICENSE',
  'README.md',
  'CHANGELOG.md',
  '.env.example',
  'config',
  'deploy',
  'docs/guides',
  'docs/reference',
];
/** Read at run time from `src`, beside the compiled code. */
const RESOURCES = /\.(?:sql|liquid|css|html)$|templates\/page\.js$|_journal\.json$/;

/**
 * The layout is that of the repository, so that paths between folders stay valid; bundled workspaces are in `node_modules`.
 * @param {string} root of the repository, built
 * @param {string} stage the folder; emptied first
 */
export function stageProduct(root, stage) {
  rmSync(stage, { recursive: true, force: true });
  for (const name of WHOLE) cpSync(join(root, name), join(stage, name), { recursive: true });
  const product = readJson(join(root, 'package.json'));
  stageWorkspace(join(root, 'service'), join(stage, 'service'), product);
  for (const name of BUNDLED)
    stageWorkspace(join(root, name), join(stage, 'node_modules', '@deskwright', name), product);
  writeJson(join(stage, 'package.json'), manifestOf(root, product));
}

function stageWorkspace(from, to, { version }) {
  for (const path of shippedFiles(from)) cpSync(join(from, path), join(to, path));
  const { name, license, type, exports, bin } = readJson(join(from, 'package.json'));
  // Without dependencies, which the product has itself: npm would pack them too, and for this platform only.
  writeJson(join(to, 'package.json'), { name, version, license, type, bin, exports: withoutSources(exports) });
}

function shippedFiles(workspace) {
  return [
    ...filesIn(workspace, 'bin'),
    ...filesIn(workspace, 'build'),
    ...filesIn(workspace, 'dist').filter((path) => isCurrent(workspace, path)),
    ...filesIn(workspace, 'src').filter((path) => RESOURCES.test(path)),
  ];
}

/** Compiled code stays in `dist` when its source was deleted, and is not shipped then. */
function isCurrent(workspace, path) {
  if (!path.endsWith('.js')) return path === join('dist', 'build.json');
  const source = path.slice('dist/'.length).replace(/\.js$/, '.ts');
  return existsSync(join(workspace, 'src', source)) || existsSync(join(workspace, source));
}

function filesIn(workspace, folder) {
  if (!existsSync(join(workspace, folder))) return [];
  return readdirSync(join(workspace, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(workspace.length + 1));
}

/** The packages that the bundled code imports, in the versions that were tested. */
function manifestOf(root, { version, license, type, engines, description }) {
  const lock = readJson(join(root, 'package-lock.json')).packages;
  const own = Object.fromEntries(BUNDLED.map((name) => [`@deskwright/${name}`, version]));
  const dependencies = { ...own };
  for (const workspace of ['service', ...BUNDLED])
    for (const name of Object.keys(lock[workspace].dependencies ?? {})) {
      if (name.startsWith('@deskwright/')) continue;
      const tested = (lock[`${workspace}/node_modules/${name}`] ?? lock[`node_modules/${name}`]).version;
      if ((dependencies[name] ?? tested) !== tested)
        throw new Error(`Two workspaces need different versions of ${name}, but the package can have only one.`);
      dependencies[name] = tested;
    }
  return {
    name: 'deskwright',
    version,
    description,
    license,
    type,
    engines,
    bin: { deskwright: 'service/bin/deskwright.js' },
    dependencies,
    bundleDependencies: Object.keys(own),
  };
}

/** Tests resolve workspaces to their sources, which are not shipped. */
function withoutSources(exports) {
  if (exports === undefined) return exports;
  const { 'deskwright-source': _source, types: _types, ...rest } = exports;
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, typeof value === 'string' ? value : withoutSources(value)]),
  );
}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const writeJson = (path, value) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
