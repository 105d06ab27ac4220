/** What the proxy's process is told by the process that starts it, in a file. */
export interface ProxySettings {
  readonly port: number;
  /** Whose tokens are accepted, and for which audience. */
  readonly issuer: string;
  readonly audience: string;
  /** Where Prometheus answers, without a slash at its end. */
  readonly prometheusUrl: string;
}
