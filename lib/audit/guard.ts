/** Refuses what could not be recorded. Stands in front of the query path where the configuration asks for it. */
import { AppError } from '../errors/app-error';
import type { IdentityHandler } from '../http/with-identity';
import type { AuditLog } from './audit-log';

/** Handler that throws AppError `ERR_DATA_001` while audit records are not written. */
export function refuseUnrecorded(audit: Pick<AuditLog, 'working'>, inner: IdentityHandler): IdentityHandler {
  return (request, context, identity) => {
    if (!audit.working()) {
      throw new AppError('ERR_DATA_001', { detail: 'Access cannot be recorded at the moment, so nothing is shown.' });
    }
    return inner(request, context, identity);
  };
}
