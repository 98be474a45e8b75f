// Finds entries at the wrong depth, and entries without their dash, colon or key.
import { shorten } from '../check/check-spelling.ts';
import type { BlockLine } from './read-lines.ts';
import { missingColon, type Slip } from './slip.ts';

const DASH = '- ';

/** A block whose entries stand at one depth. */
interface Level {
  readonly column: number;
  readonly isList: boolean;
  readonly first: BlockLine;
  entries: number;
}

/** Linear in the lines: each opens and closes a block once. @param most slips */
export function findLayoutSlips(lines: readonly BlockLine[], most: number): Slip[] {
  const step = stepOf(lines);
  const slips: Slip[] = [];
  const levels: Level[] = [];
  /** How much deeper than it should the entry stands in which the last slip was found. */
  let shift = 0;
  let before: BlockLine | null = null;
  /** A value alone on the line below its key, as where the dash of a list's first entry is missing. */
  let alone: BlockLine | null = null;

  for (const line of lines) {
    if (slips.length >= most) break;
    // How deep a tab stands nobody can say.
    if (line.isOdd) {
      if (line.ends === 'open') before = { ...line, column: -1 };
      continue;
    }
    let { indent } = line;
    let entry = line;
    const popped = popTo(levels, indent);
    const top = levels.at(-1);
    const isNew = before === null || (popped === null && opens(before, line));
    if (isNew) alone = line.key === null && !isDashed(line) ? line : null;
    else if (top?.column !== indent) {
      if (popped === null && isContinuation(line, before)) continue;
      const moved = [popped, ...levels].find((level) => level?.column === indent - shift);
      const withoutColon = before && line.indent >= before.column ? lacksColon(before) : null;
      const withoutDash = isDashed(line) ? (alone ?? (popped?.column === line.column ? popped.first : null)) : null;
      if (withoutColon) slips.push(withoutColon);
      else if (withoutDash) slips.push(missingDash(withoutDash));
      else if (shift !== 0 && moved?.isList === isDashed(line)) indent -= shift;
      else {
        const neighbour = nearest(line, popped, top, step);
        const isSilent = before?.ends === 'text' && isDashed(line) && popped === null;
        slips.push({ ...misplaced(line, neighbour, step), ...(isSilent && { isSilent }) });
        shift = indent - (neighbour?.column ?? indent);
        indent = neighbour?.column ?? indent;
      }
      if (popped?.column === indent) levels.push(popped);
      else popTo(levels, indent);
      alone = null;
    } else {
      shift = 0;
      alone = null;
      const outside = leftEntry(line, levels, popped);
      if (outside === 'not_deep_enough' && popped) {
        slips.push(depthSlip(line, indent, popped.column));
        levels.push(popped);
        indent = popped.column;
      } else if (outside === 'without_dash') {
        slips.push(missingDash(line));
        entry = { ...line, dashes: [indent], column: indent + DASH.length };
      } else {
        const odd = checkKind(line, levels, before);
        if (odd) slips.push(odd);
      }
    }
    enter(levels, entry, indent - line.indent);
    before = entry;
  }
  return slips;
}

/** Whether the line can be the value of the key or dash before it. A list may stand at its key's own depth. */
function opens(before: BlockLine, line: BlockLine): boolean {
  if (before.ends !== 'open') return false;
  return line.indent > before.column || (isDashed(line) && line.indent === before.column && before.key !== null);
}

const isDashed = ({ dashes }: BlockLine): boolean => dashes.length > 0;

/** Leaves the blocks that are deeper; the outermost of them. */
function popTo(levels: Level[], indent: number): Level | null {
  let popped: Level | null = null;
  while ((levels.at(-1)?.column ?? -1) > indent) popped = levels.pop() ?? null;
  return popped;
}

function enter(levels: Level[], line: BlockLine, moved: number): void {
  const add = (column: number, isList: boolean) => {
    const top = levels.at(-1);
    if (top?.column === column && top.isList === isList) top.entries++;
    else levels.push({ column, isList, first: line, entries: 1 });
  };
  for (const dash of line.dashes) {
    popTo(levels, dash + moved);
    add(dash + moved, true);
  }
  if (line.key === null) return;
  const top = levels.at(-1);
  // A list may stand at its key's own depth; the next key ends it.
  if (line.dashes.length === 0 && top?.isList && top.column === line.column + moved) levels.pop();
  add(line.column + moved, false);
}

/** Text without a key that stands deeper than the entry whose text it continues. */
function isContinuation(line: BlockLine, before: BlockLine | null): boolean {
  if (before?.ends !== 'text' || line.key !== null || isDashed(line)) return false;
  return line.indent > (before.key === null ? (before.dashes.at(-1) ?? before.column - 1) : before.column);
}

/** The number of spaces by which most blocks are indented: 2, 4 or another. */
function stepOf(lines: readonly BlockLine[]): number {
  const isEven = (step: number) => lines.filter(({ indent }) => indent % step === 0).length >= lines.length * 0.8;
  return [4, 2, 3].find(isEven) ?? 1;
}

/** Words alone where a key belongs, if what is below them shows that they are one. */
function lacksColon({ key, ends, column, indent, offset, content }: BlockLine): Slip | null {
  const message = key === null && ends === 'text' ? missingColon(content) : null;
  return message === null ? null : { offset: offset + column - indent, message };
}

/** The block to which an entry probably belongs: the nearest one, and of two as near the one of its kind. */
function nearest(line: BlockLine, popped: Level | null, top: Level | undefined, step: number): Level | undefined {
  const [inner, outer] = [popped ?? undefined, top];
  if (!inner || !outer) return inner ?? outer;
  const [toInner, toOuter] = [inner.column - line.indent, line.indent - outer.column];
  if (toInner === toOuter) return inner.isList === isDashed(line) ? inner : outer;
  return toInner < toOuter || isOdd(inner, line, step) ? inner : outer;
}

/** A single entry that breaks the file's own rule stands wrong itself, not the one below it. */
function isOdd({ entries, column }: Level, line: BlockLine, step: number): boolean {
  return entries === 1 && column % step !== 0 && line.indent % step === 0;
}

function misplaced(line: BlockLine, neighbour: Level | undefined, step: number): Slip {
  const column = neighbour?.column ?? 0;
  if (neighbour && isOdd(neighbour, line, step)) {
    const { first } = neighbour;
    return depthSlip(first, first.indent, first.indent + line.indent - column);
  }
  if (neighbour?.isList && !isDashed(line) && line.key === null) return missingDash(line);
  return depthSlip(line, line.indent, column);
}

function depthSlip({ offset, number }: BlockLine, indent: number, neighbours: number): Slip {
  const message = `line ${number} is indented by ${spaces(indent)}, its neighbours by ${neighbours}; ${indent > neighbours ? 'remove' : 'add'} ${spaces(Math.abs(indent - neighbours))}`;
  return { offset, message };
}

const spaces = (count: number): string => (count === 1 ? '1 space' : `${count} spaces`);

const missingDash = ({ offset, content }: BlockLine): Slip => ({
  offset,
  message: `a dash is missing: the entries of this list begin with "- ", so write - ${shorten(content, 40)}`,
});

/** A line without a dash at the depth of a list's dashes: a new entry if it begins like the first one, otherwise part of the entry above it. */
function leftEntry(
  line: BlockLine,
  levels: readonly Level[],
  popped: Level | null,
): 'without_dash' | 'not_deep_enough' | null {
  const [list, above] = [levels.at(-1), levels.at(-2)];
  const endsList = above?.column === list?.column && above?.isList === false;
  if (!list?.isList || isDashed(line) || endsList) return null;
  const begins = line.key === null || list.first.key === null || line.key === list.first.key;
  return begins || popped === null || popped.isList ? 'without_dash' : 'not_deep_enough';
}

/** An entry at the right depth, but of another kind than its neighbours. */
function checkKind(line: BlockLine, levels: readonly Level[], before: BlockLine | null): Slip | null {
  const top = levels.at(-1);
  if (!top) return null;
  if (isDashed(line)) {
    if (top.isList) return null;
    return {
      offset: line.offset,
      message: 'this list entry is among keys; move it below its key, indented further, or remove the dash',
    };
  }
  if (line.key !== null) return null;
  if (isContinuation(line, before)) return null;
  const message = missingColon(line.content) ?? 'a key with a colon is missing here';
  return { offset: line.offset, message };
}
