/**
 * The error catalogue: what can go wrong, in words for people.
 *
 * Shared by server and browser, so that a message reads the same wherever it is raised. Codes are stable: they are
 * documented in docs/troubleshooting.md (generated from this file) and people search for them.
 * The upstream's own text never appears here; it goes to the log.
 */
import { z } from './zod';

export interface CatalogueEntry {
  /** HTTP status of an API response that carries this code. */
  readonly status: number;
  /** Prometheus's `errorType` (https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview). */
  readonly errorType: string;
  /** A few words, for headings. */
  readonly title: string;
  /** One sentence for people who do not know Prometheus. */
  readonly message: string;
  /** What to do next. */
  readonly remedy: string;
}

export const errorCatalogue = {
  ERR_AUTH_001: {
    status: 401,
    errorType: 'unauthorized',
    title: 'Sign in to continue',
    message: 'You are not signed in, or your session has ended.',
    remedy: 'Sign in again; you return to the same page with the same filters.',
  },
  ERR_AUTH_002: {
    status: 401,
    errorType: 'unauthorized',
    title: 'Token not accepted',
    message: 'The access token that came with the request was not accepted.',
    remedy: 'Sign in again. If it happens again, ask an administrator to check the issuer and audience in the configuration.',
  },
  ERR_AUTH_003: {
    status: 502,
    errorType: 'unauthorized',
    title: 'Token exchange failed',
    message: 'Your sign-in could not be exchanged for access to the metrics backend, or the backend did not accept it.',
    remedy: 'Try again in a minute. If it persists, ask an administrator to check the credential of the datasource and the token exchange settings of the identity provider.',
  },
  ERR_ACCESS_001: {
    status: 403,
    errorType: 'forbidden',
    title: 'No projects',
    message: 'You do not have access to any project, so there is nothing to show.',
    remedy: 'Create a project in OpenShift AI, or ask the owner of a project to add you to it, then reload this page.',
  },
  ERR_ACCESS_002: {
    status: 403,
    errorType: 'forbidden',
    title: 'No access',
    message: 'You do not have access to this project or dashboard.',
    remedy: 'Choose one of your own projects, or ask the owner of the project for access.',
  },
  ERR_QUERY_001: {
    status: 400,
    errorType: 'bad_data',
    title: 'Query not allowed',
    message: 'The query is not valid, or it uses something that cannot be limited to your projects.',
    remedy: 'Correct the query. If it comes from a built-in dashboard, report it to an administrator.',
  },
  ERR_QUERY_002: {
    status: 504,
    errorType: 'timeout',
    title: 'Query took too long',
    message: 'The metrics backend did not answer in time.',
    remedy: 'Choose a shorter time range or fewer projects, then try again.',
  },
  ERR_QUERY_003: {
    status: 422,
    errorType: 'execution',
    title: 'Query too large',
    message: 'The query asks for more data than is allowed at once.',
    remedy: 'Choose a shorter time range, a larger step or fewer projects.',
  },
  ERR_QUERY_004: {
    status: 429,
    errorType: 'unavailable',
    title: 'Too many requests',
    message: 'You are sending more queries than is allowed at once.',
    remedy: 'Wait a moment, then try again; choose a longer refresh interval if it happens often.',
  },
  ERR_DATA_001: {
    status: 503,
    errorType: 'unavailable',
    title: 'Metrics unavailable',
    message: 'The metrics backend cannot be reached or does not work at the moment.',
    remedy: 'Try again in a minute. If it persists, tell an administrator.',
  },
  ERR_DATA_002: {
    status: 404,
    errorType: 'not_found',
    title: 'Metrics not configured',
    message: 'There is no metrics backend of this name, or it does not offer what was asked for.',
    remedy: 'Ask an administrator to add the datasource to the configuration.',
  },
  ERR_DATA_003: {
    status: 404,
    errorType: 'not_found',
    title: 'No data',
    message: 'There is no data for this time range.',
    remedy: 'Choose a longer time range, or check that the workload ran and sent metrics in it.',
  },
  ERR_DASH_001: {
    status: 404,
    errorType: 'not_found',
    title: 'Dashboard not found',
    message: 'There is no dashboard at this address, or it is not shared with you.',
    remedy: 'Choose a dashboard from the list.',
  },
  ERR_DASH_002: {
    status: 400,
    errorType: 'bad_data',
    title: 'Dashboard not valid',
    message: 'The definition of this dashboard is not valid, so it cannot be shown.',
    remedy: 'Ask the owner of the dashboard to correct it; the place of the mistake is in the detail.',
  },
  ERR_DASH_003: {
    status: 409,
    errorType: 'conflict',
    title: 'Changed meanwhile',
    message: 'Someone else changed this dashboard while you were editing it.',
    remedy: 'Reload to see their change, then make yours again.',
  },
  ERR_DASH_004: {
    status: 507,
    errorType: 'unavailable',
    title: 'Dashboard not saved',
    message: 'The change could not be stored; what was stored before is unchanged.',
    remedy: 'Keep your version, for example by copying it, and ask an administrator to look at the store of dashboards.',
  },
  ERR_DASH_005: {
    status: 403,
    errorType: 'forbidden',
    title: 'Managed elsewhere',
    message: 'This dashboard comes from a source that is not changed here, such as the product itself or a Git repository.',
    remedy: 'Change it in its source, or duplicate it and change the copy.',
  },
  ERR_DASH_006: {
    status: 409,
    errorType: 'conflict',
    title: 'Name is taken',
    message: 'There is a dashboard of this name in this project already.',
    remedy: 'Choose another name, or change the dashboard that is there.',
  },
  ERR_PREF_001: {
    status: 503,
    errorType: 'unavailable',
    title: 'Preferences not kept',
    message: 'Your preferences could not be read from the server, or not be kept there.',
    remedy: 'Nothing to do: this browser keeps them, and hands them over when the server takes them again.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

// The keys of the literal above are exactly the codes; `Object.keys` cannot know.
export const errorCodes = Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]];

/** Body of every error response of the API: Prometheus's error shape, with our code, remedy and help link added. */
export const apiErrorSchema = z.object({
  status: z.literal('error'),
  errorType: z.string(),
  error: z.string(),
  code: z.enum(errorCodes),
  remedy: z.string(),
  /** Absolute path of the section that explains this code. */
  help: z.string(),
  /** Sentence and detail in one, where the clients of Perses look for them. */
  message: z.string().optional(),
  /** For people who ask: what exactly was wrong with this request. Never the upstream's text. */
  detail: z.string().optional(),
  requestId: z.string().optional(),
});

export type ApiError = z.infer<typeof apiErrorSchema>;

/** Path of the help page's section for a code, below the address under which the app is served. */
export function helpPath(code: ErrorCode): string {
  return `/observability/help#${code}`;
}
