// Runs the script of the survey page against stand-ins of the browser's objects.
import { createContext, runInContext } from 'node:vm';
import { PAGE_SCRIPT } from '../pages/protect-page.ts';

type Handler = (event: { isTrusted: boolean; target: { tagName: string; dataset: object } }) => void;

/** A page with a chosen score, whose server gives these answers, one after the other. */
function aPage(answers: readonly (number | 'offline')[]) {
  const left = [...answers];
  const handlers = new Map<string, Handler>();
  const timers: { run: () => void; wait: number }[] = [];
  const saved = { textContent: '', dataset: { text: 'Saved' } };
  const sent: string[] = [];
  const form = {
    elements: { used: { value: '' } },
    dataset: {},
    querySelector: () => ({}),
    addEventListener: (name: string, handler: Handler) => void handlers.set(name, handler),
  };
  const document = {
    visibilityState: 'visible',
    querySelector: () => form,
    getElementById: () => saved,
    addEventListener: () => undefined,
  };
  const fetch = async (_to: string, { body }: { body: URLSearchParams }) => {
    sent.push(String(body));
    const status = left.shift() ?? 204;
    if (status === 'offline') throw new TypeError('offline');
    return { ok: status < 400, status };
  };
  class FormData {
    *[Symbol.iterator]() {
      yield ['score', '9'];
    }
  }
  const setTimeout = (run: () => void, wait: number) => timers.push({ run, wait });
  const clearTimeout = () => void timers.splice(0);
  const browser = {
    document,
    fetch,
    FormData,
    URLSearchParams,
    setTimeout,
    clearTimeout,
    addEventListener: () => undefined,
  };
  runInContext(PAGE_SCRIPT, createContext({ ...browser, window: { FormData, fetch } }));
  return {
    saved,
    sent,
    write: () => handlers.get('input')?.({ isTrusted: true, target: { tagName: 'TEXTAREA', dataset: {} } }),
    /** How long the page waits before it saves; null: it does not. */
    waits: () => timers[0]?.wait ?? null,
    used: form.elements.used,
    save: async () => {
      timers.splice(0)[0]?.run();
      await new Promise(setImmediate);
    },
  };
}

test.each([429, 503, 'offline'] as const)('words that could not be saved (%s) are saved later', async (answer) => {
  const page = aPage([answer, 204]);
  page.write();
  await page.save();
  expect(page.saved.textContent).toBe('');
  expect(page.waits()).toBeGreaterThanOrEqual(10_000);
  await page.save();
  expect(page.sent).toHaveLength(2);
  expect(page.saved.textContent).toBe('Saved');
  expect(page.waits()).toBeNull();
});

test('what the server refuses for good is not sent again by itself', async () => {
  const page = aPage([422, 204]);
  page.write();
  await page.save();
  expect(page.waits()).toBeNull();
  page.write();
  await page.save();
  expect(page.saved.textContent).toBe('Saved');
});

test('a form that is sent past the page’s handlers says that the script ran', () => {
  expect(aPage([]).used.value).toMatch(/^v\d+\.p0\.t0\.k0\.c0\.s0\.w0$/);
});
