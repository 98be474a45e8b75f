// Determines for each trigger when it fires, and which earlier triggers win over it.
import { type ConditionGroup, type Policy, shareOf, type TicketFacts } from '@deskwright/shared';
import {
  buildOracle,
  type Holds,
  type Search,
  type Searched,
  startSearch,
  type Wanted,
} from '../../decide/prove/index.ts';

export type Trigger = Policy['triggers'][number];

/** What was found about tickets for which conditions hold and no earlier trigger sets the category. */
interface Beaten {
  readonly searched: Searched;
  /** The earlier triggers that had to be considered. */
  readonly by: readonly number[];
}

/** All triggers of a policy, compiled once. */
export interface Study {
  readonly policy: Policy;
  /** The places of the triggers that fire, in order; valid until the next call. */
  readonly firing: (facts: TicketFacts) => readonly number[];
  readonly holds: (facts: TicketFacts) => Holds;
  readonly setsCategory: (place: number) => boolean;
  /** Whether it sets the category of every ticket that it fires for, unless an earlier one did: not in shadow, nor for a share. */
  readonly alwaysSets: (place: number) => boolean;
  readonly conditionsOf: (place: number) => ConditionGroup;
  /** Steps left, over the whole policy. Counted, not timed, so that the same policy always gets the same findings. */
  budget: number;
}

/** A step is a search, or a ticket that one tried. A policy of 9,000 triggers with nine words each needs about 250,000. */
const MOST_STEPS = 400_000;

export function startStudy(policy: Policy, mostSteps = MOST_STEPS): Study {
  const groups = policy.triggers.map(({ conditions }) => conditions);
  const oracle = buildOracle(groups);
  return {
    policy,
    firing: (facts) => oracle(facts).firing(),
    holds: (facts) => oracle(facts).holds,
    setsCategory: (place) => policy.triggers[place]?.actions.category !== undefined,
    alwaysSets: (place) => {
      const trigger = policy.triggers[place];
      return trigger?.actions.category !== undefined && shareOf(trigger.mode) === 100;
    },
    conditionsOf: (place) => groups[place] ?? {},
    budget: mostSteps,
  };
}

export interface StudiedTrigger {
  readonly place: number;
  readonly trigger: Trigger;
  readonly search: Search;
  /** A ticket for which all that is wanted holds. */
  readonly find: (wanted: readonly Wanted[]) => Searched;
  /** The same, and no earlier trigger sets the category. */
  readonly findUnbeaten: (wanted: readonly Wanted[]) => Beaten;
  /** Of earlier triggers that together always are ahead, as few as still are. */
  readonly fewest: (wanted: readonly Wanted[], by: readonly number[]) => readonly number[];
}

export function studyTrigger(study: Study, place: number, trigger: Trigger): StudiedTrigger {
  const search = startSearch();
  const literals = (wanted: readonly Wanted[]) => wanted.flatMap(search.literalsOf);
  const isThere = (wanted: readonly Wanted[], facts: TicketFacts): boolean => {
    study.budget--;
    const holds = study.holds(facts);
    return wanted.every(({ node, holds: must }) => holds(node) === must);
  };
  const notFiring = (other: number) => search.literalsOf({ node: study.conditionsOf(other), holds: false });

  return {
    place,
    trigger,
    search,
    find: (wanted) => {
      study.budget--;
      return search.find(literals(wanted), (facts) => isThere(wanted, facts));
    },
    findUnbeaten: (wanted) => {
      study.budget--;
      const by: number[] = [];
      const searched = search.find(literals(wanted), (facts) => {
        if (!isThere(wanted, facts)) return false;
        const first = study.firing(facts).find((other) => other < place && study.alwaysSets(other));
        if (first === undefined) return true;
        // It was left out, and its words came about by chance.
        if (by.includes(first)) return false;
        by.push(first);
        return notFiring(first);
      });
      return { searched, by };
    },
    fewest: (wanted, by) => {
      let kept = by;
      for (const other of by.toReversed()) {
        const fewer = kept.filter((one) => one !== other);
        study.budget--;
        if (search.isImpossible([...literals(wanted), ...fewer.flatMap(notFiring)])) kept = fewer;
      }
      return kept;
    },
  };
}
