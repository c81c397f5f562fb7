/**
 * Every statement is written for indexes, whatever its values are, so it uses a generic plan: planning again costs more
 * than most statements take. Without knowing the organization, PostgreSQL assumes the average size, at which collecting
 * and sorting all members looks cheap; for a table that was empty, it prefers a sequential scan. These settings make it
 * use indexes, in their order. JIT compilation is off, and so are parallel workers: with sequential scans made to look
 * that expensive, PostgreSQL would start workers for the smallest tables.
 */
export const planning = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_bitmapscan=off',
  'random_page_cost=1.1',
  'jit=off',
  'max_parallel_workers_per_gather=0',
]
