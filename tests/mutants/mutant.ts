/** A mutant: what is changed in a copy of the tree, and the test that has to notice. */
export interface Mutant {
  /** File, what it says, and what it says wrongly. */
  edits: [file: string, from: string, to: string][]
  /** The test that has to go red: its file, and a part of its name, as a regular expression. */
  test: [file: string, name: string]
}

export type Mutants = Record<string, Mutant>
