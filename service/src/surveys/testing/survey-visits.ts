// Builds how people and machines send a survey's form.
import type { Visit } from '../answers/evidence.ts';
import type { Answer } from '../record-answer.ts';

type Sending = Pick<Answer, 'form' | 'step' | 'final' | 'visit' | 'userAgent' | 'signals' | 'trapFilled'>;

function aVisit(parts: Partial<Visit> = {}): Visit {
  return { network: 'home', agent: 'phone', agentKind: 'browser', unlikeBrowser: false, gesture: false, ...parts };
}

/** With the page's script, which saw a finger. */
export function byAPerson(parts: Partial<Sending> = {}): Sending {
  const signals = { visibleMs: 8_000, pointer: 0, touches: 3, keys: 0, clicks: 2 };
  const visit = aVisit({ gesture: true });
  return { form: null, step: null, final: true, visit, userAgent: 'Mozilla/5.0', signals, trapFilled: false, ...parts };
}

/** Without the page's script. */
export function withoutScript(visit: Partial<Visit> = {}, parts: Partial<Sending> = {}): Sending {
  return { ...byAPerson(), signals: null, visit: aVisit(visit), ...parts };
}
