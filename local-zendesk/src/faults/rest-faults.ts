// Chooses the REST calls that get an error.
import type { Random } from '../random.ts';

export type BadAnswer = 429 | 500 | 503 | 'timeout';

export interface RestFaultRule {
  answer: BadAnswer;
  /** Always occurs this many times. */
  next?: number | undefined;
  /** Probability from 0 to 1; 1 when neither `next` nor `rate` is given. */
  rate?: number | undefined;
  /** Ends automatically this many milliseconds (of the account's clock) after it was set. */
  for_ms?: number | undefined;
  /** Only calls whose path begins so, for instance `/api/v2/tickets`. */
  path?: string | undefined;
  method?: string | undefined;
  /** Seconds in the `retry-after` header; Zendesk sends it with every 429. */
  retry_after?: number | undefined;
}

export interface RestFaultState extends RestFaultRule {
  id: number;
  struck: number;
}

export interface RestFaults {
  add(rule: RestFaultRule): RestFaultState;
  remove(id: number): boolean;
  clear(): void;
  /** The first rule that applies to this call; null: answer as usual. */
  decide(method: string, path: string): RestFaultState | null;
  state(): readonly RestFaultState[];
}

export function createRestFaults(random: Random, now: () => number): RestFaults {
  let rules: (RestFaultState & { until: number })[] = [];
  let lastId = 0;

  const isOver = (rule: RestFaultState & { until: number }) =>
    now() >= rule.until || (rule.next !== undefined && rule.next <= 0 && rule.rate === undefined);

  function matches(rule: RestFaultState): boolean {
    if (rule.next !== undefined && rule.next > 0) {
      rule.next -= 1;
      return true;
    }
    return rule.rate !== undefined ? random() < rule.rate : rule.next === undefined;
  }

  return {
    add(rule) {
      lastId += 1;
      const added = { ...rule, id: lastId, struck: 0, until: now() + (rule.for_ms ?? Number.POSITIVE_INFINITY) };
      rules.push(added);
      return shown(added);
    },
    remove(id) {
      const before = rules.length;
      rules = rules.filter((rule) => rule.id !== id);
      return rules.length < before;
    },
    clear() {
      rules = [];
    },
    decide(method, path) {
      rules = rules.filter((rule) => !isOver(rule));
      for (const rule of rules) {
        if (rule.method !== undefined && rule.method.toUpperCase() !== method) continue;
        if (rule.path !== undefined && !path.startsWith(rule.path)) continue;
        if (!matches(rule)) continue;
        rule.struck += 1;
        return shown(rule);
      }
      return null;
    },
    state: () => rules.filter((rule) => !isOver(rule)).map(shown),
  };
}

function shown({ until: _until, ...rule }: RestFaultState & { until: number }): RestFaultState {
  return rule;
}
