import type { Json } from '../package/parse-manifest.ts';
import { aPackage } from '../testing/a-package.ts';
import { validatePackage } from './validate-package.ts';

const problems = (manifest: Json, files: Readonly<Record<string, unknown>> = {}) =>
  validatePackage(aPackage(manifest, files)).problems;
const at = (ticket_sidebar: unknown): Json => ({ location: { support: { ticket_sidebar } } });
const URI = 'is either an invalid location URI, refers to a missing asset, or does not use HTTPS.';

describe('the validator accepts', () => {
  it.each([
    ['a right package', {}, {}],
    ['an address that the admin completes', at('{{setting.service_url}}/app'), {}],
    ['a page of its own', at('assets/index.html?a=1'), { 'assets/index.html': '' }],
    ['localhost without TLS', at('http://localhost:4567/'), {}],
    ['options of a place', at({ url: 'https://a.example', flexible: true, autoLoad: false }), {}],
    ['a place that loads later', at({ autoLoad: false }), {}],
    ['the older names of products', { location: { zendesk: { nav_bar: 'https://a.example' } } }, {}],
    [
      'a parameter without a name, as Zendesk’s own does',
      { parameters: [{ type: 'text' }] },
      { 'translations/en.json': { app: { name: 'Weather' } } },
    ],
    [
      'texts for each product',
      { location: { support: { nav_bar: 'https://a.example' }, sell: { top_bar: 'https://a.example' } } },
      { 'translations/en.json': { app: { support: { name: 'Weather' }, sell: { name: 'Weather' } } } },
    ],
    ['locales with regions', {}, { 'translations/pt-BR.json': { app: { name: 'Tempo' } } }],
  ])('%s', (_what, manifest, files) => {
    expect(problems(manifest, files)).toEqual([]);
  });
});

describe('the validator refuses, with the documented message,', () => {
  const parameter = (one: Json): Json => ({ parameters: [{ type: 'text', ...one }] });
  it.each<[what: string, manifest: Json, words: string]>([
    ['no author', { author: undefined }, 'Missing required field in manifest: author'],
    [
      'no author and no locale',
      { author: undefined, defaultLocale: undefined },
      'Missing required fields in manifest: author, defaultLocale',
    ],
    [
      'an unknown framework',
      { frameworkVersion: '1.0' },
      '1.0 is not a valid framework version. Available versions are: 2.0.',
    ],
    ['a number for the version', { version: 2 }, 'version must be a string, got "2".'],
    ['a word for a switch', { signedUrls: 'yes' }, 'signedUrls must be a boolean value, got "yes".'],
    [
      'an address without a scheme',
      { termsConditionsURL: 'a.example' },
      'terms_conditions_url must be a valid URL, got "a.example".',
    ],
    ['a bad default locale', { defaultLocale: 'English' }, 'English is not a valid default locale.'],
    ['noTemplate', { noTemplate: true }, 'noTemplate is deprecated'],
    [
      'a whitelist that is no list',
      { domainWhitelist: 'a.example' },
      'The manifest field domainWhitelist need to be an array containing strings',
    ],
    ['plain HTTP', at('http://a.example'), `http://a.example ${URI}`],
    ['a missing page', at('assets/no.html'), `assets/no.html ${URI}`],
    ['a page outside of assets', at('manifest.json'), `manifest.json ${URI}`],
    ['no address', at(''), 'ticket_sidebar location does not specify a URI.'],
    [
      'an odd flexible',
      at({ url: 'https://a.example', flexible: 'yes' }),
      'yes is an invalid type for the flexible location parameter.',
    ],
    ['no place', { location: {} }, 'Missing required field in manifest: location'],
    [
      'an unknown place',
      { location: { support: { cellar: 'https://a.example' } } },
      'cellar is an invalid location in Support.',
    ],
    [
      'an unknown product',
      { location: { shop: {}, support: { nav_bar: 'https://a.example' } } },
      'shop is an invalid host for apps.',
    ],
    [
      'places of older apps',
      { location: ['ticket_sidebar'] },
      'App locations need to be URLs for this framework version.',
    ],
    ['parameters that are no list', { parameters: {} }, 'App parameters must be an array.'],
    ['two of one name', { parameters: [{ name: 'a' }, { name: 'a' }] }, 'Duplicate app parameters defined: ["a"]'],
    ['one called name', parameter({ name: 'name' }), "Can't call a parameter 'name'"],
    ['an unknown type', parameter({ name: 'a', type: 'password' }), 'password is an invalid parameter type.'],
    [
      'a hidden one that is required',
      parameter({ name: 'a', type: 'hidden', required: true }),
      'a is set to hidden and cannot be required.',
    ],
    [
      'a word for required',
      parameter({ name: 'a', required: 'yes' }),
      'parameters.a.required must be a boolean value, got "yes".',
    ],
    [
      'a secure oauth',
      parameter({ name: 'a', type: 'oauth', secure: true }),
      'oauth parameter cannot be set to be secure.',
    ],
    [
      'half of an oauth',
      { oauth: { client_id: 'a', client_secret: 'b' } },
      'Missing required oauth fields in manifest: authorize_uri, access_token_uri',
    ],
    [
      'marketing only, but private',
      { marketingOnly: true, frameworkVersion: undefined, location: undefined },
      'Marketing-only apps must not be private',
    ],
    [
      'requirements only, with places',
      { requirementsOnly: true },
      "Locations can't be defined when you specify requirements only",
    ],
  ])('%s', (_what, manifest, words) => {
    expect(problems(manifest).join('\n')).toContain(words);
  });

  it.each<[what: string, files: Readonly<Record<string, unknown>>, words: string]>([
    ['no manifest', { 'manifest.json': null }, 'Could not find manifest.json'],
    ['a nested manifest', { 'manifest.json': null, 'app/manifest.json': '{}' }, 'but app/manifest.json was found'],
    ['a manifest that is no JSON', { 'manifest.json': '{' }, 'manifest is not proper JSON.'],
    [
      'a key given twice',
      { 'manifest.json': '{\n\t"name": "A",\n\t"author": { "name": "B", "name": "C" }\n}' },
      'Duplicate reference in manifest: "name". Initially set to "B", attempted overwrite to "C".',
    ],
    ['no texts', { 'translations/en.json': null }, "Missing translation file for locale 'en'."],
    ['texts that are no JSON', { 'translations/en.json': '{' }, 'translations/en.json is not valid JSON.'],
    ['texts that are a list', { 'translations/en.json': [] }, 'translations/en.json is not a JSON object.'],
    [
      'texts without a name',
      { 'translations/en.json': { app: {} } },
      'Missing required key from translations/en.json: name',
    ],
    [
      'a product without a name',
      { 'translations/en.json': { app: { support: {} } } },
      'Missing required key from translations/en.json for Support: name',
    ],
    [
      'texts for a product that the app is not for',
      { 'translations/en.json': { app: { support: { name: 'Weather' }, sell: { name: 'Weather' } } } },
      'Products in manifest (Support) do not match products in translations (Support, Sell)',
    ],
    ['an unknown locale', { 'translations/english.json': {} }, 'translations/english.json is not a valid locale.'],
    [
      'a parameter without a label',
      { 'translations/de.json': { app: { parameters: { a: {} } } } },
      'Missing required key label on leaf a from translations/de.json',
    ],
    ['a zip', { 'assets/old.zip': 'x' }, 'Unsupported MIME type detected in assets/old.zip.'],
    [
      'a zip by another name',
      { 'assets/old.png': 'PK\u0003\u0004', 'a.pdf': '' },
      'Unsupported MIME types detected in assets/old.png, a.pdf.',
    ],
    ['code of older apps', { 'app.js': '' }, 'Javascripts, stylesheets, and templates are not allowed'],
    ['bad requirements', { 'requirements.json': '{' }, 'requirements.json is not proper JSON.'],
    ['odd requirements', { 'requirements.json': { cats: {} } }, 'requirements.json contains an invalid type: cats'],
  ])('%s', (_what, files, words) => {
    expect(problems({}, files).join('\n')).toContain(words);
  });

  it('a public app without the marketplace texts', () => {
    expect(problems({ private: false })).toEqual([
      'Missing required key from translations/en.json: short_description, installation_instructions, long_description',
    ]);
  });

  it('more than 5,000 requirements', () => {
    const macros = Object.fromEntries(Array.from({ length: 5_001 }, (_, index) => [`m${index}`, {}]));
    expect(problems({}, { 'requirements.json': { macros } })).toEqual([
      expect.stringContaining('The current limit is 5000 requirements. This app has 5001 requirements.'),
    ]);
  });
});

describe('the validator warns about', () => {
  const warnings = (manifest: Json, files: Readonly<Record<string, unknown>> = {}) =>
    validatePackage(aPackage(manifest, files)).warnings.join('\n');
  it.each<[what: string, manifest: Json, files: Readonly<Record<string, unknown>>, words: string]>([
    [
      'plain HTTP in code',
      {},
      { 'assets/a.js': 'get("http://a.example/x")' },
      'Possible insecure HTTP request to http://a.example/x in assets/a.js.',
    ],
    [
      'keys',
      {},
      { 'assets/a.txt': '-----BEGIN RSA PRIVATE KEY-----' },
      'Possible RSA Private Key found in assets/a.txt.',
    ],
    ['passwords', {}, { 'assets/a.json': { password: 'hunter22' } }, 'Possible Password found in assets/a.json.'],
    ['an open token', { parameters: [{ name: 'api_token', type: 'text' }] }, {}, 'Make sure to set secure to true'],
    [
      'a secure one without scopes',
      { parameters: [{ name: 'a', type: 'text', secure: true }] },
      {},
      'Secure parameters without scopes: a.',
    ],
    [
      'a default that shows',
      { parameters: [{ name: 'a', type: 'hidden', default: 'x' }] },
      {},
      'Default values for secure or hidden parameters',
    ],
    [
      'active pictures',
      {},
      { 'assets/icon.svg': '<svg onload="x()"/>' },
      'The markup in assets/icon.svg has been edited',
    ],
  ])('%s, and accepts it', (_what, manifest, files, words) => {
    expect(warnings(manifest, files)).toContain(words);
    expect(problems(manifest, files)).toEqual([]);
  });

  it('nothing in a valid package', () => {
    expect(warnings({})).toBe('');
  });
});
