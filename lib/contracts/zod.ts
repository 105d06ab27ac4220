/**
 * zod for the contracts, set up before the first schema is made: it must not try to compile validators with
 * `new Function`, which the pages' content security policy forbids and browsers report even when the failure is caught.
 */
import * as z from './zod-parts';

z.config({ jitless: true });

export { z };
