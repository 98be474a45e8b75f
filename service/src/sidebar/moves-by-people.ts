// Separates moves that people wanted from those that came with a change of category.
import type { PlacementBefore } from './tables.ts';

interface Move {
  readonly fromGroupId: number;
  readonly toGroupId: number;
}

export interface PastCorrection {
  readonly before: PlacementBefore;
  readonly undoneAt: Date | null;
}

/** Leaves out the moves there and back of corrections that were undone. `moves`: newest first. */
export function withoutUndone<M extends Move>(moves: readonly M[], corrections: readonly PastCorrection[]): M[] {
  const left = [...moves];
  for (const { before, undoneAt } of corrections) {
    if (undoneAt === null) continue;
    const back = left.findIndex((move, at) => isBack(move, before) && isThere(left[at + 1], before));
    if (back !== -1) left.splice(back, 2);
  }
  return left;
}

/** How often the ticket was escalated, handed off or moved by hand: without the moves of corrections, whether they stand or were undone. */
export function countMoves(moves: readonly Move[], corrections: readonly PastCorrection[]): number {
  const left = withoutUndone(moves, corrections);
  for (const { before, undoneAt } of corrections) {
    const there = undoneAt === null ? left.findIndex((move) => isThere(move, before)) : -1;
    if (there !== -1) left.splice(there, 1);
  }
  return left.length;
}

const isThere = (move: Move | undefined, { groupId, movedTo }: PlacementBefore): boolean =>
  movedTo !== undefined && move?.fromGroupId === groupId && move.toGroupId === movedTo;

const isBack = (move: Move, { groupId, movedTo }: PlacementBefore): boolean =>
  movedTo !== undefined && move.fromGroupId === movedTo && move.toGroupId === groupId;
