// Builds the sidebar, or with `--mode dashboard` the dashboard, into `build/`, where the service finds both through Vite's manifest.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { joinManifests } from './scripts/join-manifests.js';
import { failWhenTooBig } from './scripts/size.js';

/**
 * Two builds, so that neither page loads a file that it shares with the other: what one of them needs changes no byte of the
 * other. The sidebar comes first and empties the folder.
 */
export default defineConfig(({ mode }) => {
  const page = mode === 'dashboard' ? 'dashboard' : 'sidebar';
  return {
    root: import.meta.dirname,
    // The service chooses the path of the files: `/app/assets/…` by default.
    base: './',
    // Garden's are deprecated and larger.
    resolve: { alias: { 'lodash.get': 'es-toolkit/compat/get', 'lodash.memoize': 'es-toolkit/compat/memoize' } },
    plugins: [react(), joinManifests(page), failWhenTooBig(page)],
    // Texts are read by the whole object; each key as an export of its own would be listed twice.
    json: { namedExports: false },
    build: {
      outDir: 'build',
      emptyOutDir: page === 'sidebar',
      manifest: page === 'sidebar' ? true : `.vite/${page}.json`,
      // The browsers that Zendesk supports: the two newest versions of each.
      target: ['chrome120', 'firefox120', 'safari17'],
      // The page's CSP allows no data: URLs.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        // A styled component that nothing shows, of Garden's many, is left out.
        treeshake: { manualPureFunctions: ['styled'] },
        input: page === 'sidebar' ? { sidebar: 'src/main.tsx' } : { dashboard: 'src/dashboard.tsx' },
        // All texts of a language in one file, so that a browser makes one request for them.
        output: { codeSplitting: { groups: [{ name: textsOfLanguage }] } },
      },
    },
  };
});

/** The English texts of figures are those of the catalogue. @param {string} path of a module */
function textsOfLanguage(path) {
  if (/\/figures\/(english|survey|time|work)-figures\.[jt]s$/.test(path)) return 'texts-en';
  const language = /\/texts\/(\w+)\.json$/.exec(path)?.[1];
  return language === undefined ? null : `texts-${language}`;
}
