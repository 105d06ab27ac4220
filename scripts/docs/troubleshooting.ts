/** docs/troubleshooting.md, from the error catalogue. What administrators should look at is written here. */
import { errorCatalogue, errorCodes, type ErrorCode } from '../../lib/contracts/errors';

const metric = 'odh_observability_refusals_total';

const forAdministrators: Readonly<Record<ErrorCode, string>> = {
  ERR_AUTH_001:
    'Normal when it happens once per person and working day: a session ends after `session.idle` without use, and `session.absolute` after the sign-in. When people are sent to sign in every few minutes, the provider refuses the refresh: look for log lines with this code and their `err`. Usual causes: `offline_access` is missing in `identity.scopes`, the provider revokes refresh tokens, replicas use different `OBSERVABILITY_SESSION_SECRET` values, or the address in the browser is not the one of `publicUrl` (cookies belong to one host name).',
  ERR_AUTH_002:
    'The `detail` of the response says which check failed, the log line with the request id has more. For a JWT compare the claims `iss` and `aud` with `identity.issuer` and `identity.bearer.audiences`; an ID token is refused, whatever its audience. An opaque token (OpenShift: `sha256~…`) needs the key `kubernetes`. With the access providers `kubernetes` and `openshift` it may be Kubernetes that does not accept the token, that of a sign-in too: its API server must know `identity.issuer`. A request with a token and the session of another person gets this code too.',
  ERR_AUTH_003: 'The log line with the request id holds the answer of the token endpoint, or of the backend that answered 401. Check that the provider allows this client to exchange tokens for the `audience` of the datasource\'s `credential`, that the audience of the caller\'s own token lets it, and that the backend accepts tokens of this issuer and audience. With `user-token` it is the caller\'s own token that the backend refused.',
  ERR_ACCESS_001:
    'The token of the caller lists no project and none of the groups that the configuration knows. Check that the provider puts the claims named by `access.claims.namespaces` and `access.claims.groups` into the ID token or the userinfo answer, and into access tokens when ODH Dashboard sends them. A membership that was just given arrives with the next token refresh. With the access providers `kubernetes` and `openshift`: ask `kubectl auth can-i` what `access.kubernetes` says, as that person; it arrives within `access.cache`.',
  ERR_ACCESS_002: 'Compare the project in the address with the answer of `/api/me` for that person. When the log line has an `err`, it was the metrics backend that answered 403: it decides for itself about callers whose credential it gets (`user-token`, `token-exchange`). Signing out is refused with this code when the form was sent from another site.',
  ERR_QUERY_001: 'The response has a `detail` that says what is not allowed. When the metrics backend refused the query, its text is in the log line with the request id.',
  ERR_QUERY_002: 'The time limit is `limits.timeout`. Compare `odh_observability_query_upstream_duration_seconds` with `odh_observability_query_duration_seconds`: if the first is high, the metrics backend is slow; if only the second is, callers wait for their turn (`limits.concurrency`).',
  ERR_QUERY_003: 'The response has a `detail` with the limit and the value. The limits are `limits.range`, `limits.points`, `limits.subqueryPoints`, `limits.windowTime`, `limits.queryBytes`, `limits.queryDepth`, `limits.matchers` and `limits.responseBytes`. A body that is too large, such as a dashboard of Grafana of more than 1 MiB, gets this code too.',
  ERR_QUERY_004: 'Limits count per person: `limits.concurrency`, `limits.queue`, `limits.perMinute`. One browser page with many panels needs about as many queries at once as it has panels.',
  ERR_DATA_001: 'Also the answer when the identity provider or Kubernetes cannot be asked who somebody is or what they may see: then nobody sees anything, and the `detail` says so. Ask `/api/health/ready`, which names what does not answer, then read the log lines with this code: their `err` is what the connection or the backend said. Check the `url` of the datasource from inside the pod, its certificate, and network policies. When the detail says that access cannot be recorded, the audit log is what does not work (`audit.onFailure`).',
  ERR_DATA_002: 'The name in the address must be the `name` of one of the `datasources`. The app serves the read part of the Prometheus API only; administration and federation addresses are closed on purpose.',
  ERR_DATA_003: 'Ask Prometheus itself whether the metric exists for the project, and when its last sample was. If it never did, the exporter is not scraped.',
  ERR_DASH_001: 'The same answer is given for a dashboard that does not exist, is disabled, is for administrators, or belongs to a project that the caller has not. *Manage dashboards* shows administrators all of them with their state. One that cannot be read is left out: it is *Broken* there, and the log message `dashboard not valid, left out` names file or resource, line and reason.',
  ERR_DASH_002: 'Of a dashboard that was sent, the `detail` has line, place and reason. Of one that a source holds, *Manage dashboards* and the log message `dashboard not valid, left out` have them.',
  ERR_DASH_003: 'Nothing to do: the change that came second was refused so that the first is not lost. Settings of administrators, and a new dashboard whose name is taken, get this code too.',
  ERR_DASH_004: 'The `detail` says what the store answered: no space, read-only, or not allowed. The store is the folder `dashboards.own`, the file `dashboards.settings`, the Kubernetes API or the Perses server; the log line with the request id has its error. What was stored before is complete: a file is given its name only when all of it is on the disk.',
  ERR_DASH_006: 'A new dashboard never replaces another one. The name is the last part of its address and of `metadata.name`; the title may be the same.',
  ERR_DASH_005: 'Only dashboards of the folder `dashboards.own`, `PersesDashboard` resources and those of a Perses server are changed through the app, and of the resources not those that Argo CD or Flux apply. With none of these configured, none are made in the app. Those of `dashboards.directory` belong to the product: a dashboard of the same name from another source takes the place of one (docs/dashboard-sources.md).',
  ERR_PREF_001: 'The log line with the request id has the error of the file system. Check that the folder `preferences.store` is there, that the app may write to it and that it has space; a file that was edited by hand and is no JSON any more gets this code too, for its person only. Delete it to begin anew.',
};

/** The steps of `lib/absence`, as the panel shows their outcome. */
const noData = `## No data: which of these is it?

A panel without data asks the server why. The server decides in this order, and looks only into what the person may see:

\`\`\`mermaid
flowchart TD
  panel["The queries of a panel brought nothing"] --> backend{"Is the metrics backend that it names configured?"}
  backend -->|no| notConfigured["Metrics not configured: ERR_DATA_002"]
  backend -->|yes| answers{"Does the backend answer?"}
  answers -->|no| outage["Metrics unavailable: ERR_DATA_001"]
  answers -->|yes| access{"Is one of the chosen projects the person's?"}
  access -->|no| noAccess["You have no access to …: ERR_ACCESS_002"]
  access -->|yes| there{"Do all series that the query selects exist in the time range?"}
  there -->|yes| nothing["Nothing to report: none meets the condition of the query"]
  there -->|no| time{"Did they exist at another time within 30 days?"}
  time -->|yes| jump["No data in this time range: it offers one that has data"]
  time -->|no| metrics{"Did the person's projects have these metrics within 30 days?"}
  metrics -->|yes| chosen["No data for what is chosen"]
  metrics -->|no| notEmitted["Nothing sends these metrics: it names what emits them"]
\`\`\`

All but the first step ask the datasource of the panel, about the projects of the person.

| what people see | where to look |
| --- | --- |
| ![Only projects of others are chosen](images/viewer/no-data-no-access.png) | \`/api/me\` of that person lists their projects. Those come from the token or the cluster: [ERR_ACCESS_001](#ERR_ACCESS_001). |
| ![Nothing ran in the time range](images/viewer/no-data-earlier.png) | Nothing to do: the workload did not run then. When it did, its target was down: ask Prometheus for \`up\` at that time. |
| ![What is chosen has no such metrics](images/viewer/no-data-nothing-chosen.png) | Nothing to do where another workload was meant. When this one should have them: ask Prometheus for the metric with its labels, and compare their values with the choices above the panels. |
| ![Nothing meets the condition of the query](images/viewer/no-data-nothing-to-report.png) | Nothing to do: the metrics are there. When it should not be empty, its query or the threshold in it is wrong: *Queries and timing* in the menu of the panel shows what was asked. |
| ![Nothing sends the metrics](images/viewer/no-data-not-emitted.png) | The exporter is not installed or not scraped for the project: [metrics.md](metrics.md) says what emits each metric. Then look at the targets of Prometheus, the \`ServiceMonitor\` or \`PodMonitor\` of the workload, and whether the series carry the label \`scopeLabel\` of the datasource: without it they belong to no project. |
| ![The metrics backend is not configured](images/viewer/not-configured.png) | The dashboard names a datasource that is none of \`datasources\`: correct the dashboard, or add it. See [ERR_DATA_002](#ERR_DATA_002). |
| ![A panel whose query took too long](images/viewer/timeout.png) | See [ERR_QUERY_002](#ERR_QUERY_002). |
| ![A panel whose metrics backend does not answer](images/viewer/panel-error.png) | See [ERR_DATA_001](#ERR_DATA_001). |
`;

/** The whole page. Anchors are the codes: people search for them, and the app links to them. */
export function troubleshootingPage(): string {
  return `# Troubleshooting

<!-- Generated from lib/contracts/errors.ts and scripts/docs/troubleshooting.ts by \`npm run docs\`. Changes made here are lost. -->

Every error that the app shows has a code, and most have a request id. The code leads to its section below; the request
id finds the log line, which says more than the page may tell.

Administrators find

- the log on standard output, one JSON object a line, with \`requestId\`, \`code\` and, when something behind the app
  failed, \`err\`;
- the number of refusals by code as the metric \`${metric}\` on \`/metrics\`;
- what the app depends on, and whether it works, at \`/api/health/ready\`;
- why something does not work and what to do next, on the page \`/observability/status\` and from \`diagnose\`
  ([operations.md](operations.md#what-is-wrong)).

${noData}
${errorCodes.map(section).join('\n')}`;
}

function section(code: ErrorCode): string {
  const { title, message, remedy, status } = errorCatalogue[code];
  return `<a id="${code}"></a>

## ${code}: ${title}

${message}

**What to do:** ${remedy}

**For administrators** (HTTP status ${status}): ${forAdministrators[code]}
`;
}
