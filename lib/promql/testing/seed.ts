/** The seed of random tests: a new one for each run, or the one of a run that is to be repeated. */
// eslint-disable-next-line no-restricted-properties -- tests have no configuration
const given = process.env['PROPERTY_SEED'];

export const seed = given === undefined ? Date.now() % 2 ** 31 : Number(given);
