/** A browser as far as cookies and redirects go. */

export class Browser {
  /** By name; like a browser's, shared by all ports of a host. */
  readonly cookies = new Map<string, string>();

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Stores what a response sets, and forgets what it deletes. */
  store(setCookies: readonly string[]): void {
    for (const setCookie of setCookies) {
      const [pair = '', ...attributes] = setCookie.split('; ');
      const [name = '', value = ''] = pair.split(/=(.*)/);
      const expires = attributes.find((attribute) => /^expires=/i.test(attribute))?.slice('expires='.length);
      const deleted = attributes.some((attribute) => /^max-age=0$/i.test(attribute)) || (expires !== undefined && Date.parse(expires) <= Date.now());
      if (deleted) {
        this.cookies.delete(name);
      } else {
        this.cookies.set(name, value);
      }
    }
  }

  /** One request, redirects not followed. */
  async send(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('cookie', this.cookieHeader);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    this.store(response.headers.getSetCookie());
    return response;
  }

  /** Follows redirects from a URL to the first one that `stop` accepts, without asking for that. */
  async follow(url: string | URL, stop: (url: URL) => boolean): Promise<URL> {
    let current = new URL(url);
    for (let hop = 0; hop < 20; hop += 1) {
      if (stop(current)) {
        return current;
      }
      const response = await this.send(current);
      const location = response.headers.get('location');
      if (location === null) {
        throw new Error(`${current.href} answered ${response.status}: ${await response.text()}`);
      }
      current = new URL(location, current);
    }
    throw new Error('too many redirects');
  }
}
