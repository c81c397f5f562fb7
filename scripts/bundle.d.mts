export function bundleServer(outfile: string): Promise<unknown>
