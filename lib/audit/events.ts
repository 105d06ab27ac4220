/**
 * What is recorded, event by event. docs/audit.md describes every field for those who read the records.
 *
 * No event has a place for a token, a cookie or a secret, and none for a source address: what this process sees is the
 * proxy's, and what a header claims is the caller's word.
 */
import type { ErrorCode } from '../contracts/errors';
import type { Identity } from '../identity/identity';
import type { Difference } from './difference';

/** Who did it, and which request it was: the same id is in the log and in the response. */
export interface Actor {
  readonly subject: string;
  readonly name: string;
  readonly request_id: string;
  /** Projects that the caller limited the request to: a preview of what their members see. */
  readonly limited_to?: readonly string[];
}

/** Someone opened or left a dashboard. */
export interface ViewEvent extends Actor {
  readonly event: 'view_dashboard';
  readonly outcome: 'success';
  readonly phase: 'opened' | 'left';
  /** The same in both records of one view. */
  readonly view: string;
  readonly dashboard: string;
  readonly project: string;
  /** Every namespace that the panels could show, by name and sorted, for administrators too. */
  readonly namespaces: readonly string[];
  /** Whether nothing limited the view: metrics that belong to no namespace are visible as well. */
  readonly unlimited: boolean;
  /** When it was opened, by this server's clock (RFC 3339). */
  readonly start: string;
  /** In the record of leaving. */
  readonly duration_seconds?: number;
}

/** A person signed in or out. next-auth hands on no request, so a sign-in has no request id. */
export interface SessionEvent {
  readonly event: 'sign_in' | 'sign_out';
  readonly outcome: 'success';
  readonly subject: string;
  readonly name: string;
  readonly request_id?: string;
}

/** Someone could not be identified, or was refused. */
export interface RefusalEvent extends Partial<Actor> {
  readonly event: 'auth_failure' | 'access_denied';
  readonly outcome: 'refused';
  /** Code of the error catalogue. A sign-in that failed at the provider has none, but a reason. */
  readonly code?: ErrorCode;
  readonly reason?: string;
  readonly method?: string;
  /** Path that was asked for, without its query. */
  readonly path?: string;
}

/** Refusals beyond those that are recorded one by one (`refusals.ts`). */
export interface RepeatedRefusalEvent {
  readonly event: 'auth_failure' | 'access_denied';
  readonly outcome: 'refused';
  readonly subject?: string;
  /** How many more there were since `since`. */
  readonly repeated: number;
  readonly since: string;
}

/** A query that was answered. */
export interface QueryEvent extends Actor {
  readonly event: 'query';
  readonly outcome: 'success';
  readonly datasource: string;
  readonly endpoint: string;
  /** What was sent to the metrics backend, the caller's scope included. */
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
  /** Whether the caller sees everything, so that no scope was added. */
  readonly unlimited: boolean;
  /** Series of the result; left out where the answer holds none, such as names of labels. */
  readonly result_series?: number;
  /** Size of the answer as sent, compressed or not. */
  readonly result_bytes: number;
}

/** Someone changed a dashboard. */
export interface ChangeEvent extends Actor {
  readonly event: 'create_dashboard' | 'update_dashboard' | 'delete_dashboard';
  readonly outcome: 'success';
  readonly dashboard: string;
  readonly project: string;
  /** Version that is stored now; of a removed one, the last. */
  readonly version: number;
  /** Where the two versions differ, the first hundred places. */
  readonly changes: readonly Difference[];
  /** How many places there are. */
  readonly changes_total: number;
}

/** An administrator changed how dashboards are arranged, those of every source. */
export interface SettingsEvent extends Actor {
  readonly event: 'update_dashboard_settings';
  readonly outcome: 'success';
  /** Version of the settings that is stored now. */
  readonly version: number;
  readonly changes: readonly Difference[];
  readonly changes_total: number;
}

/** Written by the log itself. */
export interface LogEvent {
  readonly event: 'chain_start' | 'records_lost';
  readonly outcome: 'success';
  /** Of `chain_start`: why it does not continue an older one. */
  readonly reason?: string;
  /** Of `records_lost`: how many records there was no room for since `since`. */
  readonly count?: number;
  readonly since?: string;
}

export type AuditEvent = ViewEvent | SessionEvent | RefusalEvent | RepeatedRefusalEvent | QueryEvent | ChangeEvent | SettingsEvent | LogEvent;

export function actorOf({ subject, name, limitedTo }: Identity, requestId: string): Actor {
  return { subject, name, request_id: requestId, ...(limitedTo === undefined ? {} : { limited_to: limitedTo }) };
}
