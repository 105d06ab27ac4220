import { expect, it } from 'vitest';
import { linkVariables } from './link-variables';

const chosen = { namespace: ['vision-lab', 'llm-research'], job: ['llama-finetune', 'vit-large'] };

it('hand on the time range and every value that is chosen', () => {
  expect(linkVariables({ pastDuration: '6h' }, chosen, ['namespace', 'job'])['__view']).toBe('start=6h&var-namespace=vision-lab&var-namespace=llm-research&var-job=llama-finetune&var-job=vit-large');
});

it('hand on the choices without the time range', () => {
  expect(linkVariables({ pastDuration: '90d' }, { namespace: ['vision-lab'] }, ['namespace'])['__choices']).toBe('var-namespace=vision-lab');
  expect(linkVariables({ pastDuration: '90d' }, {}, ['namespace'])['__choices']).toBe('');
});

it('hand on workloads under the name that the other dashboard has for them', () => {
  const { __view_workload, __view_job, __view_model } = linkVariables({ pastDuration: '1h' }, chosen, ['namespace', 'job']);
  expect(__view_workload).toBe('start=1h&var-namespace=vision-lab&var-namespace=llm-research&var-workload=llama-finetune&var-workload=vit-large');
  expect(__view_job).toContain('&var-job=llama-finetune&var-job=vit-large');
  expect(__view_model).toContain('&var-model=llama-finetune&var-model=vit-large');
});

it('rename nothing that is no workload', () => {
  expect(linkVariables({ pastDuration: '1h' }, { node: ['gpu-node-1'] }, ['node'])['__view_job']).toBe('start=1h&var-node=gpu-node-1');
});
