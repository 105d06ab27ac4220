/** What the metrics backend of the peer tests holds: one series of each project, in the past and for the hour to come. */

/** The projects that have metrics, each with its training job. */
export const jobs = { 'llm-research': 'llama-finetune', 'fraud-detection': 'fraud-retrain', 'bert-serving': 'bert-distil' } as const;

const step = 15;
const hour = 3600;

/** History in OpenMetrics text. The samples ahead stand for a job that goes on while the tests run. */
export function trainingHistory(now: number): string {
  const nowSeconds = Math.floor(now / 1000);
  const lines = ['# HELP odh_training_loss Training loss.', '# TYPE odh_training_loss gauge'];
  for (const [index, [namespace, job]] of Object.entries(jobs).entries()) {
    for (let time = nowSeconds - hour; time <= nowSeconds + hour; time += step) {
      lines.push(`odh_training_loss{namespace="${namespace}",job_name="${job}"} ${index + 1} ${time}`);
    }
  }
  return [...lines, '# EOF', ''].join('\n');
}
