/** The pages that the demo's provider shows: sign-in, sign-out, errors. Strings in, HTML and its security policy out. */
import { createHash } from 'node:crypto';
import type { DemoUser } from '../users';

export interface Page {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

const style = `
:root { color-scheme: light dark; --text: #151515; --muted: #4d4d4d; --page: #f2f2f2; --card: #fff; --line: #8c8c8c; --action: #0066cc; --danger: #b1380b; }
@media (prefers-color-scheme: dark) { :root { --text: #fff; --muted: #c7c7c7; --page: #151515; --card: #292929; --line: #a3a3a3; --action: #92c5f9; --danger: #f4b678; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--page); color: var(--text); font: 1rem/1.5 "Red Hat Text", system-ui, sans-serif; }
main { width: 100%; max-width: 27rem; padding: 2rem; background: var(--card); border-radius: 1rem; }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; line-height: 1.3; }
p { margin: 0 0 1.25rem; color: var(--muted); }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input { width: 100%; padding: .5rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .375rem; }
button { width: 100%; margin-top: 1.5rem; padding: .5rem; font: inherit; font-weight: 600; color: var(--card); background: var(--action); border: 0; border-radius: 999px; cursor: pointer; }
:focus-visible { outline: 2px solid var(--action); outline-offset: 2px; }
[role=alert] { margin: 0 0 1rem; padding: .5rem .75rem; color: var(--danger); border: 1px solid; border-radius: .375rem; }
table { width: 100%; margin-top: 1.75rem; border-collapse: collapse; font-size: .875rem; }
caption { padding-bottom: .25rem; text-align: start; color: var(--muted); }
th, td { padding: .375rem .5rem .375rem 0; text-align: start; vertical-align: top; border-top: 1px solid color-mix(in srgb, var(--line) 40%, transparent); }
a { color: var(--action); }
`;

const submitScript = 'document.forms[0].submit();';

const sourceHash = (source: string) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;

/** @param appOrigin where forms of these pages lead in the end; Chromium applies form-action to redirects too */
function page(title: string, body: string, appOrigin: string, script = ''): Page {
  const directives = [
    "default-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action 'self' ${appOrigin}`,
    // The empty icon, without which browsers ask for /favicon.ico.
    'img-src data:',
    `style-src ${sourceHash(style)}`,
    ...(script === '' ? [] : [`script-src ${sourceHash(script)}`]),
  ];
  return {
    contentSecurityPolicy: directives.join('; '),
    html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
${script === '' ? '' : `<script>${script}</script>`}
</body>
</html>
`,
  };
}

export interface SignInOptions {
  readonly action: string;
  readonly appOrigin: string;
  readonly users: readonly DemoUser[];
  readonly password: string;
  /** What was typed when it was not accepted. */
  readonly refusedLogin?: string | undefined;
}

export function signInPage({ action, appOrigin, users, password, refusedLogin }: SignInOptions): Page {
  const refused = refusedLogin !== undefined;
  const rows = users.map(
    ({ login, role, sees }) => `<tr><th scope="row">${escapeHtml(login)}</th><td>${escapeHtml(role)}</td><td>${escapeHtml(sees)}</td></tr>`,
  );
  return page(
    'Sign in to the demo',
    `<h1>Sign in to the demo</h1>
<p>Identity provider of the observability demo</p>
${refused ? '<div role="alert" id="refused">User name or password is not right.</div>' : ''}
<form method="post" action="${escapeHtml(action)}">
<label for="login">User name</label>
<input id="login" name="login" value="${escapeHtml(refusedLogin ?? '')}" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus${refused ? ' aria-describedby="refused"' : ''}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Sign in</button>
</form>
<table>
<caption>Users of the demo; everyone’s password is <strong>${escapeHtml(password)}</strong></caption>
<thead><tr><th scope="col">User</th><th scope="col">Role</th><th scope="col">Sees</th></tr></thead>
<tbody>${rows.join('')}</tbody>
</table>`,
    appOrigin,
  );
}

/** @param form the provider's own form, without a button; confirming it needs `logout=yes` */
export function signOutPage(form: string, appOrigin: string): Page {
  return page(
    'Signing out',
    `<h1>Signing out</h1>
<p>You are taken back in a moment.</p>
${form}
<input type="hidden" name="logout" value="yes" form="op.logoutForm">
<noscript><button type="submit" form="op.logoutForm">Sign out</button></noscript>`,
    appOrigin,
    submitScript,
  );
}

export function messagePage(title: string, text: string, appUrl: string): Page {
  return page(title, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)}</p>\n<a href="${escapeHtml(appUrl)}">Go to the app</a>`, new URL(appUrl).origin);
}
