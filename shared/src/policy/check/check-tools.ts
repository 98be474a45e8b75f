// Checks that tools and verification name tiers, lookups and tools that exist, and that somebody may use each tool.
import { errorAt, type Finding, type PolicyPath, warningAt } from '../finding.ts';
import { SOURCES } from '../template.ts';
import { type Block, entriesAt, isBlock, textsAt, valueAt } from '../value-at.ts';
import { unknownWord } from './check-spelling.ts';
import { checkPath, checkTool } from './check-tool.ts';

export function checkTools(policy: unknown): Finding[] {
  const tools = entriesAt(policy, ['tools']);
  return [
    ...tools.flatMap(({ entry, path }) => [
      ...checkTool(entry).map((finding) => ({ ...finding, path: [...path, ...finding.path] })),
      ...checkOne(policy, entry, path),
    ]),
    ...checkVerification(policy),
  ];
}

function checkOne(policy: unknown, tool: Block, path: PolicyPath): Finding[] {
  const lookups = textsAt(policy, ['lookups'], 'name');
  const sources = [...SOURCES.filter((name) => !name.startsWith('agent.')), ...lookups];
  const filled = entriesAt(tool, ['inputs']).flatMap(({ entry: { from }, path: at }) =>
    typeof from !== 'string' || sources.includes(from)
      ? []
      : [unknownWord('source', from, sources, [...path, ...at, 'from'])],
  );
  const allow = isBlock(tool['allow']) ? tool['allow'] : {};
  const isForNobody = ['tiers', 'roles', 'agents'].every(
    (key) => !Array.isArray(allow[key]) || allow[key].length === 0,
  );
  return [
    ...filled,
    ...(isForNobody && typeof tool['id'] === 'string' && !isAsked(policy, tool['id'])
      ? [warningAt(path, 'nobody may use this tool; add who may under allow', { at: 'block' })]
      : []),
    ...(tool['needs_verification'] === true && valueAt(policy, ['verification']) === undefined
      ? [
          errorAt(
            [...path, 'needs_verification'],
            'customers cannot be verified, because the policy has no verification; add it, such as verification: { code: {} }',
            { at: 'key' },
          ),
        ]
      : []),
  ];
}

const isAsked = (policy: unknown, id: string): boolean =>
  textsAt(policy, ['verification', 'questions'], 'tool').includes(id);

function checkVerification(policy: unknown): Finding[] {
  const block = valueAt(policy, ['verification']);
  if (!isBlock(block)) return [];
  const questions = entriesAt(block, ['questions']);
  const tools = new Map(entriesAt(policy, ['tools']).map(({ entry }) => [entry['id'], entry]));
  const names = textsAt(policy, ['tools'], 'id');
  return [
    ...(block['code'] === undefined && questions.length === 0
      ? [
          errorAt(['verification'], 'has neither code nor questions, so customers cannot be verified; add one', {
            at: 'key',
          }),
        ]
      : []),
    ...questions.flatMap(({ entry: { tool, path: where }, path }) => {
      const at = ['verification', ...path];
      const found = checkPath(where, [...at, 'path']);
      if (typeof tool !== 'string') return found;
      const asked = tools.get(tool);
      if (asked === undefined) return [...found, unknownWord('tool', tool, names, [...at, 'tool'])];
      const needsInput = Array.isArray(asked['inputs']) && asked['inputs'].length > 0;
      return asked['kind'] === 'write' || needsInput || asked['needs_verification'] === true
        ? [
            ...found,
            errorAt([...at, 'tool'], 'must be a tool of kind: read without inputs that needs no verification itself'),
          ]
        : found;
    }),
  ];
}
