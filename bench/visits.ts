/** What a browser asks of the app while somebody looks at a dashboard: taken down from Chromium, to be asked again by many. */
import { chromium, type Cookie, type Page, type Request } from 'playwright';
import { chromiumOptions } from '../e2e/support/chromium';

export interface Asked {
  readonly method: string;
  /** With the search part. */
  readonly path: string;
  readonly body: string | null;
  readonly contentType: string | undefined;
  /** Pages come with the session's cookie, everything else with a token. */
  readonly isPage: boolean;
}

/** Requests of one step, in the browser's order. */
export interface Step {
  /** When they were taken down, in milliseconds since the epoch: their times are of that moment. */
  readonly at: number;
  readonly requests: readonly Asked[];
}

export interface Visit {
  readonly open: Step;
  /** Another project was chosen. */
  readonly change: Step;
  readonly refresh: Step;
}

export interface Look {
  readonly dashboard: string;
  /** Another project than the one that is shown first. */
  readonly project: string;
}

function asked(request: Request): Asked {
  const { pathname, search } = new URL(request.url());
  return {
    method: request.method(),
    path: pathname + search,
    body: request.postData(),
    contentType: request.headers()['content-type'],
    isPage: !pathname.startsWith('/api/'),
  };
}

const isPage = (request: Request): boolean => request.resourceType() === 'document' || new URL(request.url()).searchParams.has('_rsc');

/** Scripts, styles and fonts are kept by browsers for a year; the sign-in happens once. */
function counts(request: Request, appUrl: string): boolean {
  const { origin, pathname } = new URL(request.url());
  return origin === appUrl && !pathname.startsWith('/api/auth/') && (pathname.startsWith('/api/') || isPage(request));
}

async function step(page: Page, appUrl: string, act: () => Promise<unknown>): Promise<Step> {
  const requests: Asked[] = [];
  const note = (request: Request) => {
    if (counts(request, appUrl)) requests.push(asked(request));
  };
  const at = Date.now();
  page.on('request', note);
  await act();
  await page.waitForLoadState('networkidle');
  page.off('request', note);
  return { at, requests };
}

/** @param cookies of the person who looks */
export async function recordVisits(appUrl: string, cookies: readonly Cookie[], looks: readonly Look[]): Promise<Visit[]> {
  const browser = await chromium.launch(chromiumOptions);
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1600 } });
    await context.addCookies([...cookies]);
    const visits: Visit[] = [];
    for (const { dashboard, project } of looks) {
      const page = await context.newPage();
      page.setDefaultTimeout(120_000);
      const address = `${appUrl}/observability/dashboards/opendatahub/${dashboard}?refresh=0s`;
      const load = (query = '') => async () => {
        await page.goto(address + query);
        await page.getByTestId('panel-content').first().waitFor();
      };
      // The first time takes what is kept afterwards.
      await load()();
      const open = await step(page, appUrl, load());
      const reopened = await step(page, appUrl, load(`&namespace=${project}`));
      // Of another choice only what depends on it is asked.
      const change = { ...reopened, requests: reopened.requests.filter(isQuery) };
      const refresh = await step(page, appUrl, () => page.getByTestId('refresh-now').click());
      visits.push({ open, change, refresh });
      await page.close();
    }
    return visits;
  } finally {
    await browser.close();
  }
}

export const isQuery = ({ path }: Asked): boolean => path.startsWith(queryPath);

/** Below it are the paths of Prometheus. */
export const queryPath = '/api/proxy/globaldatasources/prometheus';

const times = ['start', 'end', 'time'] as const;

function shifted(text: string, seconds: number): string {
  const parameters = new URLSearchParams(text);
  for (const name of times) {
    const value = Number(parameters.get(name) ?? Number.NaN);
    if (!Number.isNaN(value)) parameters.set(name, String(value + seconds));
  }
  return parameters.toString();
}

/** The same request later: its time range moves with the clock. */
export function later(request: Asked, milliseconds: number): Asked {
  if (!isQuery(request)) return request;
  const seconds = Math.floor(milliseconds / 1000);
  const [path = '', search] = request.path.split('?');
  return {
    ...request,
    path: search === undefined ? path : `${path}?${shifted(search, seconds)}`,
    body: request.body === null ? null : shifted(request.body, seconds),
  };
}
