// Finds what a reviewer of the package should check.

import { type Json, type ManifestParameter, parametersOf } from '../package/parse-manifest.ts';
import { type PackageFiles, textOf } from '../package/read-package.ts';

const TEXT_FILES = /\.(js|mjs|json|html|css|svg|txt|md|xml|yml|yaml)$/i;
const CODE_FILES = /\.(js|mjs|html)$/i;
// A namespace is a name, not an address that anybody calls.
const HTTP_ADDRESS = /\bhttp:\/\/(?!www\.w3\.org\/)[^\s"'`<>)]+/g;

const SECRETS: readonly (readonly [string, RegExp])[] = [
  ['RSA Private Key', /-----BEGIN RSA PRIVATE KEY-----/],
  ['Private Key', /-----BEGIN (EC |DSA |OPENSSH )?PRIVATE KEY-----/],
  ['PGP Private Key Block', /-----BEGIN PGP PRIVATE KEY BLOCK-----/],
  ['Slack Token', /\bxox[abopr]-[\w-]{8,}/],
  ['AWS Access Key ID', /\bAKIA[0-9A-Z]{8,24}\b/],
  ['Github Token', /\bgh[oprsu]_\w{30,}/],
  ['Password', /\bpassw(or)?d["']?\s*[:=]\s*["'][^"']{4,}/i],
  ['Token', /\b(access_?|api_?|auth_?)?token["']?\s*[:=]\s*["'][\w.+-]{8,}/i],
  ['App Secret', /\b(app|client|consumer|shared)[_-]?secret["']?\s*[:=]\s*["'][\w.+-]{4,}/i],
];

export const findWarnings = (manifest: Json, files: PackageFiles): readonly string[] => [
  ...[...files.keys()].flatMap((path) => [
    ...(CODE_FILES.test(path) ? insecureAddresses(path, textOf(files, path) ?? '') : []),
    ...(TEXT_FILES.test(path) ? secretsIn(path, textOf(files, path) ?? '') : []),
    ...(path.endsWith('.svg') ? activeSvg(path, textOf(files, path) ?? '') : []),
  ]),
  ...secureSettings(parametersOf(manifest)),
];

function insecureAddresses(path: string, text: string): readonly string[] {
  const found = [...new Set(text.match(HTTP_ADDRESS))];
  if (found.length === 0) return [];
  return [
    `Possible insecure HTTP request to ${found.join(', ')} in ${path}. Consider using the HTTPS protocol instead.`,
  ];
}

const secretsIn = (path: string, text: string): readonly string[] =>
  SECRETS.filter(([, pattern]) => pattern.test(text)).map(
    ([type]) =>
      `Possible ${type} found in ${path}. Consider reviewing the contents of this file before submitting your app.`,
  );

const activeSvg = (path: string, text: string): readonly string[] =>
  /<script|<foreignObject|\son\w+\s*=/i.test(text)
    ? [`The markup in ${path} has been edited for use in Zendesk and may not display as intended.`]
    : [];

function secureSettings(parameters: readonly ManifestParameter[]): readonly string[] {
  const isOpenSecret = ({ name, type, secure }: ManifestParameter) =>
    /token|key|pwd|password/i.test(name) && type === 'text' && !secure;
  const unscoped = parameters.filter(({ secure, scopes }) => secure && (scopes === null || scopes.length === 0));
  return [
    ...(parameters.some(isOpenSecret)
      ? [
          'Make sure to set secure to true when using keys in Settings. Learn more: https://developer.zendesk.com/apps/docs/developer-guide/using_sdk#using-secure-settings',
        ]
      : []),
    ...(parameters.some(({ hasDefault, secure, type }) => hasDefault && (secure || type === 'hidden'))
      ? [
          'Default values for secure or hidden parameters are not stored securely. Be sure to review them and confirm they do not contain sensitive data',
        ]
      : []),
    ...(unscoped.length === 0
      ? []
      : [
          `Secure parameters without scopes: ${unscoped.map(({ name }) => name).join(', ')}. Learn more: https://developer.zendesk.com/documentation/apps/getting-started/setting-up-new-apps/#scopes`,
        ]),
  ];
}
