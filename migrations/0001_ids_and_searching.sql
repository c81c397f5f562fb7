-- Ids, and the normalization of text for searching.

-- From version 18 on, PostgreSQL has this as uuidv7(). The id starts with the time in milliseconds, and two bits turn a version
-- 4 into a version 7. Time-ordered ids go to the end of an index; random ones would each go to a page of their own.
create function time_ordered_id() returns uuid language sql volatile as $$
  select encode(set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid())
      placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
    52, 1), 53, 1), 'hex')::uuid
$$;
comment on function time_ordered_id() is 'A UUID version 7.';

-- Normalizes text for searching: without accents, capitals, quotes, punctuation and tatweel, so `Jean-Luc` becomes `jeanluc`,
-- in which `jean` and `luc` are found. A word with an @ is an address and keeps its punctuation. Words are separated by spaces
-- only, so that the time is linear in the length of the text. It calls no other function of this schema, so that it works
-- wherever a backup is restored.
create function searchable(words text) returns text language sql immutable parallel safe as $$
  select case when words ~ '^[ #-&*+0-9<=>@A-Z\\^_a-z|~]*$' then lower(words collate "C") collate "default" else
    regexp_replace(
      case when words ~ '^[ -~]*$' then translate(lower(words collate "C") collate "default", '''"`', '') else
        replace(replace(replace(replace(
          translate(
            lower(
              regexp_replace(
                regexp_replace(
                  normalize(
                    translate(words, E'\u2010\u2011\u2012\u2013\u2014\u2015\u2212''"`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u00ab\u00bb', '-------'),
                    NFKD
                  ),
                  '[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]',
                  '', 'g'
                ),
                '[\u0001-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g'
              ) collate "und-x-icu"
            ),
            'łøđðħıŧŋƒɓƈɖɗƙƴɛɔəǝɨʉɠɲƥƭʋĸςیىکہۀة', 'loddhitnfbcddkyeoeeiugnptvkσييكههه'
          ),
          'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th') collate "default"
      end,
      '((?:^| )[^ @]*@[^ ]*)|[-!"''(),./:;?\[\]`{}\u00a1\u00a7\u00b6\u00b7\u00bf\u055a-\u055f\u0589\u058a\u05f3\u05f4\u060c\u060d\u061b\u061e\u061f\u066a-\u066d\u06d4\u0700-\u070d\u0964\u0965\u0970\u0df4\u0e4f\u0e5a\u0e5b\u0f04-\u0f14\u0f3a-\u0f3d\u104a-\u104f\u10fb\u1361-\u1368\u1400\u166e\u16eb-\u16ed\u1735\u1736\u17d4-\u17d6\u17d8-\u17da\u1800-\u180a\u2010-\u2027\u2030-\u205e\u2212\u2219\u22c5\u2308-\u230b\u2329\u232a\u2768-\u2775\u27e6-\u27ef\u2983-\u2998\u29d8-\u29db\u2cf9-\u2cff\u2e00-\u2e5d\u3001-\u3003\u3008-\u3011\u3014-\u301f\u3030\u303d\u30a0\u30fb\ua4fe\ua4ff\ua60d-\ua60f\ua673\ua8ce\ua8cf]',
      '\1', 'g'
    )
  end
$$;
comment on function searchable(text) is 'Text normalized for searching: in lower case, without accents, punctuation and hidden characters.';

-- Decodes the Punycode (RFC 3492) of a domain's xn-- labels, for searches by `müller.example`. It gives nothing where there is
-- none, and leaves a label that it cannot read as it is. It catches no errors: that would keep queries from running in parallel.
create function in_letters(address text) returns text language plpgsql immutable parallel safe as $$
declare
  result text := '';
  label text;
  coded text;
  codes bigint[];
  digit bigint;
  code bigint;
  i bigint;
  before bigint;
  weight bigint;
  bias bigint;
  threshold bigint;
  delta bigint;
  size bigint;
  k bigint;
  place int;
  dash int;
begin
  if address is null or address not like '%xn--%' then
    return '';
  end if;
  <<labels>>
  foreach label in array regexp_split_to_array(address, '(?<=[.@])') loop
    coded := rtrim(label, '.');
    if coded !~ '^xn--[a-z0-9-]{1,59}$' then
      result := result || label;
      continue labels;
    end if;
    coded := substr(coded, 5);
    dash := length(coded) - strpos(reverse(coded), '-') + 1;
    codes := '{}';
    if strpos(coded, '-') > 0 then
      codes := array(select ascii(one)::bigint from regexp_split_to_table(substr(coded, 1, dash - 1), '') one where one <> '');
      coded := substr(coded, dash + 1);
    end if;
    code := 128;
    i := 0;
    bias := 72;
    place := 1;
    while place <= length(coded) loop
      before := i;
      weight := 1;
      k := 36;
      loop
        digit := strpos('abcdefghijklmnopqrstuvwxyz0123456789', substr(coded, place, 1)) - 1;
        if place > length(coded) or digit < 0 or weight > 2147483647 or i > 2147483647 then
          result := result || label;
          continue labels;
        end if;
        place := place + 1;
        i := i + digit * weight;
        threshold := least(greatest(k - bias, 1), 26);
        exit when digit < threshold;
        weight := weight * (36 - threshold);
        k := k + 36;
      end loop;
      size := coalesce(array_length(codes, 1), 0) + 1;
      delta := (i - before) / case when before = 0 then 700 else 2 end;
      delta := delta + delta / size;
      k := 0;
      while delta > 455 loop
        delta := delta / 35;
        k := k + 36;
      end loop;
      bias := k + 36 * delta / (delta + 38);
      code := code + i / size;
      i := i % size;
      if code > 1114111 or code between 55296 and 57343 then
        result := result || label;
        continue labels;
      end if;
      codes := codes[:i::int] || code || codes[i::int + 1:];
      i := i + 1;
    end loop;
    result := result || (select string_agg(chr(one::int), '' order by nth) from unnest(codes) with ordinality as read (one, nth))
      || case when label like '%.' then '.' else '' end;
  end loop;
  return result;
end $$;
comment on function in_letters(text) is 'An address or a domain as people read it, if its domain is in other letters than ASCII.';
