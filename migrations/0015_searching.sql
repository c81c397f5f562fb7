-- Searching and sorting as people write names: `lukasz` finds Łukasz, `Jose` finds José, and Å stands beside A.

-- What PostgreSQL's extension unaccent does, without an extension. In this order: signs that come with names in several
-- shapes or not at all (quotes, apostrophes) go; compatibility forms and accents are taken apart (NFKD); accents and what
-- nobody sees go; capitals become small; letters that are one with their stroke become the letter without it. It calls
-- nothing of ours, so that it works wherever a backup is restored.
create function searchable(words text) returns text language sql immutable parallel safe as $$
  select case when words ~ '^[ -!#-&(-_a-~]*$' then lower(words collate "C") collate "default" else
    replace(replace(replace(replace(
      translate(
        lower(
          regexp_replace(
            regexp_replace(
              normalize(
                translate(words, E'\u2010\u2011\u2012\u2013\u2014\u2015\u2212''"`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u00ab\u00bb', '-------'),
                NFKD
              ),
              '[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061c\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]',
              '', 'g'
            ),
            '[\u0001-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g'
          ) collate "und-x-icu"
        ),
        'łøđðħıŧŋƒɓƈɖɗƙƴɛɔəǝɨʉɠɲƥƭʋĸςیىکہۀة', 'loddhitnfbcddkyeoeeiugnptvkσييكههه'
      ),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th') collate "default"
  end
$$;
comment on function searchable(text) is 'Text as it is searched: small letters, without accents, quotes and hidden characters.';

alter table accounts
  add column name_searched text generated always as (searchable(first_name || ' ' || last_name)) stored,
  add column searched text generated always as (searchable(first_name || ' ' || last_name || ' ' || email)) stored;
comment on column accounts.name_searched is 'The name as it is searched by people who may not see the address.';
comment on column accounts.searched is 'Name and address as they are searched.';

-- Two names that look alike have the same one of these: Cyrillic В and Latin B, 0 and O, rn and m. It is the skeleton of
-- Unicode Technical Standard 39 (confusables.txt 13.0: letters of the Latin, Greek, Cyrillic, Armenian, Coptic, Cherokee
-- and Lisu scripts that look like another one; NFKD does full-width and mathematical letters), made without regard to case.
alter table organizations
  add column searched text generated always as (searchable(name)) stored,
  add column looks_like text generated always as (
    replace(translate(searchable(translate(normalize(translate(name, 'Ϲϲſ', 'Ccf'), NFKD),
      'ÐØøĐđĦħıŁłŦŧƀƂƃƄƉƌƍƑƒƖƗƙƚƝƞƟƥƦƭƮƴƵƶƽƿǀǤǥȤȥȼȾɄɆɇɈɉɍɎɏɑɓɖɗəɛɠɡɣɦɨɩɪɫɭɯɳɵɼɽʂʋʏʐʒʠͰͶͷͻͽͿΑΒΕΖΗΘΙΚΛΜΝΟΡΣΤΥΧαβγδεηθικνορστυφϛϜϩϳϷϸϺϽϿЄЅІЈАБВГЕКЛМНОПРСТУФХЬавгезикмнопрстуфхьяєѕіјћѡѢѣѰѱѲѳѴѵѼѽҊҋҌҍҒғҖҗҙҚқҞҟҢңҪҫҬҭҮүҰұҲһҽҾҿӀӅӆӇӈӉӊӋӌӍӎӏӘәӡӨөԁԊԌԍԐԑԛԜԝՍՏՓՕագզծհյոպռսցքօᎠᎡᎢᎥᎨᎩᎪᎫᎬᎰᎱᎳᎷᎻᎽᎾᎿᏀᏂᏃᏇᏋᏌᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏫᏰᏲᏳᏴᏻᏼᴄᴈᴋᴍᴏᴐᴑᴜᴠᴡᴢᴤᴦᴧᴨᴩᴫᵮᵰᵲᵳᵴᵵᵶᵻᵼᵽᵾᵿᶃᶌᶐẝỿↃↄⱧⱩⲄⲅⲆⲈⲉⲎⲒⲔⲕⲖⲘⲚⲞⲟⲠⲢⲣⲤⲥⲦⲨⲪⲫⲬⲭⲮⲱⲼⲽⳍⳐⳑⳜⳤꓐꓑꓒꓓꓔꓖꓗꓙꓚꓛꓜꓝꓞꓟꓠꓡꓢꓣꓥꓦꓧꓪꓫꓬꓮꓯꓰꓱꓲꓳꓴꓵꙅꙇꙍꙨꚕꜱꝀꝊꝋꝡꝫꝺꞕꞘꞙꞝꞞꞟꞱꞲꞳꞴꞵꞶꞷꬲꬵꬽꬾꬿꭇꭈꭍꭎꭒꭓꭕꭚꭠꭰꭱꭲꭴꭵꭺꭻꭼꭾꮀꮁꮃꮇꮋꮎꮐꮓꮛꮜꮟꮢꮩꮪꮮꮯꮲꮶꮻ',
      'DOoDdHhiLlTtbbbbDdgFfllklNnOpRtTyZzsþlGgZzcTUEeJjrYyabddǝꞓggyhiiillwnorrsuyzȝqⱵИᴎɔꜿJABEZHOlKɅMNOPƩTYXaßyẟꞓnOiĸvopoᴛuɸςFƨjÞþMƆꜾꞒSlJAbBΓEKɅMHOΠPCTYΦXbaʙreɜᴎĸʍʜoπpcᴛyɸxƅᴙꞓsijhwbbΨψOoVvѠwИиbbΓrЖжɜKĸKĸHʜCcTᴛYyYyXheҼelɅлHʜHʜҶҷMʍiƏǝȝOodǶGɢƐꞓqWwUSΦOwqqẟhȷnɰnugfoDRTiⱵYAJEⱵΓWMHYOƫGhZѠƐUbRWSVSLCPKdOßhGBɢʙcɜĸʍoɔouvwzƨrʌπᴘлfnrɾstziipuʊgyɋfyƆɔHKΓrΔꞒꞓHlKĸλMNOoΠPpCcTYΦɸXχΨωШшȝLʟϬϗBPdDTGKJCƆZFℲMNLSRɅVHWXYAⱯEƎlOUՈƨiωʘhsKOowȝꝹꜧFfʚꓤuꓕJXBßꙌωefooɔrrʃuuχχyљᴅʀᴛoiᴀᴊᴇɂⱶrwʍʜoɢzꞓuƅʀvsʟcᴘĸo')),
      '01|i', 'olll'), 'm', 'rn')) stored;
comment on column organizations.searched is 'The name as it is searched.';
comment on column organizations.looks_like is 'What the name looks like (UTS 39): the same for two names that are easily mistaken for each other.';
create index organizations_look_alikes on organizations (looks_like) where state not in ('rejected', 'dissolved');

-- By name as people sort: PostgreSQL's own order is the server's, in which Å may come after z.
drop index organizations_by_name;
create index organizations_by_name on organizations (name collate "und-x-icu", id);
