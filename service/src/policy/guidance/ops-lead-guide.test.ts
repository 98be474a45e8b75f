import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLACEHOLDER_NAMES } from './guidance.ts';
import { readMarkdown } from './read-markdown.ts';

const GUIDE = readFileSync(join(process.cwd(), 'docs/guides/ops-lead.md'), 'utf8');

it('the guide shows guidance without errors', () => {
  const [, markdown = ''] = /````markdown\n([\s\S]*?)````/.exec(GUIDE) ?? [];
  expect(readMarkdown(markdown)).toMatchObject({ problems: [], guidance: { title: 'Refunds', steps: 3 } });
});

it('the guide lists every placeholder and no others', () => {
  const listed = [...GUIDE.matchAll(/^\| `\{\{(.*?)\}\}`/gm)].map(([, name]) => name);
  expect(new Set(listed)).toEqual(new Set(PLACEHOLDER_NAMES));
});
