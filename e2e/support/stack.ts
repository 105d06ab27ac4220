/** Where the stack of the end-to-end tests listens: its own ports and state, beside a demo that may be running. */
import { hostSettings } from './host-settings';

/** `E2E_PORT` moves the tests elsewhere, so that two working copies can run them at once. */
const first = Number(process.env.E2E_PORT ?? 4300);
const ports = { app: first, host: first + 10, faultyHost: first + 11, faultyLink: first + 12, prometheus: first + 90, oidc: first + 40, exporter: first + 50, prometheusProxy: first + 60 };

/** Of an app that a test starts for itself. */
export const secondAppPort = first + 61;
/** Of another, and of the link between it and Prometheus, for tests to cut. */
export const outageAppPort = first + 62;
export const outageLinkPort = first + 63;
/** Of one whose metrics backend is not there. */
export const statusAppPort = first + 65;
/** Of one whose dashboards change. */
export const changingAppPort = first + 64;
/** Of one that keeps preferences. */
export const preferencesAppPort = first + 66;
/** Of one with a dashboard for a metrics backend that it has not. */
export const notConfiguredAppPort = first + 67;
/** Of one that dashboards are made in. */
export const editorAppPort = first + 70;
/** Of one that dashboards are changed in visually, and the next few for repetitions at the same time. */
export const visualAppPort = first + 74;

/** Of one that gives queries little time, of the door between it and Prometheus, and of a host that shows it. */
export const statesAppPort = first + 110;
export const statesDoorPort = first + 111;
const statesHostPort = first + 112;

/** Of one whose dashboards are managed, and the next few for repetitions at the same time. */
export const managedAppPort = first + 68;

export const appUrl = `http://127.0.0.1:${ports.app}`;
/** Prometheus itself, which answers this machine without a token. */
export const prometheusUrl = `http://127.0.0.1:${ports.prometheus}`;
/** The door that the app goes through. */
export const prometheusProxyUrl = `http://127.0.0.1:${ports.prometheusProxy}`;
export const issuerUrl = `http://127.0.0.1:${ports.oidc}`;

export const hostUrl = `http://127.0.0.1:${ports.host}`;
export const statesHostUrl = `http://127.0.0.1:${statesHostPort}`;
export const faultyHostUrl = `http://127.0.0.1:${ports.faultyHost}`;
/** Between the faulty host and the app, for tests to cut. */
export const faultyLinkPort = ports.faultyLink;

/** Built for development, so that React says what it finds. */
export const hostEnvironment = { HOST_SETTINGS: JSON.stringify(hostSettings({ port: ports.host, servicePort: ports.app, issuer: issuerUrl, mode: 'development' })) };
export const faultyHostSettings = hostSettings({ port: ports.faultyHost, servicePort: ports.faultyLink, issuer: issuerUrl, mode: 'development' });
export const statesHostSettings = hostSettings({ port: statesHostPort, servicePort: statesAppPort, issuer: issuerUrl, mode: 'development' });

export const stackEnvironment = {
  DEMO_HOST_URLS: `${hostUrl} ${faultyHostUrl} ${statesHostUrl}`,
  DEMO_STATE_DIR: '.demo/e2e',
  DEMO_APP_PORT: String(ports.app),
  DEMO_PROMETHEUS_PORT: String(ports.prometheus),
  DEMO_OIDC_PORT: String(ports.oidc),
  DEMO_EXPORTER_PORT: String(ports.exporter),
  DEMO_PROMETHEUS_PROXY_PORT: String(ports.prometheusProxy),
  // Short-lived access tokens: a test sees silent refreshes within seconds.
  DEMO_ACCESS_TOKEN_SECONDS: '20',
  // Tests run at the same time as the same person.
  DEMO_PREFERENCES: 'browser',
};

export const projectsOf = {
  scientist: ['llm-research', 'vision-lab'],
  mlops: ['bert-serving', 'chat-assistant', 'claims-pipelines', 'fraud-detection'],
} as const;

export type User = 'scientist' | 'mlops' | 'admin' | 'guest';
