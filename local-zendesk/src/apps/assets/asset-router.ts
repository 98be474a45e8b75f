// Finds an app's texts for a language.
import { type Request, type Response, Router } from 'express';
import type { App, Installation } from '../app.ts';
import { isObject, type Json } from '../package/parse-manifest.ts';
import { textOf } from '../package/read-package.ts';

/** The locale's texts, then its language's (`pt` of `pt-BR`), then the default locale's for what they lack; undefined without any. */
function translationOf(app: App, locale: string): Json | undefined {
  const wanted = [app.defaultLocale, locale.split('-')[0] ?? locale, locale];
  const found = wanted.flatMap((name) => {
    const text = textOf(app.files, `translations/${name}.json`);
    const json: unknown = text === null ? null : JSON.parse(text);
    return isObject(json) ? [json] : [];
  });
  return found.length === 0 ? undefined : found.reduce(merge, {});
}

function merge(under: Json, over: Json): Json {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = Object.hasOwn(under, key) ? under[key] : undefined;
    merged[key] = isObject(below) && isObject(value) ? merge(below, value) : value;
  }
  return merged;
}

interface AssetDeps {
  findInstallation(id: number): Installation | undefined;
  find(appId: number): App | undefined;
}

/**
 * `/app-assets/<installation>/assets/...` and `/app-assets/<installation>/translations/<locale>.json` (gaps filled from the default
 * locale). Nothing else of a package is served: a `zcli.apps.config.json` packed by mistake may hold secrets.
 */
export function assetRouter(apps: AssetDeps): Router {
  const router = Router();
  const appOf = ({ params }: Request): App | undefined =>
    apps.find(apps.findInstallation(Number(params['installation']))?.app_id ?? 0);

  router.get('/app-assets/:installation/translations/:locale.json', (request, response) => {
    const app = appOf(request);
    const translation = app && translationOf(app, request.params.locale);
    if (translation === undefined) notFound(response);
    else response.set('x-content-type-options', 'nosniff').json(translation);
  });
  router.get('/app-assets/:installation/assets/*path', (request, response) => {
    const path = ['assets', ...request.params.path].join('/');
    const content = appOf(request)?.files.get(path);
    if (content === undefined) return notFound(response);
    const ending = path.slice(path.lastIndexOf('.') + 1);
    response.set('x-content-type-options', 'nosniff').type(ending).send(Buffer.from(content));
  });
  return router;
}

const notFound = (response: Response): void => {
  response.status(404).json({ error: 'RecordNotFound', description: 'Not found' });
};
