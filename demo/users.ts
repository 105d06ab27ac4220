/** Who can sign in to the demo. */

export interface DemoUser {
  /** What they type, and their subject. */
  readonly login: string;
  readonly name: string;
  readonly role: string;
  readonly groups: readonly string[];
  readonly projects: readonly string[];
  /** What they see, for the sign-in page. */
  readonly sees: string;
}

/** Everyone's. The demo listens on this machine only and holds nothing worth a better one. */
export const password = 'demo';

export const administratorGroup = 'odh-admins';

export const scientistGroup = 'data-scientists';
export const mlopsGroup = 'mlops-engineers';

export const users: readonly DemoUser[] = [
  {
    login: 'scientist',
    name: 'Sam Scientist',
    role: 'Data scientist',
    groups: [scientistGroup],
    projects: ['llm-research', 'vision-lab'],
    sees: 'llm-research, vision-lab',
  },
  {
    login: 'mlops',
    name: 'Morgan MLOps',
    role: 'MLOps engineer',
    groups: [mlopsGroup],
    projects: ['fraud-detection', 'bert-serving', 'chat-assistant', 'claims-pipelines'],
    sees: 'fraud-detection, bert-serving, chat-assistant, claims-pipelines',
  },
  { login: 'admin', name: 'Alex Admin', role: 'Administrator', groups: [administratorGroup], projects: [], sees: 'every project' },
  { login: 'guest', name: 'Gil Guest', role: 'New colleague', groups: [], projects: [], sees: 'no project yet' },
];
