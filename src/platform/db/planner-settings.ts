/**
 * Every statement is made for indexes, whatever its values are, so its plan is made once and kept: planning anew costs
 * more than most of them take. Of an organization that it cannot see PostgreSQL expects the average size, at which
 * collecting and sorting all members looks cheap, and of a table that was empty, reading all of it; indexes are used
 * instead, in their order. Nothing is compiled, and no statement starts processes of its own to share its work: with reading
 * whole tables made to look that dear, PostgreSQL would for the smallest ones.
 */
export const planning = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_bitmapscan=off',
  'random_page_cost=1.1',
  'jit=off',
  'max_parallel_workers_per_gather=0',
]
