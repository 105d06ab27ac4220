/** The one error type of the browser: a failed API call in words for people. Knows the catalogue, not HTTP. */
import { errorCatalogue, helpPath, type ApiError as ApiErrorBody, type ErrorCode } from '../../lib/contracts/errors';

export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly title: string;
  readonly remedy: string;
  /** Path of the section that explains the code. */
  readonly help: string;
  readonly detail: string | undefined;
  readonly requestId: string | undefined;

  constructor(code: ErrorCode, options: { body?: ApiErrorBody; cause?: unknown } = {}) {
    const entry = errorCatalogue[code];
    super(options.body?.error ?? entry.message, { cause: options.cause });
    this.name = 'ApiError';
    this.code = code;
    this.title = entry.title;
    this.remedy = options.body?.remedy ?? entry.remedy;
    this.help = options.body?.help ?? helpPath(code);
    this.detail = options.body?.detail;
    this.requestId = options.body?.requestId;
  }
}

/** Any thrown value as an ApiError: what the catalogue does not know counts as the service being unavailable. */
export function toApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError('ERR_DATA_001', { cause: error });
}
