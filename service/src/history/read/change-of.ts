// Judges whether a figure changed against the period before.
import { FIGURES, type FigureId } from '@deskwright/shared';
import type { FigureValue } from '@deskwright/shared/contract';
import { changeOfRate, changeOfShare, changeOfValues, judgeChange } from '../../figures/changes.ts';
import { perOf, sumOver, type TallyOf } from './figure-value.ts';
import type { ComparedTallies } from './tally.ts';

interface Compared extends Pick<ComparedTallies, 'length'> {
  readonly now: TallyOf;
  readonly before: TallyOf;
}

/** Undefined: the figure has no period, or neither direction is better. Counts are compared a day. */
export function changeOf(id: FigureId, { now, before, length }: Compared): FigureValue['change'] {
  const { from } = FIGURES[id];
  switch (from.kind) {
    case 'time':
      return judgeChange(id, changeOfValues(before(from.of).histogram, now(from.of).histogram));
    case 'mean':
      return from.of === 'steps_followed'
        ? undefined
        : judgeChange(id, changeOfValues(before(from.of).histogram, now(from.of).histogram));
    case 'met': {
      const share = (tally: TallyOf) => {
        const count = sumOver(tally)(from.of, ({ met }) => met);
        return { count, n: count + sumOver(tally)(from.of, ({ missed }) => missed) };
      };
      return judgeChange(id, changeOfShare(share(before), share(now)));
    }
    case 'top': {
      const share = (tally: TallyOf) => {
        const { n, scores } = tally(from.of);
        return { n, count: scores.slice(from.from).reduce((sum, of) => sum + of, 0) };
      };
      return judgeChange(id, changeOfShare(share(before), share(now)));
    }
    case 'ratio': {
      const ratio = (tally: TallyOf) => ({ count: tally(from.of).n, n: sumOver(tally)(from.per, perOf(from.of)) });
      const [then, after] = [ratio(before), ratio(now)];
      // A ticket may be reopened twice: no share, but a rate.
      const isShare = then.count <= then.n && after.count <= after.n;
      if (isShare) return judgeChange(id, changeOfShare(then, after));
      return judgeChange(id, changeOfRate({ count: then.count, over: then.n }, { count: after.count, over: after.n }));
    }
    case 'count':
      return judgeChange(
        id,
        changeOfRate(
          { count: before(from.of).n, over: length.before / DAY_MS },
          { count: now(from.of).n, over: length.now / DAY_MS },
        ),
      );
    case 'now':
    case 'forecast':
    case 'shadow':
      return undefined;
  }
}

const DAY_MS = 86_400_000;
