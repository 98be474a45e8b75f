// Serves the scripts of the workspace and the SDK for apps.
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import express, { Router } from 'express';
import { SCRIPTS_FOLDER, scriptsPath } from './scripts-path.ts';

const SDK_PATH = '/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js';

/** The scripts built from `browser/`, and the framework's SDK at the path of Zendesk's CDN. */
export function browserAssets(): Router {
  const router = Router();
  const setHeaders = (response: ServerResponse) => void response.setHeader('x-content-type-options', 'nosniff');
  router.use(
    scriptsPath(),
    express.static(SCRIPTS_FOLDER, { index: false, immutable: true, maxAge: '1y', setHeaders }),
  );
  let sdk: string | undefined;
  router.get(SDK_PATH, (_request, response) => {
    sdk ??= bundleSdk();
    // Apps load it from other origins.
    response.set({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
    });
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
