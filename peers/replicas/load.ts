/** A steady load of queries, and what became of each. */
import { expect } from '@playwright/test';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, errors, request } from 'undici';

export interface LoadOptions {
  readonly url: string;
  /** Of those who ask, one thing at a time each. */
  readonly tokens: readonly string[];
}

export interface Load {
  /** Answers so far. */
  readonly answered: () => number;
  /** What was no answer with the series of the caller's project, in words. */
  readonly failures: readonly string[];
  readonly stop: () => Promise<void>;
}

const path = '/api/proxy/globaldatasources/prometheus/api/v1/query';
/** As a person's panels: a dozen or two a refresh. */
const pause = 50;

/** Asks again and again, half by GET and half by POST as browsers do, until it is stopped. */
export function startLoad({ url, tokens }: LoadOptions): Load {
  const agent = new Agent({ connections: tokens.length });
  const failures: string[] = [];
  let answered = 0;
  let stopped = false;

  async function ask(token: string, byPost: boolean): Promise<void> {
    const query = new URLSearchParams({ query: 'odh_training_loss' }).toString();
    try {
      const send = () => request(byPost ? url + path : `${url}${path}?${query}`, {
        method: byPost ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${token}`, ...(byPost ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
        body: byPost ? query : null,
        dispatcher: agent,
      });
      const { statusCode, body } = await send().catch((error: unknown) => {
        // nginx closes kept connections when its configuration changes, also under a request that is just sent; browsers send that again.
        if (error instanceof errors.SocketError) return send();
        throw error;
      });
      const text = await body.text();
      if (statusCode === 200 && text.includes('"fraud-detection"') && !text.includes('"llm-research"')) answered += 1;
      else failures.push(`${statusCode} ${text.slice(0, 200)}`);
    } catch (error) {
      failures.push(String(error));
    }
  }

  async function person(token: string, index: number): Promise<void> {
    for (let turn = index; !stopped; turn += 1) {
      await ask(token, turn % 2 === 0);
      await delay(pause);
    }
  }

  const asking = Promise.all(tokens.map(person));
  return {
    answered: () => answered,
    failures,
    stop: async () => {
      stopped = true;
      await asking;
      await agent.close();
    },
  };
}

/** Waits until so many more queries were answered. */
export async function untilAnswered(load: Load, more: number): Promise<void> {
  const before = load.answered();
  await expect.poll(() => load.answered() - before).toBeGreaterThan(more);
}
