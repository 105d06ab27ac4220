/** What becomes known about sessions, for whoever keeps records. */

export interface Visitor {
  readonly subject: string;
  readonly name: string;
}

export interface SessionEvents {
  readonly signedIn: (who: Visitor) => void;
  readonly signedOut: (who: Visitor, requestId: string) => void;
  /** @param reason next-auth's code, such as `OAUTH_CALLBACK_ERROR` */
  readonly signInFailed: (reason: string) => void;
}
