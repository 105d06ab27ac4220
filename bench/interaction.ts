/**
 * How the viewer behaves under the hand, in Chromium: from another choice to all panels in view drawn, how long the page
 * does not answer while 30 panels scroll by and while the pointer crosses 50 series of 1,000 points, and what 1,000
 * refreshes leave behind.
 */
import { chromium, type Browser, type Cookie, type Page } from 'playwright';
import { chromiumOptions } from '../e2e/support/chromium';
import { countObjects } from '../e2e/support/host';
import { median } from './statistics';

const path = '/observability/dashboards/opendatahub/model-training';
const definition = '**/api/v1/projects/opendatahub/dashboards/model-training';
const changes = 6;
const refreshes = { few: 10, many: 1000 };

/** Longest time that the page may not answer, in milliseconds: beyond it scrolling stutters. */
const allowed = 200;

async function open(browser: Browser, cookies: readonly Cookie[]): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies([...cookies]);
  const page = await context.newPage();
  page.setDefaultTimeout(180_000);
  await page.addInitScript(() => {
    localStorage.setItem('odh-observability:mode', '"advanced"');
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  });
  return page;
}

/** Resolves when no panel in view waits for anything, and what they draw is on the screen; with the milliseconds until then. */
function drawn(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const began = performance.now();
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
    return performance.now() - began;
  });
}

/** The durations of the tasks over 50 ms that `act` caused, which is how long the page did not answer. */
async function blocked(page: Page, act: () => Promise<void>): Promise<number[]> {
  const tasks = () => page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
  const before = (await tasks()).length;
  await act();
  return (await tasks()).slice(before);
}

function reportBlocked(label: string, durations: readonly number[]): void {
  const longest = Math.max(0, ...durations);
  const sum = durations.reduce((total, duration) => total + duration, 0);
  console.log(`${label.padEnd(44)} ${durations.length} tasks over 50 ms, ${sum.toFixed(0)} ms in all, the longest ${longest.toFixed(0)} ms${longest > allowed ? `: more than ${allowed}` : ''}`);
}

async function benchChange(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await drawn(page);
  const times: number[] = [];
  for (let change = 0; change < changes; change += 1) {
    await page.getByTestId('variable-job').click();
    await page.getByRole('menuitem', { name: change % 2 === 0 ? 'llama-finetune' : 'mistral-pretrain' }).click();
    times.push(await drawn(page));
    await page.keyboard.press('Escape');
  }
  console.log(`${'variable change to panels in view drawn'.padEnd(44)} median of ${times.length}: ${median(times).toFixed(0)} ms (${times.map((time) => time.toFixed(0)).join(', ')})`);
}

async function benchScroll(page: Page, url: string): Promise<void> {
  await page.route(definition, async (route) => {
    const response = await route.fetch();
    // Perses's own format: its charts again, below, until there are 30 panels.
    const dashboard = (await response.json()) as { spec: { panels: Record<string, unknown>; layouts: { spec: { items: { x: number; y: number; content: { $ref: string } }[] } }[] } };
    const items = dashboard.spec.layouts.flatMap(({ spec }) => spec.items);
    const missing = Math.max(0, 30 - items.length);
    const [layout] = dashboard.spec.layouts;
    if (layout !== undefined) dashboard.spec.layouts.push({ ...layout, spec: { ...layout.spec, items: items.slice(-missing) } });
    await route.fulfill({ response, json: dashboard });
  });
  await page.goto(url);
  await drawn(page);
  const durations = await blocked(page, async () => {
    await page.mouse.move(700, 600);
    for (let step = 0; step < 60; step += 1) {
      await page.mouse.wheel(0, 120);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
    await drawn(page);
  });
  reportBlocked(`scrolling past ${await page.getByTestId('panel').count()} panels`, durations);
}

async function benchManySeries(page: Page, url: string): Promise<void> {
  await page.route('**/query_range', async (route) => {
    const form = new URLSearchParams(route.request().postData() ?? '');
    const [end, step] = [Number(form.get('end')), Number(form.get('step'))];
    const result = Array.from({ length: 50 }, (_, series) => ({
      metric: { job: `job-${series}` },
      values: Array.from({ length: 1000 }, (_point, index) => [end - (999 - index) * step, String(series + Math.sin(index / 20 + series))]),
    }));
    await route.fulfill({ json: { status: 'success', data: { resultType: 'matrix', result } } });
  });
  await page.goto(url);
  await drawn(page);
  const chart = await page.getByTestId('panel').first().boundingBox();
  if (chart === null) throw new Error('the panel is on the page');
  const crossed = await blocked(page, async () => {
    for (let step = 0; step <= 60; step += 1) await page.mouse.move(chart.x + 60 + ((chart.width - 100) * step) / 60, chart.y + chart.height / 3);
  });
  reportBlocked('pointer over 50 series of 1,000 points', crossed);
  const refreshed = await blocked(page, async () => {
    await page.getByTestId('refresh-now').click();
    await drawn(page);
  });
  reportBlocked('refresh of 50 series of 1,000 points', refreshed);
}

async function benchRefreshes(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await drawn(page);
  const session = await page.context().newCDPSession(page);
  const refresh = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done += 1) {
      await page.evaluate(() => document.querySelector<HTMLElement>('[data-testid="refresh-now"]')?.click());
      await drawn(page);
    }
  };
  await refresh(refreshes.few);
  const few = await countObjects(session);
  await refresh(refreshes.many - refreshes.few);
  const many = await countObjects(session);
  const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  console.log(
    `${`heap after ${refreshes.many} refreshes`.padEnd(44)} ${megabytes(many.heap)} MB, after ${refreshes.few}: ${megabytes(few.heap)} MB (${(many.heap / few.heap).toFixed(2)} times); ` +
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
      [benchChange, url],
      [benchScroll, url],
      [benchManySeries, oneChart],
      [benchRefreshes, url],
    ] as const) {
      const page = await open(browser, cookies);
      await bench(page, address);
      await page.context().close();
    }
  } finally {
    await browser.close();
  }
}
