// Closes the innermost open element on Escape.
import type { KeyboardEvent } from 'react';

/**
 * For `onKeyDown` of the element that contains a button and what the button opened. The element also needs `tabIndex={-1}`: it takes
 * the focus, and so receives the key, where a click focuses nothing inside it (plain text, or anything in Safari).
 * @param close null: nothing is open, and the key goes to the parent
 */
export function closeOnEscape(close: (() => void) | null): (event: KeyboardEvent) => void {
  return (event) => {
    // During text composition (Japanese, accents) Escape cancels the composition.
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || close === null) return;
    event.stopPropagation();
    close();
  };
}
