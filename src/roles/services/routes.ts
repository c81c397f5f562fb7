import { command, done, query, type Route, Unchanged } from '../../platform/http/flow'
import { mustBeAsSeen } from '../../platform/optimistic-concurrency'
import { type CataloguePlan, checkCatalogue, planCatalogue, planOneService, planRetiring, toCatalogue } from './rules'
import { exportCatalogue, importCatalogue, listServices, retireService, saveService } from './schema'
import { loadCatalogue, saveCatalogue } from './store'

const changesOf = (_: unknown, { plan }: { plan: CataloguePlan }) => ({ changes: plan.changes })

export const serviceRoutes: Route[] = [
  query(listServices, {
    load: ({ db, credential }) => loadCatalogue(db, credential),
    answer: ({ actor, services, version }) => {
      if (actor.operator) return { version, services }
      const offered = services.filter(({ retired }) => !retired)
      return {
        version,
        services: offered.map((service) => ({ ...service, roles: service.roles.filter(({ retired }) => !retired) })),
      }
    },
  }),

  query(exportCatalogue, {
    load: ({ db, credential }) => loadCatalogue(db, credential),
    answer: ({ services }) => toCatalogue(services),
  }),

  command(importCatalogue, {
    load: ({ db, credential }) => loadCatalogue(db, credential),
    decide: ({ actor, services, version }, { dryRun, version: seen, ...wanted }) => {
      checkCatalogue(wanted)
      mustBeAsSeen(version, seen ?? version)
      const plan = planCatalogue(services, wanted)
      if (dryRun || plan.changes.length === 0) return new Unchanged({ version, changes: plan.changes })
      return { plan, version, actor }
    },
    save: saveCatalogue,
    answer: ({ version }, change) => ({ version, ...changesOf(null, change) }),
  }),

  command(saveService, {
    load: ({ db, credential }) => loadCatalogue(db, credential),
    decide: ({ actor, services, version }, { version: seen, ...wanted }) => {
      checkCatalogue({ services: [wanted] }, () => '')
      mustBeAsSeen(version, seen ?? version)
      const plan = planOneService(services, wanted)
      if (plan.changes.length === 0) return new Unchanged({ changes: [] })
      return { plan, version, actor }
    },
    save: saveCatalogue,
    answer: changesOf,
  }),

  command(retireService, {
    load: ({ db, credential }) => loadCatalogue(db, credential),
    decide: ({ actor, services, version }, { key, version: seen }) => {
      mustBeAsSeen(version, seen ?? version)
      const plan = planRetiring(services, key)
      if (plan.changes.length === 0) return new Unchanged(done())
      return { plan, version, actor }
    },
    save: saveCatalogue,
    answer: done,
  }),
]
