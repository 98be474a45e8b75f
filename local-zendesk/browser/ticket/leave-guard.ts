// Asks before the agent leaves with unsaved changes.
import type { LiveForm } from './live-form.ts';

/** Uses the browser's own question. Returns a function that a deliberate leave calls first. */
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
