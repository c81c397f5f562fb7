/** A refusal of the command line: printed as it is, exit code 1. */
export class CommandError extends Error {}
