import { readAddresses } from './demo-parts.ts';

const addresses = { url: 'http://127.0.0.1:4601', smtpUrl: 'smtp://127.0.0.1:4602' };

test.each([
  ['the app it installed', { ...addresses, apps: [{ id: 900_001, name: 'Deskwright' }], pid: 1 }, 900_001],
  ['no app', { ...addresses, apps: [] }, null],
  ['nothing of apps', addresses, null],
])('the ready line names %s', (_what, line, appId) => {
  expect(readAddresses(JSON.stringify(line))).toEqual({ ...addresses, appId });
});

test.each([['Warning: something'], ['{"level":30}']])('%s is not the ready line', (line) => {
  expect(readAddresses(line)).toBeNull();
});
