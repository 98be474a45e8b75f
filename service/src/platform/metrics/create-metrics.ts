// Creates the service's Prometheus metrics. Each feature declares its own.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { BUILD } from '../build-info.ts';
import { aboutError } from '../errors/about-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Database } from '../storage/database.ts';
import { type CountedTable, countRows } from './count-rows.ts';

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
