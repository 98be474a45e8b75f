import { modalUrl } from '../browser/frames/modal.ts';
import { cssSize } from '../browser/frames/size.ts';
import { answerCall } from '../browser/host/answer-call.ts';
import { ApiError, type ApiPart, found, walk } from '../browser/host/api.ts';
import type { Instance } from '../browser/host/instance.ts';
import { readRequest } from '../browser/host/request-options.ts';
import { outcomeOf } from '../browser/host/response-args.ts';
import { readMessage } from '../browser/host/wire.ts';
import type { FrameData } from '../browser/page-data.d.ts';
import { changesBetween, customStatusFor, type FormValues } from '../browser/ticket/form-values.ts';
import { routePath } from '../browser/ui/route-to.ts';
import { framesIn, withLocalApps } from '../browser/ui/zcli-apps.ts';
import { contentPolicy } from '../src/pages/agent/app-frames-of-page.ts';
import { jsonBlock } from '../src/pages/html.ts';
import { aFrame } from '../src/testing/some-frames.ts';

describe('a message of an app', () => {
  test.each([
    ['{"key":"iframe.handshake","message":{"version":"2.0.9"}}', { kind: 'handshake' }],
    ['{"id":1,"request":"get","params":["ticket.id"]}', { kind: 'call', id: 1, request: 'get', params: ['ticket.id'] }],
    [
      '{"key":"iframe.on:*.changed","message":{"subscriberCount":2}}',
      { kind: 'on', event: '*.changed', subscribers: 2 },
    ],
    [
      '{"key":"iframe.off:request:1.done","message":{"subscriberCount":0}}',
      { kind: 'off', event: 'request:1.done', subscribers: 0 },
    ],
    [
      '{"key":"iframe.trigger:hello","message":7,"instanceGuid":"g"}',
      { kind: 'trigger', event: 'hello', data: 7, instanceGuid: 'g' },
    ],
    ['{"key":"request:12","message":{"url":"/x"}}', { kind: 'request', key: 'request:12', options: { url: '/x' } }],
    ['{"id":2,"request":"fetch","params":{}}', { kind: 'call', id: 2, request: 'fetch', params: {} }],
    [{ key: 'iframe.reply:ticket.save' }, { kind: 'reply', event: 'ticket.save' }],
    [
      { key: 'iframe.reply:ticket.save', error: { msg: false } },
      { kind: 'reply', event: 'ticket.save', problem: false },
    ],
    [
      { key: 'iframe.reply:ticket.save', error: {} },
      { kind: 'reply', event: 'ticket.save', problem: '' },
    ],
  ])('%j is parsed', (data, message) => {
    expect(readMessage(data)).toEqual({ instanceGuid: null, ...message });
  });
  test.each([
    'not json',
    '[]',
    'null',
    '7',
    '{"key":"__track__"}',
    '{"key":"session.live"}',
    '{"id":"1","request":"get"}',
    undefined,
    42,
  ])('%j is ignored', (data) => expect(readMessage(data)).toBe(null));
});

describe('a call', () => {
  const instance = {} as Instance;
  const part: ApiPart = {
    get: (path) => (path === 'nothing' ? found(undefined) : path === 'one' ? found(1) : undefined),
    set: (path, value) => {
      if (path !== 'one') return undefined;
      if (typeof value !== 'number') throw new ApiError('A number, please.');
      return found(value);
    },
    invoke: (path, args) => (path === 'sum' ? Promise.resolve(found(args.length)) : undefined),
  };
  const answer = (request: string, params: unknown) =>
    answerCall([{}, part], instance, { kind: 'call', id: 9, request, params });

  test('answers each path separately, with null for a missing value', async () => {
    expect(await answer('get', ['one', 'nothing', 'two'])).toEqual({
      id: 9,
      result: { one: 1, nothing: null, errors: { two: { name: 'APIError', path: 'two', message: 'No such Api' } } },
    });
    expect(await answer('set', { one: 'x' })).toEqual({
      id: 9,
      result: { errors: { one: { name: 'APIError', path: 'one', message: 'A number, please.' } } },
    });
    expect(await answer('invoke', { sum: ['a', 'b'] })).toEqual({ id: 9, result: { errors: {}, sum: 2 } });
  });
  test.each([
    ['get', { one: 1 }],
    ['get', [1]],
    ['set', ['one']],
    ['invoke', null],
    ['fetch', { one: ['x'] }],
  ] as const)('%s with %j fails as a whole', async (request, params) => {
    expect(await answer(request, params)).toEqual({
      id: 9,
      error: { name: 'Error', message: expect.stringContaining(request) },
    });
  });
  test('returns null below a null value, and undefined for an unknown or inherited name', () => {
    expect(walk({ a: null }, ['a', 'b'])).toEqual({ value: null });
    expect(walk({ a: 1 }, ['b'])).toBe(undefined);
    expect(walk({}, ['constructor'])).toBe(undefined);
  });
});

describe('client.request', () => {
  test('puts objects into the query of a GET and into the form of a POST', () => {
    const data = { q: 'a b', ids: [1, 2] };
    expect(readRequest({ url: '/x?y=1', data })).toMatchObject({
      url: '/x?y=1&q=a+b&ids%5B%5D=1&ids%5B%5D=2',
      body: null,
      contentType: null,
    });
    expect(readRequest({ url: '/x', type: 'post', data })).toMatchObject({
      method: 'POST',
      body: 'q=a+b&ids%5B%5D=1&ids%5B%5D=2',
      contentType: 'application/x-www-form-urlencoded; charset=UTF-8',
    });
    expect(readRequest({ url: '/x', type: 'PUT', contentType: 'application/json', data: '{}' })).toMatchObject({
      body: '{}',
      contentType: 'application/json',
    });
    expect(readRequest('/x')).toMatchObject({ method: 'GET', url: '/x', cors: false, secure: false });
    expect(readRequest({ type: 'GET' })).toBe(null);
  });
  test('numbers lists of objects in a form, as jQuery does, but not lists of values', () => {
    const data = { lines: [{ sku: 'a' }, { sku: 'b' }], tags: ['x', null], at: [[1, 2]] };
    expect(decodeURIComponent(readRequest({ url: '/x', type: 'POST', data })?.body ?? '')).toBe(
      'lines[0][sku]=a&lines[1][sku]=b&tags[]=x&tags[]=&at[0][]=1&at[0][]=2',
    );
  });
  const json = { 'content-type': 'application/json; charset=utf-8' };
  test.each([
    [
      'data of JSON',
      { status: 200, statusText: 'OK', headers: json, body: '{"a":1}' },
      null,
      ['done', { a: 1 }, 'success'],
    ],
    [
      'text as it is',
      { status: 200, statusText: 'OK', headers: {}, body: '{"a":1}' },
      null,
      ['done', '{"a":1}', 'success'],
    ],
    [
      'text as JSON when asked',
      { status: 200, statusText: 'OK', headers: {}, body: '{"a":1}' },
      'json',
      ['done', { a: 1 }, 'success'],
    ],
    [
      'the JSON value null',
      { status: 200, statusText: 'OK', headers: json, body: 'null' },
      null,
      ['done', null, 'success'],
    ],
    [
      'no content',
      { status: 204, statusText: 'No Content', headers: {}, body: '' },
      null,
      ['done', undefined, 'nocontent'],
    ],
  ] as const)('%s', (_what, response, dataType, [outcome, data, status]) => {
    const got = outcomeOf(response, { dataType, complete: false });
    expect([got.outcome, got.responseArgs[0], got.responseArgs[1]]).toEqual([outcome, data, status]);
  });
  test('a failure passes the xhr, "error" and the status text; invalid JSON is a parsererror', () => {
    const refused = outcomeOf(
      { status: 422, statusText: 'Unprocessable Entity', headers: json, body: '{"error":"x"}' },
      { dataType: null, complete: false },
    );
    expect(refused).toEqual({
      outcome: 'fail',
      responseArgs: [
        expect.objectContaining({ status: 422, responseText: '{"error":"x"}', responseJSON: { error: 'x' } }),
        'error',
        'Unprocessable Entity',
      ],
    });
    expect(
      outcomeOf({ status: 200, statusText: 'OK', headers: json, body: '{' }, { dataType: null, complete: false })
        .responseArgs[1],
    ).toBe('parsererror');
  });
});

describe('the form', () => {
  const values: FormValues = {
    subject: 'x',
    status: 'open',
    priority: null,
    type: null,
    groupId: null,
    assigneeId: null,
    tags: [],
    customFields: {},
    commentText: '',
    commentType: 'publicReply',
  };
  test('names changes as apps know them', () => {
    const after: FormValues = {
      ...values,
      priority: 'high',
      tags: ['a'],
      assigneeId: 7,
      customFields: { 5: 'x' },
      commentText: 'hi',
    };
    expect(changesBetween(values, after)).toEqual([
      { propertyName: 'ticket.priority', oldValue: '-', newValue: 'high' },
      { propertyName: 'ticket.assignee.user.id', oldValue: null, newValue: 7 },
      { propertyName: 'ticket.tags', oldValue: [], newValue: ['a'] },
      { propertyName: 'comment.text', oldValue: '', newValue: 'hi' },
      { propertyName: 'ticket.custom_field_5', oldValue: null, newValue: 'x' },
    ]);
    expect(changesBetween(values, { ...values })).toEqual([]);
  });
  test('uses the ticket’s own custom status while it fits the status, otherwise the standard one', () => {
    const known = [
      { id: 1, category: 'open', label: 'Open', default: true },
      { id: 2, category: 'open', label: 'With the workshop', default: false },
      { id: 3, category: 'pending', label: 'Pending', default: true },
    ];
    const ticket = { customStatusId: 2, saved: { ...values } };
    expect(customStatusFor('open', ticket, known)?.label).toBe('With the workshop');
    expect(customStatusFor('pending', ticket, known)?.label).toBe('Pending');
    expect(customStatusFor('solved', ticket, known)).toBe(null);
  });
});

test.each([
  [200, '200px'],
  ['200', '200px'],
  ['80vh', '80vh'],
  ['12.5%', '12.5%'],
  ['calc(1px)', null],
  [-1, null],
  [Number.NaN, null],
  [undefined, null],
  ['200px; color: red', null],
])('the size %j is %j', (size, css) => expect(cssSize(size)).toBe(css));

test.each([
  ['assets/modal.html#x', 'http://h/app-assets/7/assets/iframe.html?a=1', 'http://h/app-assets/7/assets/modal.html#x'],
  ['assets/modal.html', 'https://service.test/app/sidebar', 'http://h/app-assets/7/assets/modal.html'],
  ['/app/modal', 'https://service.test/app/sidebar', 'https://service.test/app/modal'],
  ['https://elsewhere.test/m', 'https://service.test/app/sidebar', 'https://elsewhere.test/m'],
])('a modal at %s of %s is %s', (address, url, modal) =>
  expect(modalUrl(address, { url, assetsUrl: 'http://h/app-assets/7/assets/' })).toBe(modal),
);

const aFrameData = (given: Partial<FrameData> = {}): FrameData => ({
  ...aFrame({ url: 'https://app.test/x' }),
  ...given,
});

test('routeTo accepts tickets, people, views and apps, and refuses anything else', () => {
  const frames = [aFrameData({ location: 'nav_bar', appId: 5, installationId: 50 })];
  expect(routePath(['ticket', 42], frames)).toBe('/agent/tickets/42');
  expect(routePath(['ticket', '../who'], frames)).toBe('/agent/tickets/..%2Fwho');
  expect(routePath(['ticket', 'new'], frames)).toBe('/agent/tickets/new');
  expect(routePath(['user', 7], frames)).toBe('/agent/users/7');
  expect(routePath(['organization', 8], frames)).toBe('/agent/organizations/8');
  expect(() => routePath(['user'], frames)).toThrow('"user" needs an id');
  expect(routePath(['views'], frames)).toBe('/agent');
  expect(routePath(['nav_bar', 5], frames)).toBe('/agent/apps/50');
  expect(() => routePath(['nav_bar', 6], frames)).toThrow('no such app');
  expect(() => routePath(['constructor', 1], frames)).toThrow('no page');
});

describe('apps of ZCLI’s server', () => {
  const json = (installation: object, app: object = {}) => ({
    apps: [
      {
        id: '77',
        name: 'Mine',
        version: '1.0.0',
        asset_url_prefix: 'http://localhost:4567/77/assets/',
        locations: {
          support: {
            ticket_sidebar: { url: 'assets/iframe.html', flexible: true },
            nav_bar: { url: '{{setting.service}}/full', svg: 'icon_nav_bar.svg' },
          },
        },
        ...app,
      },
    ],
    installations: [
      {
        app_id: '77',
        id: '0f6c',
        enabled: true,
        settings: [{ title: 'Mine' }, { service: 'https://s.test' }],
        ...installation,
      },
    ],
  });
  test('each location is a frame with its settings filled in', () => {
    expect(framesIn(json({}))).toMatchObject([
      {
        appId: 77,
        installationId: -1,
        location: 'ticket_sidebar',
        url: 'http://localhost:4567/77/assets/iframe.html',
        title: 'Mine',
      },
      { location: 'nav_bar', url: 'https://s.test/full', iconUrl: 'http://localhost:4567/77/assets/icon_nav_bar.svg' },
    ]);
    expect(framesIn(json({ enabled: false }))).toEqual([]);
    expect(framesIn('something else')).toEqual([]);
  });
  test('an app replaces the installed app with its id, and is signed in as that', () => {
    const installed = [aFrameData({ appId: 77, installationId: 770, signed: true }), aFrameData({ appId: 8 })];
    const merged = withLocalApps(installed, framesIn(json({}, { signed_urls: true })));
    expect(
      merged.map(({ appId, installationId, location, signed }) => [appId, installationId, location, signed]),
    ).toEqual([
      [8, 770, 'ticket_sidebar', false],
      [77, 770, 'ticket_sidebar', true],
      [77, -1, 'nav_bar', false],
    ]);
  });
});

test('the content policy allows own scripts only, and frames and forms to the apps’ origins only', () => {
  const policy = contentPolicy(
    [aFrameData({ url: 'https://app.test:8443/x?y', iconUrl: 'http://i.test/i.svg', assetsUrl: 'http://i.test/a/' })],
    false,
  );
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: http://i.test",
    "connect-src 'self' http: https:",
    "frame-src 'self' https://app.test:8443 http://i.test",
    "form-action 'self' https://app.test:8443",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ]);
  expect(contentPolicy([], false)).toContain("connect-src 'self'; frame-src 'self'; form-action 'self'");
  expect(contentPolicy([aFrameData({ url: 'javascript:alert(1)' })], false)).not.toContain('javascript');
});

test('page data cannot close its script element', () => {
  expect(jsonBlock('x', { a: '</script><!--' }).markup).toBe(
    '<script type="application/json" id="x">{"a":"\\u003c/script>\\u003c!--"}</script>',
  );
});
