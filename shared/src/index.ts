// Exports what the service and the tools use of the shared package.
export { buildFiguresReference } from './figures/build-figures-reference.ts';
export { FIGURES, MORE_IS_BETTER } from './figures/english-figures.ts';
export type { FigureDefinition, FigureSource } from './figures/figure-definition.ts';
export type { FigureId, FigureUnit, MeasureId, TimedMeasure } from './figures/figure-ids.ts';
export { FIGURE_IDS, MEASURES, TIMED } from './figures/figure-ids.ts';
export { readJsonPath } from './json-path/read-json-path.ts';
export { shorten } from './policy/check/check-spelling.ts';
export type { Condition, ConditionGroup, ConditionNode, ConditionValue, GroupKey } from './policy/condition.ts';
export { GROUP_KEYS, isCondition, MAX_CONDITION_DEPTH } from './policy/condition.ts';
export type { BuiltInField, FieldDefinition, FieldKind, KindDefinition } from './policy/condition-fields.ts';
export {
  CONDITION_FIELDS,
  customFieldId,
  FIELD_KINDS,
  FIELD_NAMES,
  findConditionField,
  operatorsOf,
} from './policy/condition-fields.ts';
export type { ConditionOperator, OperatorDefinition, ValueShape } from './policy/condition-operators.ts';
export { CONDITION_OPERATORS, isConditionOperator, OPERATOR_NAMES } from './policy/condition-operators.ts';
export { pathText } from './policy/finding.ts';
export { describeProblem, formatProblems, formatProblemsJson } from './policy/format-problems.ts';
export { hashPolicy } from './policy/hash-policy.ts';
export type { LinePosition } from './policy/line-positions.ts';
export { linePositions } from './policy/line-positions.ts';
export type { LoadedPolicy, PolicyText, RefusedPolicy } from './policy/load-policy.ts';
export { loadPolicy } from './policy/load-policy.ts';
export type { NamePlace, NamePlaces } from './policy/name-places.ts';
export type { NamedFiles, NamedGuidance, NamedInclude } from './policy/named-files.ts';
export { namedFiles } from './policy/named-files.ts';
export { nearestSpelling } from './policy/nearest-spelling.ts';
export type { PolicyPlace } from './policy/policy-locator.ts';
export { policyLocator } from './policy/policy-locator.ts';
export { asWarning, type PolicyProblem } from './policy/problem.ts';
export { generatePolicyReference } from './policy/reference/generate-policy-reference.ts';
export { type Mode, shareOf } from './policy/schema/mode-schema.ts';
export { SURVEY_WORDS, type SurveyWord } from './policy/schema/survey-texts-schema.ts';
export type { Policy } from './policy/schema.ts';
export { policySchema } from './policy/schema.ts';
export { fillTemplate, mapTexts, placeholdersOf } from './policy/template.ts';
export { toMinorUnits } from './policy/to-minor-units.ts';
export { compileText } from './text/fill-text.ts';
export { type FoundSecret, findSecrets } from './text/find-secrets.ts';
export { countGraphemes, cutGraphemes } from './text/graphemes.ts';
export { segmentsOf } from './text/segments.ts';
export { addBusinessMs, addDuration } from './time/add-duration.ts';
export type { BusinessCalendar } from './time/business-calendar.ts';
export { toBusinessCalendar } from './time/business-calendar.ts';
export type { CalendarPeriod, PeriodLength } from './time/calendar-period.ts';
export {
  addDays,
  calendarPeriod,
  localDate,
  momentOn,
  readLocalTime,
  startOfDate,
  weekdayOf,
} from './time/calendar-period.ts';
export type { Duration, DurationUnit } from './time/duration.ts';
export { parseDuration } from './time/duration.ts';
export { businessMsBetween, isOpenAt, nextOpening, openBetween } from './time/open-hours.ts';
export { standsAlone } from './words/char-kinds.ts';
export { OPPOSITE_OPERATORS } from './words/condition-names.ts';
export type { ConditionTrace, Decision, NearestMiss, Reason, Reasoned } from './words/decision.ts';
export type { Cut, CutKind, FullText, SolveFacts, TicketFacts } from './words/facts.ts';
export { findLookups } from './words/find-lookups.ts';
export {
  exactForms,
  expandText,
  FOLDING_VERSION,
  foldings,
  foldText,
  plainText,
  smallText,
} from './words/fold-text.ts';
export type { Phrase, WordPattern } from './words/parse-phrase.ts';
export { EXACTLY, LONGEST_MISSPELT, parsePhrase, SHORTEST_MISSPELT } from './words/parse-phrase.ts';
export { REFUND_RULES, REFUND_VERDICTS, type RefundRule, type RefundVerdict } from './words/refund-rules.ts';
export type { TakeWord, Units } from './words/scan-words.ts';
export { scanWords } from './words/scan-words.ts';
export { cutForWords, MAX_WORD_TEXT, smallForWords, splitWords } from './words/split-words.ts';
export type { CustomerSurvey, ScoreClassName, Solver, SolveSurvey, SurveyKind } from './words/survey-kinds.ts';
export {
  ALL_SURVEYS,
  CUSTOMER_SURVEYS,
  classOfScore,
  isGoodScore,
  isScoreOf,
  SURVEY_KINDS,
  SURVEYS,
  scoresOf,
  scoreTag,
} from './words/survey-kinds.ts';
export {
  DEFAULT_DRIVERS,
  OUTCOMES,
  type Outcome,
  ROOT_CAUSES,
  readScoreRange,
  tickedDrivers,
} from './words/survey-words.ts';
export {
  CHANNELS,
  MESSAGING_CHANNELS,
  PRIORITIES,
  type Priority,
  readChannel,
  STATUSES,
  type Status,
  TICKET_TYPES,
  type TicketType,
} from './words/ticket-words.ts';
export { dottedAlike, markEdges, unicodePattern, withoutEdges } from './words/unicode-pattern.ts';
export { exactReadings, exactRuleReadings, ruleReadings, textReadings } from './words/word-readings.ts';
