// Shows which lines of a file change, in the unified form that git prints.

/** Unchanged lines shown around each change. */
const AROUND = 3;

/** The changes as a unified diff; empty when there are none. */
export function diffLines(before: string, after: string, name: string): string {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const steps = stepsBetween(a, b);
  const shown = steps.map((_, at) =>
    steps.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ sign }) => sign !== ' '),
  );
  const lines: string[] = [];
  for (const [at, { sign, text, row }] of steps.entries()) {
    if (!shown[at]) continue;
    if (!shown[at - 1]) lines.push(`@@ line ${row + 1} @@`);
    lines.push(`${sign}${text}`);
  }
  return lines.length === 0 ? '' : [`--- ${name}`, `+++ ${name}`, ...lines].join('\n');
}

interface Step {
  readonly sign: ' ' | '+' | '-';
  readonly text: string;
  /** Index of the line in the file before. */
  readonly row: number;
}

/** By the longest common subsequence of what is left between the common beginning and end. */
function stepsBetween(a: readonly string[], b: readonly string[]): Step[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [rows, columns] = [a.length - end - start, b.length - end - start];
  const width = columns + 1;
  const longest = new Uint32Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const below = longest[(i + 1) * width + j] ?? 0;
      const beside = longest[i * width + j + 1] ?? 0;
      longest[i * width + j] =
        a[start + i] === b[start + j] ? (longest[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(below, beside);
    }
  }
  const steps: Step[] = a.slice(0, start).map((text, row) => ({ sign: ' ', text, row }));
  let [i, j] = [0, 0];
  while (i < rows || j < columns) {
    const row = start + i;
    if (i < rows && j < columns && a[start + i] === b[start + j]) {
      steps.push({ sign: ' ', text: a[start + i] ?? '', row });
      i++;
      j++;
    } else if (i < rows && (j >= columns || (longest[(i + 1) * width + j] ?? 0) >= (longest[i * width + j + 1] ?? 0)))
      steps.push({ sign: '-', text: a[start + i++] ?? '', row });
    else steps.push({ sign: '+', text: b[start + j++] ?? '', row });
  }
  return [
    ...steps,
    ...a.slice(a.length - end).map((text, at): Step => ({ sign: ' ', text, row: a.length - end + at })),
  ];
}
