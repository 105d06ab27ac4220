import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from './load';
import { ConfigError } from './problems';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const secrets = { OBSERVABILITY_SESSION_SECRET: 'x'.repeat(32), OBSERVABILITY_CLIENT_SECRET: 'client-secret' };

/** The least that a file must hold; each test adds its mistake. */
const valid = `
publicUrl: https://observability.example.com/
identity:
  issuer: https://sso.example.com/realms/ai
  clientId: odh-observability
datasources:
  - name: prometheus
    default: true
    url: http://prometheus:9090
`;

function load(text: string, environment: Record<string, string | undefined> = secrets) {
  const path = join(folder, 'config.yaml');
  writeFileSync(path, text);
  return loadConfig({ OBSERVABILITY_CONFIG: path, ...environment });
}

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.message;
    }
    throw error;
  }
  throw new Error('expected a ConfigError');
}

describe('a valid file', () => {
  it('is completed with defaults, durations in milliseconds, addresses without a trailing slash', () => {
    const config = load(valid);
    expect(config.publicUrl).toBe('https://observability.example.com');
    expect(config.session).toEqual({ idle: 8 * 3_600_000, absolute: 12 * 3_600_000 });
    expect(config.limits.timeout).toBe(30_000);
    expect(config.datasources[0]?.scopeLabel).toBe('namespace');
    expect(config.listen).toEqual({ host: '0.0.0.0', port: 3000 });
  });

  it('asks backends without a credential unless told otherwise, and as the account of the pod when told so', () => {
    expect(load(valid).datasources[0]?.credential).toEqual({ type: 'none' });
    expect(load(`${valid}    credential: {type: service-account}\n`).datasources[0]?.credential).toEqual({
      type: 'service-account',
      tokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token',
    });
  });

  it('gets its secrets from the environment', () => {
    expect(load(valid)).toMatchObject({ sessionSecret: secrets.OBSERVABILITY_SESSION_SECRET, clientSecret: 'client-secret' });
  });

  it('may have a key for audit records, but not one that can be guessed', () => {
    expect(load(valid).auditKey).toBeUndefined();
    expect(load(valid, { ...secrets, OBSERVABILITY_AUDIT_KEY: 'k'.repeat(32) }).auditKey).toBe('k'.repeat(32));
    const message = messageOf(() => load(valid, { ...secrets, OBSERVABILITY_AUDIT_KEY: 'guessable' }));
    expect(message).toContain('environment variable OBSERVABILITY_AUDIT_KEY is set to an unsuitable value, expected at least 32 characters');
    expect(message).not.toContain('guessable');
  });
});

describe('a wrong value stops the start with line, key, value and what is expected', () => {
  it.each([
    ['a word for a port', 'listen:\n  port: high', 'line 13: listen.port is "high", expected a number'],
    ['a port that does not exist', 'listen: {port: 70000}', 'listen.port is 70000, expected at most 65535'],
    ['a fraction', 'limits: {points: 1.5}', 'limits.points is 1.5, expected a whole number'],
    ['nothing allowed', 'limits: {concurrency: 0}', 'limits.concurrency is 0, expected more than 0'],
    ['a duration without a unit', 'limits: {timeout: 30}', 'limits.timeout is 30, expected a duration such as "30s"'],
    ['a duration in words', 'limits: {timeout: soon}', 'limits.timeout is "soon", expected a duration such as "30s"'],
    ['no time at all', 'limits: {range: 0s}', 'limits.range is "0s", expected a duration above zero'],
    ['an unknown log level', 'logLevel: trace', 'logLevel is "trace", expected "debug" or "info" or "warn" or "error"'],
    ['an unknown access provider', 'access: {provider: ldap}', 'access.provider is "ldap", expected "claims"'],
    ['an access decision that holds for minutes', 'access: {cache: 5m}', 'access.cache is "5m", expected at most "30s"'],
    ['projects from a Kubernetes that is not there', 'access: {provider: openshift}', 'kubernetes is missing, expected it beside access.provider "openshift"'],
    ['tokens sent in clear', 'kubernetes: {url: "http://kubernetes.default.svc"}', 'kubernetes.url is "http://kubernetes.default.svc", expected an https URL'],
    ['a text where a map belongs', 'session: 8h', 'session is "8h", expected a map of keys'],
    ['a map where a text belongs', 'platformProject: {name: x}', 'platformProject is a map of keys, expected a text'],
    ['a name Kubernetes would refuse', 'platformProject: My Project', 'platformProject is "My Project", expected a Kubernetes name'],
    ['a project of a group that cannot exist', 'access: {claims: {groupNamespaces: {team: [Bad_Name]}}}', 'access.claims.groupNamespaces.team[0] is "Bad_Name", expected a Kubernetes name'],
    ['a certificate without its key', 'listen: {tls: {certFile: /tls.crt}}', 'listen.tls.keyFile is missing, expected a text'],
    ['an empty text', 'listen: {host: ""}', 'listen.host is "", expected at least 1 character'],
  ])('%s', (_, addition, expected) => {
    expect(messageOf(() => load(`${valid}\n\n${addition}\n`))).toContain(expected);
  });

  it.each([
    ['a credential that does not exist', '{type: password}', 'datasources[0].credential.type is "password", expected "none" or "service-account" or "user-token" or "token-exchange"'],
    ['a credential without its type', '{audience: prometheus}', 'datasources[0].credential.type is missing, expected "none" or'],
    ['an exchange for nobody', '{type: token-exchange}', 'datasources[0].credential.audience is missing, expected a text'],
    ['a key of another credential', '{type: user-token, audience: prometheus}', 'datasources[0].credential.audience is not a known key of this type'],
    ['a credential in a word', 'user-token', 'datasources[0].credential is "user-token", expected a map of keys'],
  ])('%s', (_, credential, expected) => {
    expect(messageOf(() => load(`${valid}    credential: ${credential}\n`))).toContain(expected);
  });

  it.each([
    ['an address without a scheme', 'url: http://prometheus:9090', 'url: prometheus:9090', 'datasources[0].url is "prometheus:9090", expected an http or https URL'],
    ['a password in an address', 'url: http://prometheus:9090', 'url: http://me:secret@prometheus:9090', 'datasources[0].url is "http://…@prometheus:9090", expected a URL without user name and password'],
    ['a file as an address', 'url: http://prometheus:9090', 'url: file:///etc/passwd', 'datasources[0].url is "file:///etc/passwd", expected an http or https URL'],
    ['a public address with a path', 'example.com/\n', 'example.com/obs\n', 'publicUrl is "https://observability.example.com/obs", expected an http or https URL without a path'],
    ['signatures that everyone with the public key can make', 'clientId: odh-observability', 'clientId: odh-observability\n  bearer: {algorithms: [RS256, HS256]}', 'identity.bearer.algorithms[1] is "HS256", expected "RS256"'],
    ['tokens without a signature', 'clientId: odh-observability', 'clientId: odh-observability\n  bearer: {algorithms: [none]}', 'identity.bearer.algorithms[0] is "none", expected "RS256"'],
    ['no default datasource', 'default: true', 'default: false', 'expected exactly one datasource with "default: true", found 0'],
    ['a key left out', 'clientId: odh-observability', 'providerName: SSO', 'line 4: identity.clientId is missing, expected a text'],
  ])('%s', (_, from, to, expected) => {
    expect(messageOf(() => load(valid.replace(from, to)))).toContain(expected);
  });

  it.each([
    ['certificate authorities in a file that is not there', '/nowhere/ca.crt', 'ENOENT'],
    ['certificate authorities in a file without certificates', '/dev/null', 'it holds none'],
  ])('%s', (_, file, reason) => {
    expect(messageOf(() => load(`${valid}    caFile: ${file}\n`))).toMatch(new RegExp(`line 10: datasources\\[0\\]\\.caFile is "${file}", expected a file with certificates \\(PEM\\): .*${reason}`));
  });

  it('two datasources of one name', () => {
    expect(messageOf(() => load(`${valid}  - name: prometheus\n    url: http://other:9090\n`))).toContain('datasources[1].name is "prometheus", expected a name that no other datasource has');
  });

  it('all mistakes of file and environment at once', () => {
    const message = messageOf(() => load(`${valid}logLevel: loud\nlisten: {port: -1}\n`, {}));
    expect(message.split('\n').slice(1)).toHaveLength(4);
  });
});

describe('a key nobody knows stops the start and names the nearest one', () => {
  it.each([
    ['a typing mistake', 'acces: {provider: claims}', 'acces is not a known key; did you mean "access"?'],
    ['wrong case', 'loglevel: info', 'loglevel is not a known key; did you mean "logLevel"?'],
    ['the right key at the wrong place', 'issuer: https://sso', 'issuer is not a known key; did you mean "identity.issuer"?'],
    ['something else', 'colour: blue', 'colour is not a known key'],
  ])('%s', (_, addition, expected) => {
    const lines = messageOf(() => load(`${valid}${addition}\n`)).split('\n');
    expect(lines[1]?.endsWith(expected)).toBe(true);
  });

  it('a secret in the file is refused without being repeated', () => {
    const message = messageOf(() => load(valid.replace('clientId:', 'clientSecret: hunter2-hunter2\n  clientId:')));
    expect(message).toContain('identity.clientSecret is not a known key; secrets come from the environment');
    expect(message).not.toContain('hunter2');
  });
});

describe('secrets', () => {
  it('that are missing are named', () => {
    const message = messageOf(() => load(valid, {}));
    expect(message).toContain('environment variable OBSERVABILITY_SESSION_SECRET is not set');
    expect(message).toContain('environment variable OBSERVABILITY_CLIENT_SECRET is not set');
  });

  it('that are too short are refused without being repeated', () => {
    const message = messageOf(() => load(valid, { ...secrets, OBSERVABILITY_SESSION_SECRET: 'short-secret' }));
    expect(message).toContain('OBSERVABILITY_SESSION_SECRET is set to an unsuitable value, expected at least 32 characters');
    expect(message).not.toContain('short-secret');
  });

  it('in an address are not repeated', () => {
    expect(messageOf(() => load(valid.replace('http://prometheus:9090', 'ftp://user:hunter2@prometheus')))).not.toContain('hunter2');
  });
});

describe('a file that cannot be read', () => {
  it('a missing variable says what to set', () => {
    expect(messageOf(() => loadConfig({}))).toMatch(/^OBSERVABILITY_CONFIG is not set\. Set it to the path/);
  });

  it('a missing file is named', () => {
    expect(messageOf(() => loadConfig({ OBSERVABILITY_CONFIG: '/nowhere/config.yaml' }))).toContain('/nowhere/config.yaml');
  });

  it('a YAML mistake is told with its line', () => {
    expect(messageOf(() => load('publicUrl: https://a\nidentity: {issuer: "x\n'))).toMatch(/not valid YAML: .*config\.yaml, line \d+: /);
  });

  it('a key given twice is a mistake, not a choice', () => {
    expect(messageOf(() => load(`${valid}publicUrl: https://other\n`))).toMatch(/line 10: .*unique/);
  });

  it('an empty file says so', () => {
    expect(messageOf(() => load('# nothing yet\n'))).toContain('is empty');
  });
});
