// Checks for file types that Zendesk rejects.
import type { PackageFiles } from '../package/read-package.ts';

const REFUSED_ENDINGS = new Set(
  'rar zip gzip pdf doc docx avi bin bz bz2 csh sh jar mp3 mpeg odt pptx ppt xls xlsx 7z'.split(' '),
);

/** First bytes, for files that go by another name. */
const REFUSED_STARTS = ['Rar!', 'PK\u0003\u0004', '\u001f\u008b', '%PDF', 'BZh', 'ID3', '7z\u00bc\u00af', '#!/bin/sh'];

export function checkFiles(files: PackageFiles): readonly string[] {
  const refused = [...files].filter(([path, bytes]) => isRefused(path, bytes)).map(([path]) => path);
  const code = [...files.keys()].filter(isOldCode);
  return [
    ...(refused.length === 0
      ? []
      : [`Unsupported MIME type${refused.length === 1 ? '' : 's'} detected in ${refused.join(', ')}.`]),
    ...(code.length === 0
      ? []
      : ['Javascripts, stylesheets, and templates are not allowed when an iframe URI or noTemplate is specified']),
  ];
}

function isRefused(path: string, bytes: Uint8Array): boolean {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return REFUSED_ENDINGS.has(ending) || REFUSED_STARTS.some((one) => start.startsWith(one));
}

/** Apps before framework 2.0 ran such files inside Zendesk's own page. */
const isOldCode = (path: string): boolean =>
  path === 'app.js' || path === 'app.css' || /^lib\/.*\.js$/.test(path) || /^templates\/.*\.hdbs$/.test(path);
