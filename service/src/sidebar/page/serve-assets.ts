// Serves the app's files.
import type { RequestHandler } from 'express';
import type { AppBuild } from './app-build.ts';

/** Their names change with their content, so browsers can cache them for ever. */
const FOREVER = 'public, max-age=31536000, immutable';

export function serveAssets(build: () => AppBuild | null): RequestHandler {
  return (request, response, next) => {
    const asset = build()?.assets.get(request.baseUrl + request.path);
    if (!asset) return next();
    response.set({
      'Content-Type': asset.type,
      'Cache-Control': FOREVER,
      'X-Content-Type-Options': 'nosniff',
      Vary: 'Accept-Encoding',
    });
    if (asset.gzipped && request.acceptsEncodings('gzip')) {
      response.set('Content-Encoding', 'gzip').send(asset.gzipped);
    } else response.send(asset.raw);
  };
}
