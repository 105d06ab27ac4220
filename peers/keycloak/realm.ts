/**
 * The realm of the tests, as an administrator of a company would set it up for this app: people in teams, a team's
 * projects in its attributes, and two clients — the app, and the metrics backend that it exchanges tokens for.
 */
import { randomBytes } from 'node:crypto';
import type { KeycloakAdmin } from './admin';

export const realmName = 'company';
export const appClient = { id: 'odh-observability', secret: randomBytes(24).toString('base64url') };
export const metricsAudience = 'prometheus';
/** The app, as an audience of access tokens that are sent to it as a bearer. */
export const apiAudience = 'odh-observability-api';

/** Life of access tokens: short enough to see several refreshes in one test. */
export const accessTokenSeconds = 20;

const administrators = 'platform-admins';

/** Everyone's; a realm that lives as long as a test run. */
export const password = randomBytes(12).toString('base64url');

const teams = {
  'fraud-team': ['fraud-detection', 'bert-serving'],
  'research-team': ['llm-research'],
  [administrators]: [],
} as const;

export type Team = keyof typeof teams;

export const people = {
  sam: { name: ['Sam', 'Scientist'], teams: ['research-team'] },
  morgan: { name: ['Morgan', 'Mlops'], teams: ['fraud-team'] },
  rita: { name: ['Rita', 'Rotating'], teams: ['research-team', 'fraud-team'] },
  alex: { name: ['Alex', 'Admin'], teams: [administrators] },
} as const satisfies Record<string, { readonly name: readonly [string, string]; readonly teams: readonly Team[] }>;

export type Person = keyof typeof people;

/** Where the app reads projects and groups, and who sees everything: its `access.claims`. */
export const claimsSettings = { namespaces: 'projects', groups: 'groups', administrators: [administrators] };

/** A protocol mapper of the app's client, which puts something into its tokens. */
function mapper(name: string, protocolMapper: string, config: Record<string, string>) {
  return { name, protocol: 'openid-connect', protocolMapper, config: { 'access.token.claim': 'true', 'id.token.claim': 'true', ...config } };
}

const audience = (name: string) => mapper(`audience ${name}`, 'oidc-audience-mapper', { 'included.custom.audience': name, 'id.token.claim': 'false' });

function appClientOf(appUrl: string) {
  return {
    clientId: appClient.id,
    secret: appClient.secret,
    redirectUris: [`${appUrl}/api/auth/callback/oidc`],
    // Keycloak lets the app exchange its callers' tokens (RFC 8693) only when this is on.
    attributes: {
      'standard.token.exchange.enabled': 'true',
      'post.logout.redirect.uris': `${appUrl}/signin?signedOut=1`,
      'pkce.code.challenge.method': 'S256',
    },
    // For command-line clients, whose callers send their token as a bearer.
    directAccessGrantsEnabled: true,
    protocolMappers: [
      // `aggregate.attrs`: a person has the projects of every team.
      mapper('projects', 'oidc-usermodel-attribute-mapper', {
        'user.attribute': 'projects',
        'claim.name': claimsSettings.namespaces,
        'jsonType.label': 'String',
        multivalued: 'true',
        'aggregate.attrs': 'true',
        'userinfo.token.claim': 'true',
      }),
      mapper('groups', 'oidc-group-membership-mapper', { 'claim.name': claimsSettings.groups, 'full.path': 'false', 'userinfo.token.claim': 'true' }),
      audience(apiAudience),
      audience(metricsAudience),
    ],
  };
}

/** Makes the realm. `appUrl` is where the app will be. */
export async function createRealm(admin: KeycloakAdmin, appUrl: string): Promise<void> {
  await admin.call('/realms', {
    body: {
      realm: realmName,
      enabled: true,
      accessTokenLifespan: accessTokenSeconds,
      // Rotation: a refresh token is worth one refresh.
      revokeRefreshToken: true,
      refreshTokenMaxReuse: 0,
      eventsEnabled: true,
      enabledEventTypes: ['LOGIN', 'REFRESH_TOKEN', 'REFRESH_TOKEN_ERROR', 'TOKEN_EXCHANGE', 'TOKEN_EXCHANGE_ERROR', 'LOGOUT'],
      groups: Object.entries(teams).map(([name, projects]) => ({ name, attributes: { projects } })),
      clients: [{ clientId: metricsAudience, bearerOnly: true }, appClientOf(appUrl)],
      users: Object.entries(people).map(([username, { name, teams: memberships }]) => ({
        username,
        firstName: name[0],
        lastName: name[1],
        email: `${username}@example.com`,
        emailVerified: true,
        enabled: true,
        credentials: [{ type: 'password', value: password }],
        groups: memberships,
        realmRoles: ['offline_access'],
      })),
    },
  });
}
