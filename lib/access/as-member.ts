/**
 * Answers a caller as if they saw some projects only: a preview of what the members of those see. It can but narrow; who
 * the caller is, and what they may see at all, is decided as always.
 */
import { kubernetesName } from '../contracts/notation';
import { AppError } from '../errors/app-error';
import type { IdentityHandler } from '../http/with-identity';

/** More than anybody picks; as many names make a query that is still short enough. */
const mostProjects = 50;

/**
 * Handler of a path with `:projects`, names separated by commas.
 *
 * It throws AppError `ERR_ACCESS_002` for anything that is not such a list: what is not understood is not answered as if
 * it were not there.
 */
export function asMember(inner: IdentityHandler): IdentityHandler {
  return (request, context, identity) => {
    const names = (context.params['projects'] ?? '').split(',');
    if (names.length > mostProjects || !names.every((name) => kubernetesName.test(name))) {
      throw new AppError('ERR_ACCESS_002', { detail: `Name up to ${mostProjects} projects, separated by commas.` });
    }
    const before = identity.limitedTo;
    const limitedTo = before === undefined ? names : names.filter((name) => before.includes(name));
    return inner(request, context, { ...identity, limitedTo });
  };
}
