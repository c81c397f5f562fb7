import type { Plugin } from 'vite'

export function declarations(): Plugin
