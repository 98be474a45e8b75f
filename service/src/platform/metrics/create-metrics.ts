// Creates the service's Prometheus metrics. Each feature declares its own.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { BUILD } from '../build-info.ts';
import { aboutError } from '../errors/about-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Database } from '../storage/database.ts';
import { DEAD_LETTERED } from '../storage/tables.ts';

type Rows = Record<string, string>[];

/** Figures from the database are read at each scrape, so every process reports the same; those that cannot be read are left out. */
export interface Metrics {
  registry: Registry;
  counter: <Label extends string = never>(name: string, help: string, labelNames?: Label[]) => Counter<Label>;
  histogram: (name: string, help: string, buckets: number[]) => Histogram;
  gauge: (name: string, help: string, read: () => number) => void;
  /** A gauge of one number: the column `n` of the query's row. */
  stored: (name: string, help: string, query: string) => void;
  /** A gauge with one value per combination of the table's labels. */
  counted: (name: string, help: string, table: CountedTable) => void;
}

export function createMetrics({ db, logger }: { db: Database; logger: Logger }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({
    name: 'deskwright_build_info',
    help: 'Which version and build runs; always 1.',
    labelNames: ['version', 'build'],
    registers,
  }).set({ version: BUILD.version, build: BUILD.commit ?? 'unknown' }, 1);

  function fromRows(name: string, help: string, labelNames: string[], read: () => Promise<Rows>): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect: async () => {
        gauge.reset();
        try {
          for (const { n, ...labels } of await read()) gauge.set(labels, Number(n));
        } catch (error) {
          if (labelNames.length === 0) gauge.remove(); // `reset` sets it to 0, which would look like a value.
          logger.warn({ ...aboutError(error), metric: name }, 'Could not read a metric');
        }
      },
    });
  }

  return {
    registry,
    counter: (name, help, labelNames = []) => new Counter({ name, help, labelNames, registers }),
    histogram: (name, help, buckets) => new Histogram({ name, help, buckets, registers }),
    gauge: (name, help, read) => {
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers,
        collect: () => {
          try {
            gauge.set(read());
          } catch (error) {
            gauge.remove();
            logger.warn({ ...aboutError(error), metric: name }, 'Could not read a metric');
          }
        },
      });
    },
    stored: (name, help, query) =>
      fromRows(name, help, [], async () => (await db.$client.query<Record<string, string>>(query)).rows),
    counted: (name, help, table) =>
      fromRows(name, `${help} In large tables finished rows are estimated.`, Object.keys(table.labels), () =>
        countRows(db, table),
      ),
  };
}

interface CountedTable {
  readonly table: string;
  /** SQL of each label, by its name. */
  readonly labels: Readonly<Record<string, string>>;
  /** Condition on the rows to count. */
  readonly where?: string;
  /** Conditions with a partial index of their own, such as `state = 'waiting'`: counted exactly even in a large table. */
  readonly exact?: readonly string[];
}

interface CountBounds {
  /** Tables of up to this many pages are counted completely; of larger ones about this many pages are sampled. */
  readonly pages: number;
  /** Rows counted of each `exact` condition. */
  readonly rows: number;
}

/** 16 MB of pages and the same amount of index entries take about ten milliseconds each. */
const BOUNDS: CountBounds = { pages: 2_000, rows: 20_000 };

type Count = Record<string, string>;

/** The label `state` of a table of work. */
export const STATE_LABEL = `replace(state, '${DEAD_LETTERED}', 'dead_lettered')`;

/**
 * One row per combination of labels; `n` is the count. In a table of more than `pages` pages, rows that no `exact` condition with at most
 * `rows` rows covers are estimated from a sample of pages: the same pages each time, so that results are comparable.
 * @internal
 */
export async function countRows(
  db: Database,
  { table, labels, where = 'true', exact = [] }: CountedTable,
  bounds: CountBounds = BOUNDS,
): Promise<Count[]> {
  const query = async (text: string) => (await db.$client.query<Count>(text)).rows;
  const columns = Object.entries(labels).map(([name, label]) => `${label} AS "${name}"`);
  const names = Object.keys(labels).map((name) => `"${name}"`);
  const countOf = (rows: string, factor = 1) =>
    query(
      `SELECT ${names.join(', ')}, round(count(*) * ${factor}) AS n FROM (${rows}) AS counted GROUP BY ${names.join(', ')}`,
    );
  const select = `SELECT ${columns.join(', ')} FROM ${table}`;

  const [size] = await query(`SELECT pg_relation_size('${table}') / current_setting('block_size')::bigint AS pages`);
  const pages = Number(size?.pages);
  if (pages <= bounds.pages) return countOf(`${select} WHERE ${where}`);

  const counted: Count[] = [];
  const rest = [where];
  for (const condition of exact) {
    const some = await countOf(`${select} WHERE (${where}) AND ${condition} LIMIT ${bounds.rows + 1}`);
    if (some.reduce((sum, { n }) => sum + Number(n), 0) > bounds.rows) continue;
    counted.push(...some);
    rest.push(`NOT (${condition})`);
  }
  const percent = (100 * bounds.pages) / pages;
  const sample = `${select} TABLESAMPLE SYSTEM (${percent}) REPEATABLE (0) WHERE ${rest.map((each) => `(${each})`).join(' AND ')}`;
  return [...counted, ...(await countOf(sample, 100 / percent))];
}
