// The alert rules and the dashboard use metrics and labels that the service has, and the actions name commands that exist.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { z } from 'zod';
import { CAPABILITIES, type Capability } from '../../src/app/features.ts';
import { type Harness, startHarness } from '../../testing/start-harness.ts';
import { readDeployFile, readYaml } from './read-deploy-file.ts';

const CLI = join(import.meta.dirname, '../../src/cli');

/** Of Prometheus itself, for each target. */
const SCRAPED = new Map([['up', new Set<string>()]]);
const TARGET_LABELS = ['job', 'instance'];
const DASHBOARD_VARIABLES: readonly [RegExp, string][] = [[/\$__rate_interval/g, '5m']];

let harness: Harness;
let exposed: Map<string, Set<string>>;
beforeAll(async () => {
  let declared: { name: string; labelNames: readonly string[]; type: string }[] = [];
  const looksAtMetrics: Capability = ({ metrics }) => ({
    name: 'looks at metrics',
    readiness: {
      metrics: async () => {
        declared = metrics.registry.getMetricsAsArray() as unknown as typeof declared;
        return { ok: true };
      },
    },
  });
  harness = await startHarness({ capabilities: [...CAPABILITIES, looksAtMetrics] });
  await fetch(`${harness.serviceUrl}/readyz`);
  exposed = new Map(declared.flatMap(({ name, labelNames }) => withSeries(name, new Set(labelNames))));
});
afterAll(() => harness.stop());

/** A histogram also has series of other names: https://prometheus.io/docs/concepts/metric_types/#histogram */
function withSeries(name: string, labels: Set<string>): [string, Set<string>][] {
  return [
    [name, labels],
    [`${name}_bucket`, new Set([...labels, 'le'])],
    [`${name}_sum`, labels],
    [`${name}_count`, labels],
  ];
}

const rules = z
  .strictObject({
    groups: z.array(
      z.strictObject({
        name: z.string(),
        rules: z.array(
          z.strictObject({
            alert: z.string().regex(/^Deskwright[A-Z]\w+$/),
            expr: z.string(),
            for: z
              .string()
              .regex(/^\d+[smh]$/)
              .optional(),
            labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
            annotations: z.strictObject({ summary: z.string(), action: z.string() }),
          }),
        ),
      }),
    ),
  })
  .transform(({ groups }) => groups.flatMap((group) => group.rules));
const alerts = rules.parse(readYaml('prometheus-alerts.yaml'));

const panels = z
  .object({
    panels: z.array(z.object({ id: z.number(), title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
  })
  .transform((dashboard) => dashboard.panels)
  .parse(JSON.parse(readDeployFile('grafana-dashboard.json')));

const expressions: [string, string][] = [
  ...alerts.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }): [string, string] => [title, expr])),
];

test.each(expressions)('%s uses what there is', (_name, expr) => {
  const { errors, metrics, labels } = readQuery(
    DASHBOARD_VARIABLES.reduce((text, [variable, value]) => text.replaceAll(variable, value), expr),
  );
  expect(errors).toEqual([]);
  expect(metrics.length).toBeGreaterThan(0);
  const known = new Map([...exposed, ...SCRAPED]);
  expect(metrics.filter((name) => !known.has(name))).toEqual([]);
  const labelsOf = metrics.flatMap((name) => [...(known.get(name) ?? [])]);
  // `label_replace` makes a label.
  const made = /label_replace\(/.test(expr) ? ['kind'] : [];
  expect(labels.filter((label) => ![...labelsOf, ...TARGET_LABELS, ...made].includes(label))).toEqual([]);
});

test('each alert and each panel has a name of its own', () => {
  expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
});

test('the commands in the actions exist', () => {
  const files = readdirSync(CLI, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const known = new Set(
    files.flatMap((file) =>
      [...readFileSync(join(CLI, file), 'utf8').matchAll(/\.command\('(\w+)'/g)].map(([, name]) => name),
    ),
  );
  const named = alerts.flatMap(({ annotations }) =>
    [...annotations.action.matchAll(/npx deskwright (\w+)/g)].map(([, name]) => name),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

/** By Prometheus' own grammar. */
function readQuery(expr: string): { errors: string[]; metrics: string[]; labels: string[] } {
  const read: { errors: string[]; metrics: string[]; labels: string[] } = { errors: [], metrics: [], labels: [] };
  parser.parse(expr).iterate({
    enter: ({ name, type, from, to }) => {
      const text = expr.slice(from, to);
      if (type.isError) read.errors.push(`${from}: ${expr.slice(from)}`);
      if (name === 'VectorSelector') read.metrics.push(text.replace(/\{.*$/s, '').trim());
      if (name === 'LabelName') read.labels.push(text);
    },
  });
  return read;
}
