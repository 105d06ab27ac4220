import { describe, expect, it } from 'vitest';
import { createClaimsAccess, createClaimsEdit } from './claims';
import type { Scope } from './scope';

const settings = {
  namespaces: 'projects',
  groups: 'groups',
  administrators: ['odh-admins'],
  groupNamespaces: { research: ['llm-research', 'vision-lab'], fraud: ['fraud-detection'] },
  projectAdministrators: { 'fraud-leads': ['fraud-detection'] },
};
const resolve = createClaimsAccess(settings);

const only = (...namespaces: [string, ...string[]]): Scope => ({ kind: 'namespaces', namespaces });
const none: Scope = { kind: 'none' };
const all: Scope = { kind: 'all' };

describe('what the claims of a token let a caller see', () => {
  it.each<[string, Record<string, unknown>, Scope]>([
    ['the projects of the claim, sorted', { projects: ['vision-lab', 'llm-research', 'vision-lab'] }, only('llm-research', 'vision-lab')],
    ['a claim of one project', { projects: 'vision-lab' }, only('vision-lab')],
    ['the projects of the groups', { groups: ['research'] }, only('llm-research', 'vision-lab')],
    ['a claim of one group', { groups: 'fraud' }, only('fraud-detection')],
    ['claim and groups together', { projects: ['bert-serving'], groups: ['fraud', 'unknown'] }, only('bert-serving', 'fraud-detection')],
    ['an administrator', { groups: ['data-scientists', 'odh-admins'], projects: ['vision-lab'] }, all],
    ['nothing at all', {}, none],
    ['empty claims', { projects: [], groups: [] }, none],
    ['null', { projects: null, groups: null }, none],
    ['projects as an object', { projects: { 'vision-lab': true } }, none],
    ['a list in one string', { projects: 'vision-lab llm-research,bert-serving' }, none],
    ['numbers and nested lists', { projects: [1, ['vision-lab'], true], groups: [['odh-admins']] }, none],
    ['names that would widen a matcher', { projects: ['.*', '', 'a|b', 'vision-lab|.*', 'UPPER', '-a', 'a-', 'a'.repeat(64), 'x"} or up{a="'] }, none],
    ['a valid name beside them', { projects: ['.*', 'vision-lab', 'a'.repeat(63)] }, only('a'.repeat(63), 'vision-lab')],
    ['an administrators group in another case, or as part of a name', { groups: ['ODH-ADMINS', 'odh-admins-read', ' odh-admins'] }, none],
    ['a project of the name of the administrators group', { projects: ['odh-admins'] }, only('odh-admins')],
    ['groups named after properties of every object', { groups: ['constructor', '__proto__', 'toString'] }, none],
  ])('%s', async (_, claims, scope) => {
    expect(await resolve({ subject: 'ada', name: 'Ada', token: 'token', expiresAt: 0, claims })).toEqual(scope);
  });

  it('takes a claim only from the token itself', async () => {
    const access = createClaimsAccess({ namespaces: 'constructor', groups: 'groups', administrators: [], groupNamespaces: {}, projectAdministrators: {} });
    expect(await access({ subject: 'ada', name: 'Ada', token: 'token', expiresAt: 0, claims: {} })).toEqual(none);
  });
});

describe('what the claims of a token let a caller change', () => {
  it.each<[string, Record<string, unknown>, boolean]>([
    ['an administrator', { groups: ['odh-admins'] }, true],
    ['an administrator of the project', { groups: ['fraud-leads'] }, true],
    ['someone who only sees the project', { groups: ['fraud'], projects: ['fraud-detection'] }, false],
    ['a group named after a property of every object', { groups: ['constructor'] }, false],
    ['nobody in particular', {}, false],
  ])('%s: %s', async (_, claims, expected) => {
    expect(await createClaimsEdit(settings)({ subject: 'ada', name: 'Ada', token: 'token', expiresAt: 0, claims }, 'fraud-detection')).toBe(expected);
  });

  it('ends at the projects of the group', async () => {
    const lead = { subject: 'ada', name: 'Ada', token: 'token', expiresAt: 0, claims: { groups: ['fraud-leads'] } };
    expect(await createClaimsEdit(settings)(lead, 'opendatahub')).toBe(false);
  });
});
