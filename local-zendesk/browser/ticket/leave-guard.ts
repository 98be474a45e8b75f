// Does the agent lose something by leaving?
import type { LiveForm } from './live-form.ts';

/** The browser's own question. Returns what a deliberate leave calls first. */
export function guardLeaving(form: LiveForm): { letGo: () => void } {
  let isFree = false;
  window.addEventListener('beforeunload', (event) => {
    if (!isFree && form.isDirty()) event.preventDefault();
  });
  return {
    letGo: () => {
      isFree = true;
    },
  };
}
