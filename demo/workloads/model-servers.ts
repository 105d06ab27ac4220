/** The served models of the demo, and their pods. How a model behaves is in model-server.ts. */
import { modelVersions, replicasFixed, type ModelServerSpec, type ModelVersion, type Replicas } from './model-server';
import { gibibyte, pod, steadyMemory, type GpuUse, type Pod } from './pod';
import { at, daily, dailyFlow, during } from './profile';
import { clamp, day, drift, minute, random } from './signal';

/** The MLOps engineer's story: a batch client comes every day at one, and the autoscaler follows twelve minutes late. */
const batch = {
  from: at(13),
  to: at(13, 45),
  /** The pods that the load asks for are ready this late. */
  lag: 12 * minute,
};

const batchReplicas: Replicas = {
  min: 2,
  max: 6,
  most: 6,
  desired: (second) => 2 + 4 * Math.round(during(batch.from, batch.to + 5 * minute, 2 * minute)(second)),
  current: (second) => 2 + Math.round(4 * during(batch.from + batch.lag, batch.to + 15 * minute, 6 * minute)(second)),
};

/** 1 while the pods are too few for the batch. */
const overloaded = during(batch.from, batch.from + batch.lag + 4 * minute, 3 * minute);

const only = (name: string, node: string) => [{ name, share: 1, latency: 1, memory: 1, node }];

const small = { gpus: 0, gpuMemoryMiB: 0, serverless: false, runtime: 'openvino', requestBytes: 1_800, responseBytes: 420 } as const;

const specs: readonly ModelServerSpec[] = [
  {
    ...small,
    namespace: 'bert-serving',
    model: 'bert-v2',
    versions: only('2.3', 'cpu-node-1'),
    requestsPerSecond: 42,
    peakHour: 14,
    latency: { median: 80, p99: 200 },
    errorShare: 0.0004,
    incident: {
      load: (second) => 1 + 2 * during(batch.from, batch.to, 2 * minute)(second),
      latency: (second) => 1 + 5 * overloaded(second),
      errors: (second) => 0.0196 * overloaded(second),
    },
    replicas: batchReplicas,
    memoryGiB: 3.9,
    cpuSecondsPerRequest: 0.062,
    runtime: 'python',
  },
  {
    ...small,
    namespace: 'fraud-detection',
    model: 'fraud-scorer',
    // The canary: 15 % faster, 20 % more memory.
    versions: [
      { name: '1.8', share: 0.9, latency: 1, memory: 1, node: 'cpu-node-2' },
      { name: '1.9-canary', share: 0.1, latency: 0.85, memory: 1.2, node: 'cpu-node-2' },
    ],
    requestsPerSecond: 120,
    peakHour: 18,
    latency: { median: 34, p99: 110 },
    errorShare: 0.0006,
    replicas: replicasFixed(3),
    memoryGiB: 2.5,
    cpuSecondsPerRequest: 0.021,
    runtime: 'python',
    serverless: true,
  },
  {
    namespace: 'chat-assistant',
    model: 'granite-3-8b',
    versions: only('3.3', 'gpu-node-3'),
    requestsPerSecond: 2.6,
    peakHour: 15,
    latency: { median: 2600, p99: 11_000 },
    errorShare: 0.0015,
    replicas: replicasFixed(2),
    memoryGiB: 24,
    cpuSecondsPerRequest: 0.5,
    gpus: 1,
    gpuMemoryMiB: 73_800,
    requestBytes: 3_400,
    responseBytes: 5_200,
    runtime: 'vllm',
    serverless: false,
  },
  {
    namespace: 'chat-assistant',
    model: 'llama-3-70b',
    versions: only('3.3', 'gpu-node-3'),
    requestsPerSecond: 0.55,
    peakHour: 15,
    latency: { median: 9500, p99: 34_000 },
    errorShare: 0.003,
    replicas: replicasFixed(1),
    memoryGiB: 64,
    cpuSecondsPerRequest: 1.6,
    gpus: 2,
    gpuMemoryMiB: 77_200,
    requestBytes: 4_100,
    responseBytes: 6_800,
    runtime: 'vllm',
    serverless: false,
  },
  {
    ...small,
    namespace: 'claims-pipelines',
    model: 'claims-classifier',
    versions: only('4.1', 'cpu-node-1'),
    requestsPerSecond: 9,
    peakHour: 11,
    latency: { median: 61, p99: 190 },
    errorShare: 0.0026,
    // The document store is backed up at nine: its error budget is overdrawn.
    incident: { load: () => 1, latency: (second) => 1 + 0.4 * during(at(9), at(9, 20), minute)(second), errors: (second) => 0.18 * during(at(9), at(9, 20), minute)(second) },
    replicas: replicasFixed(2),
    memoryGiB: 1.6,
    cpuSecondsPerRequest: 0.05,
  },
  {
    ...small,
    namespace: 'churn-analytics',
    model: 'churn-xgb',
    versions: only('7.0', 'cpu-node-2'),
    requestsPerSecond: 5,
    peakHour: 10,
    latency: { median: 9, p99: 38 },
    errorShare: 0.0002,
    replicas: replicasFixed(1),
    memoryGiB: 0.8,
    cpuSecondsPerRequest: 0.011,
  },
  {
    ...small,
    namespace: 'vision-lab',
    model: 'defect-detector',
    versions: only('2.0', 'cpu-node-2'),
    requestsPerSecond: 14,
    peakHour: 9,
    latency: { median: 72, p99: 215 },
    errorShare: 0.0009,
    replicas: replicasFixed(2),
    memoryGiB: 2.1,
    cpuSecondsPerRequest: 0.09,
    requestBytes: 310_000,
    responseBytes: 900,
  },
  {
    ...small,
    namespace: 'med-imaging',
    model: 'lesion-segmenter',
    versions: only('1.2', 'gpu-node-2'),
    requestsPerSecond: 1.4,
    peakHour: 12,
    latency: { median: 118, p99: 260 },
    errorShare: 0.0005,
    replicas: replicasFixed(1),
    memoryGiB: 9,
    cpuSecondsPerRequest: 0.12,
    gpus: 1,
    gpuMemoryMiB: 21_500,
    requestBytes: 1_900_000,
    responseBytes: 240_000,
    runtime: 'python',
  },
];

export const modelServers = specs;
export const servedVersions: readonly ModelVersion[] = specs.flatMap(modelVersions);

export function deploymentOf({ server, name }: ModelVersion): string {
  return server.versions.length > 1 ? `${server.model}-${name.replaceAll('.', '-')}-predictor` : `${server.model}-predictor`;
}

/** GPU use of a model follows its traffic. */
function servingGpu(version: ModelVersion, replica: number, index: number): GpuUse {
  const { server, load } = version;
  const wander = drift(`${server.model}/${replica}/${index}/gpu`, 40);
  const share = server.runtime === 'vllm' ? 68 : 31;
  return {
    utilization: (time) => clamp((share * load(time % day)) / server.requestsPerSecond + 6 * wander(time), 0, 97),
    load: share / 100,
    memoryMiB: server.gpuMemoryMiB,
    tensorShare: 0.5,
    linkBytes: server.gpus > 1 ? 21e9 : 0,
  };
}

const letters = 'bcdfghjklmnpqrstvwxz2456789';

function suffix(seed: string, length: number): string {
  const draw = random(seed);
  return Array.from({ length }, (_, index) => letters[Math.floor(draw(index) * letters.length)] ?? '').join('');
}

export function predictorPod(version: ModelVersion, replica: number): string {
  const deployment = deploymentOf(version);
  return `${deployment}-${suffix(deployment, 9)}-${suffix(`${deployment}/${replica}`, 5)}`;
}

function podsOf(version: ModelVersion): Pod[] {
  const { server, name, node, memory, load, weights, replicas } = version;
  const deployment = deploymentOf(version);
  const most = server.versions.length > 1 ? replicas(0) : server.replicas.most;
  const perReplica = (second: number) => load(second) / replicas(second);
  return Array.from({ length: most }, (_, index) => {
    const permanent = index < replicas(0);
    const bytes = server.memoryGiB * memory * gibibyte;
    return pod(
      {
        namespace: server.namespace,
        name: predictorPod(version, index),
        container: 'kserve-container',
        // Those that the autoscaler adds fit on another node.
        node: permanent ? node : 'cpu-node-2',
        workload: server.model,
        kind: 'InferenceService',
        cpu: dailyFlow((second) => 0.05 + server.cpuSecondsPerRequest * perReplica(second), weights),
        memoryBytes: steadyMemory(`${deployment}/${index}`, bytes),
        requests: { cpuCores: Math.max(1, Math.round(server.cpuSecondsPerRequest * server.requestsPerSecond)), memoryGiB: Math.ceil(server.memoryGiB * memory * 1.2) },
      },
      {
        version: name,
        gpus: Array.from({ length: server.gpus }, (_gpu, gpu) => servingGpu(version, index, gpu)),
        received: dailyFlow((second) => 9_000 + server.requestBytes * 1.4 * perReplica(second), weights),
        sent: dailyFlow((second) => 7_000 + server.responseBytes * 1.3 * perReplica(second), weights),
        exists: permanent ? () => true : (time) => replicas(time) > index,
        ...(permanent ? {} : { created: daysOwn(batch.from + 3 * minute) }),
        startSeconds: server.gpus > 0 ? 210 : permanent ? 18 : batch.lag - 3 * minute,
      },
    );
  });
}

/** The last time that it was this second of the day. */
function daysOwn(second: number) {
  return (time: number) => Math.floor((time - second) / day) * day + second;
}

export const podsOfServing = servedVersions.flatMap(podsOf);
export const desiredReplicas = (version: ModelVersion) => daily(version.server.versions.length > 1 ? (second) => version.replicas(second) : version.server.replicas.desired);
