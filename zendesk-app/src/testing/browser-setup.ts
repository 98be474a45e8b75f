// Sets up Testing Library's matchers for component tests, and fails a test in which React warns that a change was not awaited.
import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Computing styles makes queries by role ten times as slow in jsdom, and the sidebar hides nothing by style.
// On a busy machine an awaited element may take longer than the default second.
configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });

/** "… was not wrapped in act(...)" and "… is not configured to support act(...)": the test looks at the page before or while it changes. */
const ACT_WARNING = /\bact\(/;
let printed: jest.SpyInstance<void, unknown[]>;

beforeEach(() => {
  printed = jest.spyOn(console, 'error');
});

afterEach(() => {
  const warnings = printed.mock.calls.map(([text]) => String(text)).filter((text) => ACT_WARNING.test(text));
  printed.mockRestore();
  if (warnings.length > 0) throw new Error(`React warned ${warnings.length} times:\n${warnings[0]}`);
});
