import { describe, expect, test } from 'vitest';
import { gpusOf, nodes, pods } from './cluster';
import { day } from './signal';
import type { TrainingJob } from './training-job';
import { trainingJobs } from './training-jobs';

const start = Date.UTC(2026, 4, 4, 13, 37) / 1000;
/** A day, as often as Prometheus scrapes. */
const times = Array.from({ length: day / 5 }, (_, index) => start + index * 5);

function job(name: string): TrainingJob {
  const found = trainingJobs.find(({ spec }) => spec.name === name);
  if (found === undefined) throw new Error(`there is no job ${name}`);
  return found;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('llama-finetune, starved by its data loader', () => {
  test('keeps each GPU between 35 and 45 %, and swings over most of that', () => {
    const values = times.map(job('llama-finetune').gpuUtilization(0, 0));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(35);
    expect(Math.max(...values)).toBeLessThanOrEqual(45);
    expect(Math.min(...values)).toBeLessThan(36.5);
    expect(Math.max(...values)).toBeGreaterThan(43.5);
  });

  test('has an empty queue most of the time, but not always', () => {
    const values = times.map(job('llama-finetune').queueDepth);
    const empty = values.filter((value) => value === 0).length / values.length;
    expect(empty).toBeGreaterThan(0.6);
    expect(empty).toBeLessThan(0.9);
  });
});

describe('mistral-pretrain, its healthy neighbour', () => {
  test('keeps its GPUs around 90 %', () => {
    const values = times.map(job('mistral-pretrain').gpuUtilization(1, 0));
    expect(mean(values)).toBeCloseTo(90, 0);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(87);
    expect(Math.max(...values)).toBeLessThanOrEqual(93);
  });

  test('never runs out of batches', () => {
    expect(Math.min(...times.map(job('mistral-pretrain').queueDepth))).toBeGreaterThan(40);
  });
});

describe.each(trainingJobs.map((one) => [one.spec.name, one] as const))('%s', (_, { spec, loss, throughput, epochDuration, queueDepth, cpu }) => {
  test('has a loss that falls during a run and stays above zero', () => {
    const values = times.map(loss);
    expect(Math.min(...values)).toBeGreaterThan(0);
    expect(Math.max(...values)).toBeLessThan(spec.loss.start * 1.05);
    // Where in a run the day lies differs; most of every run is near its floor.
    expect([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]).toBeLessThan(spec.loss.start / 2);
  });

  test('trains about as many samples per second as it was given', () => {
    const { activity = () => 1 } = spec;
    const planned = times.map((time) => spec.throughput * activity(time % day));
    expect(mean(times.map(throughput)) / mean(planned)).toBeCloseTo(1, 1);
  });

  test('takes about as long for each epoch as it was given, and shows each once', () => {
    const values = times.map(epochDuration);
    expect(mean(values) / spec.epochSeconds).toBeCloseTo(1, 1);
    const changes = values.filter((value, index) => index > 0 && value !== values[index - 1]).length;
    expect(changes).toBeGreaterThan(day / spec.epochSeconds - 2);
    expect(changes).toBeLessThan(day / spec.epochSeconds + 2);
  });

  test('has a queue that fits into its capacity', () => {
    const values = times.map(queueDepth);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(spec.dataLoader.capacity);
  });

  test('uses CPU time without ever giving any back', () => {
    const values = times.map(cpu(0).total);
    expect(values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0))).toBe(true);
  });
});

test('every GPU that a pod asks for is one that its node has', () => {
  const held = nodes.flatMap((node) => gpusOf(node)).filter(({ holder }) => holder !== undefined);
  expect(held).toHaveLength(pods.reduce((sum, { gpus }) => sum + gpus.length, 0));
});

test('no node is asked for more CPU or memory than it has', () => {
  for (const { name, cpuCores, memoryGiB } of nodes) {
    const own = pods.filter(({ node }) => node === name);
    expect(own.reduce((sum, { requests }) => sum + requests.cpuCores, 0), name).toBeLessThanOrEqual(cpuCores);
    expect(own.reduce((sum, { requests }) => sum + requests.memoryGiB, 0), name).toBeLessThanOrEqual(memoryGiB);
  }
});
