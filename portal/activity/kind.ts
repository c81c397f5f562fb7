/** The texts for a kind of event. They are messages whose placeholders are filled in when shown. */
export interface KindWords {
  /** The kind in the filter. */
  label: string
  /**
   * What happened: `{actor}`, `{subject}`, `{organization}` and `{roles}`. `{member}` is the subject, or the actor where no
   * subject is named.
   */
  sentence: string
  /** Where the actor is the subject. */
  own?: string
  /** Early events do not name the roles. */
  withoutRoles?: string
}
