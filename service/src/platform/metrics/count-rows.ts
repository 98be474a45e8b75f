// Counts the rows of a table by label, in bounded time however large the table is.
import type { Database } from '../storage/database.ts';

export interface CountedTable {
  readonly table: string;
  /** SQL of each label, by its name. */
  readonly labels: Readonly<Record<string, string>>;
  /** Condition on the rows to count. */
  readonly where?: string;
  /** Conditions with a partial index of their own, such as `state = 'waiting'`: counted exactly even in a large table. */
  readonly exact?: readonly string[];
}

export interface CountBounds {
  /** Tables of up to this many pages are counted completely; of larger ones about this many pages are sampled. */
  readonly pages: number;
  /** Rows counted of each `exact` condition. */
  readonly rows: number;
}

/** 16 MB of pages and the same amount of index entries take about ten milliseconds each. */
const BOUNDS: CountBounds = { pages: 2_000, rows: 20_000 };

type Count = Record<string, string>;

/**
 * One row per combination of labels; `n` is the count. In a table of more than `pages` pages, rows that no `exact` condition with at most
 * `rows` rows covers are estimated from a sample of pages: the same pages each time, so that results are comparable.
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
