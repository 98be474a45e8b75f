// `deskwright answers`: scores as sent and as they count, what was sent about a ticket or by a customer, and the choice of another answer.
import type { Database } from '../../platform/storage/database.ts';
import {
  chooseSubmission,
  countImported,
  type ListedSubmission,
  listSubmissions,
  type NewChoice,
  nameOfSource,
  readScores,
  type WhichSubmissions,
} from '../../surveys/index.ts';

interface AnswersDeps {
  db: Database;
  json: boolean;
  out: (line: string) => void;
}

const DAY_MS = 86_400_000;

/** Exit code 0, also if nothing was sent. */
export async function runScores(
  { db, json, out }: AnswersDeps,
  { days, now }: { days: number; now: Date },
): Promise<number> {
  const from = new Date(now.getTime() - days * DAY_MS);
  const scores = await readScores(db, from);
  const imported = await countImported(db, { from, to: now });
  if (json) {
    out(JSON.stringify({ days, scores, imported }));
    return 0;
  }
  if (scores.length === 0) out(`No survey of the last ${days} days was answered.`);
  for (const { survey, raw, cleaned, verdicts } of scores) {
    out(survey.toUpperCase());
    out(`  as sent:      ${describe(raw)}`);
    out(`  that counts:  ${describe(cleaned)}`);
    out(`  submissions:  ${verdicts.human} human, ${verdicts.doubtful} doubtful, ${verdicts.machine} machine`);
  }
  for (const { survey, source, n } of imported)
    out(`${survey.toUpperCase()}: ${n} more imported from ${nameOfSource(source)}, which the reports count too`);
  return 0;
}

const describe = ({ n, mean, good }: { n: number; mean: number | null; good: number | null }): string =>
  `${n} answer${n === 1 ? '' : 's'}${mean === null || good === null ? '' : `, mean ${mean.toFixed(2)}, ${Math.round(good * 100)} % good`}`;

/** More are too many to look at. */
const MOST_LISTED = 500;

/** Exit code 1: nothing fits. Customers' words are not shown. */
export async function runListAnswers({ db, json, out }: AnswersDeps, which: WhichSubmissions): Promise<number> {
  const submissions = await listSubmissions(db, which, MOST_LISTED);
  const isAll = submissions.length < MOST_LISTED;
  if (json) out(JSON.stringify({ ...which, submissions, all: isAll }));
  else if (submissions.length === 0) out(nothingFits(which));
  else {
    for (const one of submissions) describeSubmission(one, which).forEach(out);
    if (!isAll)
      out(`Only the newest ${MOST_LISTED} are listed. Give --customer, --survey, --since or --until for others.`);
  }
  return submissions.length === 0 ? 1 : 0;
}

const nothingFits = ({ ticketId, ...others }: WhichSubmissions): string =>
  ticketId !== undefined && Object.values(others).every((value) => value === undefined)
    ? `No answer was sent about ticket ${ticketId}.`
    : 'No answer was sent that fits these options.';

function describeSubmission(one: ListedSubmission, { ticketId: asked }: WhichSubmissions): string[] {
  const { id, invitationId, survey, ticketId, customerId, at, times, score, hasComment, verdict, reasons, counts } =
    one;
  const words = hasComment ? ', with words' : '';
  const about = `invitation ${invitationId}, customer ${customerId}${ticketId === null ? '' : `, ticket ${ticketId}`}`;
  return [
    `${id}  ${at.toISOString()}  ${survey} ${score}${words}  ${verdict}${counts ? '  <- counts' : ''}`,
    ...(asked === undefined ? [`     ${about}`] : []),
    ...(times > 1 ? [`     the same was sent ${times} times`] : []),
    ...reasons.map((reason) => `     ${reason}`),
  ];
}

/** Exit code 1: there is no such submission. */
export async function runChooseAnswer({ db, json, out }: AnswersDeps, choice: NewChoice): Promise<number> {
  const found = await chooseSubmission(db, choice);
  const { submissionId } = choice;
  if (json) out(JSON.stringify({ submissionId, found }));
  else if (!found)
    out(
      `There is no submission ${submissionId}. To list those of a ticket: deskwright answers 42; of a customer: deskwright answers --customer ana@example.com`,
    );
  else if (choice.choice === 'use') out(`Submission ${submissionId} counts from now on, until a person answers later.`);
  else out(`The rules decide again which submission counts.`);
  return found ? 0 : 1;
}
