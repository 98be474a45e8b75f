// Where do the scripts of the workspace and of the apps come from?
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';

/** `src/pages/agent` and `dist/pages/agent` lie equally deep. */
const BROWSER = fileURLToPath(new URL('../../../dist/browser', import.meta.url));
const SDK_PATH = '/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js';

/** `/assets/agent/*.js` (built from `browser/`), and the framework's SDK at the path of Zendesk's CDN. */
export function browserAssets(): Router {
  const router = Router();
  const headers = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' };
  router.use(
    '/assets/agent',
    express.static(BROWSER, { index: false, setHeaders: (response) => void response.set(headers) }),
  );
  let sdk: string | undefined;
  router.get(SDK_PATH, (_request, response) => {
    sdk ??= bundleSdk();
    // Apps load it from other origins.
    response.set({ ...headers, 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' });
    response.type('text/javascript').send(sdk);
  });
  return router;
}

const MODULES = ['vendor/native-promise-only', 'utils', 'client', 'index'];

/** The npm copy ships CommonJS modules that require each other by `./name`; browsers want one script and `ZAFClient`. */
function bundleSdk(): string {
  const require = createRequire(import.meta.url);
  const home = dirname(require.resolve('zendesk_app_framework_sdk/package.json'));
  const modules = MODULES.map((name) => {
    const source = readFileSync(`${home}/lib/${name}.js`, 'utf8');
    return `${JSON.stringify(`./${name}`)}: function (module, exports, require) {\n${source}\n}`;
  });
  return `/* zendesk_app_framework_sdk, Apache-2.0, as published on npm */
(function () {
var modules = {${modules.join(',\n')}}, loaded = {};
function require(name) {
  if (!loaded[name]) { loaded[name] = { exports: {} }; modules[name](loaded[name], loaded[name].exports, require); }
  return loaded[name].exports;
}
window.ZAFClient = require('./index');
})();
`;
}
