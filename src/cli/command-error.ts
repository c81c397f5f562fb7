/** A command-line error: printed as it is, exit code 1. */
export class CommandError extends Error {}
