/** Managed dashboards for tests. */
import { http, HttpResponse, type HttpHandler } from 'msw';
import type { ManagedDashboard, ManagedProblem, Management } from '../../lib/contracts/manage';
import { origin } from '../testing/render';

export function managedDashboard(name: string, change: Partial<ManagedDashboard> = {}): ManagedDashboard {
  return { project: 'fraud', name, title: `Dashboard ${name}`, source: 'own', place: `/store/fraud.${name}.json`, state: 'enabled', tags: [], audience: [], reserved: false, version: 1, ...change };
}

export function management(dashboards: readonly ManagedDashboard[], change: Partial<Management> = {}): Management {
  return { administrator: false, dashboards: [...dashboards], problems: [], creates: true, ...change };
}

export const brokenFile: ManagedProblem = { source: '/mounted', place: '/mounted/latency.yaml', project: 'fraud', name: 'latency', line: 12, path: 'spec.config.duration', reason: 'expected a text' };

export const answersManagement = (answer: () => Management): HttpHandler => http.get(`${origin}/api/manage/dashboards`, () => HttpResponse.json(answer()));
