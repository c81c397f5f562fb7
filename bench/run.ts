// npm run bench -- [name] [--quick]: measures on a PostgreSQL of its own and the server as it is built. It touches no other.

/** Without a name: the operations that people do all day, beside what they would cost elsewhere. */
const benchmarks: Record<string, () => Promise<{ run(): Promise<void> }>> = {
  operations: () => import('./operations'),
  growth: () => import('./growth'),
  embedded: () => import('./embedded'),
  entitlements: () => import('./entitlements'),
  export: () => import('./export'),
}

async function bench(name = 'operations'): Promise<void> {
  const load = benchmarks[name]
  if (load) return (await load()).run()
  console.error(`Which benchmark? npm run bench -- ${Object.keys(benchmarks).join(' | ')}`)
  process.exitCode = 1
}

await bench(process.argv.slice(2).find((argument) => !argument.startsWith('--')))

export {}
