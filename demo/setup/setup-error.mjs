// An error whose message alone tells a person what to do; it is shown without a stack.

export class SetupError extends Error {
  name = 'SetupError';
}
