// npm run bench -- [name] [--quick]: measures the built server on a PostgreSQL of its own, and touches no other.

/** The default is `operations`: everyday operations compared with other implementations. */
const benchmarks: Record<string, () => Promise<{ run(): Promise<void> }>> = {
  operations: () => import('./operations'),
  growth: () => import('./growth'),
  embedded: () => import('./embedded'),
  entitlements: () => import('./entitlements'),
  export: () => import('./export'),
  access: () => import('./access'),
}

async function bench(name = 'operations'): Promise<void> {
  const load = benchmarks[name]
  if (load) return (await load()).run()
  console.error(`Unknown benchmark. Usage: npm run bench -- ${Object.keys(benchmarks).join(' | ')}`)
  process.exitCode = 1
}

await bench(process.argv.slice(2).find((argument) => !argument.startsWith('--')))

export {}
