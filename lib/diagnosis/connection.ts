/** What it means that something could not be asked, by what its connection or its answer said, and what to do about it. */
import type { Finding } from '../contracts/status';

/** What was asked, in the words of the configuration. */
export interface Asked {
  readonly url: string;
  /** Where `url` is configured. */
  readonly setting: string;
  /** Where its authority is named. */
  readonly authority: string;
}

/** The first that fits counts. Reasons are Node's, OpenSSL's and Go's. */
const meanings: readonly { readonly when: RegExp; readonly found: (url: string) => string; readonly next: (asked: Asked) => string }[] = [
  {
    when: /CERT_HAS_EXPIRED|certificate has expired/,
    found: (url) => `Its certificate at ${url} has expired`,
    next: () => 'Renew the certificate where it is served; nothing has to change here.',
  },
  {
    when: /ALTNAME_INVALID|does not match certificate's altnames/,
    found: (url) => `Its certificate at ${url} is for another name`,
    next: ({ setting }) => `Write the name in ${setting} that the certificate has, or have one made for this name.`,
  },
  {
    when: /CERT|certificate|self.signed/i,
    found: (url) => `Its certificate at ${url} is not accepted`,
    next: ({ authority }) => `Name the authority that signed it in ${authority}.`,
  },
  {
    when: /HTTP request to an HTTPS server/,
    found: (url) => `It wants TLS at ${url}`,
    next: ({ setting }) => `Begin ${setting} with https://.`,
  },
  {
    when: /WRONG_VERSION_NUMBER|packet length too long/i,
    found: (url) => `There is no TLS at ${url}`,
    next: ({ url, setting }) => `Begin ${setting} with ${new URL(url).protocol.replace(/s:$/, ':')}//, or name the port that speaks TLS.`,
  },
  {
    when: /ENOTFOUND|EAI_AGAIN/,
    found: (url) => `Nobody knows the host of ${url}`,
    next: ({ setting }) => `Check ${setting}: name of the service, namespace, spelling.`,
  },
];

export function explainConnection(reason: string, asked: Asked): Required<Pick<Finding, 'found' | 'next'>> {
  const meaning = meanings.find(({ when }) => when.test(reason));
  if (meaning !== undefined) return { found: `${meaning.found(asked.url)}: ${reason}`, next: meaning.next(asked) };
  return {
    found: `It cannot be asked at ${asked.url}: ${reason}`,
    next: `Check ${asked.setting} with its port, whether pods run behind it, and the network policies between it and the app.`,
  };
}
