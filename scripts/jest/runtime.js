// Jest's runtime, except that a worker reads, transforms and compiles each file once and not again for every test file that loads it.
import { statSync } from 'node:fs';
import { Script } from 'node:vm';
import runtimeOfJest from 'jest-runtime';

const JestRuntime = runtimeOfJest.default ?? runtimeOfJest;

/**
 * What Jest's transform gave, by project and path. It reads the file and computes its hash for each use.
 * @type {Map<string, { changedAt: number, code: string, sourceMap: string | undefined }>}
 */
const transformed = new Map();

/**
 * Compiled files, by path. They are bound to no context, so each test file runs them anew in its own: modules keep nothing from one test
 * file to the next. `vm.compileFunction`, which Jest uses, compiles for one context only, and with its callback for `import()` keeps that
 * context alive (https://github.com/nodejs/node/issues/35375).
 * @type {Map<string, { source: string, script: Script }>}
 */
const compiled = new Map();

export default class CompilingOnce extends JestRuntime {
  constructor(config, environment, resolver, transformer, cacheFs, coverage, ...rest) {
    super(config, environment, resolver, transformer, cacheFs, coverage, ...rest);
    if (coverage.collectCoverage) return; // It asks Jest's own cache which files were transformed.
    this.#transformOnce(config.id);
    this.#compileOnce(environment);
  }

  #transformOnce(project) {
    const { transformCache } = this;
    const transform = transformCache.transform.bind(transformCache);
    transformCache.transform = (path, options) => {
      const key = `${project} ${options?.isInternalModule ?? false} ${path}`;
      const changedAt = statSync(path).mtimeMs;
      let known = transformed.get(key);
      if (known?.changedAt !== changedAt) {
        const code = transform(path, options);
        known = { changedAt, code, sourceMap: transformCache.sourceMaps.get(path) };
        transformed.set(key, known);
      } else if (known.sourceMap) transformCache.sourceMaps.set(path, known.sourceMap);
      return known.code;
    };
  }

  #compileOnce(environment) {
    const { executor } = this;
    const compile = executor.compile.bind(executor);
    const head = `(function (${executor.injectedModuleParameters.join(', ')}) {`;
    executor.compile = (source, path) => {
      const context = environment.getVmContext();
      if (context === null) return null;
      let known = compiled.get(path);
      if (known?.source !== source) {
        try {
          known = {
            source,
            script: new Script(`${head}${source}\n})`, { filename: path, columnOffset: -head.length }),
          };
        } catch {
          return compile(source, path); // Jest explains why it does not compile.
        }
        compiled.set(path, known);
      }
      return known.script.runInContext(context);
    };
  }
}
