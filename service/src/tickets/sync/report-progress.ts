// Keeps count of what the first import has done, and logs it.
import type { PipelineDeps } from '../process/deps.ts';
import { describeProgress, type ImportProgress } from './export-position.ts';

/** Lines in the log of an import that takes hours. */
const LOG_EVERY_MS = 60_000;

export interface ProgressReport {
  addPage(tickets: number): void;
  setTotal(tickets: number | null): void;
  /** `pages`: of comments, in all. */
  setConversations(taken: { done: number; of: number; pages: number }): void;
  current(): ImportProgress;
}

/** Continues from `before`, where the import was interrupted; the pace is that of this process. */
export function reportProgress(
  { clock, logger }: Pick<PipelineDeps, 'clock' | 'logger'>,
  before: ImportProgress | undefined,
): ProgressReport {
  const progress: ImportProgress = {
    pages: before?.pages ?? 0,
    tickets: before?.tickets ?? 0,
    ofTickets: before?.ofTickets ?? null,
    conversations: null,
    minutesLeft: null,
  };
  let began = { at: clock(), done: progress.tickets };
  let pagesOfComments: number | null = null;
  let loggedAt = clock();

  function tell(done: number, of: number | null): void {
    const pace = (done - began.done) / Math.max(clock() - began.at, 1);
    progress.minutesLeft = of === null || of <= done || pace <= 0 ? null : Math.ceil((of - done) / pace / 60_000);
    if (clock() - loggedAt < LOG_EVERY_MS) return;
    loggedAt = clock();
    logger.info({ ...progress }, `The first import goes on: ${describeProgress(progress)}`);
  }

  return {
    addPage: (tickets) => {
      progress.pages += 1;
      progress.tickets += tickets;
      tell(progress.tickets, progress.ofTickets);
    },
    setTotal: (tickets) => {
      progress.ofTickets = tickets;
    },
    setConversations: ({ done, of, pages }) => {
      if (pagesOfComments === null) began = { at: clock(), done };
      progress.pages += pages - (pagesOfComments ?? 0);
      pagesOfComments = pages;
      progress.conversations = { done, of };
      tell(done, of);
    },
    current: () => ({ ...progress }),
  };
}
