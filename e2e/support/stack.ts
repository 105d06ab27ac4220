/** Where the stack of the end-to-end tests listens: its own ports and state, beside a demo that may be running. */

const ports = { app: 4300, prometheus: 4390, oidc: 4340, exporter: 4350 };

export const appUrl = `http://127.0.0.1:${ports.app}`;
export const prometheusUrl = `http://127.0.0.1:${ports.prometheus}`;
export const issuerUrl = `http://127.0.0.1:${ports.oidc}`;

export const stackEnvironment = {
  DEMO_STATE_DIR: '.demo/e2e',
  DEMO_APP_PORT: String(ports.app),
  DEMO_PROMETHEUS_PORT: String(ports.prometheus),
  DEMO_OIDC_PORT: String(ports.oidc),
  DEMO_EXPORTER_PORT: String(ports.exporter),
  // Short-lived access tokens: a test sees silent refreshes within seconds.
  DEMO_ACCESS_TOKEN_SECONDS: '20',
};

export const projectsOf = {
  scientist: ['llm-research', 'vision-lab'],
  mlops: ['bert-serving', 'fraud-detection'],
} as const;

export type User = 'scientist' | 'mlops' | 'admin' | 'guest';
