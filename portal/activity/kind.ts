/** How a kind of event is told. */
export interface KindWords {
  /** The kind in the filter. */
  label: string
  /** What happened, in a sentence: who, whom, in which organization, about which roles. Events of old do not name roles. */
  sentence: (actor: string, subject: string, organization: string, roles: string | undefined) => string
}
