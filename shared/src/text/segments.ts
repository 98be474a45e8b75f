// Splits a text into characters or sentences in linear time.

/**
 * `Intl.Segmenter` takes time for each segment in proportion to the whole text it was given (Node 20: 32,000 letters take seconds), so
 * it gets `window` UTF-16 code units at a time. A longer segment is cut there, never within a surrogate pair.
 * Yields the segments in order, so that callers can stop early.
 */
export function* segmentsOf(
  text: string,
  segmenter: Pick<Intl.Segmenter, 'segment'>,
  window: number,
): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const part = text.slice(start, start + window).replace(HALF_AT_END, '') || text.slice(start, start + 1);
    const atEnd = start + part.length === text.length;
    for (const { segment, index } of segmenter.segment(part)) {
      // The last one may continue beyond the window.
      if (!atEnd && index > 0 && index + segment.length === part.length) break;
      yield segment;
      start += segment.length;
    }
  }
}

/** Without the flag `v` or `u` a high surrogate is a code unit like any other. */
const HALF_AT_END = /[\uD800-\uDBFF]$/;
