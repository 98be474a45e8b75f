// How does Escape close the innermost open thing?
import type { KeyboardEvent } from 'react';

/**
 * For `onKeyDown` of what holds an opener and what it opened. Give it `tabIndex={-1}` too: where nothing in it takes the focus (a click
 * on plain words, any click in Safari), it does so itself, and hears the key.
 * @param close null: it is closed, and the key is for what is around it
 */
export function closeOnEscape(close: (() => void) | null): (event: KeyboardEvent) => void {
  return (event) => {
    // While a word is being composed (Japanese, accents), Escape throws away that word.
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || close === null) return;
    event.stopPropagation();
    close();
  };
}
