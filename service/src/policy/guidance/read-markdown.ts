// What does the text of a guidance file hold, and what is wrong in it?
import { Lexer } from 'marked';
import { findPlaceholderProblems } from './find-placeholder-problems.ts';
import { findTooMuch } from './find-too-much.ts';
import type { Guidance } from './guidance.ts';
import type { GuidanceProblem } from './guidance-problem.ts';
import { readBlocks } from './read-blocks.ts';
import type { Reading } from './reading.ts';
import { createSourceCursor } from './source-cursor.ts';
import { createStepIds } from './step-id.ts';
import { stepsOf } from './steps-of.ts';

export interface ReadMarkdown {
  /** `title` is null where the file has no `# heading`. Not to be shown while `problems` holds an error. */
  readonly guidance: Omit<Guidance, 'title'> & { readonly title: string | null };
  /** In the order of the file. */
  readonly problems: readonly GuidanceProblem[];
  /** The text to which the problems' offsets belong: line breaks as `\n`, no byte order mark. */
  readonly source: string;
}

/** Reads one file's Markdown (GitHub's, less what a narrow panel cannot show). Never throws. */
export function readMarkdown(text: string): ReadMarkdown {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const reading: Reading = { cursor: createSourceCursor(source), problems: [], stepId: createStepIds(), title: null };
  const blocks = tokensOf(source, reading);
  if (source.trim() === '') {
    reading.problems.push({
      severity: 'error',
      offset: 0,
      message: 'the file is empty; write the steps an agent follows',
    });
  }
  const problems = [...reading.problems, ...findPlaceholderProblems(source)].toSorted((a, b) => a.offset - b.offset);
  return { guidance: { title: reading.title, blocks, steps: stepsOf(blocks).length }, problems, source };
}

function tokensOf(source: string, reading: Reading) {
  const tooMuch = findTooMuch(source);
  if (tooMuch !== undefined) {
    reading.problems.push(tooMuch);
    return [];
  }
  try {
    return readBlocks(new Lexer({ gfm: true }).lex(source), reading);
  } catch (error) {
    // Thousands of lists or quotes inside one another.
    if (!(error instanceof RangeError)) throw error;
    const message = 'lists and quotes stand too deep inside one another to be read';
    reading.problems.push({ severity: 'error', offset: 0, message });
    return [];
  }
}
