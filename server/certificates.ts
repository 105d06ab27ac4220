/**
 * The certificate and key that the server speaks TLS with, read again while the process runs: OpenShift's service CA and
 * cert-manager renew them in place. What cannot be used is reported and the pair before stays. Knows no server.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError } from '../lib/config/problems';
import type { Config } from '../lib/config/schema';
import type { Logger } from '../lib/telemetry/logger';

/** Both in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Certificates {
  readonly current: () => Certificate;
  /** Calls back with each new pair. */
  readonly onChange: (listener: (pair: Certificate) => void) => void;
  /** Ends the looking for changes. */
  readonly close: () => void;
}

export interface CertificatesDependencies {
  readonly log: Logger;
  /** Milliseconds between two looks. */
  readonly interval?: number;
}

type Files = NonNullable<Config['listen']['tls']>;

// Not `fs.watch`: Kubernetes changes files of a secret by turning a link that stands above them.
const defaultInterval = 10_000;

/** @throws ConfigError when the files cannot be used at the start */
export function readCertificates(files: Files, { log, interval = defaultInterval }: CertificatesDependencies): Certificates {
  const listeners: ((pair: Certificate) => void)[] = [];
  let current = readPair(files);
  let reported = '';
  logExpiry(current, log);

  const look = (): void => {
    try {
      const next = readPair(files);
      reported = '';
      if (next.cert === current.cert && next.key === current.key) return;
      current = next;
      listeners.forEach((listener) => listener(next));
      logExpiry(next, log);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      // Between the writing of one file and of the other this is normal; it is said once.
      if (reason !== reported) log.warn({ err: error }, 'the new TLS certificate cannot be used, the one before stays');
      reported = reason;
    }
  };
  const timer = setInterval(look, interval);
  timer.unref();

  return {
    current: () => current,
    onChange: (listener) => void listeners.push(listener),
    close: () => clearInterval(timer),
  };
}

function readPair({ certFile, keyFile }: Files): Certificate {
  const cert = usable('listen.tls.certFile', certFile, (text) => new X509Certificate(text));
  const key = usable('listen.tls.keyFile', keyFile, (text) => createPrivateKey(text));
  if (!cert.parsed.checkPrivateKey(key.parsed)) {
    throw new ConfigError(`The key in ${keyFile} (listen.tls.keyFile) does not belong to the certificate in ${certFile} (listen.tls.certFile).`);
  }
  return { cert: cert.text, key: key.text };
}

function usable<Parsed>(name: string, path: string, parse: (text: string) => Parsed): { text: string; parsed: Parsed } {
  try {
    const text = readFileSync(path, 'utf8');
    return { text, parsed: parse(text) };
  } catch (error) {
    throw new ConfigError(`The file named by ${name} cannot be used: ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function logExpiry({ cert }: Certificate, log: Logger): void {
  const { subject, validTo } = new X509Certificate(cert);
  log.info({ subject, validTo }, 'TLS certificate in use');
}
