import { exportCatalogue, importCatalogue, retireService, saveService } from '../../../src/roles/services/schema'
import { useEndpoint } from '../../endpoint-hooks'

export const useSaveService = () => useEndpoint(saveService)
export const useRetireService = () => useEndpoint(retireService)
export const useImportCatalogue = () => useEndpoint(importCatalogue)
export const useExportCatalogue = () => useEndpoint(exportCatalogue)
