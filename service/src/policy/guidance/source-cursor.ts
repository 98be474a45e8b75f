// Where in the source does the Markdown token at hand stand?

/** Follows the tokens through the source, in the order of the file. */
export interface SourceCursor {
  /** Goes to where the token begins, and gives back that offset. */
  seek(raw: string): number;
  /** Goes behind the token. */
  pass(raw: string): void;
}

/**
 * `marked` tells no positions, and takes away the indentation of what stands inside a list; but every line of a token's
 * `raw` still stands in the source as it is, one after the other. A line that is not found leaves the cursor where it is.
 */
export function createSourceCursor(source: string): SourceCursor {
  let at = 0;
  const find = (line: string) => {
    const found = line === '' ? -1 : source.indexOf(line, at);
    return found === -1 ? at : found;
  };
  return {
    seek(raw) {
      at = find(firstLine(raw));
      return at;
    },
    pass(raw) {
      for (const line of raw.split('\n')) {
        const found = source.indexOf(line, at);
        if (found !== -1) at = found + line.length;
      }
    },
  };
}

function firstLine(raw: string): string {
  return raw.trimStart().split('\n')[0] ?? '';
}
