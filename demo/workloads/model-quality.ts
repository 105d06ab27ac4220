/**
 * How good models are, and how far what they are asked has moved from what they learned. One model's feature drifts over the
 * day and takes accuracy with it; the nightly retraining brings both back. Knows no metric name.
 */
import { servedVersions } from './model-servers';
import type { ModelVersion } from './model-server';
import { at, daily, dailyFlow, during, type Profile } from './profile';
import { clamp, day, drift, hour, minute, random, type Signal } from './signal';

export interface Feature {
  readonly name: string;
  /** Kolmogorov–Smirnov statistic against the training data. */
  readonly ks: Signal;
  readonly psi: Signal;
  /** Probability that the mean, or the distribution, is the one of training. */
  readonly meanShiftP: Signal;
  readonly ksTestP: Signal;
  readonly nullRatio: Signal;
  readonly violations: readonly { readonly rule: 'missing' | 'type' | 'range'; readonly total: Signal }[];
}

export interface QualityVersion {
  readonly name: string;
  readonly accuracy: Signal;
  readonly mae: Signal;
  readonly rmse: Signal;
  readonly predictionPsi: Signal;
  /** Predictions by score, as a histogram has them. */
  readonly scores: { readonly buckets: readonly { readonly bound: number; readonly total: Signal }[]; readonly sum: Signal; readonly count: Signal };
}

export interface WatchedModel {
  readonly namespace: string;
  readonly model: string;
  readonly accuracyTarget: number;
  readonly versions: readonly QualityVersion[];
  readonly features: readonly Feature[];
  readonly fairness: readonly { readonly protectedAttribute: string; readonly outcome: string; readonly spd: Signal; readonly dir: Signal }[];
  readonly kpis: readonly { readonly name: string; readonly value: Signal }[];
  readonly rowsChecked: Signal;
}

interface WatchedSpec {
  readonly model: string;
  readonly accuracy: number;
  readonly target: number;
  readonly mae: number;
  readonly features: readonly string[];
  /** The one that drifts. */
  readonly drifting?: string;
  readonly fairness: readonly (readonly [attribute: string, outcome: string, spd: number])[];
  readonly kpi: readonly [name: string, value: number, decimals: number];
  /** Share of scores in each tenth. */
  readonly scores: readonly number[];
}

const specs: readonly WatchedSpec[] = [
  {
    model: 'fraud-scorer',
    accuracy: 0.951,
    target: 0.93,
    mae: 0.062,
    features: ['transaction_amount', 'merchant_risk', 'device_age_days', 'country', 'hour_of_day', 'account_tenure'],
    drifting: 'transaction_amount',
    fairness: [['age_group', 'blocked', -0.04], ['gender', 'blocked', 0.02]],
    kpi: ['fraud_prevented_usd_per_hour', 18_400, 0],
    scores: [0.61, 0.17, 0.08, 0.04, 0.025, 0.02, 0.015, 0.012, 0.013, 0.015],
  },
  {
    model: 'claims-classifier',
    accuracy: 0.912,
    target: 0.9,
    mae: 0.091,
    features: ['claim_amount', 'policy_type', 'region', 'document_count'],
    fairness: [['region', 'automated', 0.128]],
    kpi: ['claims_automated_ratio', 0.64, 3],
    scores: [0.14, 0.1, 0.08, 0.07, 0.06, 0.07, 0.09, 0.11, 0.13, 0.15],
  },
  {
    model: 'churn-xgb',
    accuracy: 0.874,
    target: 0.85,
    mae: 0.118,
    features: ['months_active', 'tickets_90d', 'monthly_spend', 'plan'],
    fairness: [['gender', 'offer', 0.03]],
    kpi: ['retained_customers_per_hour', 7.2, 1],
    scores: [0.32, 0.21, 0.14, 0.1, 0.07, 0.05, 0.04, 0.03, 0.02, 0.02],
  },
  {
    model: 'defect-detector',
    accuracy: 0.968,
    target: 0.95,
    mae: 0.041,
    features: ['brightness', 'contrast', 'camera', 'line_speed'],
    fairness: [],
    kpi: ['defects_caught_ratio', 0.985, 4],
    scores: [0.82, 0.05, 0.02, 0.01, 0.01, 0.01, 0.01, 0.02, 0.02, 0.03],
  },
];

/** Rises from the morning to the evening; retraining at night takes it back. */
const driftOfDay: Profile = (second) => during(at(6), at(22), 11 * hour)(second) * (1 - during(at(22, 30), at(24), 10 * minute)(second));

function feature(spec: WatchedSpec, name: string, load: ModelVersion): Feature {
  const seed = `${spec.model}/${name}`;
  const wander = drift(seed, 40 * minute);
  const level = 0.04 + 0.05 * random(seed)(0);
  const drifts = name === spec.drifting ? daily(driftOfDay) : () => 0;
  const ks: Signal = (time) => level + 0.02 * wander(time) + 0.27 * drifts(time);
  const likely = 0.55 + 0.3 * random(seed)(1);
  const probability = (moved: number): Signal => (time) => clamp((likely + 0.2 * wander(time + moved)) * Math.exp(-7 * drifts(time)), 0, 1);
  const rate = (share: Profile) => {
    const { total } = dailyFlow((second) => load.load(second) * share(second), load.weights);
    return (time: number) => Math.floor(total(time));
  };
  const violating = 0.0004 + 0.0006 * random(seed)(2);
  return {
    name,
    ks,
    psi: (time) => 0.75 * ks(time) + 0.12 * drifts(time),
    meanShiftP: probability(0),
    ksTestP: probability(9000),
    nullRatio: (time) => clamp(0.008 + 0.006 * random(seed)(3) + 0.004 * wander(time), 0, 1),
    violations: [
      { rule: 'missing', total: rate(() => violating) },
      { rule: 'type', total: rate(() => violating * 0.2) },
      // What drifts leaves the range that was allowed.
      { rule: 'range', total: rate((second) => violating * 0.5 + (name === spec.drifting ? 0.026 * driftOfDay(second) : 0)) },
    ],
  };
}

function qualityOf(spec: WatchedSpec, version: ModelVersion, index: number): QualityVersion {
  const seed = `${version.server.model}/${version.name}`;
  const wander = drift(seed, 55 * minute);
  const moved = spec.drifting === undefined ? () => 0 : daily(driftOfDay);
  // A later version is a little better.
  const gain = 0.006 * index;
  const counts = spec.scores.map((_, tenth) => {
    const share = spec.scores.slice(0, tenth + 1).reduce((sum, one) => sum + one, 0);
    const { total } = dailyFlow((second) => version.load(second) * share, version.weights);
    return { bound: (tenth + 1) / 10, total: (time: number) => Math.floor(total(time)) };
  });
  const meanScore = spec.scores.reduce((sum, share, tenth) => sum + share * (tenth + 0.5) * 0.1, 0);
  const { total } = version.requests;
  return {
    name: version.name,
    accuracy: (time) => spec.accuracy + gain + 0.004 * wander(time) - 0.045 * moved(time),
    mae: (time) => (spec.mae - gain / 2) * (1 + 0.04 * wander(time) + 0.5 * moved(time)),
    rmse: (time) => (spec.mae - gain / 2) * 1.62 * (1 + 0.04 * wander(time) + 0.6 * moved(time)),
    predictionPsi: (time) => 0.05 + 0.02 * wander(time) + 0.19 * moved(time),
    scores: { buckets: counts, sum: (time) => total(time) * meanScore, count: (time) => Math.floor(total(time)) },
  };
}

export const watchedModels: readonly WatchedModel[] = specs.map((spec) => {
  const versions = servedVersions.filter(({ server }) => server.model === spec.model);
  const [first] = versions;
  if (first === undefined) throw new Error(`${spec.model} is watched but not served`);
  const [kpi, value, decimals] = spec.kpi;
  const wander = drift(`${spec.model}/kpi`, 70 * minute);
  const factor = 10 ** decimals;
  const hours = (time: number) => (value > 1 ? first.load(time % day) / (first.server.requestsPerSecond * (versions.length > 1 ? 0.9 : 1)) : 1 + 0.01 * wander(time));
  return {
    namespace: first.server.namespace,
    model: spec.model,
    accuracyTarget: spec.target,
    versions: versions.map((version, index) => qualityOf(spec, version, index)),
    features: spec.features.map((name) => feature(spec, name, first)),
    fairness: spec.fairness.map(([protectedAttribute, outcome, spd]) => {
      const moves = drift(`${spec.model}/${protectedAttribute}`, 2 * hour);
      return { protectedAttribute, outcome, spd: (time) => spd + 0.015 * moves(time), dir: (time) => 1 + 1.6 * (spd + 0.015 * moves(time)) };
    }),
    kpis: [{ name: kpi, value: (time) => Math.round(value * hours(time) * factor) / factor }],
    rowsChecked: (time) => Math.floor(first.requests.total(time)),
  };
});
