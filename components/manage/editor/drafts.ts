/**
 * Texts that were not saved, kept in the browser: they survive a reload, the end of the session and the browser's end.
 * Each belongs to one person; another one who signs in here does not get it.
 */
import { z } from '../../../lib/contracts/zod';

const draftSchema = z.object({
  text: z.string(),
  /** Version of the dashboard that the text began from; 0 for a new one. */
  version: z.int(),
  /** Milliseconds since the epoch. */
  savedAt: z.number(),
});

export type Draft = z.infer<typeof draftSchema>;

export interface Drafts {
  /** Undefined where there is none, or what is there is none. */
  readonly read: () => Draft | undefined;
  /** Whether it is kept: the browser may forbid it, or have no room. */
  readonly write: (draft: Draft) => boolean;
  readonly remove: () => void;
}

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export const browserShelf = (): Shelf => window.localStorage;

const prefix = 'odh-observability:draft:';

/**
 * @param shelf the browser's storage, which is not everywhere and may be forbidden
 * @param subject who edits
 * @param dashboard `<project>/<name>`, or nothing for one that is new
 */
export function draftsOf(shelf: () => Shelf, subject: string, dashboard = ''): Drafts {
  const key = `${prefix}${JSON.stringify([subject, dashboard])}`;
  return {
    read: () => {
      try {
        const text = shelf().getItem(key);
        return text === null ? undefined : draftSchema.safeParse(JSON.parse(text)).data;
      } catch {
        return undefined;
      }
    },
    write: (draft) => {
      try {
        shelf().setItem(key, JSON.stringify(draft));
        return true;
      } catch {
        return false;
      }
    },
    remove: () => {
      try {
        shelf().removeItem(key);
      } catch {
        // Where nothing can be kept there is nothing.
      }
    },
  };
}
