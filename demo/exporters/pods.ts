/** How the pods and containers of training jobs are called. */

/** Container of every training pod. */
export const trainingContainer = 'pytorch';

export function podName(job: string, worker: number): string {
  return `${job}-worker-${worker}`;
}
