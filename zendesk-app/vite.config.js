// Builds the sidebar into `build/`, where the service finds it through Vite's manifest.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { failWhenTooBig } from './scripts/size.js';

export default defineConfig({
  root: import.meta.dirname,
  // The service chooses the path of the files: `/app/assets/…` by default.
  base: './',
  plugins: [react(), failWhenTooBig()],
  build: {
    outDir: 'build',
    manifest: true,
    // The browsers that Zendesk supports: the two newest versions of each.
    target: ['chrome120', 'firefox120', 'safari17'],
    // The page's CSP allows no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { sidebar: 'src/main.tsx' },
      // All texts of a language in one file, so that a browser makes one request for them.
      output: { codeSplitting: { groups: [{ name: textsOfLanguage }] } },
    },
  },
});

/** @param {string} path of a module */
function textsOfLanguage(path) {
  const language = /\/texts\/(\w+)\.json$/.exec(path)?.[1];
  return language === undefined ? null : `texts-${language}`;
}
