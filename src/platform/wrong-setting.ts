/** A setting that cannot be used: printed as it is, without a stack. */
export class WrongSetting extends Error {}
