import { readRequest } from '../browser/host/request-options.ts';

describe('the options of client.request', () => {
  test.each([
    [{ dataType: 'json' }, 'application/json, text/javascript, */*; q=0.01'],
    [{ dataType: 'text' }, 'text/plain, */*; q=0.01'],
    [{ dataType: 'json', accepts: { json: 'application/vnd.shop+json' } }, 'application/vnd.shop+json, */*; q=0.01'],
    [{ dataType: 'shop', accepts: { shop: 'application/shop' } }, 'application/shop, */*; q=0.01'],
    [{ dataType: 'json', headers: { Accept: 'text/csv' } }, 'text/csv'],
    [{}, undefined],
  ])('%j becomes %s', (options, accept) => {
    const headers = new Headers(readRequest({ url: '/x', ...options })?.headers);
    expect(headers.get('accept') ?? undefined).toBe(accept);
  });

  test('cache: false makes the address of each GET unique, and of no other request', () => {
    expect(readRequest({ url: '/x?y=1', cache: false })?.url).toMatch(/^\/x\?y=1&_=\d+$/);
    expect(readRequest({ url: '/x', type: 'POST', cache: false })?.url).toBe('/x');
    expect(readRequest({ url: '/x' })?.url).toBe('/x');
  });

  test('a request is retried by default', () => {
    expect([readRequest('/x')?.autoRetry, readRequest({ url: '/x', autoRetry: false })?.autoRetry]).toEqual([
      true,
      false,
    ]);
  });
});
