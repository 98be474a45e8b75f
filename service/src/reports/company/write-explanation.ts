// Writes the explanation of survey scores as Markdown or HTML, for a help centre.
import { encode } from 'html-entities';
import type { Explanation } from './explain-surveys.ts';

export const EXPLANATION_FORMATS = ['md', 'html'] as const;

/** HTML is the body of an article, as the editor of Zendesk Guide takes it: no page around it, the title as its first heading. */
export function writeExplanation(explanation: Explanation, format: (typeof EXPLANATION_FORMATS)[number]): string {
  const { title, intro, sections, foot } = explanation;
  if (format === 'md')
    return [
      `# ${plain(title)}`,
      plain(intro),
      ...sections.flatMap(({ heading, items }) => [
        `## ${plain(heading)}`,
        ...(items.length === 0 ? [] : [items.map((item) => `- ${plain(item)}`).join('\n')]),
      ]),
      `_${plain(foot)}_`,
      '',
    ].join('\n\n');
  return [
    `<h1>${encode(title)}</h1>`,
    `<p>${encode(intro)}</p>`,
    ...sections.flatMap(({ heading, items }) => [
      `<h2>${encode(heading)}</h2>`,
      ...(items.length === 0 ? [] : [`<ul>${items.map((item) => `<li>${encode(item)}</li>`).join('')}</ul>`]),
    ]),
    `<p>${encode(foot)}</p>`,
    '',
  ].join('\n');
}

/** What Markdown would read as something else (CommonMark, "Backslash escapes"). */
const plain = (text: string): string => text.replaceAll(/[\\`*_[\]<>#|]/g, String.raw`\$&`);
