/**
 * Every statement is made for indexes, whatever its values are, so its plan is made once and kept: planning anew costs
 * more than most of them take. Of an organization that it cannot see PostgreSQL expects the average size, at which
 * collecting and sorting all members looks cheap, and of a table that was empty, reading all of it; indexes are used
 * instead, in their order. Nothing is compiled.
 */
export const planning = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_bitmapscan=off',
  'random_page_cost=1.1',
  'jit=off',
]
