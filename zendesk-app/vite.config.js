// How is the sidebar built? To `build/`, where the service finds it by Vite's manifest.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { failWhenTooBig } from './scripts/size.js';

export default defineConfig({
  root: import.meta.dirname,
  // The service decides under which address it serves the files: `/app/assets/…` by default.
  base: './',
  plugins: [react(), failWhenTooBig()],
  build: {
    outDir: 'build',
    manifest: true,
    // A frame in Zendesk runs in browsers that Zendesk supports: the two newest of each.
    target: ['chrome120', 'firefox120', 'safari17'],
    // The page's CSP has no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { sidebar: 'src/main.tsx' } },
  },
});
