/** The folder of the project. */
export const project: string
export function ensureDependencies(): void
export function ensureBuild(): void
