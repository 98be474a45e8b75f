// `deskwright annotate`: marks a launch on the trends, lists the marks, or removes one.
import { nearestSpelling, type Policy, readLocalTime } from '@deskwright/shared';
import { addAnnotation, listAnnotations, removeAnnotation, type StoredAnnotation } from '../../history/index.ts';
import type { Database } from '../../platform/storage/database.ts';

interface AnnotateDeps {
  db: Database;
  json: boolean;
  out: (line: string) => void;
}

export interface NewMark {
  text: string;
  /** On the clock of the policy's time zone, `2026-11-20T10:00` or `2026-11-20`; null: now. */
  at: string | null;
  category: string | null;
  who: string;
}

/** More would not fit beside a trend. */
const LONGEST = 120;

/**
 * @returns the exit code 0
 * @throws Error that says what to write, for a text, a time or a category that cannot be used
 */
export async function runAnnotate(
  { db, json, out, policy, now }: AnnotateDeps & { policy: Policy; now: Date },
  mark: NewMark,
): Promise<0> {
  const text = mark.text.replace(/\s+/g, ' ').trim();
  if (text === '') throw new Error('Write what happened: deskwright annotate "New checkout".');
  if (text.length > LONGEST) throw new Error(`The text is longer than ${LONGEST} characters: shorten it.`);
  checkCategory(mark.category, policy);
  const at = mark.at === null ? now : readTime(mark.at, policy.time_zone);
  const id = await addAnnotation(db, { at, text, category: mark.category, who: mark.who });
  const added = { id, at, text, category: mark.category, who: mark.who, removedAt: null };
  if (json) out(JSON.stringify({ annotation: added }));
  else {
    out(`Marked: ${lineOf(added, policy.time_zone)}`);
    if (mark.category === null)
      out('Everybody with a link to the company page reads it there: it must not name a customer.');
    out(`To undo: deskwright annotate --remove ${id}`);
  }
  return 0;
}

/** @returns the exit code 0 */
export async function runListAnnotations({ db, json, out, policy }: AnnotateDeps & { policy: Policy }): Promise<0> {
  const annotations = await listAnnotations(db);
  if (json) out(JSON.stringify({ annotations }));
  else if (annotations.length === 0) out('Nothing is marked. To mark a launch: deskwright annotate "New checkout"');
  for (const annotation of json ? [] : annotations) out(lineOf(annotation, policy.time_zone));
  return 0;
}

/** @returns the exit code: 0 removed, 1 there is none with this id */
export async function runRemoveAnnotation({ db, json, out }: AnnotateDeps, id: number): Promise<0 | 1> {
  const removed = await removeAnnotation(db, id);
  if (json) out(JSON.stringify({ removed, id }));
  else out(removed ? `Removed ${id}.` : `There is no annotation ${id}; deskwright annotate --list shows them.`);
  return removed ? 0 : 1;
}

function readTime(text: string, timeZone: string): Date {
  const at = readLocalTime(text, timeZone);
  if (at === null)
    throw new Error(`"${text}" is not a time: write 2026-11-20T10:00 or 2026-11-20, on the clock of ${timeZone}.`);
  return new Date(at);
}

function checkCategory(category: string | null, { categories }: Policy): void {
  const ids = categories.map(({ id }) => id);
  if (category === null || ids.includes(category)) return;
  const nearest = nearestSpelling(category, ids);
  throw new Error(
    `The policy has no category "${category}".${nearest ? ` Did you mean "${nearest}"?` : ''} It has: ${ids.join(', ')}.`,
  );
}

function lineOf({ id, at, text, category, who }: StoredAnnotation, timeZone: string): string {
  const when = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);
  return `${id}  ${when}  ${text}${category === null ? '' : ` (category ${category})`}, by ${who}`;
}
