// Makes the pages quicker where JavaScript runs; every task works without it.
import { watchDrafts } from './draft.js'
import { initAll } from './govuk-frontend.js'
import './search.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()
watchDrafts()
