// Asks apps whether a ticket may be saved.
import type { AppHost } from './app-host.ts';
import { isAtTicket } from './instance.ts';

const PATIENCE_MS = 30_000;

/**
 * Every app with a `ticket.save` handler is asked, all at once; one objection blocks the save. Resolves with the reason for the agent,
 * or null if all apps agree. No answer within 30 seconds counts as an objection.
 */
export async function askBeforeSave(host: AppHost): Promise<string | null> {
  const asked = host.instances().filter((instance) => isAtTicket(instance) && host.listens(instance, 'ticket.save'));
  const objections = await Promise.all(
    asked.map(async (instance) => {
      const problem = await Promise.race([host.ask(instance, 'ticket.save'), tooLate()]);
      return problem === undefined ? null : `${instance.frame.title}: ${words(problem)}`;
    }),
  );
  return objections.find((objection) => objection !== null) ?? null;
}

/** A handler that only says `false` gives no reason. */
function words(problem: unknown): string {
  return typeof problem === 'string' && problem !== '' ? problem : 'The ticket cannot be saved now.';
}

function tooLate(): Promise<string> {
  return new Promise((resolve) => setTimeout(() => resolve('No answer from the app. Try again.'), PATIENCE_MS));
}
