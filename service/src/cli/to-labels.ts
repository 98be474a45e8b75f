// Reads the option `--labels`. Apart from the other options, as it needs the reader of past tickets.
import { InvalidArgumentError } from 'commander';
import { type LabelSource, readLabelSource } from '../past-tickets/index.ts';

export function toLabels(text: string): LabelSource {
  try {
    return readLabelSource(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
