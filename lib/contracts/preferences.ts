/** What a person prefers, as the server keeps it and as the page sends it: `GET` and `PUT /api/preferences`. */
import { audiences } from './dashboard';
import { z } from './zod';

/** A dashboard as `<project>/<name>`. */
const dashboard = z.string().regex(/^[^/]{1,253}\/[^/]{1,253}$/);

/** Favourites that are kept. */
export const mostFavourites = 200;

/** Every preference, by name. */
export const preferenceValues = {
  /** Whether dashboards show all their panels or those that most people need. */
  mode: z.enum(['simple', 'advanced']),
  /** In which times are shown and entered. */
  timeZone: z.enum(['browser', 'UTC']),
  /** What a person works as; the list begins with what is made for it. */
  role: z.enum([...audiences, 'everyone']),
  /** Whether alerts and deployments are marked on charts. */
  events: z.boolean(),
  favourites: z.array(dashboard).max(mostFavourites),
  /** Dashboards that were opened, the last one first. */
  recent: z.array(dashboard).max(20),
  /** What `/observability` opens: a dashboard, or the list where an administrator chose a dashboard. */
  home: z.union([z.literal('list'), dashboard]),
  /** The first steps, which are shown once. */
  tour: z.literal('seen'),
} as const;

export type PreferenceName = keyof typeof preferenceValues;

// The keys of the literal above are exactly the names; `Object.keys` cannot know.
export const preferenceNames = Object.keys(preferenceValues) as PreferenceName[];

/** What has no value has its default. */
export const preferencesSchema = z.strictObject(preferenceValues).partial();

export type StoredPreferences = z.infer<typeof preferencesSchema>;

/** The keys to be changed; null, or an empty list, takes a value back. */
export const preferenceChangesSchema = z
  .strictObject({
    mode: preferenceValues.mode.nullable(),
    timeZone: preferenceValues.timeZone.nullable(),
    role: preferenceValues.role.nullable(),
    events: preferenceValues.events.nullable(),
    favourites: preferenceValues.favourites.nullable(),
    recent: preferenceValues.recent.nullable(),
    home: preferenceValues.home.nullable(),
    tour: preferenceValues.tour.nullable(),
  })
  .partial();

export type PreferenceChanges = z.infer<typeof preferenceChangesSchema>;

/** Where preferences are kept, and those of the caller. */
export const preferencesAnswerSchema = z.discriminatedUnion('kept', [
  z.object({ kept: z.literal('browser') }),
  z.object({
    kept: z.literal('server'),
    /** Another one for every person: whose copy a browser holds. */
    owner: z.string().min(1),
    preferences: preferencesSchema,
  }),
]);

export type PreferencesAnswer = z.infer<typeof preferencesAnswerSchema>;
