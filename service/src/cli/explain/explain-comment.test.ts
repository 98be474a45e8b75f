// The drivers of an answer, printed with their words marked.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POLICY_TEXT } from '../../../../shared/testing/policy-text.ts';
import { explainComment } from './explain-comment.ts';

const LEXICON = `  lexicon: [{ driver: speed, words: { en: [slow, "took too long"], es: [lento] } }]\n`;

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'deskwright-comment-'))));
afterAll(() => rm(folder, { recursive: true }));

async function explain(comment: string, { json = false, policy = `${POLICY_TEXT}${LEXICON}` } = {}) {
  const policyPath = join(folder, 'deskwright.yaml');
  await writeFile(policyPath, policy);
  const lines: string[] = [];
  const out = (line: string): void => void lines.push(line);
  return { code: await explainComment({ comment, policyPath, json, style: 'plain', out }), lines };
}

test('the words that name a driver are marked', async () => {
  expect(await explain('It took too long, muy lento')).toEqual({
    code: 0,
    lines: ['It [[took too long]](1), muy [[lento]](2)', '   1  speed (words of en)', '   2  speed (words of es)'],
  });
});

test('an answer about no driver gives exit code 1', async () => {
  expect((await explain('All fine')).code).toBe(1);
  const { code, lines } = await explain('All fine', { json: true });
  expect([code, JSON.parse(lines.join(''))]).toEqual([1, { drivers: [], text: 'All fine', seen: [] }]);
});

test('without a lexicon it says what to write', async () => {
  await expect(explain('slow', { policy: POLICY_TEXT })).rejects.toThrow('write them under surveys.lexicon');
});
