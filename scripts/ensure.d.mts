/** The project's root folder. */
export const project: string
export function ensureDependencies(): void
export function ensureBuild(): void
