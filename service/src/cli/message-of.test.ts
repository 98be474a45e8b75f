import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from './message-of.ts';

test('what Node says of a file is said in words, and everything else as it is', async () => {
  const none = join(import.meta.dirname, 'none.csv');
  const said = async (work: Promise<unknown>) => work.then(() => '', messageOf);
  expect(await said(readFile(none))).toBe(`There is no file or folder ${none}.`);
  expect(await said(writeFile(import.meta.dirname, ''))).toBe(
    `${import.meta.dirname} is a folder, where a file is needed.`,
  );
  expect(messageOf(new Error('The policy has no surveys.nps.'))).toBe('The policy has no surveys.nps.');
  expect(messageOf('stopped')).toBe('stopped');
});
