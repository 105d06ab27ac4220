/** The API under Next, for `next dev` and `next start`; the production server answers most of it before Next. */
import { getRuntime } from '../lib/runtime';

export const answer = (request: Request): Promise<Response> => getRuntime().router(request);
