/**
 * Reads the configuration, once: a YAML file named by `OBSERVABILITY_CONFIG`, and secrets from the environment.
 *
 * The only module that reads the environment. A value that is not right stops the start (`ConfigError`).
 */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { schemaTree } from './known-keys';
import { ConfigError, environmentProblems, fileProblems } from './problems';
import { configSchema, secretsSchema, type Config, type FileConfig } from './schema';
import { parseYaml, YamlSyntaxError, type YamlDocument } from './yaml';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The configuration of this process.
 *
 * @param environment where variables are read from
 * @throws ConfigError with every problem of file and environment together, so that one start shows all
 */
export function loadConfig(environment: Environment = process.env): Config {
  const path = environment.OBSERVABILITY_CONFIG;
  if (path === undefined || path === '') {
    throw new ConfigError('OBSERVABILITY_CONFIG is not set. Set it to the path of the configuration file; docs/configuration.md has a complete example.');
  }
  const document = readDocument(path);
  const file = configSchema.safeParse(document.value, { reportInput: true });
  const secrets = secretsSchema.safeParse(environment, { reportInput: true });
  if (!file.success || !secrets.success) {
    throw new ConfigError(`The configuration is not valid (${path}). docs/configuration.md describes every key.`, [
      ...(file.success ? [] : fileProblems(file.error, document, schemaTree(configSchema))),
      ...(secrets.success ? [] : environmentProblems(secrets.error)),
    ]);
  }
  const unusable = unusableFiles(file.data, document);
  if (unusable.length > 0) {
    throw new ConfigError(`The configuration names files that cannot be used (${path}).`, unusable);
  }
  return {
    ...file.data,
    sessionSecret: secrets.data.OBSERVABILITY_SESSION_SECRET,
    clientSecret: secrets.data.OBSERVABILITY_CLIENT_SECRET,
    auditKey: secrets.data.OBSERVABILITY_AUDIT_KEY,
    redisPassword: secrets.data.OBSERVABILITY_REDIS_PASSWORD,
  };
}

/** Files that are read once at start. Those that change while the process runs may come later. */
function unusableFiles({ datasources, redis }: FileConfig, document: YamlDocument): string[] {
  const named = [
    ...datasources.map(({ caFile }, index) => ({ caFile, key: `datasources[${index}].caFile`, path: ['datasources', index, 'caFile'] })),
    { caFile: redis?.caFile, key: 'redis.caFile', path: ['redis', 'caFile'] },
  ];
  return named.flatMap(({ caFile, key, path }) => {
    const reason = caFile === undefined ? undefined : unusableCertificates(caFile);
    return reason === undefined ? [] : [`line ${document.lineOf(path)}: ${key} is ${JSON.stringify(caFile)}, expected a file with certificates (PEM): ${reason}`];
  });
}

function unusableCertificates(path: string): string | undefined {
  try {
    const certificates = readFileSync(path, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
    certificates.forEach((certificate) => new X509Certificate(certificate));
    return certificates.length === 0 ? 'it holds none' : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function readDocument(path: string): YamlDocument {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`The configuration file named by OBSERVABILITY_CONFIG cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    const [document, second] = parseYaml(text);
    if (document === undefined) {
      throw new ConfigError(`The configuration file is empty: ${path}. docs/configuration.md has a complete example.`);
    }
    if (second !== undefined) {
      throw new ConfigError(`The configuration file holds more than one YAML document: ${path}, line ${second.lineOf([])}. Expected one.`);
    }
    return document;
  } catch (error) {
    if (error instanceof YamlSyntaxError) {
      throw new ConfigError(`The configuration file is not valid YAML: ${path}, line ${error.line}: ${error.message}`);
    }
    throw error;
  }
}

/**
 * Tells the sign-in library its own address, which it takes from the environment only. Without it, it would believe the
 * `Host` header, and whoever sends one could choose where sign-in returns to.
 */
export function applyNextAuthEnvironment(config: Config): void {
  process.env.NEXTAUTH_URL = config.publicUrl;
  // With either of these next-auth believes a request's own Host header.
  delete process.env.AUTH_TRUST_HOST;
  delete process.env.VERCEL;
}
