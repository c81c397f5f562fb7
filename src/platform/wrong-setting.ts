/** An invalid setting: printed as it is, without a stack trace. */
export class WrongSetting extends Error {}
