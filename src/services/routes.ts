import { done, type Route, read, Unchanged, write } from '../http/flow'
import { type CataloguePlan, checkCatalogue, planCatalogue, planOneService, planRetiring, toCatalogue } from './rules'
import { exportCatalogue, importCatalogue, listServices, retireService, saveService } from './schema'
import { loadCatalogue, saveCatalogue } from './store'

const changesOf = (_: unknown, { plan }: { plan: CataloguePlan }) => ({ changes: plan.changes })

export const serviceRoutes: Route[] = [
  read(listServices, {
    load: ({ db, session }) => loadCatalogue(db, session),
    answer: ({ actor, services }) => {
      if (actor.operator) return { services }
      const offered = services.filter(({ retired }) => !retired)
      return {
        services: offered.map((service) => ({ ...service, roles: service.roles.filter(({ retired }) => !retired) })),
      }
    },
  }),

  read(exportCatalogue, {
    load: ({ db, session }) => loadCatalogue(db, session),
    answer: ({ services }) => toCatalogue(services),
  }),

  write(importCatalogue, {
    load: ({ db, session }) => loadCatalogue(db, session),
    decide: ({ actor, services, version }, { dryRun, ...wanted }) => {
      checkCatalogue(wanted)
      const plan = planCatalogue(services, wanted)
      if (dryRun || plan.changes.length === 0) return new Unchanged({ changes: plan.changes })
      return { plan, version, actorId: actor.id }
    },
    save: saveCatalogue,
    answer: changesOf,
  }),

  write(saveService, {
    load: ({ db, session }) => loadCatalogue(db, session),
    decide: ({ actor, services, version }, wanted) => {
      checkCatalogue({ services: [wanted] }, () => '')
      const plan = planOneService(services, wanted)
      if (plan.changes.length === 0) return new Unchanged({ changes: [] })
      return { plan, version, actorId: actor.id }
    },
    save: saveCatalogue,
    answer: changesOf,
  }),

  write(retireService, {
    load: ({ db, session }) => loadCatalogue(db, session),
    decide: ({ actor, services, version }, { key }) => {
      const plan = planRetiring(services, key)
      if (plan.changes.length === 0) return new Unchanged(done())
      return { plan, version, actorId: actor.id }
    },
    save: saveCatalogue,
    answer: done,
  }),
]
