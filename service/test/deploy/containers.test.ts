// The Dockerfile, the compose file and the systemd unit fit together, and set only what the service reads.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { z } from 'zod';
import { secretsOf } from '../../src/app/secrets.ts';
import { pathInDeploy, readDeployFile, readText, readYaml } from './read-deploy-file.ts';

const SETTINGS = new Set([
  ...[...readText('service/src/app/config.ts').matchAll(/\benv\.([A-Z_]+)|^\s+(ZENDESK_[A-Z_]+): /gm)].map(
    ([, one, other]) => one ?? other ?? '',
  ),
  ...secretsOf({}),
  ...secretsOf({}).map((name) => `${name}_FILE`),
]);
const unknownSettings = (names: readonly string[]) =>
  names.filter((name) => !SETTINGS.has(name) && name !== 'NODE_ENV');

const service = z.strictObject({
  image: z.string().regex(/^(?:deskwright|[a-z]+:\d+)$/, 'a version, so that an update is a decision'),
  build: z.strictObject({ context: z.literal('.'), dockerfile: z.string() }).optional(),
  init: z.boolean().optional(),
  restart: z.literal('unless-stopped'),
  command: z.array(z.string()).optional(),
  env_file: z.string().optional(),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).optional(),
  networks: z.array(z.string()),
  read_only: z.boolean().optional(),
  tmpfs: z.string().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  shm_size: z.string().optional(),
  stop_grace_period: z.string().optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).default({}),
  healthcheck: z
    .strictObject({ test: z.array(z.string()), interval: z.string(), timeout: z.string(), retries: z.number() })
    .optional(),
});
const compose = z
  .strictObject({
    name: z.string(),
    services: z.record(z.string(), service),
    networks: z.record(z.string(), z.strictObject({ internal: z.boolean().optional() })),
    volumes: z.record(z.string(), z.strictObject({})),
    secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
  })
  .parse(readYaml('compose.yaml'));
const services = Object.entries(compose.services);

describe('the compose file', () => {
  test('names only networks, volumes, secrets and files that there are', () => {
    for (const [, { networks, volumes, secrets }] of services) {
      expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining(networks));
      expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(secrets));
      const from = volumes.map((volume) => volume.split(':')[0] ?? '');
      expect(Object.keys(compose.volumes)).toEqual(
        expect.arrayContaining(from.filter((name) => !name.startsWith('.'))),
      );
    }
    expect(existsSync(pathInDeploy('Caddyfile'))).toBe(true);
  });

  test('waits only for services with a check of their health', () => {
    const image = DockerfileParser.parse(readDeployFile(compose.services.deskwright?.build?.dockerfile ?? ''));
    for (const name of services.flatMap(([, { depends_on: others }]) => Object.keys(others)))
      expect(compose.services[name]?.healthcheck ?? (name === 'deskwright' && image.getHEALTHCHECKs()[0])).toBeTruthy();
  });

  test('sets what the service reads, and gives it each secret as a file', () => {
    const { environment = {}, secrets = [] } = compose.services.deskwright ?? {};
    expect(unknownSettings(Object.keys(environment))).toEqual([]);
    const files = Object.entries(environment).filter(([name]) => name.endsWith('_FILE'));
    expect(files.map(([, path]) => path).toSorted()).toEqual(secrets.map((name) => `/run/secrets/${name}`).toSorted());
    for (const [name, path] of files) expect(path).toBe(`/run/secrets/${name.replace(/_FILE$/, '').toLowerCase()}`);
  });

  test('gives no secret as an ordinary variable', () => {
    const set = services.flatMap(([, { environment }]) => Object.keys(environment));
    expect(set.filter((name) => /SECRET|TOKEN|PASSWORD|DATABASE_URL/.test(name) && !name.endsWith('_FILE'))).toEqual(
      [],
    );
  });

  test('publishes the proxy alone', () => {
    expect(services.filter(([, { ports }]) => ports).map(([name]) => name)).toEqual(['caddy']);
  });
});

describe('the Dockerfile', () => {
  const text = readDeployFile('Dockerfile');
  const dockerfile = DockerfileParser.parse(text);
  const [last] = dockerfile.getFROMs().slice(-1);

  test('is free of what a linter finds', () => {
    expect(validate(text)).toEqual([]);
  });

  test('builds in a stage of its own, and runs as a user without rights', () => {
    expect(dockerfile.getFROMs().length).toBeGreaterThan(1);
    const after = dockerfile
      .getInstructions()
      .filter((each) => each.getRange().start.line > (last?.getRange().start.line ?? 0));
    const users = after.filter((each) => each.getKeyword() === 'USER').map((each) => each.getArgumentsContent());
    expect(users).toEqual(['node']);
    expect(after.map((each) => each.getKeyword())).toEqual(
      expect.arrayContaining(['HEALTHCHECK', 'ENTRYPOINT', 'CMD']),
    );
  });

  test('has a Node that the package accepts', () => {
    const { engines } = z
      .object({ engines: z.object({ node: z.string() }) })
      .parse(JSON.parse(readText('package.json')));
    const least = Number(/^>=(\d+)/.exec(engines.node)?.[1]);
    expect(Number(/NODE_IMAGE=node:(\d+)/.exec(text)?.[1])).toBeGreaterThanOrEqual(least);
  });
});

describe('the systemd unit', () => {
  const unit = readDeployFile('deskwright.service');
  const values = (key: string) => [...unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value]) => value ?? '');

  test('sets what the service reads, and starts it', () => {
    expect(unknownSettings(values('Environment').map((pair) => pair.split('=')[0] ?? ''))).toEqual([]);
    expect(values('ExecStart')).toEqual(['/srv/deskwright/node_modules/.bin/deskwright start']);
    expect(values('EnvironmentFile')).toEqual(['/srv/deskwright/.env']);
  });
});

// Skipped where systemd is not installed.
(has('systemd-analyze') ? describe : describe.skip)('systemd', () => {
  test('accepts the unit, and says that it lets the service do little', () => {
    const unit = readDeployFile('deskwright.service');
    const folder = mkdtempSync(join(tmpdir(), 'deskwright-unit-'));
    const copy = join(folder, 'deskwright.service');
    // The program must exist on this machine.
    writeFileSync(copy, unit.replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`));
    const verified = spawnSync('systemd-analyze', ['verify', copy], { encoding: 'utf8' });
    expect([verified.status, verified.stderr]).toEqual([0, '']);
    // From 0 (can do nothing) to 100; above 30 it says "medium".
    const judged = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=30', copy]);
    expect(judged.status).toBe(0);
    rmSync(folder, { recursive: true });
  });
});

function has(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write(`skipped: no ${program} on the PATH\n`);
    return false;
  }
}
