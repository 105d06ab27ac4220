/** Model quality, drift, fairness and features, as TrustyAI, the platform and Feast report them. */
import type { FeatureView } from '../workloads/feature-store';
import type { Feature, QualityVersion, WatchedModel } from '../workloads/model-quality';
import { counterStart, rounded, type Signal } from '../workloads/signal';
import { counter, gauge, histogram, slowly, type Exporter, type Labels, type MetricFamily } from './exposition';

type Row = readonly [Labels, Signal];

function perModel(models: readonly WatchedModel[], rows: (model: WatchedModel) => readonly Row[]) {
  return models.flatMap((one) => rows(one).map(([labels, value]) => ({ labels: { namespace: one.namespace, model: one.model, ...labels }, value })));
}

function trustyFamilies(models: readonly WatchedModel[]): MetricFamily[] {
  const fairness = (which: 'spd' | 'dir') =>
    perModel(models, ({ fairness: of }) =>
      of.map((one): Row => [{ protected: one.protectedAttribute, outcome: one.outcome, privileged: '1', unprivileged: '0' }, rounded(one[which], 4)]),
    );
  const drift = (which: 'meanShiftP' | 'ksTestP') => perModel(models, ({ features }) => features.map((one): Row => [{ subcategory: one.name }, rounded(one[which], 4)]));
  return [
    gauge('trustyai_spd', 'Statistical Parity Difference', fairness('spd')),
    gauge('trustyai_dir', 'Disparate Impact Ratio', fairness('dir')),
    gauge('trustyai_meanshift', 'Probability that the mean has not moved', drift('meanShiftP')),
    gauge('trustyai_kstest', 'Probability that the distribution is that of training', drift('ksTestP')),
    counter('trustyai_model_observations_total', 'Inferences seen', perModel(models, ({ rowsChecked }) => [[{}, rowsChecked]])),
  ];
}

function qualityFamilies(models: readonly WatchedModel[]): MetricFamily[] {
  const versions = (signal: (version: QualityVersion) => Signal) => perModel(models, (model) => model.versions.map((version): Row => [{ version: version.name }, rounded(signal(version), 4)]));
  const features = (signal: (feature: Feature) => Signal) => perModel(models, (model) => model.features.map((one): Row => [{ feature: one.name }, rounded(signal(one), 4)]));
  return [
    gauge('odh_model_accuracy_ratio', 'Accuracy against the labels that have come in.', versions(({ accuracy }) => accuracy)),
    gauge('odh_model_mae', 'Mean absolute error.', versions(({ mae }) => mae)),
    gauge('odh_model_rmse', 'Root mean squared error.', versions(({ rmse }) => rmse)),
    gauge('odh_model_accuracy_target_ratio', 'Accuracy agreed for the model.', perModel(models, ({ accuracyTarget }) => [[{}, () => accuracyTarget]])),
    gauge('odh_prediction_drift_psi', 'Population stability index of the predictions.', versions(({ predictionPsi }) => predictionPsi)),
    gauge('odh_feature_drift_ks', 'Kolmogorov-Smirnov statistic of a feature.', features(({ ks }) => ks)),
    gauge('odh_feature_drift_psi', 'Population stability index of a feature.', features(({ psi }) => psi)),
    gauge('odh_data_null_ratio', 'Share of inputs in which the feature is missing.', features(({ nullRatio }) => nullRatio)),
    counter(
      'odh_data_schema_violations_total',
      'Inputs that do not fit the schema.',
      perModel(models, (model) => model.features.flatMap((one) => one.violations.map(({ rule, total }): Row => [{ feature: one.name, rule }, total]))),
    ),
    counter('odh_data_rows_checked_total', 'Inputs that were checked.', perModel(models, ({ rowsChecked }) => [[{}, rowsChecked]])),
    gauge('odh_model_business_kpi', 'What the model is for.', perModel(models, ({ kpis }) => kpis.map(({ name, value }): Row => [{ kpi: name }, value]))),
    histogram(
      'odh_model_predictions',
      'Predictions by score.',
      models.flatMap((model) => model.versions.map(({ name, scores }) => ({ labels: { namespace: model.namespace, model: model.model, version: name }, of: scores }))),
    ),
  ];
}

export function qualityExporter(models: readonly WatchedModel[]): Exporter {
  return {
    job: 'model-quality',
    path: '/metrics/model-quality',
    targets: [{ instance: 'trustyai-service:8080', families: slowly([...trustyFamilies(models), ...qualityFamilies(models)]) }],
  };
}

export function feastExporter(views: readonly FeatureView[]): Exporter {
  const per = (rows: (view: FeatureView) => readonly Row[]) => views.flatMap((view) => rows(view).map(([labels, value]) => ({ labels: { namespace: view.namespace, feature_view: view.name, ...labels }, value })));
  const requests = (status: string, perSecond: number) => ({
    labels: { namespace: 'fraud-detection', endpoint: '/get-online-features', status },
    value: (time: number) => Math.floor((time - counterStart) * perSecond),
  });
  const families = [
    gauge('feast_feature_freshness_seconds', 'Seconds since last materialization per feature view.', per(({ project, freshness }) => [[{ project }, freshness]])),
    counter('feast_materialization_total', 'Materialization runs.', per(({ succeeded, failed }) => [[{ status: 'success' }, succeeded], [{ status: 'failure' }, failed]])),
    counter('feast_feature_server_request_total', 'Requests for features.', [requests('success', 121), requests('error', 0.05)]),
  ];
  return { job: 'feast', path: '/metrics/feast', targets: [{ instance: 'feast-online:8000', families: slowly(families) }] };
}
