import { z } from 'zod'
import { endpoint } from './endpoint'

/** The documentation is read by people and programs alike; what they put into the query is not looked at. */
const reading = { method: 'GET', access: 'anyone', tag: 'Documentation', input: z.object({}), lenient: true } as const

export const getOpenApi = endpoint({
  ...reading,
  id: 'getOpenApi',
  path: '/api/openapi.json',
  summary: 'This API as an OpenAPI 3.1 document',
  answer: 'openapi',
  problems: [],
})

export const getDocumentation = endpoint({
  ...reading,
  id: 'getDocumentation',
  path: '/api/docs',
  summary: 'This API as a page',
  answer: 'html',
  problems: [],
})

export const getDocumentationScript = endpoint({
  ...reading,
  id: 'getDocumentationScript',
  path: '/api/docs/scheme.js',
  summary: 'The script of the pages: they are light or dark, as was chosen in the portal',
  answer: 'javascript',
  problems: [],
})

export const getProblemsPage = endpoint({
  ...reading,
  id: 'getProblemsPage',
  path: '/docs/errors',
  summary: 'Every problem on a page; the `type` of a problem document points to its place there',
  answer: 'html',
  problems: [],
})
