export function bundleServer(outfile: string, entry?: string): Promise<unknown>
