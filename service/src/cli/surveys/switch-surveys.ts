// `deskwright surveys stop`, `resume` and `status`: stops and resumes every survey, reminder and thank-you, and says who did.
import type { Database } from '../../platform/storage/database.ts';
import { describeStopOrPause, readSurveyStop, switchSurveys } from '../../surveys/index.ts';

export interface SwitchDeps {
  readonly db: Database;
  readonly json: boolean;
  readonly out: (text: string) => void;
  readonly now: Date;
  /** The person's name on this machine. */
  readonly who: string;
}

/** @returns 1: so it was already */
export async function runSwitch(
  { db, json, out, now, who }: SwitchDeps,
  did: 'stop' | 'resume',
  why: string | null,
): Promise<0 | 1> {
  const done = await switchSurveys(db, did, { who, why, now });
  const text =
    did === 'stop'
      ? done
        ? 'No survey, reminder or thank-you is sent until deskwright surveys resume. A mail that is being handed over at this moment is sent.'
        : 'Surveys are stopped already.'
      : done
        ? 'Surveys go on. What is more than three days late is not sent.'
        : 'Surveys are not stopped.';
  out(json ? JSON.stringify({ done, stopped: did === 'stop' }) : text);
  return done ? 0 : 1;
}

export async function runSwitchStatus({ db, json, out }: SwitchDeps): Promise<0> {
  const [stop, because] = [await readSurveyStop(db), await describeStopOrPause(db)];
  const by = stop && { who: stop.who, why: stop.why, at: stop.at };
  out(json ? JSON.stringify({ sent: because === null, because, stop: by }) : `${because ?? 'Surveys are sent'}.`);
  return 0;
}
