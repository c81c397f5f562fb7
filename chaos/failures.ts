import { statement } from '../tests/support/postgres'
import type { ChaosSite } from './site'
import { type Answer, wait, writeDuring } from './writing'

/** Makes a fifth of the transactions that write an event fail with a serialization failure or a deadlock. */
const inject = `
  create function chaos_fails() returns trigger language plpgsql as $$ begin
    if random() < 0.1 then raise exception 'injected' using errcode = 'serialization_failure'; end if;
    if random() < 0.1 / 0.9 then raise exception 'injected' using errcode = 'deadlock_detected'; end if;
    return new;
  end $$;
  create trigger chaos_fails before insert on events for each row execute function chaos_fails()`

export async function failures(site: ChaosSite, seconds: number): Promise<Answer[]> {
  await statement(site.databaseUrl!, inject)
  const answers = await writeDuring(site, 8, () => wait(seconds * 1000))
  await statement(site.databaseUrl!, 'drop function chaos_fails cascade')
  return answers
}
