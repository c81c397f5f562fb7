import { describe, expect, test } from 'vitest'
import { setEnglish } from '../../src/platform/messages/intl'
import { countryOptions } from './country-options'
import { fitting, writtenOut } from './option-matching'

describe.each(['en-US', 'en-GB'])('In %s', (language) => {
  setEnglish(language)
  const options = countryOptions()
  const chosen = (typed: string) => fitting(options, typed)[0]?.value

  test.each([
    ['IN', 'India, india, IND, Indi'],
    ['NL', 'Netherlands, The Netherlands, Holland, holl, NL, NLD'],
    ['GN', 'Guinea, GIN'],
    ['WS', 'Samoa, Western Samoa'],
    ['SD', 'Sudan'],
    ['NE', 'Niger'],
    ['IE', 'Ireland, Republic of Ireland, Éire'],
    [
      'GB',
      'UK, U.K., GB, GBR, Great Britain, Britain, England, Scotland, Wales, Northern Ireland, United Kingdom, engl',
    ],
    ['US', 'US, U.S., USA, U.S.A., United States, United States of America, the United States, America'],
    ['DE', 'DE, DEU, Germany, germ'],
    ['UA', 'Ukraine, UA, Ukr'],
    ['AE', 'UAE, United Arab Emirates, Emirates'],
    ['TR', 'Turkey, Türkiye, Turkiye, TR, turke'],
    ['CZ', 'Czech Republic, Czechia, czech'],
    ['CI', "Ivory Coast, Cote d'Ivoire, Côte d’Ivoire, Cote dIvoire, ivory"],
    ['BA', 'Bosnia and Herzegovina, Bosnia & Herzegovina, Bosnia'],
    ['TT', 'Trinidad and Tobago, Trinidad & Tobago, Tobago'],
    ['LC', 'St Lucia, St. Lucia, Saint Lucia, LCA'],
    ['VC', 'Saint Vincent and the Grenadines, St Vincent & Grenadines'],
    ['KN', 'Saint Kitts and Nevis, St. Kitts & Nevis'],
    ['ST', 'Sao Tome and Principe'],
    ['TL', 'East Timor, Timor Leste, Timor-Leste'],
    ['SZ', 'Swaziland, Eswatini'],
    ['MM', 'Burma, Myanmar'],
    ['CV', 'Cape Verde, Cabo Verde'],
    ['MK', 'Macedonia, North Macedonia'],
    ['RU', 'Russia, Russian Federation'],
    ['KR', 'Korea, South Korea, Republic of Korea'],
    ['KP', 'North Korea, DPRK'],
    ['VA', 'Vatican, Vatican City, Holy See'],
    ['CD', 'DRC, DR Congo, Democratic Republic of the Congo, Congo-Kinshasa, Zaire'],
    ['CG', 'Congo, Republic of the Congo, Congo Brazzaville'],
    ['GM', 'Gambia, The Gambia'],
    ['PH', 'phil, The Philippines, PHL'],
    ['VN', 'Vietnam, Viet Nam'],
    ['SY', 'Syria, Syrian Arab Republic'],
    ['XK', 'Kosovo'],
    ['ZA', 'South Africa, ZAF'],
    ['HK', 'Hong Kong'],
    ['PS', 'Palestine'],
  ])('Enter takes %s for %s', (code, names) => {
    const taken = names.split(', ').map((name) => [name, chosen(name)])
    expect(taken).toEqual(names.split(', ').map((name) => [name, code]))
  })

  test('every name and code is the one of its country, and of no other', () => {
    const others = options.flatMap(({ value, label, keywords }) =>
      [label, ...keywords].filter((name) => writtenOut(options, name)?.value !== value).map((name) => [value, name]),
    )
    expect(others).toEqual([])
  })
})
