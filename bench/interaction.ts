/**
 * The viewer under the hand, in Chromium: from another choice to all panels in view drawn; how long the page does not answer
 * while 30 panels scroll by and while the pointer crosses 50 series of 1,000 points; and what 1,000 refreshes of a chart
 * leave behind, which at one every 30 seconds are more than eight hours.
 */
import { chromium, type Browser, type Cookie, type Page } from 'playwright';
import { chromiumOptions } from '../e2e/support/chromium';
import { countObjects } from '../e2e/support/host';
import { median } from './statistics';

const path = '/observability/dashboards/opendatahub/model-training';

/** Labels in the choice of the time range. No pair of a range and the jobs chosen in it comes twice: its data would be known. */
const ranges = ['Last 6 hours', 'Last 15 minutes', 'Last 24 hours', 'Last 7 days'];

const refreshes = { few: 10, half: 500, many: 1000 };
const manySeries = { series: 50, points: 1000 };
const panelsToScroll = 30;
const wheelTurns = 60;
/** In pixels. */
const wheelTurn = 120;

async function open(browser: Browser, cookies: readonly Cookie[]): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies([...cookies]);
  const page = await context.newPage();
  page.setDefaultTimeout(180_000);
  // What runs this names functions through a helper that pages do not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(() => {
    localStorage.setItem('odh-observability:mode', '"advanced"');
    performance.setResourceTimingBufferSize(10_000);
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  });
  return page;
}

/** Resolves when no panel in view waits for anything, and what they draw is on the screen. */
function drawn(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const isInView = (element: Element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    };
    const isDone = () => {
      const panels = [...document.querySelectorAll('[data-testid="panel"]')].filter(isInView);
      return panels.length > 0 && panels.every((panel) => panel.getAttribute('aria-busy') === 'false' && panel.querySelector('[data-testid="panel-loading"]') === null);
    };
    // What begins to load does so in the next frames.
    for (let quiet = 0; quiet < 3; quiet = isDone() ? quiet + 1 : 0) await frame();
  });
}

/** Resolves when a panel in view waits for data that was asked for after `began`, or has it already. */
function asked(page: Page, began: number): Promise<void> {
  return page.evaluate(async (after) => {
    const isAsked = () =>
      document.querySelector('[data-testid="panel"][aria-busy="true"]') !== null ||
      performance.getEntriesByType('resource').some(({ name, startTime }) => name.includes('/api/v1/query') && startTime > after);
    while (!isAsked()) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, began);
}

const now = (page: Page): Promise<number> => page.evaluate(() => performance.now());

/** When the last answer to a query came, in milliseconds since the page was opened. */
const answeredAt = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, ...performance.getEntriesByType('resource').flatMap((entry) => (entry instanceof PerformanceResourceTiming && entry.name.includes('/api/v1/query') ? [entry.responseEnd] : []))));

interface Change {
  readonly total: number;
  /** Until the last answer of the metrics backend. */
  readonly answered: number;
}

async function measureChange(page: Page, pick: () => Promise<void>): Promise<Change> {
  const began = await now(page);
  await pick();
  await asked(page, began);
  await drawn(page);
  return { total: (await now(page)) - began, answered: Math.max(0, (await answeredAt(page)) - began) };
}

function reportChange(label: string, measured: readonly Change[]): void {
  const total = median(measured.map((change) => change.total));
  const answered = median(measured.map((change) => change.answered));
  console.log(`${label.padEnd(44)} median of ${measured.length}: ${total.toFixed(0)} ms (${measured.map((change) => change.total.toFixed(0)).join(', ')}), ${(total / answered).toFixed(2)} times the ${answered.toFixed(0)} ms until its last answer`);
}

async function benchChanges(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await drawn(page);
  const variable: Change[] = [];
  const range: Change[] = [];
  for (const [change, rangeLabel] of ranges.entries()) {
    await page.getByTestId('variable-job').click();
    const job = page.getByRole('menuitem', { name: change % 2 === 0 ? 'llama-finetune' : 'mistral-pretrain' });
    variable.push(await measureChange(page, () => job.click()));
    await page.keyboard.press('Escape');
    await page.getByTestId('time-range').click();
    const choice = page.getByRole('option', { name: rangeLabel });
    range.push(await measureChange(page, () => choice.click()));
  }
  reportChange('variable change to panels in view drawn', variable);
  reportChange('time range change to panels in view drawn', range);
}

/** The durations of the tasks over 50 ms that `act` caused: for so long the page does not answer. */
async function blocked(page: Page, act: () => Promise<void>): Promise<number[]> {
  // Set by `open`.
  const tasks = () => page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
  const before = (await tasks()).length;
  await act();
  return (await tasks()).slice(before);
}

/** @param reference milliseconds that the page takes to parse the answer that it draws: what another machine is to this one */
function reportBlocked(label: string, durations: readonly number[], reference: number): void {
  const longest = Math.max(0, ...durations);
  const sum = durations.reduce((total, duration) => total + duration, 0);
  console.log(`${label.padEnd(44)} ${durations.length} tasks over 50 ms, ${sum.toFixed(0)} ms in all, the longest ${longest.toFixed(0)} ms: ${(longest / reference).toFixed(1)} times the parsing of ${manySeries.series} × ${manySeries.points} points (${reference.toFixed(1)} ms)`);
}

/** An answer in Prometheus's format that ends at a time, in seconds. */
function manyPoints(end: number, step: number) {
  const { series, points } = manySeries;
  const result = Array.from({ length: series }, (_each, at) => ({
    metric: { job: `job-${at}` },
    values: Array.from({ length: points }, (_point, index) => [end - (points - 1 - index) * step, String(at + Math.sin(index / 20 + at))]),
  }));
  return { status: 'success', data: { resultType: 'matrix', result } };
}

function parsingTime(page: Page): Promise<number> {
  return page.evaluate((answer) => {
    const times = Array.from({ length: 9 }, () => {
      const began = performance.now();
      JSON.parse(answer);
      return performance.now() - began;
    });
    return times.sort((a, b) => a - b)[4] ?? 0;
  }, JSON.stringify(manyPoints(1_700_000_000, 15)));
}

async function benchScroll(page: Page, url: string): Promise<void> {
  await page.route('**/api/v1/projects/opendatahub/dashboards/model-training', async (route) => {
    const response = await route.fetch();
    // Not changed since.
    if (response.status() === 304) return route.fulfill({ response });
    // Perses's own format: its charts again, below, until there are enough panels.
    const dashboard = (await response.json()) as { spec: { layouts: { spec: { items: unknown[] } }[] } };
    const items = dashboard.spec.layouts.flatMap(({ spec }) => spec.items);
    const [layout] = dashboard.spec.layouts;
    if (layout !== undefined) dashboard.spec.layouts.push({ ...layout, spec: { ...layout.spec, items: items.slice(-Math.max(0, panelsToScroll - items.length)) } });
    await route.fulfill({ response, json: dashboard });
  });
  await page.goto(url);
  await drawn(page);
  const count = await page.getByTestId('panel').count();
  const loaded = () => page.getByTestId('panel').locator('[data-testid="panel-content"], [data-testid="panel-no-data"], [data-testid="panel-loading"]').count();
  console.log(`${`before scrolling past ${count} panels`.padEnd(44)} ${await loaded()} of them loaded: those in view`);
  const reference = await parsingTime(page);
  let longestWait = 0;
  const durations = await blocked(page, async () => {
    await page.mouse.move(700, 600);
    for (let turn = 0; turn < wheelTurns; turn += 1) {
      const began = performance.now();
      await page.mouse.wheel(0, wheelTurn);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
      longestWait = Math.max(longestWait, performance.now() - began);
    }
    await drawn(page);
  });
  reportBlocked(`scrolling past ${count} panels`, durations, reference);
  const { moved, most } = await page.evaluate(() => {
    const [scroller] = [...document.querySelectorAll('*')].filter(({ scrollTop }) => scrollTop > 0);
    return { moved: scroller?.scrollTop ?? 0, most: (scroller?.scrollHeight ?? 0) - (scroller?.clientHeight ?? 0) };
  });
  console.log(`${''.padEnd(44)} the wheel moved the page by ${moved.toFixed(0)} of ${Math.min(most, wheelTurns * wheelTurn)} pixels, at most ${longestWait.toFixed(0)} ms from a turn to the next frame; ${await loaded()} panels loaded after it`);
}

/** Resolves when the panels in view show what came after it. */
async function refresh(page: Page): Promise<void> {
  const began = await page.evaluate(() => {
    // What is kept for measuring is not to be taken for the viewer's.
    performance.clearResourceTimings();
    const at = performance.now();
    document.querySelector<HTMLElement>('[data-testid="refresh-now"]')?.click();
    return at;
  });
  await asked(page, began);
  await drawn(page);
}

async function benchManySeries(page: Page, url: string): Promise<void> {
  await page.route('**/query_range', async (route) => {
    const form = new URLSearchParams(route.request().postData() ?? '');
    await route.fulfill({ json: manyPoints(Number(form.get('end')), Number(form.get('step'))) });
  });
  await page.goto(url);
  await drawn(page);
  const chart = await page.getByTestId('panel').filter({ visible: true }).boundingBox();
  if (chart === null) throw new Error('the panel is on the page');
  const reference = await parsingTime(page);
  const crossed = await blocked(page, async () => {
    for (let step = 0; step <= 60; step += 1) await page.mouse.move(chart.x + 60 + ((chart.width - 100) * step) / 60, chart.y + chart.height / 3);
    await drawn(page);
  });
  reportBlocked('pointer over 50 series of 1,000 points', crossed, reference);
  const refreshed = await blocked(page, async () => {
    await refresh(page);
  });
  reportBlocked('refresh of 50 series of 1,000 points', refreshed, reference);
}

async function benchRefreshes(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await drawn(page);
  const session = await page.context().newCDPSession(page);
  const repeat = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done += 1) await refresh(page);
  };
  await repeat(refreshes.few);
  const few = await countObjects(session);
  await repeat(refreshes.half - refreshes.few);
  const half = await countObjects(session);
  await repeat(refreshes.many - refreshes.half);
  const many = await countObjects(session);
  const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  console.log(
    `${`heap after ${refreshes.many} refreshes of a chart`.padEnd(44)} ${(many.heap / few.heap).toFixed(2)} times that after ${refreshes.few}, ${(many.heap / half.heap).toFixed(2)} times that after ${refreshes.half} (${megabytes(many.heap)}, ${megabytes(few.heap)} and ${megabytes(half.heap)} MB); ` +
      `listeners ${many.listeners} and ${few.listeners}, nodes ${many.nodes} and ${few.nodes}`,
  );
}

/** @param cookies of the session of a data scientist of the demo */
export async function benchInteraction(appUrl: string, cookies: readonly Cookie[]): Promise<void> {
  console.log('\nThe viewer under the hand');
  const browser = await chromium.launch(chromiumOptions);
  const url = `${appUrl}${path}?start=1h&refresh=0s`;
  const oneChart = `${url}&viewPanelRef=${encodeURIComponent(JSON.stringify({ ref: 'loss' }))}`;
  try {
    for (const [bench, address] of [
      [benchChanges, url],
      [benchScroll, url],
      [benchManySeries, oneChart],
      [benchRefreshes, oneChart],
    ] as const) {
      const page = await open(browser, cookies);
      await bench(page, address);
      await page.context().close();
    }
  } finally {
    await browser.close();
  }
}
