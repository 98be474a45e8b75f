// Makes a fake of Zendesk fail on request.
import type { Zendesk } from './zendesk.ts';

export interface Faults<Method extends string = keyof Zendesk> {
  /**
   * The next `times` calls (default 1) of `method` throw `error`: before they do anything, or after they have done everything, as when the
   * answer is lost.
   */
  next(method: Method, error: Error, options?: { when?: 'before' | 'after'; times?: number }): void;
  /** Runs a call with the faults set for it. */
  around<T>(method: Method, work: () => Promise<T>): Promise<T>;
  /** Runs before each call of `method`, for tests that need something to happen in the middle. */
  before(method: Method, hook: () => Promise<void> | void): void;
}

export function createFaults<Method extends string = keyof Zendesk>(): Faults<Method> {
  const ordered: { method: Method; error: Error; when: 'before' | 'after' }[] = [];
  const hooks = new Map<Method, () => Promise<void> | void>();
  return {
    next(method, error, { when = 'before', times = 1 } = {}) {
      for (let i = 0; i < times; i++) ordered.push({ method, error, when });
    },
    before(method, hook) {
      hooks.set(method, hook);
    },
    async around(method, work) {
      await hooks.get(method)?.();
      const index = ordered.findIndex((one) => one.method === method);
      const [fault] = index < 0 ? [] : ordered.splice(index, 1);
      if (fault?.when === 'before') throw fault.error;
      const result = await work();
      if (fault) throw fault.error;
      return result;
    },
  };
}
