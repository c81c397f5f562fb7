// npm run bench -- <name>: measures on a PostgreSQL of its own and the server as it is built. It touches no other.

const benchmarks: Record<string, () => Promise<{ run(): Promise<void> }>> = {
  entitlements: () => import('./entitlements'),
  export: () => import('./export'),
}

async function bench(name = ''): Promise<void> {
  const load = benchmarks[name]
  if (load) return (await load()).run()
  console.error(`Which benchmark? npm run bench -- ${Object.keys(benchmarks).join(' | ')}`)
  process.exitCode = 1
}

await bench(process.argv[2])

export {}
