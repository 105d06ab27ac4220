/**
 * The one error type of the server: a code from the catalogue, and what is known about this occurrence.
 *
 * `detail` may be shown to the caller and must therefore hold nothing that the caller did not send or may not know.
 * `cause` (an upstream's text, an exception) is for the log only.
 */
import { errorCatalogue, helpPath, type ApiError, type ErrorCode } from '../contracts/errors';

const brand = Symbol.for('odh-observability.AppError');

export interface AppErrorOptions {
  readonly detail?: string;
  readonly cause?: unknown;
  /** Extra response headers, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether there is something that this caller may not know of; said as if there were nothing. */
  readonly hides?: boolean;
}

export class AppError extends Error {
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** For the audit log: a refusal that the caller sees as "not found". */
  readonly hides: boolean;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(errorCatalogue[code].message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = options.detail;
    this.headers = options.headers ?? {};
    this.hides = options.hides ?? false;
  }
}

/**
 * Whether a thrown value is an AppError. Not `instanceof`: the production server and Next load their own copies of this
 * module in one process, and an error may cross from one to the other.
 */
export function isAppError(value: unknown): value is AppError {
  return typeof value === 'object' && value !== null && brand in value;
}

/** The response for an error: Prometheus's error format with code, remedy and help link; never cached. */
export function errorResponse(error: AppError, requestId?: string): Response {
  const entry = errorCatalogue[error.code];
  const body: ApiError = {
    status: 'error',
    errorType: entry.errorType,
    error: entry.message,
    code: error.code,
    remedy: entry.remedy,
    help: helpPath(error.code),
    message: error.detail === undefined ? entry.message : `${entry.message} ${error.detail}`,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(requestId === undefined ? {} : { requestId }),
  };
  return Response.json(body, { status: entry.status, headers: { 'cache-control': 'no-store', ...error.headers } });
}
