import { z } from 'zod'
import { endpointsOf } from './declare'

const endpoint = endpointsOf('Documentation')

/** People and programs read the documentation; query parameters they add are ignored. */
const reading = { method: 'GET', access: 'anyone', input: z.object({}), lenient: true } as const

export const getOpenApi = endpoint({
  ...reading,
  id: 'getOpenApi',
  path: '/api/openapi.json',
  summary: 'Get this API as an OpenAPI 3.1 document',
  answer: 'openapi',
})

export const getDocumentation = endpoint({
  ...reading,
  id: 'getDocumentation',
  path: '/api/docs',
  summary: 'Get this API as an HTML page',
  answer: 'html',
})

export const getDocumentationScript = endpoint({
  ...reading,
  id: 'getDocumentationScript',
  path: '/api/docs/scheme.js',
  summary: 'Get the script of the documentation pages, which applies the portal’s choice of light or dark',
  answer: 'javascript',
})

export const getProblemsPage = endpoint({
  ...reading,
  id: 'getProblemsPage',
  path: '/docs/errors',
  summary: 'Get all problems as an HTML page; the `type` of a problem document points to its entry',
  answer: 'html',
})
